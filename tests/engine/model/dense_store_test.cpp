// What every token needs enters memory part by part, while it is used.

#include "engine/weights/dense_store.h"

#include "engine/backend/cpu_backend.h"
#include "engine/support/error.h"
#include "tests/support/gguf_image.h"
#include "tests/support/temp_dir.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstring>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace ponder::engine {
namespace {

constexpr std::int64_t kColumns = 64;
constexpr std::int64_t kRows = 40;
constexpr std::size_t kParts = 5;

/// A file of two matrices in Q8_0 for each part.
class Dense : public testing::Test {
protected:
    Dense() {
        if (!kernels::hasPanels(kernels::TensorType::Q8_0)) return;
        tests::GgufImage image;
        for (std::size_t part = 0; part < kParts; ++part)
            for (const char* name : {"a", "b"})
                image.tensors.push_back(
                    tests::randomBlocks(name + std::to_string(part), {kColumns, kRows},
                                        static_cast<std::uint32_t>(image.tensors.size())));
        image.write(folder_ / "dense.gguf");
        file_.emplace(GgufFile::open((folder_ / "dense.gguf").string(), GgufFile::Access::Weights));
        for (std::size_t part = 0; part < kParts; ++part)
            for (const char* name : {"a", "b"}) store_.add(part, matrix(name + std::to_string(part)));
    }

    void SetUp() override {
        if (!file_) GTEST_SKIP() << "No products from panels on this processor.";
    }

    Matrix matrix(const std::string& name) const {
        const Tensor* tensor = file_->findTensor(name);
        return {.type = tensor->type,
                .bytes = tensor->bytes,
                .columns = static_cast<std::int64_t>(tensor->shape[0]),
                .rows = static_cast<std::int64_t>(tensor->shape[1])};
    }

    void expectPanelsOf(std::size_t part) const {
        for (std::size_t index = 0; index < 2; ++index) {
            const Matrix rows = matrix((index == 0 ? "a" : "b") + std::to_string(part));
            const Matrix panels = store_.panels(part, index);
            ASSERT_TRUE(panels.inPanels);
            std::vector<std::byte> row(rows.rowBytes());
            for (std::int64_t i = 0; i < kRows; ++i) {
                const std::int64_t within = i % kernels::kPanelRows;
                kernels::unpackPanelRow(rows.type, panels.rowsFrom(i - within, 1).bytes, within, kColumns,
                                        row.data());
                EXPECT_EQ(std::memcmp(row.data(), rows.rowsFrom(i, 1).bytes, row.size()), 0)
                    << part << " " << index << " " << i;
            }
        }
    }

    /// The parts that a pass of so many tokens finds in panels.
    std::vector<std::size_t> pass(std::int64_t tokens) {
        store_.beginPass(tokens);
        std::vector<std::size_t> found;
        for (std::size_t part = 0; part < kParts; ++part)
            if (store_.hasPanels(part, *file_, backend_)) found.push_back(part);
        return found;
    }

    tests::TempDir folder_;
    std::optional<GgufFile> file_;
    CpuBackend backend_{2};
    DenseStore store_;
};

TEST_F(Dense, TheFirstWordsDoNotWaitForPanels) {
    const std::uint64_t all = store_.unmadeBytes();
    EXPECT_EQ(all, store_.fileBytes());
    EXPECT_TRUE(pass(8).empty());
    EXPECT_EQ(store_.unmadeBytes(), all);
    // So few bytes are all made in the next one.
    EXPECT_EQ(pass(1).size(), kParts);
    EXPECT_EQ(store_.unmadeBytes(), 0u);
    for (std::size_t part = 0; part < kParts; ++part) expectPanelsOf(part);
}

TEST_F(Dense, ALongPromptMakesThemAtOnce) {
    EXPECT_EQ(pass(256).size(), kParts);
}

TEST_F(Dense, AnotherThreadMakesThemWhileTheyAreUsed) {
    for (int round = 0; round < 20; ++round) {
        DenseStore store;
        for (std::size_t part = 0; part < kParts; ++part) store.add(part, matrix("a" + std::to_string(part)));
        std::atomic<std::uint64_t> made = 0;
        {
            std::jthread warmer([&] {
                for (std::size_t part = kParts; part-- > 0;) made += store.warm(part, *file_);
            });
            for (int i = 0; i < 3; ++i) {
                store.beginPass(1);
                for (std::size_t part = 0; part < kParts; ++part)
                    EXPECT_TRUE(store.hasPanels(part, *file_, backend_) || i == 0);
            }
        }
        EXPECT_LE(made, store.fileBytes());
        EXPECT_EQ(store.unmadeBytes(), 0u);
    }
}

TEST_F(Dense, ReadingRowsIsToldAndEndsWhenItIsCancelled) {
    std::vector<double> heard;
    store_.readRows(backend_, [&](double part) { heard.push_back(part); }, {});
    ASSERT_FALSE(heard.empty());
    EXPECT_EQ(heard.back(), 1);
    EXPECT_EQ(store_.unmadeBytes(), store_.fileBytes());
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THROW(store_.readRows(backend_, {}, stop.get_token()), Error);
}

} // namespace
} // namespace ponder::engine
