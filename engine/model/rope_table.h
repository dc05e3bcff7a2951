#pragma once

#include "engine/model/model_config.h"

#include <cstdint>
#include <vector>

namespace ponder::engine {

/// Angles of a rotary embedding: one frequency a pair, scaled once (linear, YaRN arXiv 2309.00071, or factors
/// from the file), then cosines and sines for the positions of a step.
class RopeTable {
public:
    RopeTable() = default;
    /// `factors` divides the frequency of each pair (`rope_freqs`); empty: no factors.
    RopeTable(const RopeSettings& settings, const std::vector<float>& factors);

    int dimensions() const { return static_cast<int>(frequencies_.size()) * 2; }
    /// Fills the angles of positions [first, first + count).
    void prepare(std::int64_t first, std::int64_t count);
    const float* cosines(std::int64_t index) const { return cosines_.data() + index * pairs(); }
    const float* sines(std::int64_t index) const { return sines_.data() + index * pairs(); }
    /// Radians a position, [dimensions / 2].
    const std::vector<double>& frequencies() const { return frequencies_; }

private:
    std::int64_t pairs() const { return static_cast<std::int64_t>(frequencies_.size()); }

    std::vector<double> frequencies_;
    double magnitude_ = 1;
    std::vector<float> cosines_; // [position of the step][pair]
    std::vector<float> sines_;
};

} // namespace ponder::engine
