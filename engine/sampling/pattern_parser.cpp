#include "engine/sampling/pattern_parser.h"

#include "engine/sampling/character_set.h"
#include "engine/support/error.h"
#include "engine/text/utf8.h"

#include <algorithm>
#include <utility>

namespace ponder::engine {

namespace {

using Ranges = CharacterSet;

constexpr std::size_t kMostCharacters = 2'000;
constexpr int kMostDepth = 50;
constexpr std::uint32_t kMostTimes = 1'000;
constexpr std::uint32_t kUnlimited = 0xFFFFFFFF;

/// Recursive descent over the expression; builds the graph as it reads (Thompson 1968). A part is handed on
/// as its first and last node.
class Parser {
public:
    explicit Parser(std::string_view pattern) : pattern_(pattern) {}

    PatternGraph parse() {
        if (pattern_.size() > kMostCharacters) refuse("is longer than 2,000 characters", "Shorten it.");
        if (utf8ValidPrefix(pattern_) != pattern_.size()) refuse("is no valid UTF-8", "Write it anew.");
        graph_.start = add();
        graph_.end = add();
        do outermost();
        while (skip('|'));
        if (at_ < pattern_.size()) refuse("has a \")\" without a \"(\"", "Write \"\\)\" for the character.");
        return std::move(graph_);
    }

private:
    struct Part {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
    };

    struct Times {
        std::uint32_t least = 0;
        std::uint32_t most = kUnlimited;
    };

    [[noreturn]] void refuse(const std::string& what, const std::string& next) const {
        throw Error("The pattern \"" + utf8Repaired(pattern_.substr(0, 200)) + "\" of the JSON schema " +
                    what + ". " + next);
    }
    [[noreturn]] void refuseSyntax(const std::string& what) const {
        refuse("uses " + what + ", which Ponder cannot follow", "Say it without.");
    }

    bool looksAt(std::string_view text) const { return pattern_.substr(at_).starts_with(text); }
    bool skip(char character) {
        if (at_ >= pattern_.size() || pattern_[at_] != character) return false;
        ++at_;
        return true;
    }
    /// The next character as it stands there.
    char32_t character() {
        const std::size_t length = utf8CharacterLength(pattern_.substr(at_));
        if (length == 0) refuse("ends in the middle", "Complete it.");
        char32_t value = static_cast<unsigned char>(pattern_[at_]);
        if (length > 1) value &= 0x7Fu >> length;
        for (std::size_t i = 1; i < length; ++i)
            value = value << 6 | (static_cast<unsigned char>(pattern_[at_ + i]) & 0x3Fu);
        at_ += length;
        return value;
    }

    std::uint32_t add(Ranges characters = {}) {
        if (graph_.nodes.size() >= PatternGraph::kMostNodes)
            refuse("is too large: its repetitions multiply", "Use smaller ones.");
        graph_.nodes.push_back({std::move(characters), {}});
        return static_cast<std::uint32_t>(graph_.nodes.size() - 1);
    }
    void join(std::uint32_t from, std::uint32_t to) { graph_.nodes[from].next.push_back(to); }
    Part one(Ranges characters) {
        const std::uint32_t first = add(std::move(characters));
        const std::uint32_t last = add();
        join(first, last);
        return {first, last};
    }
    Part nothing() {
        const std::uint32_t node = add();
        return {node, node};
    }

    /// An alternative of the whole: where it is not held at an end, anything may stand there.
    void outermost() {
        const bool isHeldAtBegin = skip('^');
        const Part part = sequence(0);
        const bool isHeldAtEnd = skip('$');
        if (isHeldAtEnd && at_ < pattern_.size() && !looksAt("|")) refuseSyntax("\"$\" before the end");
        join(isHeldAtBegin ? graph_.start : anything(graph_.start), part.first);
        join(isHeldAtEnd ? part.last : anything(part.last), graph_.end);
    }

    /// Behind `node`, any characters.
    std::uint32_t anything(std::uint32_t node) {
        const std::uint32_t loop = add();
        const Part any = one({{0, kLastCharacter}});
        join(node, loop);
        join(loop, any.first);
        join(any.last, loop);
        return loop;
    }

