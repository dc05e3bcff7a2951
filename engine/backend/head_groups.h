#pragma once

#include "kernels/attention.h"

#include <algorithm>
#include <cstdint>

namespace ponder::engine {

/// How heads that look at the same rows are handed to threads: `together` at a time, so that the rows are
/// read once for them.
struct HeadGroups {
    std::int64_t together = 1;
    std::int64_t perRow = 1; ///< groups that look at the same rows

    /// For `count` heads of which each `sharing` in turn look at the same rows. Many heads at a time read the
    /// cache seldom, few leave work for every thread.
    static HeadGroups of(std::int64_t count, std::int64_t sharing, int threads) {
        HeadGroups groups{.together = std::min(kernels::kMostHeads, sharing), .perRow = 1};
        while (groups.together > 1 && count / groups.together < 2 * threads) groups.together /= 2;
        groups.perRow = (sharing + groups.together - 1) / groups.together;
        return groups;
    }

    /// Whether the groups are as large as can be and threads share the work on each of them, step by step:
    /// where there are few, and `positions` is enough for that to pay.
    static bool inSteps(std::int64_t count, std::int64_t sharing, int threads, std::int64_t positions) {
        return threads > 1 && positions >= kManyPositions &&
               count / of(count, sharing, 0).together < 2 * threads;
    }

    /// For attendMany: so many that what is prepared of the rows costs little beside them, the same on any
    /// number of threads.
    static HeadGroups ofMany(std::int64_t sharing) {
        const std::int64_t groups = (sharing + kMostTogether - 1) / kMostTogether;
        return {.together = (sharing + groups - 1) / groups, .perRow = groups};
    }

private:
    // Their queries and outputs stay in a second-level cache beside the rows.
    static constexpr std::int64_t kMostTogether = 128;
    // Two more hand-overs cost nothing beside reading so many for every few heads again.
    static constexpr std::int64_t kManyPositions = 512;
};

} // namespace ponder::engine
