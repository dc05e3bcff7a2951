#pragma once

#include "engine/backend/head_groups.h"
#include "kernels/attention.h"

#include <algorithm>
#include <cstdint>
#include <span>

namespace ponder::engine {

/// Heads in the groups that HeadGroups asks for: a run of heads is computed together.
class HeadRuns {
public:
    HeadRuns(std::span<const kernels::AttentionHead> heads, std::int64_t sharing, HeadGroups groups)
        : heads_(heads), sharing_(sharing), groups_(groups) {}

    std::int64_t count() const {
        return static_cast<std::int64_t>(heads_.size()) / sharing_ * groups_.perRow;
    }
    std::span<const kernels::AttentionHead> operator[](std::int64_t run) const {
        const std::int64_t within = run % groups_.perRow * groups_.together;
        return heads_.subspan(static_cast<std::size_t>(run / groups_.perRow * sharing_ + within),
                              static_cast<std::size_t>(std::min(groups_.together, sharing_ - within)));
    }

private:
    std::span<const kernels::AttentionHead> heads_;
    std::int64_t sharing_;
    HeadGroups groups_;
};

} // namespace ponder::engine
