#include "engine/text/jinja/formatting.h"

#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/printing.h"
#include "engine/text/jinja/unicode.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace ponder::engine::jinja {

namespace {

constexpr std::int64_t kMostDigits = 1000;

std::string inBase(std::uint64_t value, unsigned base, bool capitals) {
    const std::string_view digits = capitals ? "0123456789ABCDEF" : "0123456789abcdef";
    std::string text;
    do {
        text += digits[value % base];
        value /= base;
    } while (value > 0);
    std::reverse(text.begin(), text.end());
    return text;
}

/// The digits before the point in groups.
std::string grouped(const std::string& digits, char separator, std::size_t size) {
    const std::size_t whole = std::min(digits.find_first_of(".e"), digits.size());
    std::string text;
    for (std::size_t i = 0; i < whole; ++i) {
        if (i > 0 && (whole - i) % size == 0) text += separator;
        text += digits[i];
    }
    return text + digits.substr(whole);
}

std::string integerDigits(std::uint64_t value, const FormatSpec& spec) {
    const std::size_t precision = static_cast<std::size_t>(spec.precision.value_or(0));
    std::string digits;
    std::string prefix;
    switch (spec.type) {
    case 'x':
    case 'X':
        digits = inBase(value, 16, spec.type == 'X');
        prefix = spec.type == 'X' ? "0X" : "0x";
        break;
    case 'o':
        digits = inBase(value, 8, false);
        prefix = "0o";
        break;
    case 'b':
        digits = inBase(value, 2, false);
        prefix = "0b";
        break;
    default:
        digits = std::to_string(value);
    }
    if (digits.size() < precision) digits.insert(0, precision - digits.size(), '0');
    if (spec.grouping) digits = grouped(digits, spec.grouping, prefix.empty() ? 3 : 4);
    return spec.alternate ? prefix + digits : digits;
}

std::string printed(const char* format, int precision, double value) {
    // The largest double has 309 digits before the point.
    std::array<char, kMostDigits + 400> buffer{};
    const int length = std::snprintf(buffer.data(), buffer.size(), format, precision, value);
    return {buffer.data(), static_cast<std::size_t>(length)};
}

std::string floatDigits(double value, const FormatSpec& spec) {
    const bool capitals = spec.type == 'E' || spec.type == 'F' || spec.type == 'G';
    if (!std::isfinite(value)) {
        const std::string text = std::isnan(value) ? "nan" : "inf";
        return capitals ? (std::isnan(value) ? "NAN" : "INF") : spec.type == '%' ? text + "%" : text;
    }
    const int precision = static_cast<int>(spec.precision.value_or(6));
    std::string digits;
    switch (spec.type) {
    case 'e':
        digits = printed(spec.alternate ? "%#.*e" : "%.*e", precision, value);
        break;
    case 'E':
        digits = printed(spec.alternate ? "%#.*E" : "%.*E", precision, value);
        break;
    case 'f':
    case 'F':
        digits = printed(spec.alternate ? "%#.*f" : "%.*f", precision, value);
        break;
    case '%':
        digits = printed("%.*f", precision, value * 100) + "%";
        break;
    case '\0':
        if (!spec.precision) {
            digits = floatText(value);
        } else {
            digits = printed("%.*g", std::max(precision, 1), value);
            if (digits.find_first_of(".en") == std::string::npos) digits += ".0";
        }
        break;
    case 'G':
        digits = printed(spec.alternate ? "%#.*G" : "%.*G", precision, value);
        break;
    default:
        digits = printed(spec.alternate ? "%#.*g" : "%.*g", precision, value);
    }
    return spec.grouping ? grouped(digits, spec.grouping, 3) : digits;
}

bool isFloatType(char type) {
    return std::string_view("eEfFgG%").find(type) != std::string_view::npos && type != '\0';
}

} // namespace

Text spaces(Runtime& runtime, std::int64_t count) {
    const auto size = static_cast<std::size_t>(std::max<std::int64_t>(count, 0));
    runtime.budget.demand(size);
    return Text(std::string(size, ' '), Origin::Markup);
}

std::string formatNumber(const Value& number, const FormatSpec& spec) {
    if (spec.precision && (*spec.precision > kMostDigits || *spec.precision < 0))
        fail("a number is asked for with too many digits");
    std::string digits;
    bool isNegative = false;
    const auto integer = number.integer();
    if (integer && !isFloatType(spec.type)) {
        if (spec.type == 'c') {
            if (*integer < 0 || *integer > 0x10FFFF) fail("a number names no character");
            std::string character;
            appendCodePoint(character, static_cast<std::int32_t>(*integer));
            return character;
        }
        isNegative = *integer < 0;
        const auto magnitude = static_cast<std::uint64_t>(*integer);
        digits = integerDigits(isNegative ? std::uint64_t{0} - magnitude : magnitude, spec);
    } else {
        if (!number.number()) fail("a number is needed, not a " + typeName(number));
        if (spec.type != '\0' && spec.type != 'n' && !isFloatType(spec.type)) {
            fail(std::string("a number with a fraction cannot be written as \"") + spec.type + "\"");
        }
        isNegative = std::signbit(*number.number()) && !std::isnan(*number.number());
        digits = floatDigits(std::fabs(*number.number()), spec);
    }
    std::string sign = isNegative ? "-" : spec.sign == '-' ? "" : std::string(1, spec.sign);
    const std::size_t length = sign.size() + digits.size();
    if (spec.zeros && spec.align == '\0' && spec.width > static_cast<std::int64_t>(length)) {
        if (spec.width > kMostDigits) fail("a number is asked for with too many digits");
        const std::size_t prefix = digits.starts_with("0x") || digits.starts_with("0X") ||
                                           digits.starts_with("0o") || digits.starts_with("0b")
                                       ? 2
                                       : 0;
        digits.insert(prefix, static_cast<std::size_t>(spec.width) - length, '0');
    }
    return sign + digits;
}

Text padded(Runtime& runtime, const Text& text, const FormatSpec& spec, char standardAlign) {
    const auto length = static_cast<std::int64_t>(countCharacters(text.bytes()));
    if (spec.width <= length) return text;
    std::size_t missing = static_cast<std::size_t>(spec.width - length);
    std::size_t bytes = 0;
    runtime.budget.demand(__builtin_mul_overflow(missing, spec.fill.size(), &bytes) ? SIZE_MAX / 2 : bytes);
    const char align = spec.align ? spec.align : standardAlign;
    const std::size_t before = align == '<' ? 0 : align == '^' ? missing / 2 : missing;
    Text result;
    std::size_t signLength = 0;
    if (align == '=') {
        const std::string& all = text.bytes();
        signLength = !all.empty() && (all[0] == '-' || all[0] == '+' || all[0] == ' ') ? 1 : 0;
        result.append(text, 0, signLength);
    }
    std::string filling;
    for (std::size_t i = 0; i < before; ++i) filling += spec.fill;
    result.append(filling, Origin::Markup);
    result.append(text, signLength, text.size());
    filling.clear();
    for (std::size_t i = before; i < missing; ++i) filling += spec.fill;
    result.append(filling, Origin::Markup);
    return result;
}

} // namespace ponder::engine::jinja
