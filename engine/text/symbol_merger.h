#pragma once

#include "engine/text/tokenizer.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// A stretch of the text being encoded; length 0 once it was swallowed by its left neighbour.
struct Symbol {
    TokenId id = -1; ///< -1: no token has this text
    std::uint32_t begin = 0;
    std::uint32_t length = 0;
    std::int32_t previous = -1;
    std::int32_t next = -1;
};

/// What two neighbours become, and how early: the lowest rank of all pairs goes first, the leftmost of
/// equals.
struct Join {
    TokenId id = -1;
    std::uint32_t rank = 0;
};

/// Merges neighbours until no pair can be joined, in O(n log n). Keeps its memory between words.
class SymbolMerger {
public:
    void clear() { symbols_.clear(); }
    void add(TokenId id, std::size_t begin, std::size_t length) {
        const auto index = static_cast<std::int32_t>(symbols_.size());
        if (index > 0) symbols_.back().next = index;
        symbols_.push_back(
            {id, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(length), index - 1, -1});
    }

    /// `findJoin(const Symbol&, const Symbol&)` gives std::optional<Join>.
    template <typename FindJoin>
    void merge(const FindJoin& findJoin) {
        candidates_.clear();
        for (std::int32_t i = 0; i + 1 < static_cast<std::int32_t>(symbols_.size()); ++i)
            consider(i, findJoin);
        std::make_heap(candidates_.begin(), candidates_.end(), later);
        while (!candidates_.empty()) {
            std::pop_heap(candidates_.begin(), candidates_.end(), later);
            const Candidate best = candidates_.back();
            candidates_.pop_back();
            if (!isCurrent(best)) continue;
            apply(best);
            const Symbol& joined = at(best.left());
            if (joined.previous >= 0 && consider(joined.previous, findJoin)) pushed();
            if (joined.next >= 0 && consider(best.left(), findJoin)) pushed();
        }
    }

    /// Calls `visit(const Symbol&)` for what is left, in order.
    template <typename Visit>
    void forEach(const Visit& visit) const {
        for (const Symbol& symbol : symbols_) {
            if (symbol.length > 0) visit(symbol);
        }
    }

private:
    struct Candidate {
        std::uint64_t order; ///< rank, then place
        std::uint32_t length;
        TokenId id;

        std::int32_t left() const { return static_cast<std::int32_t>(order & 0xFFFFFFFFu); }
    };
    static bool later(const Candidate& a, const Candidate& b) { return a.order > b.order; }
    void pushed() { std::push_heap(candidates_.begin(), candidates_.end(), later); }
    Symbol& at(std::int32_t index) { return symbols_[static_cast<std::size_t>(index)]; }

    template <typename FindJoin>
    bool consider(std::int32_t left, const FindJoin& findJoin) {
        const Symbol& a = at(left);
        const Symbol& b = at(a.next);
        const std::optional<Join> join = findJoin(a, b);
        if (join) {
            const std::uint64_t order = (std::uint64_t{join->rank} << 32) | static_cast<std::uint32_t>(left);
            candidates_.push_back({order, a.length + b.length, join->id});
        }
        return join.has_value();
    }

    /// False when one of the two has grown or gone since the pair was found: lengths only grow.
    bool isCurrent(const Candidate& candidate) {
        const Symbol& left = at(candidate.left());
        return left.length > 0 && left.next >= 0 && left.length + at(left.next).length == candidate.length;
    }

    void apply(const Candidate& candidate) {
        Symbol& left = at(candidate.left());
        Symbol& right = at(left.next);
        left.id = candidate.id;
        left.length = candidate.length;
        left.next = right.next;
        right.length = 0;
        if (left.next >= 0) at(left.next).previous = candidate.left();
    }

    std::vector<Symbol> symbols_;
    std::vector<Candidate> candidates_;
};

} // namespace ponder::engine
