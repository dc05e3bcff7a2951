#include "engine/sampling/number_range.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace ponder::engine {

namespace {

std::int64_t powerOfTen(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

std::string digitsOf(std::int64_t value, int width) {
    std::string digits = std::to_string(value);
    return std::string(static_cast<std::size_t>(width) - digits.size(), '0') + digits;
}

/// Numbers without sign that have the same number of digits before the point.
class Digits {
public:
    Digits(Grammar& grammar, NumberRange range, int wholeDigits, NodeId next)
        : grammar_(grammar), next_(next), whole_(static_cast<std::size_t>(wholeDigits)),
          least_(digitsOf(range.least, wholeDigits + range.fractionDigits)),
          most_(digitsOf(range.most, wholeDigits + range.fractionDigits)) {}

    NodeId build() { return digit(0, true, true); }

private:
    /// The digit at `place`. `atLeast`, `atMost`: those before it are the end's own, so it is bound by it.
    NodeId digit(std::size_t place, bool atLeast, bool atMost) {
        const auto key = std::tuple(place, atLeast, atMost);
        if (const auto known = nodes_.find(key); known != nodes_.end()) return known->second;
        const char low = atLeast ? least_[place] : '0';
        const char high = atMost ? most_[place] : '9';
        std::vector<Grammar::ByteRange> ranges;
        for (char digit = low; digit <= high; ++digit) {
            const bool staysLeast = atLeast && digit == low;
            const bool staysMost = atMost && digit == high;
            const NodeId next = behind(place + 1, staysLeast, staysMost);
            const auto byte = static_cast<unsigned char>(digit);
            ranges.push_back({byte, byte, next});
        }
        return nodes_[key] = grammar_.bytes(std::move(ranges));
    }

    /// What follows the first `count` digits.
    NodeId behind(std::size_t count, bool atLeast, bool atMost) {
        if (count < whole_) return digit(count, atLeast, atMost);
        const auto key = std::tuple(count, atLeast, atMost);
        if (const auto known = behind_.find(key); known != behind_.end()) return known->second;
        std::vector<NodeId> branches;
        // What is not written is zero.
        if (!atLeast || least_.find_first_not_of('0', count) == std::string::npos) branches.push_back(next_);
        if (count < least_.size()) {
            const NodeId more = digit(count, atLeast, atMost);
            branches.push_back(count == whole_ ? grammar_.literal(".", more) : more);
        }
        return behind_[key] = grammar_.split(std::move(branches));
    }

    Grammar& grammar_;
    NodeId next_;
    std::size_t whole_;
    std::string least_; ///< all digits, without the point
    std::string most_;
    std::map<std::tuple<std::size_t, bool, bool>, NodeId> nodes_;
    std::map<std::tuple<std::size_t, bool, bool>, NodeId> behind_;
};

/// 0 <= least.
NodeId withoutSign(Grammar& grammar, const NumberRange& range, NodeId next) {
    std::vector<NodeId> branches;
    for (int whole = 1; whole + range.fractionDigits <= NumberRange::kMostDigits; ++whole) {
        const std::int64_t first = whole == 1 ? 0 : powerOfTen(whole - 1 + range.fractionDigits);
        const std::int64_t last = powerOfTen(whole + range.fractionDigits) - 1;
        const NumberRange part{std::max(range.least, first), std::min(range.most, last),
                               range.fractionDigits};
        if (part.least <= part.most) branches.push_back(Digits(grammar, part, whole, next).build());
    }
    return grammar.split(std::move(branches));
}

} // namespace

NodeId numberBetween(Grammar& grammar, const NumberRange& range, NodeId next) {
    std::vector<NodeId> branches;
    if (range.most >= 0)
        branches.push_back(withoutSign(
            grammar, {std::max<std::int64_t>(range.least, 0), range.most, range.fractionDigits}, next));
    if (range.least < 0) {
        const NumberRange opposite{std::max<std::int64_t>(-range.most, 1), -range.least,
                                   range.fractionDigits};
        branches.push_back(grammar.literal("-", withoutSign(grammar, opposite, next)));
    }
    return grammar.split(std::move(branches));
}

} // namespace ponder::engine
