#include "engine/convert/rope_settings.h"

#include <cmath>
#include <numbers>

namespace ponder::engine {

namespace {

constexpr std::int64_t kMostContext = 1 << 24;

double neededNumber(const SettingsFile& settings, std::string_view key) {
    const auto value = settings.number(key);
    if (!value || *value <= 0) settings.refuse(key, "a number above 0");
    return *value;
}

} // namespace

RopeConfig::RopeConfig(const SettingsFile& config)
    : scaling_(config.has("rope_parameters") ? config.object("rope_parameters")
                                             : config.object("rope_scaling")) {
    if (const auto base = scaling_.number("rope_theta"))
        base_ = *base;
    else
        base_ = config.number("rope_theta").value_or(base_);
    if (!(base_ > 0)) config.refuse("rope_theta", "above 0");
    type_ = scaling_.text("rope_type").value_or(scaling_.text("type").value_or("default"));
    if (type_ != "default" && type_ != "linear" && type_ != "yarn" && type_ != "llama3")
        scaling_.refuse(scaling_.has("rope_type") ? "rope_type" : "type", "default, linear, yarn or llama3");
    if (type_ == "default") return;
    neededNumber(scaling_, "factor");
    originalContext_ =
        scaling_.count("original_max_position_embeddings", 1, kMostContext)
            .value_or(config.count("original_max_position_embeddings", 1, kMostContext)
                          .value_or(config.neededCount("max_position_embeddings", 1, kMostContext)));
}

std::vector<float> RopeConfig::factors(int dimensions) const {
    std::vector<float> factors;
    if (type_ != "llama3") return factors;
    const double factor = neededNumber(scaling_, "factor");
    const double low = neededNumber(scaling_, "low_freq_factor");
    const double high = neededNumber(scaling_, "high_freq_factor");
    if (!(high > low)) scaling_.refuse("high_freq_factor", "above low_freq_factor");
    const auto old = static_cast<double>(originalContext_);
    for (int i = 0; i < dimensions / 2; ++i) {
        const double wave = 2 * std::numbers::pi * std::pow(base_, 2.0 * i / dimensions);
        const double smooth = (old / wave - low) / (high - low);
        if (wave < old / high)
            factors.push_back(1);
        else if (wave > old / low)
            factors.push_back(static_cast<float>(factor));
        else
            factors.push_back(static_cast<float>(1 / ((1 - smooth) / factor + smooth)));
    }
    return factors;
}

void RopeConfig::addMetadata(const std::string& architecture, GgufMetadata& metadata) const {
    const std::string rope = architecture + ".rope.";
    metadata.addNumber(rope + "freq_base", static_cast<float>(base_));
    if (type_ != "linear" && type_ != "yarn") return; // Llama 3's factors are a tensor
    metadata.addText(rope + "scaling.type", type_);
    metadata.addNumber(rope + "scaling.factor", static_cast<float>(neededNumber(scaling_, "factor")));
    metadata.addCount(rope + "scaling.original_context_length", static_cast<std::uint32_t>(originalContext_));
    if (type_ != "yarn") return;
    if (const auto fast = scaling_.number("beta_fast"))
        metadata.addNumber(rope + "scaling.yarn_beta_fast", static_cast<float>(*fast));
    if (const auto slow = scaling_.number("beta_slow"))
        metadata.addNumber(rope + "scaling.yarn_beta_slow", static_cast<float>(*slow));
    if (architecture != "deepseek2") return;
    // DeepSeek's temperature: GGUF stores a tenth of it (architectures.md §1.2).
    if (const auto scale = scaling_.number("mscale_all_dim"))
        metadata.addNumber(rope + "scaling.yarn_log_multiplier", static_cast<float>(0.1 * *scale));
}

} // namespace ponder::engine
