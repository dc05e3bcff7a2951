#include "engine/text/jinja/lexer.h"

#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/string_escapes.h"
#include "engine/text/jinja/unicode.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace ponder::engine::jinja {

namespace {

// Longer ones first: the first that matches is taken.
constexpr std::string_view kOperators[] = {"//", "**", "==", "!=", ">=", "<=", "+", "-", "/",
                                           "*",  "%",  "~",  "[",  "]",  "(",  ")", "{", "}",
                                           ">",  "<",  "=",  ".",  ":",  "|",  ",", ";"};

std::string normalizedNewlines(std::string_view source) {
    std::string text;
    text.reserve(source.size());
    for (std::size_t i = 0; i < source.size(); ++i) {
        if (source[i] == '\r') {
            text += '\n';
            if (i + 1 < source.size() && source[i + 1] == '\n') ++i;
        } else {
            text += source[i];
        }
    }
    if (text.ends_with('\n')) text.pop_back();
    return text;
}

bool isAsciiDigit(char c) {
    return c >= '0' && c <= '9';
}

class Lexer {
public:
    explicit Lexer(std::string_view source) : source_(normalizedNewlines(source)) {}

    std::vector<Token> run() {
        while (at_ < source_.size()) {
            const std::size_t tag = findTag();
            if (tag == std::string::npos) {
                addData(at_, source_.size());
                advance(source_.size());
                break;
            }
            readTag(tag);
        }
        tokens_.push_back({TokenType::End, {}, line_});
        return std::move(tokens_);
    }

private:
    std::size_t findTag() const {
        for (std::size_t i = source_.find('{', at_); i != std::string::npos; i = source_.find('{', i + 1)) {
            if (i + 1 < source_.size() &&
                (source_[i + 1] == '{' || source_[i + 1] == '%' || source_[i + 1] == '#')) {
                return i;
            }
        }
        return std::string::npos;
    }

    bool startsWith(std::string_view text, std::size_t offset) const {
        return std::string_view(source_).substr(std::min(offset, source_.size())).starts_with(text);
    }

