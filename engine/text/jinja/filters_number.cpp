#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/filters.h"
#include "engine/text/jinja/formatting.h"
#include "engine/text/jinja/operators.h"
#include "engine/text/jinja/printing.h"
#include "engine/text/jinja/unicode.h"

#include <array>
#include <cfenv>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace ponder::engine::jinja {

namespace {

/// A number's text without white space around it and single underscores between digits; empty if malformed.
std::string numberText(const String& string) {
    const std::string& bytes = string.text.bytes();
    const std::size_t begin = skipSpace(bytes, 0);
    const std::size_t end = std::max(begin, spaceBegins(bytes));
    std::string text;
    const auto isDigitAt = [&](std::size_t at) {
        return at > begin && at < end && std::isalnum(static_cast<unsigned char>(bytes[at])) != 0;
    };
    for (std::size_t i = begin; i < end; ++i) {
        if (bytes[i] != '_')
            text += bytes[i];
        else if (i == begin || !std::isalnum(static_cast<unsigned char>(bytes[i - 1])) || !isDigitAt(i + 1))
            return {};
    }
    return text;
}

/// Python's int(text, base); empty where that raises ValueError.
std::optional<std::int64_t> parseInteger(const String& string, std::int64_t base) {
    if (base != 0 && (base < 2 || base > 36)) return std::nullopt;
    std::string text = numberText(string);
    std::string sign;
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
        if (text[0] == '-') sign = "-";
        text.erase(0, 1);
    }
    if (text.size() > 2 && text[0] == '0') {
        const char kind = static_cast<char>(text[1] | 0x20);
        const int named = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 0;
        if (named != 0 && (base == named || base == 0)) {
            base = named;
            text.erase(0, 2);
        }
    }
    if (base == 0) {
        const bool zeros = text.find_first_not_of('0') == std::string::npos;
        if (text.size() > 1 && text[0] == '0' && !zeros) return std::nullopt;
        base = 10;
    }
    if (text.empty() || text[0] == '-' || text[0] == '+') return std::nullopt;
    text.insert(0, sign);
    std::int64_t value = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value, static_cast<int>(base));
    if (end != text.data() + text.size()) return std::nullopt;
    if (error == std::errc::result_out_of_range) fail("a number has more than 64 bits");
    return error == std::errc() ? std::optional(value) : std::nullopt;
}

/// Python's float(text); empty where that raises ValueError.
std::optional<double> parseFloat(const String& string) {
    std::string text = numberText(string);
    if (text.starts_with('+')) {
        text.erase(0, 1);
        if (text.starts_with('-')) return std::nullopt;
    }
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || end != text.data() + text.size() || text.find('(') != std::string::npos)
        return std::nullopt;
    if (error == std::errc::result_out_of_range) return std::strtod(text.c_str(), nullptr);
    return error == std::errc() ? std::optional(value) : std::nullopt;
}

std::optional<std::int64_t> truncated(double value) {
    if (!std::isfinite(value)) return std::nullopt;
    if (!(std::fabs(value) < 9.2233720368547748e18)) fail("a number has more than 64 bits");
    return static_cast<std::int64_t>(value);
}

Value toInteger(Runtime&, const Value& input, const Bound& bound) {
    if (input.isUndefined()) failUndefined(input);
    const Value fallback = bound.has(0) ? *bound[0] : Value(std::int64_t{0});
    std::optional<std::int64_t> result;
    if (const String* string = input.string()) {
        result = parseInteger(*string, bound.integer(1, 10));
        if (!result) {
            if (const auto number = parseFloat(*string)) result = truncated(*number);
        }
    } else if (const double* number = input.as<double>()) {
        if (std::isinf(*number)) fail("infinity has no whole number");
        result = truncated(*number);
    } else {
        result = input.integer();
    }
    return result ? Value(*result) : fallback;
}

Value toFloat(Runtime&, const Value& input, const Bound& bound) {
    if (input.isUndefined()) failUndefined(input);
    const auto result = input.string() ? parseFloat(*input.string()) : input.number();
    return result ? Value(*result) : bound.has(0) ? *bound[0] : Value(0.0);
}

Value absolute(Runtime&, const Value& input, const Bound&) {
    if (input.isUndefined()) failUndefined(input);
    if (const double* number = input.as<double>()) return std::fabs(*number);
    if (!input.integer()) fail("\"abs\" needs a number, not a " + typeName(input));
    return *input.integer() < 0 ? negative(input) : Value(*input.integer());
}

/// Rounds to the nearest, ties to even, as the decimal digits say: Python's round of a float.
double roundedTo(double value, std::int64_t precision) {
    constexpr std::int64_t kMostDecimals = 323;
    if (!std::isfinite(value) || precision > kMostDecimals) return value;
    if (precision < -308) return std::copysign(0.0, value);
    if (precision >= 0) {
        std::array<char, 800> digits{};
        std::snprintf(digits.data(), digits.size(), "%.*f", static_cast<int>(precision), value);
        return std::strtod(digits.data(), nullptr);
    }
    const double unit = std::pow(10.0, static_cast<double>(-precision));
    return std::nearbyint(value / unit) * unit;
}

Value round(Runtime&, const Value& input, const Bound& bound) {
    if (input.isUndefined()) failUndefined(input);
    const auto number = input.number();
    if (!number) fail("\"round\" needs a number, not a " + typeName(input));
    const std::int64_t precision = bound.integer(0, 0);
    const String* method = bound.string(1);
    const std::string name = method ? method->text.bytes() : "common";
    if (name == "common") {
        if (!input.is<double>() && precision >= 0) return *input.integer();
        const double result = roundedTo(*number, precision);
        return input.is<double>() ? Value(result) : Value(*truncated(result));
    }
    if (name != "ceil" && name != "floor") fail("\"round\" knows common, ceil and floor");
    const double unit = std::pow(10.0, static_cast<double>(precision));
    const double scaled = *number * unit;
    return (name == "ceil" ? std::ceil(scaled) : std::floor(scaled)) / unit;
}

Value fileSize(Runtime& runtime, const Value& input, const Bound& bound) {
    const auto bytes = input.string() ? parseFloat(*input.string()) : input.number();
    if (!bytes || !std::isfinite(*bytes)) fail("\"filesizeformat\" needs a number");
    const bool binary = bound.truth(0, false);
    const double base = binary ? 1024 : 1000;
    if (*bytes == 1) return makeString(runtime.budget, "1 Byte");
    if (*bytes < base)
        return makeString(runtime.budget, std::to_string(static_cast<std::int64_t>(*bytes)) + " Bytes");
    constexpr std::string_view kLetters = "kMGTPEZY";
    double unit = base;
    std::size_t letter = 0;
    while (letter + 1 < kLetters.size() && *bytes >= unit * base) {
        unit *= base;
        ++letter;
    }
    const char prefix = binary && letter == 0 ? 'K' : kLetters[letter];
    const std::string digits = formatNumber(*bytes / unit, {.precision = 1, .type = 'f'});
    return makeString(runtime.budget, digits + " " + prefix + (binary ? "iB" : "B"));
}

constexpr FilterEntry kFilters[] = {
    {"abs", {}, absolute},
    {"float", {{"default"}}, toFloat},
    {"int", {{"default", "base"}}, toInteger},
    {"round", {{"precision", "method"}}, round},
    {"filesizeformat", {{"binary"}}, fileSize},
};

} // namespace

std::span<const FilterEntry> numberFilters() {
    return kFilters;
}

} // namespace ponder::engine::jinja