    Part alternatives(int depth) {
        Part whole{add(), add()};
        do {
            const Part part = sequence(depth);
            join(whole.first, part.first);
            join(part.last, whole.last);
        } while (skip('|'));
        return whole;
    }

    Part sequence(int depth) {
        Part whole = nothing();
        while (at_ < pattern_.size() && !looksAt("|") && !looksAt(")")) {
            if (looksAt("$") && depth == 0) break;
            const Part part = repeated(depth);
            join(whole.last, part.first);
            whole.last = part.last;
        }
        return whole;
    }

    Part repeated(int depth) {
        const std::size_t begin = at_;
        Part part = atom(depth);
        const std::size_t end = at_;
        Times times;
        if (skip('+')) {
            times.least = 1;
        } else if (skip('?')) {
            times.most = 1;
        } else if (!skip('*') && !counted(times)) {
            return part;
        }
        skip('?');
        if (looksAt("*") || looksAt("+") || looksAt("?") || looksAt("{"))
            refuse("repeats a repetition", "Put a group, \"(…)\", around the inner one.");
        if (times.most < times.least) refuse("repeats at least more often than at most", "Swap the numbers.");
        // The part again as often as it may stand there: read anew, for every copy has nodes of its own.
        const std::size_t behind = at_;
        Part whole = nothing();
        const std::uint32_t exit = add();
        const bool isBounded = times.most != kUnlimited;
        const std::uint32_t copies = isBounded ? times.most : std::max(times.least, 1u);
        for (std::uint32_t i = 0; i < copies; ++i) {
            if (i > 0) {
                at_ = begin;
                part = atom(depth);
                at_ = end;
            }
            if (i >= times.least) join(whole.last, exit);
            join(whole.last, part.first);
            // Through a node of its own, for the part may be its own end.
            const std::uint32_t last = add();
            join(part.last, last);
            whole.last = last;
            if (!isBounded && i + 1 == copies) join(last, part.first);
        }
        at_ = behind;
        join(whole.last, exit);
        return {whole.first, exit};
    }

    /// `{n}`, `{n,}` or `{n,m}`.
    bool counted(Times& times) {
        if (!skip('{')) return false;
        times.least = number();
        times.most = times.least;
        if (skip(',')) times.most = looksAt("}") ? kUnlimited : number();
        if (!skip('}')) refuse("has a \"{\" that begins no repetition", "Write \"\\{\" for the character.");
        return true;
    }

    std::uint32_t number() {
        std::uint32_t value = 0;
        const std::size_t begin = at_;
        while (at_ < pattern_.size() && pattern_[at_] >= '0' && pattern_[at_] <= '9') {
            value = value * 10 + static_cast<std::uint32_t>(pattern_[at_++] - '0');
            if (value > kMostTimes)
                refuse("repeats more than 1,000 times", "Repeat less, or without a limit.");
        }
        if (at_ == begin) refuse("has a \"{\" that begins no repetition", "Write \"\\{\" for the character.");
        return value;
    }

    Part atom(int depth) {
        if (skip('(')) return group(depth + 1);
        if (skip('[')) return one(set());
        if (skip('.')) return one(allBut(lineEnds()));
        if (skip('\\')) return one(escaped());
        if (looksAt("^")) refuseSyntax("\"^\" behind the beginning");
        if (looksAt("$")) refuseSyntax("\"$\" before the end");
        if (looksAt("*") || looksAt("+") || looksAt("?") || looksAt("{"))
            refuse("repeats nothing", "Write \"\\\" before the character that is meant.");
        const char32_t value = character();
        return one({{value, value}});
    }

