#include "tests/engine/format/refused_model.h"

#include "engine/engine.h"
#include "engine/support/error.h"
#include "tests/engine/format/broken_file.h"

#include <optional>

namespace ponder::tests {

void expectModelRefused(const GgufImage& image, const std::string& mentions) {
    const TempDir folder;
    image.write(folder / "model.gguf");
    std::optional<std::string> message;
    std::chrono::steady_clock::duration time{};
    const auto inspect = [&] {
        const auto begin = std::chrono::steady_clock::now();
        try {
            engine::inspectModel((folder / "model.gguf").string());
        } catch (const engine::Error& error) {
            message = error.what();
        }
        time = std::chrono::steady_clock::now() - begin;
    };
    const std::uint64_t extra = extraMemory(inspect);
    ASSERT_TRUE(message) << "the model was accepted";
    EXPECT_NE(message->find(mentions), std::string::npos) << *message;
    EXPECT_LT(message->size(), 1000u);
    if (!measuresCost) return;
    for (int i = 0; i < 2 && time > std::chrono::milliseconds(100); ++i) inspect();
    EXPECT_LE(time, std::chrono::milliseconds(100));
    EXPECT_LE(extra, std::uint64_t{64} << 20);
}

} // namespace ponder::tests
