#include "engine/model/hyper_connections.h"

#include "engine/backend/cpu_backend.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tiny_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace ponder::engine {
namespace {

constexpr std::int64_t kTokens = 3;

class HyperConnectionsTest : public testing::Test {
protected:
    HyperConnectionsTest() {
        std::mt19937 random(5);
        for (std::int64_t i = 0; i < kTokens * streams_ * width_; ++i)
            state_.push_back(static_cast<float>(static_cast<std::int32_t>(random())) * 0x1p-31f);
    }

    static Model openTiny() {
        const tests::TempDir folder;
        tests::tinyModel({.family = tests::TinyFamily::Deepseek4}).write(folder / "model.gguf");
        return Model(GgufFile::open((folder / "model.gguf").string(), GgufFile::Access::Weights));
    }

    const Model model_ = openTiny();
    const std::int64_t streams_ = model_.config().hyper.streams;
    const std::int64_t width_ = model_.config().width;
    CpuBackend backend_{1};
    std::vector<float> state_; // [token][stream][width]
};

TEST_F(HyperConnectionsTest, AnAnswerOfNothingLeavesTheSumOfTheStreamsAsItWas) {
    // Each stream's shares in the new ones sum to one.
    HyperConnections hyper(model_, backend_);
    std::vector<float> input(static_cast<std::size_t>(kTokens * width_));
    std::vector<float> streams = state_;
    hyper.enter(model_.layer(0).attentionMix, kTokens, streams.data(), input.data());
    hyper.leave(kTokens, std::vector<float>(input.size(), 0.0f).data(), streams.data());
    EXPECT_NE(streams, state_);
    for (std::int64_t t = 0; t < kTokens; ++t) {
        for (std::int64_t i = 0; i < width_; ++i) {
            double before = 0, after = 0;
            for (std::int64_t s = 0; s < streams_; ++s) {
                before += state_[static_cast<std::size_t>((t * streams_ + s) * width_ + i)];
                after += streams[static_cast<std::size_t>((t * streams_ + s) * width_ + i)];
            }
            EXPECT_NEAR(after, before, 1e-3);
        }
    }
}

TEST_F(HyperConnectionsTest, TheInputAndTheAnswersSharesFollowTheProjection) {
    HyperConnections hyper(model_, backend_);
    const HyperConnectionWeights& weights = model_.layer(1).feedForwardMix;
    std::vector<float> input(static_cast<std::size_t>(kTokens * width_));
    std::vector<float> none = state_, some = state_;
    hyper.enter(weights, kTokens, state_.data(), input.data());
    hyper.leave(kTokens, std::vector<float>(input.size(), 0.0f).data(), none.data());
    hyper.leave(kTokens, std::vector<float>(input.size(), 1.0f).data(), some.data());

    const auto* matrix = reinterpret_cast<const float*>(weights.projection.bytes);
    const std::int64_t columns = streams_ * width_;
    const auto sigmoid = [](double x) { return 1 / (1 + std::exp(-x)); };
    for (std::int64_t t = 0; t < kTokens; ++t) {
        const float* own = state_.data() + t * columns;
        double squares = 0;
        for (std::int64_t i = 0; i < columns; ++i) squares += static_cast<double>(own[i]) * own[i];
        const double norm =
            1 / std::sqrt(squares / static_cast<double>(columns) + model_.config().normEpsilon);
        const auto projected = [&](std::int64_t row) {
            double sum = 0;
            for (std::int64_t i = 0; i < columns; ++i)
                sum += static_cast<double>(matrix[row * columns + i]) * own[i] * norm;
            return sum;
        };
        std::vector<double> read;
        for (std::int64_t s = 0; s < streams_; ++s) {
            const auto row = static_cast<std::size_t>(s);
            read.push_back(sigmoid(projected(s) * weights.scale[0] + weights.base[row]) +
                           model_.config().hyper.epsilon);
            const auto later = static_cast<std::size_t>(streams_ + s);
            const double share =
                2 * sigmoid(projected(streams_ + s) * weights.scale[1] + weights.base[later]);
            const auto at = static_cast<std::size_t>((t * streams_ + s) * width_);
            EXPECT_NEAR(some[at] - none[at], share, 1e-5);
        }
        for (std::int64_t i = 0; i < width_; ++i) {
            double sum = 0;
            for (std::int64_t s = 0; s < streams_; ++s)
                sum += read[static_cast<std::size_t>(s)] * own[s * width_ + i];
            EXPECT_NEAR(input[static_cast<std::size_t>(t * width_ + i)], sum, 1e-5);
        }
    }
}

} // namespace
} // namespace ponder::engine
