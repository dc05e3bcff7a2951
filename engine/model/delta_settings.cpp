#include "engine/model/delta_settings.h"

#include "engine/model/config_reader.h"

namespace ponder::engine {

namespace {

constexpr int kMostNumbers = 1 << 20; // of all heads together
constexpr int kLongestConvolution = 64;
// Of one layer, sixteen times what the largest model has: they are there however short a chat is.
constexpr std::int64_t kMostState = std::int64_t{1} << 24;

} // namespace

DeltaSettings readDeltaSettings(const ConfigReader& reader) {
    DeltaSettings delta;
    delta.keyHeads = reader.neededCount("ssm.group_count", 1, kMostHeads);
    delta.valueHeads = reader.neededCount("ssm.time_step_rank", 1, kMostHeads);
    if (delta.valueHeads % delta.keyHeads != 0) {
        reader.refuse("ssm.time_step_rank", delta.valueHeads,
                      "a multiple of the number of key heads, " + std::to_string(delta.keyHeads));
    }
    delta.keyLength = reader.neededCount("ssm.state_size", 1, kMostNumbers / delta.keyHeads);
    const int numbers = reader.neededCount("ssm.inner_size", 1, kMostNumbers);
    if (numbers % delta.valueHeads != 0) {
        reader.refuse("ssm.inner_size", numbers,
                      "a multiple of the number of value heads, " + std::to_string(delta.valueHeads));
    }
    delta.valueLength = numbers / delta.valueHeads;
    delta.convolutionLength = reader.neededCount("ssm.conv_kernel", 2, kLongestConvolution);
    if (delta.stateNumbers() > kMostState) {
        reader.refuse("ssm.state_size", delta.keyLength,
                      "at most " + std::to_string(kMostState / numbers) + " beside an inner size of " +
                          std::to_string(numbers));
    }
    return delta;
}

} // namespace ponder::engine