    Part group(int depth) {
        if (depth > kMostDepth) refuse("has groups in groups, more than 50 deep", "Use fewer.");
        if (skip('?')) {
            if (looksAt("=") || looksAt("!") || looksAt("<=") || looksAt("<!"))
                refuseSyntax("a look ahead or back, \"(?" + std::string(1, pattern_[at_]) + "\"");
            if (skip('<')) {
                const std::size_t end = pattern_.find('>', at_);
                if (end == std::string_view::npos)
                    refuse("has a group whose name does not end", "End it with \">\".");
                at_ = end + 1;
            } else if (!skip(':')) {
                refuseSyntax("\"(?\" with something else than \":\" behind it");
            }
        }
        const Part part = alternatives(depth);
        if (!skip(')')) refuse("has a \"(\" without a \")\"", "Write \"\\(\" for the character.");
        return part;
    }

    /// Behind `[`.
    Ranges set() {
        const bool isOpposite = skip('^');
        Ranges ranges;
        while (!skip(']')) {
            if (at_ >= pattern_.size())
                refuse("has a \"[\" without a \"]\"", "Write \"\\[\" for the character.");
            Ranges item = setItem();
            if (item.size() == 1 && item[0].first == item[0].last && looksAt("-") && !looksAt("-]")) {
                ++at_;
                const Ranges last = setItem();
                if (last.size() != 1 || last[0].first != last[0].last || last[0].first < item[0].first)
                    refuse("has a range in \"[…]\" that ends before it begins", "Swap its ends.");
                item[0].last = last[0].first;
            }
            ranges.insert(ranges.end(), item.begin(), item.end());
        }
        Ranges all = isOpposite ? allBut(ranges) : joined(ranges);
        // An empty set of ranges would mean a step without a character.
        if (all.empty()) all.push_back({0xD800, 0xD800});
        return all;
    }

    Ranges setItem() {
        if (skip('\\')) {
            if (skip('b')) return {{'\b', '\b'}};
            if (skip('-')) return {{'-', '-'}};
            return escaped();
        }
        const char32_t value = character();
        return {{value, value}};
    }

    /// Behind a backslash.
    Ranges escaped() {
        if (at_ >= pattern_.size()) refuse("ends with a \"\\\"", "Write \"\\\\\" for the character.");
        const char32_t value = character();
        switch (value) {
        case 'd':
            return digits();
        case 'D':
            return allBut(digits());
        case 'w':
            return wordCharacters();
        case 'W':
            return allBut(wordCharacters());
        case 's':
            return spaces();
        case 'S':
            return allBut(spaces());
        case 't':
            return {{'\t', '\t'}};
        case 'n':
            return {{'\n', '\n'}};
        case 'r':
            return {{'\r', '\r'}};
        case 'f':
            return {{'\f', '\f'}};
        case 'v':
            return {{'\v', '\v'}};
        case '0':
            return {{0, 0}};
        case 'x':
            return just(hexadecimal(2));
        case 'u':
            return just(unicode());
        default:
            break;
        }
        const bool isLetter = (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z');
        if (isLetter || (value >= '1' && value <= '9'))
            refuseSyntax("\"\\" + std::string(1, static_cast<char>(value)) + "\"");
        return just(value);
    }

    static Ranges just(char32_t value) { return {{value, value}}; }

    char32_t unicode() {
        if (!skip('{')) return hexadecimal(4);
        char32_t value = 0;
        while (!skip('}')) {
            value = value << 4 | hexadecimal(1);
            if (value > kLastCharacter) refuse("names a character that does not exist", "Correct it.");
        }
        return value;
    }

    char32_t hexadecimal(int digits) {
        char32_t value = 0;
        for (int i = 0; i < digits; ++i) {
            const char digit = at_ < pattern_.size() ? pattern_[at_++] : ' ';
            const bool isNumber = digit >= '0' && digit <= '9';
            const char letter = static_cast<char>(digit | 0x20);
            if (!isNumber && (letter < 'a' || letter > 'f'))
                refuse("names a character by something else than hexadecimal digits", "Correct it.");
            value = value << 4 | static_cast<char32_t>(isNumber ? digit - '0' : letter - 'a' + 10);
        }
        return value;
    }

    std::string_view pattern_;
    std::size_t at_ = 0;
    PatternGraph graph_;
};

} // namespace

PatternGraph parsePattern(std::string_view pattern) {
    return Parser(pattern).parse();
}

} // namespace ponder::engine
