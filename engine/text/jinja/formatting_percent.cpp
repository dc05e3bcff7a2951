#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/formatting.h"
#include "engine/text/jinja/printing.h"
#include "engine/text/jinja/unicode.h"

#include <cmath>

namespace ponder::engine::jinja {

namespace {

constexpr std::int64_t kWidest = 1'000'000'000;

class PercentFormatter {
public:
    PercentFormatter(Runtime& runtime, const Text& format, const Value& values)
        : runtime_(runtime), format_(format), values_(values) {
        const List* list = values.list();
        if (list && list->kind == ListKind::Tuple) tuple_ = list;
    }

    Text run() {
        const std::string& bytes = format_.bytes();
        while (at_ < bytes.size()) {
            const std::size_t percent = std::min(bytes.find('%', at_), bytes.size());
            out_.append(format_, at_, percent);
            at_ = percent;
            if (at_ < bytes.size()) conversion();
            runtime_.budget.work();
        }
        const bool allUsed = tuple_ ? next_ == tuple_->items.size() : next_ == 1 || values_.dict();
        if (!allUsed && !values_.list()) fail("a format has fewer places than there are values");
        if (tuple_ && !allUsed) fail("a format has fewer places than there are values");
        return std::move(out_);
    }

private:
    char peek() const { return at_ < format_.size() ? format_.bytes()[at_] : '\0'; }

    const Value& nextValue() {
        if (tuple_) {
            if (next_ >= tuple_->items.size()) fail("a format has more places than there are values");
            return tuple_->items[next_++];
        }
        if (next_ > 0) fail("a format has more places than there are values");
        ++next_;
        return values_;
    }

    std::int64_t number() {
        if (peek() == '*') {
            ++at_;
            const auto value = nextValue().integer();
            if (!value) fail("the width in a format must be a whole number");
            return std::clamp<std::int64_t>(*value, -kWidest, kWidest);
        }
        std::int64_t value = 0;
        while (peek() >= '0' && peek() <= '9') {
            value = std::min(value * 10 + (peek() - '0'), kWidest);
            ++at_;
        }
        return value;
    }

    /// The value a place like %(name)s stands for, empty where it has no name.
    std::optional<Value> named() {
        if (peek() != '(') return std::nullopt;
        const std::size_t begin = ++at_;
        for (int depth = 1; at_ < format_.size(); ++at_) {
            if (peek() == '(') ++depth;
            if (peek() == ')' && --depth == 0) break;
        }
        if (at_ == format_.size()) fail("a name in a format has no end");
        const Dict* dict = values_.dict();
        if (!dict) fail("a format with names needs a dict");
        const std::string name = format_.bytes().substr(begin, at_ - begin);
        ++at_;
        const Value* value = dict->find(std::string_view(name));
        if (!value) fail("a format asks for \"" + name + "\", which there is not");
        return *value;
    }

    void conversion() {
        const std::size_t begin = at_++;
        const std::optional<Value> value = named();
        FormatSpec spec;
        bool left = false;
        for (;; ++at_) {
            if (peek() == '-')
                left = true;
            else if (peek() == '+')
                spec.sign = '+';
            else if (peek() == ' ')
                spec.sign = spec.sign == '+' ? '+' : ' ';
            else if (peek() == '#')
                spec.alternate = true;
            else if (peek() == '0')
                spec.zeros = true;
            else
                break;
        }
        spec.width = number();
        if (spec.width < 0) {
            left = true;
            spec.width = -spec.width;
        }
        if (peek() == '.') {
            ++at_;
            spec.precision = std::max<std::int64_t>(number(), 0);
        }
        while (peek() == 'h' || peek() == 'l' || peek() == 'L') ++at_;
        if (at_ >= format_.size()) fail("a format ends in the middle of a place");
        spec.type = peek();
        ++at_;
        if (left) spec.align = '<';
        if (spec.type == '%')
            out_.appendLike("%", format_, begin);
        else
            show(value ? *value : nextValue(), spec);
        runtime_.budget.demand(out_.size());
    }

    void show(const Value& value, FormatSpec spec) {
        switch (spec.type) {
        case 's':
        case 'r':
        case 'a':
            return showText(value, spec);
        case 'c':
            if (value.string()) {
                if (value.string()->characters != 1) fail("%c needs one character");
                out_.append(padded(runtime_, value.string()->text, spec, '>'));
                return;
            }
            break;
        case 'd':
        case 'i':
        case 'u':
            spec.type = 'd';
            if (const double* number = value.as<double>()) return showWhole(*number, spec);
            break;
        case 'x':
        case 'X':
        case 'o':
            if (!value.integer()) fail("a whole number is needed, not a " + typeName(value));
            break;
        case 'e':
        case 'E':
        case 'f':
        case 'F':
        case 'g':
        case 'G':
            break;
        default:
            fail(std::string("a format has no place of the kind \"") + spec.type + "\"");
        }
        if (!value.number()) fail("a number is needed, not a " + typeName(value));
        out_.append(padded(runtime_, Text(formatNumber(value, spec), Origin::Markup), spec, '>'));
    }

    void showWhole(double number, const FormatSpec& spec) {
        if (!(std::fabs(number) < 9.2e18)) fail("a number has more than 64 bits");
        const std::string digits = formatNumber(static_cast<std::int64_t>(number), spec);
        out_.append(padded(runtime_, Text(digits, Origin::Markup), spec, '>'));
    }

    void showText(const Value& value, const FormatSpec& spec) {
        Text text;
        if (spec.type == 's')
            text = textOf(runtime_, value);
        else
            representTo(runtime_, text, value);
        if (spec.precision && static_cast<std::int64_t>(countCharacters(text.bytes())) > *spec.precision) {
            std::size_t end = 0;
            for (std::int64_t i = 0; i < *spec.precision; ++i) end += characterLength(text.bytes(), end);
            text = text.slice(0, end);
        }
        out_.append(padded(runtime_, text, spec, '>'));
    }

    Runtime& runtime_;
    const Text& format_;
    const Value& values_;
    const List* tuple_ = nullptr;
    std::size_t next_ = 0;
    std::size_t at_ = 0;
    Text out_;
};

} // namespace

Value formatPercent(Runtime& runtime, const String& format, const Value& values) {
    return makeStringLike(runtime.budget, PercentFormatter(runtime, format.text, values).run(), format);
}

} // namespace ponder::engine::jinja
