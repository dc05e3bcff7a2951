#pragma once

#include "engine/backend/cpu_backend.h"
#include "engine/timeline/timeline.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/places.h"

namespace ponder::engine {

/// Tests of timelines of a golden model, which the parameter names.
class ModelTimelines : public testing::TestWithParam<const char*> {
public:
    static std::string nameOf(const testing::TestParamInfo<const char*>& info) {
        std::string name = info.param;
        std::erase(name, '-');
        return name;
    }

protected:
    ModelTimelines()
        : model_(GgufFile::open(std::string(PONDER_SOURCE_DIR "/tests/golden/models/") + GetParam() +
                                    "/model.gguf",
                                GgufFile::Access::Weights)) {}

    static std::vector<TokenId> greedy(Timeline& timeline, int count) {
        Sampler sampler(Sampler::merged({.temperature = 0.0f}, {}));
        std::vector<TokenId> drawn;
        for (int i = 0; i < count; ++i) drawn.push_back(*timeline.next(sampler, {}));
        return drawn;
    }

    Model model_;
    CpuBackend backend_{2};
};

} // namespace ponder::engine