    /// Moves to `offset`, counting lines.
    void advance(std::size_t offset) {
        line_ += static_cast<int>(std::count(source_.begin() + static_cast<std::ptrdiff_t>(at_),
                                             source_.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
        at_ = offset;
    }

    void addData(std::size_t from, std::size_t to) {
        if (from < to) tokens_.push_back({TokenType::Data, source_.substr(from, to - from), line_});
    }

    /// Adds the text before a tag, stripped as the tag's sign and lstrip_blocks ask.
    void addDataBefore(std::size_t tag, char sign, bool isVariable) {
        const std::string_view text = std::string_view(source_).substr(at_, tag - at_);
        std::size_t length = text.size();
        if (sign == '-') {
            length = spaceBegins(text);
        } else if (sign != '+' && !isVariable) {
            const std::size_t newline = text.rfind('\n');
            const std::size_t lineStart = newline == std::string_view::npos ? 0 : newline + 1;
            const bool startsLine = lineStart > 0 || tagEndedLine_;
            if (startsLine && skipSpace(text, lineStart) == text.size()) length = lineStart;
        }
        addData(at_, at_ + length);
    }

    void readTag(std::size_t tag) {
        const char kind = source_[tag + 1];
        const std::size_t inside = tag + 2;
        const char sign = inside < source_.size() && (source_[inside] == '-' || source_[inside] == '+')
                              ? source_[inside]
                              : '\0';
        addDataBefore(tag, sign, kind == '{');
        advance(inside + (sign != '\0'));
        tagEndedLine_ = false;
        if (kind == '#') {
            readComment();
        } else if (kind == '%' && readRaw()) {
            return;
        } else {
            const bool isBlock = kind == '%';
            tokens_.push_back({isBlock ? TokenType::BlockBegin : TokenType::VariableBegin, {}, line_});
            readExpression(isBlock);
        }
    }

    /// Offset behind the white space that a closing tag takes with it.
    std::size_t behindEnd(std::size_t end, char sign, bool trimsNewline) {
        if (sign == '-')
            end = skipSpace(source_, end);
        else if (sign != '+' && trimsNewline && startsWith("\n", end))
            ++end;
        tagEndedLine_ = source_[end - 1] == '\n';
        return end;
    }

    void readComment() {
        const std::size_t close = source_.find("#}", at_);
        if (close == std::string::npos) throw SyntaxFailure(line_, "a comment has no end");
        const char before = close > at_ ? source_[close - 1] : '\0';
        advance(behindEnd(close + 2, before, true));
    }

    /// Reads `raw %}…{% endraw %}` if that is what follows.
    bool readRaw() {
        std::size_t i = skipSpace(source_, at_);
        if (!startsWith("raw", i)) return false;
        i = skipSpace(source_, i + 3);
        const char sign = startsWith("-%}", i) ? '-' : '\0';
        if (sign == '\0' && !startsWith("%}", i)) return false;
        advance(behindEnd(i + (sign == '-' ? 3 : 2), sign, false));
        for (std::size_t tag = source_.find("{%", at_); tag != std::string::npos;
             tag = source_.find("{%", tag + 1)) {
            std::size_t inside = tag + 2;
            const char begin = startsWith("-", inside) || startsWith("+", inside) ? source_[inside] : '\0';
            inside = skipSpace(source_, inside + (begin != '\0'));
            if (!startsWith("endraw", inside)) continue;
            inside = skipSpace(source_, inside + 6);
            const char end = startsWith("-%}", inside) || startsWith("+%}", inside) ? source_[inside] : '\0';
            inside += end != '\0';
            if (!startsWith("%}", inside)) continue;
            addDataBefore(tag, begin, false);
            advance(behindEnd(inside + 2, end, true));
            return true;
        }
        throw SyntaxFailure(line_, "a raw block has no end");
    }

    /// Does the tag end here? Gives the length of its end, with the sign.
    std::optional<std::size_t> endLength(bool isBlock) const {
        const std::string_view end = isBlock ? "%}" : "}}";
        if (startsWith(end, at_)) return 2;
        const bool sign = startsWith("-", at_) || (isBlock && startsWith("+", at_));
        if (sign && startsWith(end, at_ + 1)) return 3;
        return std::nullopt;
    }

    void readExpression(bool isBlock) {
        std::string open; // the closing brackets that are awaited
        while (at_ < source_.size()) {
            if (open.empty()) {
                if (const auto length = endLength(isBlock)) {
                    tokens_.push_back({isBlock ? TokenType::BlockEnd : TokenType::VariableEnd, {}, line_});
                    const char sign = *length == 3 ? source_[at_] : '\0';
                    advance(behindEnd(at_ + *length, sign, isBlock));
                    return;
                }
            }
            const std::size_t space = skipSpace(source_, at_);
            if (space > at_) {
                advance(space);
                continue;
            }
            readToken(open);
        }
    }

    void readToken(std::string& open) {
        const char c = source_[at_];
        if (isAsciiDigit(c)) return readNumber();
        const std::int32_t point = codePointAt(source_, at_);
        if (point == '_' || isWord(point)) return readName();
        if (c == '\'' || c == '"') return readString();
        for (const std::string_view candidate : kOperators) {
            if (!startsWith(candidate, at_)) continue;
            balance(candidate, open);
            tokens_.push_back({TokenType::Operator, std::string(candidate), line_});
            return advance(at_ + candidate.size());
        }
        throw SyntaxFailure(line_, "a character was not expected here: " +
                                       source_.substr(at_, characterLength(source_, at_)));
    }

    void balance(std::string_view bracket, std::string& open) {
        if (bracket == "(") open += ')';
        if (bracket == "[") open += ']';
        if (bracket == "{") open += '}';
        if (bracket != ")" && bracket != "]" && bracket != "}") return;
        if (open.empty())
            throw SyntaxFailure(line_, "\"" + std::string(bracket) + "\" was not expected here");
        if (open.back() != bracket[0]) {
            throw SyntaxFailure(line_, "\"" + std::string(bracket) + "\" was not expected here, but \"" +
                                           open.back() + "\"");
        }
        open.pop_back();
    }

    void readName() {
        std::size_t end = at_;
        while (end < source_.size() && isWord(codePointAt(source_, end)))
            end += characterLength(source_, end);
        tokens_.push_back({TokenType::Name, source_.substr(at_, end - at_), line_});
        advance(end);
    }

    void readString() {
        const char quote = source_[at_];
        std::size_t end = at_ + 1;
        while (end < source_.size() && source_[end] != quote) end += source_[end] == '\\' ? 2 : 1;
        if (end >= source_.size()) throw SyntaxFailure(line_, "a string has no end");
        std::string text;
        try {
            text = resolveEscapes(std::string_view(source_).substr(at_ + 1, end - at_ - 1));
        } catch (const Failure& failure) {
            throw SyntaxFailure(line_, failure.what());
        }
        tokens_.push_back({TokenType::String, std::move(text), line_});
        advance(end + 1);
    }

    /// Offset behind digits that `accepts`, with single underscores between them; `from` if there are none.
    template <typename Accepts>
    std::size_t behindDigits(std::size_t from, Accepts accepts) const {
        std::size_t end = from;
        while (end < source_.size()) {
            if (accepts(source_[end]))
                ++end;
            else if (source_[end] == '_' && end > from && end + 1 < source_.size() &&
                     accepts(source_[end + 1]))
                ++end;
            else
                break;
        }
        return end;
    }

    void readNumber() {
        const std::size_t whole = behindDigits(at_, isAsciiDigit);
        std::size_t end = whole;
        // `.5` behind a dot is not the fraction of a number: x.0.5
        const bool afterDot = at_ > 0 && source_[at_ - 1] == '.';
        if (!afterDot) {
            if (startsWith(".", end) && end + 1 < source_.size() && isAsciiDigit(source_[end + 1])) {
                end = behindDigits(end + 1, isAsciiDigit);
            }
            if (startsWith("e", end) || startsWith("E", end)) {
                std::size_t digits = end + 1;
                if (startsWith("+", digits) || startsWith("-", digits)) ++digits;
                const std::size_t exponent = behindDigits(digits, isAsciiDigit);
                if (exponent > digits) end = exponent;
            }
        }
        if (end > whole) return addNumber(TokenType::Float, end);
        addNumber(TokenType::Integer, integerEnd());
    }

    std::size_t integerEnd() const {
        if (source_[at_] != '0') return behindDigits(at_, isAsciiDigit);
        const char kind = at_ + 1 < source_.size()
                              ? static_cast<char>(std::tolower(static_cast<unsigned char>(source_[at_ + 1])))
                              : '\0';
        const auto behindPrefixed = [&](auto accepts) {
            const std::size_t digits = at_ + (startsWith("_", at_ + 2) ? 3 : 2);
            const std::size_t end = behindDigits(digits, accepts);
            return end > digits ? end : at_ + 1;
        };
        if (kind == 'b') return behindPrefixed([](char c) { return c == '0' || c == '1'; });
        if (kind == 'o') return behindPrefixed([](char c) { return c >= '0' && c <= '7'; });
        if (kind == 'x') {
            return behindPrefixed([](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; });
        }
        return behindDigits(at_, [](char c) { return c == '0'; });
    }

    void addNumber(TokenType type, std::size_t end) {
        std::string digits;
        std::copy_if(source_.begin() + static_cast<std::ptrdiff_t>(at_),
                     source_.begin() + static_cast<std::ptrdiff_t>(end), std::back_inserter(digits),
                     [](char c) { return c != '_'; });
        tokens_.push_back({type, std::move(digits), line_});
        advance(end);
    }

    const std::string source_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    int line_ = 1;
    bool tagEndedLine_ = true; // the text begins a line: at the start, and behind a tag that took its newline
};

} // namespace

std::vector<Token> tokenize(std::string_view source) {
    return Lexer(source).run();
}

} // namespace ponder::engine::jinja
