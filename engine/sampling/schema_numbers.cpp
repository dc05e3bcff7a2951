#include "engine/sampling/schema_numbers.h"

#include <algorithm>
#include <string>

namespace ponder::engine {

namespace {

constexpr int kNumberDigits = 15;
constexpr int kUsualFractionDigits = 6;

/// value × 10^-fraction, with as few fraction digits as it takes.
struct Decimal {
    std::int64_t value = 0;
    int fraction = 0;
};

std::int64_t powerOfTen(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

int digits(std::int64_t value) {
    return static_cast<int>(std::to_string(value < 0 ? -value : value).size());
}

/// From the shortest text that means the same number. Empty: more digits than can be told apart.
std::optional<Decimal> decimalOf(const SchemaValue& number) {
    const std::string text = number.dump();
    std::string whole;
    int fraction = 0;
    std::size_t i = text.starts_with("-") ? 1 : 0;
    for (bool behindPoint = false; i < text.size() && text[i] != 'e' && text[i] != 'E'; ++i) {
        if (text[i] == '.') {
            behindPoint = true;
        } else {
            whole += text[i];
            if (behindPoint) ++fraction;
        }
    }
    if (i < text.size()) fraction -= std::stoi(text.substr(i + 1));
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
    if (whole.empty()) return Decimal{};
    while (whole.ends_with('0')) {
        whole.pop_back();
        --fraction;
    }
    if (fraction < 0) {
        if (static_cast<int>(whole.size()) - fraction > NumberRange::kMostDigits) return std::nullopt;
        whole.append(static_cast<std::size_t>(-fraction), '0');
        fraction = 0;
    }
    if (static_cast<int>(whole.size()) > NumberRange::kMostDigits || fraction > NumberRange::kMostDigits)
        return std::nullopt;
    const std::int64_t value = std::stoll(whole);
    return Decimal{text.starts_with("-") ? -value : value, fraction};
}

[[noreturn]] void refuseDigits(const std::string& where) {
    refuseSchema(where, "has a limit with too many digits to be kept exactly",
                 "Use limits of at most 15 digits (18 for integers).");
}

std::optional<Decimal> limit(const SchemaValue& schema, const char* name, const std::string& where) {
    const auto member = schema.find(name);
    if (member == schema.end()) return std::nullopt;
    if (!member->is_number())
        refuseSchema(memberPath(where, name), "has something else than a number", "Write a number.");
    const std::optional<Decimal> decimal = decimalOf(*member);
    if (!decimal) refuseDigits(memberPath(where, name));
    return decimal;
}

enum class Rounding { Down, Up };

/// `decimal` in units of 10^-fraction. Requires: it has room there.
std::int64_t inUnits(const Decimal& decimal, int fraction, Rounding rounding) {
    if (decimal.fraction <= fraction) return decimal.value * powerOfTen(fraction - decimal.fraction);
    const std::int64_t divisor = powerOfTen(decimal.fraction - fraction);
    const std::int64_t cut = decimal.value / divisor;
    const std::int64_t rest = decimal.value % divisor;
    if (rounding == Rounding::Down) return rest < 0 ? cut - 1 : cut;
    return rest > 0 ? cut + 1 : cut;
}

struct Limits {
    std::optional<Decimal> least;
    std::optional<Decimal> above;
    std::optional<Decimal> most;
    std::optional<Decimal> below;
};

Limits limitsOf(const SchemaValue& schema, const std::string& where) {
    return {limit(schema, "minimum", where), limit(schema, "exclusiveMinimum", where),
            limit(schema, "maximum", where), limit(schema, "exclusiveMaximum", where)};
}

NumberRange rangeOf(const Limits& limits, int fraction, std::int64_t largest) {
    NumberRange range{-largest, largest, fraction};
    const auto least = [&](std::int64_t value) { range.least = std::max(range.least, value); };
    const auto most = [&](std::int64_t value) { range.most = std::min(range.most, value); };
    if (limits.least) least(inUnits(*limits.least, fraction, Rounding::Up));
    if (limits.above) least(inUnits(*limits.above, fraction, Rounding::Down) + 1);
    if (limits.most) most(inUnits(*limits.most, fraction, Rounding::Down));
    if (limits.below) most(inUnits(*limits.below, fraction, Rounding::Up) - 1);
    return range;
}

/// Digits behind the point that `multipleOf` leaves; empty: it says nothing.
std::optional<int> stepOf(const SchemaValue& schema, const std::string& where) {
    const std::optional<Decimal> step = limit(schema, "multipleOf", where);
    if (!step) return std::nullopt;
    if (step->value == 1 && step->fraction <= kUsualFractionDigits) return step->fraction;
    refuseSchema(where, "asks for a \"multipleOf\" that Ponder cannot enforce,",
                 "Use 1, 0.1, 0.01 and so on, or leave it out and check the answer for it yourself.");
}

} // namespace

NumberRange integersOf(const SchemaValue& schema, const std::string& where) {
    if (stepOf(schema, where).value_or(0) != 0)
        refuseSchema(where, "asks for a \"multipleOf\" that is no integer,", "Leave it out.");
    return rangeOf(limitsOf(schema, where), 0, powerOfTen(NumberRange::kMostDigits) - 1);
}

std::optional<NumberRange> numbersOf(const SchemaValue& schema, const std::string& where) {
    const Limits limits = limitsOf(schema, where);
    const std::optional<int> step = stepOf(schema, where);
    int fraction = 0;
    int whole = 1;
    bool anyLimit = false;
    for (const auto& each : {limits.least, limits.above, limits.most, limits.below}) {
        if (!each) continue;
        anyLimit = true;
        fraction = std::max(fraction, each->fraction);
        whole = std::max(whole, digits(each->value) - each->fraction);
    }
    if (!anyLimit && !step) return std::nullopt;
    if (whole + fraction > kNumberDigits) refuseDigits(where);
    fraction = std::max(fraction, std::min(kUsualFractionDigits, kNumberDigits - whole));
    return rangeOf(limits, step.value_or(fraction), powerOfTen(kNumberDigits) - 1);
}

} // namespace ponder::engine
