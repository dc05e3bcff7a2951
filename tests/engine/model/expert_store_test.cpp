#include "engine/weight_warmer.h"

#include "engine/backend/cpu_backend.h"
#include "engine/experts/expert_store.h"
#include "tests/support/gguf_image.h"
#include "tests/support/temp_dir.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <numeric>
#include <optional>
#include <thread>
#include <vector>

namespace ponder::engine {
namespace {

constexpr std::int64_t kWidth = 64;
constexpr std::int64_t kHidden = 32;
constexpr std::int64_t kExperts = 7;
constexpr int kLayers = 3;
constexpr int kManyUses = 50;

/// A file of experts in Q8_0, all bytes their own.
class Experts : public testing::Test {
protected:
    Experts() {
        tests::GgufImage image;
        for (int layer = 0; layer < kLayers; ++layer) {
            addTensor(image, "gate" + std::to_string(layer), kWidth, kHidden);
            addTensor(image, "up" + std::to_string(layer), kWidth, kHidden);
            addTensor(image, "down" + std::to_string(layer), kHidden, kWidth);
        }
        image.write(folder_ / "experts.gguf");
        file_.emplace(GgufFile::open((folder_ / "experts.gguf").string(), GgufFile::Access::Weights));
    }

    /// The first layer has no experts.
    ExpertStore store() const {
        std::vector<ExpertStack> layers(1);
        for (int layer = 0; layer < kLayers; ++layer) {
            layers.push_back({.gate = matrix("gate" + std::to_string(layer)),
                              .up = matrix("up" + std::to_string(layer)),
                              .down = matrix("down" + std::to_string(layer)),
                              .hidden = kHidden,
                              .width = kWidth,
                              .gateStep = kHidden});
        }
        return ExpertStore(std::move(layers));
    }

    /// More often than rows are used from the file.
    static void askOften(const ExpertStore& store, int layer, const std::vector<int>& experts,
                         Backend& backend) {
        for (int i = 0; i < kManyUses; ++i) store.prepare(layer, experts, backend);
    }

    static bool hasBytes(const Matrix& matrix, const Matrix& expected) {
        return matrix.inPanels && expected.inPanels &&
               std::memcmp(matrix.bytes, expected.bytes, expected.fileBytes()) == 0;
    }

    tests::TempDir folder_;
    std::optional<GgufFile> file_;
    DenseStore dense_; // of nothing

private:
    static void addTensor(tests::GgufImage& image, const std::string& name, std::uint64_t columns,
                          std::uint64_t rows) {
        image.tensors.push_back(tests::randomBlocks(name, {columns, rows, kExperts},
                                                    static_cast<std::uint32_t>(image.tensors.size())));
    }

    Matrix matrix(const std::string& name) const {
        const Tensor* tensor = file_->findTensor(name);
        return {.type = tensor->type,
                .bytes = tensor->bytes,
                .columns = static_cast<std::int64_t>(tensor->shape[0]),
                .rows = static_cast<std::int64_t>(tensor->shape[1] * kExperts)};
    }
};

TEST_F(Experts, AreTheSameWhoeverBringsThemIn) {
    CpuBackend backend(2);
    ExpertStore asked = store();
    ExpertStore warmed = store();
    ASSERT_EQ(asked.keepInMemory(*file_).size(), 3u * kLayers);
    warmed.keepInMemory(*file_);
    std::vector<int> all(kExperts);
    std::iota(all.begin(), all.end(), 0);
    for (int layer = 0; layer <= kLayers; ++layer) {
        askOften(asked, layer, all, backend);
        EXPECT_EQ(asked.layerInUse(), layer);
    }
    EXPECT_EQ(asked.unreadBytes(), 0u);
    {
        const WeightWarmer warmer(dense_, warmed, *file_);
        const auto start = std::chrono::steady_clock::now();
        while (warmed.unreadBytes() > 0 &&
               std::chrono::steady_clock::now() - start < std::chrono::seconds(60))
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    ASSERT_EQ(warmed.unreadBytes(), 0u);
    for (int layer = 1; layer <= kLayers; ++layer) {
        for (const int expert : all) {
            const ExpertWeights one = asked.acquire(layer, expert);
            const ExpertWeights other = warmed.acquire(layer, expert);
            EXPECT_TRUE(hasBytes(one.gate, other.gate)) << layer << " " << expert;
            EXPECT_TRUE(hasBytes(one.up, other.up)) << layer << " " << expert;
            EXPECT_TRUE(hasBytes(one.down, other.down)) << layer << " " << expert;
        }
    }
}

TEST_F(Experts, AreBroughtInWhileTheyAreAskedFor) {
    CpuBackend backend(2);
    for (int round = 0; round < 20; ++round) {
        ExpertStore experts = store();
        experts.keepInMemory(*file_);
        const WeightWarmer warmer(dense_, experts, *file_);
        std::uint64_t unread = experts.unreadBytes();
        for (const int expert : {3, 0, 6, 3, 1}) {
            for (int layer = 1; layer <= kLayers; ++layer) askOften(experts, layer, {expert}, backend);
            EXPECT_LE(experts.unreadBytes(), unread);
            unread = experts.unreadBytes();
        }
        for (int layer = 1; layer <= kLayers; ++layer) EXPECT_TRUE(experts.acquire(layer, 6).gate.inPanels);
    }
}

TEST_F(Experts, AreUsedFromTheFileBeforeTheyEnterMemory) {
    CpuBackend backend(2);
    ExpertStore experts = store();
    experts.keepInMemory(*file_);
    const std::uint64_t all = experts.unreadBytes();
    int uses = 0;
    while (experts.unreadBytes() == all && uses < kManyUses) {
        experts.prepare(1, std::vector{2, 5}, backend);
        const bool isRows = experts.unreadBytes() == all;
        for (const int expert : {2, 5}) {
            const ExpertWeights weights = experts.acquire(1, expert);
            EXPECT_EQ(weights.gate.inPanels, !isRows);
            if (isRows) {
                EXPECT_EQ(weights.gate.bytes, experts.stack(1).gate.rowsFrom(expert * kHidden, 1).bytes);
            }
        }
        uses += isRows;
    }
    EXPECT_GT(uses, 1);
    EXPECT_LT(uses, kManyUses);
    EXPECT_FALSE(experts.acquire(1, 3).gate.inPanels);
}

TEST_F(Experts, KeepTheirRowsWhileTheseAreInUse) {
    ExpertStore experts = store();
    experts.keepInMemory(*file_);
    std::optional<ExpertWeights> first = experts.acquire(1, 4);
    std::optional<ExpertWeights> second = experts.acquire(1, 4);
    std::atomic<bool> isDone = false;
    std::jthread warmer([&] {
        EXPECT_GT(experts.warm(1, 4), 0u);
        isDone = true;
    });
    for (std::optional<ExpertWeights>* use : {&first, &second}) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        EXPECT_FALSE(isDone);
        EXPECT_FALSE((*use)->gate.inPanels);
        use->reset();
    }
    warmer.join();
    EXPECT_TRUE(experts.acquire(1, 4).gate.inPanels);
    EXPECT_EQ(experts.warm(1, 4), 0u);
}

} // namespace
} // namespace ponder::engine
