#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/formatting.h"
#include "engine/text/jinja/operators.h"
#include "engine/text/jinja/printing.h"

#include <charconv>

namespace ponder::engine::jinja {

namespace {

constexpr std::int64_t kWidest = 1'000'000'000;
// A field's specification may hold fields, which may not.
constexpr int kDeepestFields = 2;

bool isAlign(char c) {
    return c == '<' || c == '>' || c == '=' || c == '^';
}

class SpecReader {
public:
    explicit SpecReader(std::string_view spec) : spec_(spec) {}

    FormatSpec read() {
        FormatSpec result;
        const std::size_t first = spec_.empty() ? 0 : characterLength(spec_, 0);
        if (first > 0 && first < spec_.size() && isAlign(spec_[first])) {
            result.fill = spec_.substr(0, first);
            result.align = spec_[first];
            at_ = first + 1;
        } else if (isAlign(peek())) {
            result.align = spec_[at_++];
        }
        if (peek() == '+' || peek() == '-' || peek() == ' ') result.sign = spec_[at_++];
        if (skip('#')) result.alternate = true;
        if (skip('0')) {
            result.zeros = true;
            if (result.align == '\0') result.fill = "0";
        }
        result.width = number();
        if (peek() == ',' || peek() == '_') result.grouping = spec_[at_++];
        if (skip('.')) result.precision = number();
        if (at_ < spec_.size()) result.type = spec_[at_++];
        if (at_ < spec_.size()) fail("a format has a specification that is not understood");
        return result;
    }

private:
    char peek() const { return at_ < spec_.size() ? spec_[at_] : '\0'; }
    bool skip(char c) { return peek() == c && c != '\0' && (++at_, true); }
    std::int64_t number() {
        std::int64_t value = 0;
        for (; peek() >= '0' && peek() <= '9'; ++at_) value = std::min(value * 10 + (peek() - '0'), kWidest);
        return value;
    }

    std::string_view spec_;
    std::size_t at_ = 0;
};

class BraceFormatter {
public:
    BraceFormatter(Runtime& runtime, const Arguments& arguments) : runtime_(runtime), arguments_(arguments) {}

    Text run(const Text& format, int depth) {
        if (depth > kDeepestFields) fail("a format is nested too deep");
        const std::string& bytes = format.bytes();
        Text out;
        for (std::size_t at = 0; at < bytes.size();) {
            const std::size_t brace = std::min(bytes.find_first_of("{}", at), bytes.size());
            out.append(format, at, brace);
            at = brace;
            if (at == bytes.size()) break;
            runtime_.budget.work();
            if (at + 1 < bytes.size() && bytes[at + 1] == bytes[at]) {
                out.append(format, at, at + 1);
                at += 2;
                continue;
            }
            if (bytes[at] == '}') fail("a format has a \"}\" without a \"{\"");
            const std::size_t end = fieldEnd(bytes, at);
            out.append(field(format.slice(at + 1, end), depth));
            runtime_.budget.demand(out.size());
            at = end + 1;
        }
        return out;
    }

private:
    static std::size_t fieldEnd(const std::string& bytes, std::size_t open) {
        int depth = 0;
        for (std::size_t at = open; at < bytes.size(); ++at) {
            if (bytes[at] == '{') ++depth;
            if (bytes[at] == '}' && --depth == 0) return at;
        }
        fail("a format has a \"{\" without a \"}\"");
    }

