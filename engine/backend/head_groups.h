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
};

} // namespace ponder::engine
