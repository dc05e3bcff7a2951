#pragma once

#include "engine/convert/settings_file.h"
#include "engine/format/gguf_metadata.h"

#include <string>
#include <vector>

namespace ponder::engine {

/// How a config.json turns positions: `rope_parameters` of newer files or `rope_theta` and `rope_scaling` of
/// older ones.
class RopeConfig {
public:
    /// Throws Error: a kind of scaling that is not known.
    explicit RopeConfig(const SettingsFile& config);

    double base() const { return base_; }
    /// Llama 3's factors for `dimensions` / 2 pairs (architectures.md §1.0); empty for another kind.
    std::vector<float> factors(int dimensions) const;
    /// Adds rope.freq_base and rope.scaling.* below `architecture`.
    void addMetadata(const std::string& architecture, GgufMetadata& metadata) const;

private:
    SettingsFile scaling_;
    std::string type_;
    double base_ = 10000;
    std::int64_t originalContext_ = 0;
};

} // namespace ponder::engine