    Text field(const Text& text, int depth) {
        const std::string& bytes = text.bytes();
        std::size_t nameEnd = 0;
        bool inBrackets = false;
        for (; nameEnd < bytes.size(); ++nameEnd) {
            const char c = bytes[nameEnd];
            if (c == '[') inBrackets = true;
            if (c == ']') inBrackets = false;
            if (!inBrackets && (c == '!' || c == ':')) break;
        }
        Value value = lookUp(std::string_view(bytes).substr(0, nameEnd));
        std::size_t at = nameEnd;
        if (at < bytes.size() && bytes[at] == '!') {
            const char conversion = at + 1 < bytes.size() ? bytes[at + 1] : '\0';
            at += 2;
            if (conversion == 's') {
                value = stringOf(runtime_, value);
            } else if (conversion == 'r' || conversion == 'a') {
                Text shown;
                representTo(runtime_, shown, value);
                value = makeString(runtime_.budget, std::move(shown));
            } else {
                fail("a format has a conversion that is not understood");
            }
            if (at < bytes.size() && bytes[at] != ':')
                fail("a format has a conversion that is not understood");
        }
        Text spec;
        if (at < bytes.size()) spec = run(text.slice(at + 1, text.size()), depth + 1);
        return show(value, SpecReader(spec.bytes()).read());
    }

    Value lookUp(std::string_view name) {
        const std::size_t end = std::min(name.find_first_of(".["), name.size());
        Value value = argument(name.substr(0, end));
        name.remove_prefix(end);
        while (!name.empty()) {
            if (name[0] == '.') {
                const std::size_t next = std::min(name.find_first_of(".[", 1), name.size());
                value = attributeOf(runtime_, value, name.substr(1, next - 1), nullptr);
                name.remove_prefix(next);
            } else {
                const std::size_t close = name.find(']');
                if (name[0] != '[' || close == std::string_view::npos)
                    fail("a format has a name that is not understood");
                value = itemOf(runtime_, value, key(name.substr(1, close - 1)));
                name.remove_prefix(close + 1);
            }
        }
        return value;
    }

    Value key(std::string_view text) {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc() && end == text.data() + text.size()) return number;
        return makeString(runtime_.budget, text);
    }

    Value argument(std::string_view name) {
        std::size_t index = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
        const bool isNumber = !name.empty() && error == std::errc() && end == name.data() + name.size();
        if (name.empty() || isNumber) {
            if ((isNumber && numbering_ == Numbering::Automatic) ||
                (!isNumber && numbering_ == Numbering::Manual)) {
                fail("a format numbers only some of its places");
            }
            numbering_ = isNumber ? Numbering::Manual : Numbering::Automatic;
            if (!isNumber) index = next_++;
            if (index >= arguments_.positional.size()) fail("a format has more places than there are values");
            return arguments_.positional[index];
        }
        for (const auto& [given, value] : arguments_.named) {
            if (given == name) return value;
        }
        fail("a format asks for \"" + std::string(name.substr(0, 60)) + "\", which there is not");
    }

    Text show(const Value& value, const FormatSpec& spec) {
        const bool isNumber = value.number() && !(value.is<bool>() && spec.type == '\0');
        if (isNumber) {
            const std::string digits = formatNumber(value, spec);
            return padded(runtime_, Text(digits, Origin::Markup), spec, '>');
        }
        if (spec.type != '\0' && (spec.type != 's' || !value.string())) {
            fail("a value of type " + typeName(value) + " cannot be formatted like that");
        }
        Text text = textOf(runtime_, value);
        if (spec.precision && static_cast<std::int64_t>(countCharacters(text.bytes())) > *spec.precision) {
            std::size_t end = 0;
            for (std::int64_t i = 0; i < *spec.precision; ++i) end += characterLength(text.bytes(), end);
            text = text.slice(0, end);
        }
        return padded(runtime_, text, spec, '<');
    }

    Runtime& runtime_;
    const Arguments& arguments_;
    enum class Numbering { NotYet, Automatic, Manual };
    Numbering numbering_ = Numbering::NotYet;
    std::size_t next_ = 0;
};

} // namespace

Value formatBraces(Runtime& runtime, const String& format, const Arguments& arguments) {
    return makeStringLike(runtime.budget, BraceFormatter(runtime, arguments).run(format.text, 0), format);
}

} // namespace ponder::engine::jinja
