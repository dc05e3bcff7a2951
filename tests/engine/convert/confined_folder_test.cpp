#include "engine/convert/model_file.h"
#include "engine/remote/sandbox.h"
#include "tests/engine/convert/golden_folder.h"
#include "tests/support/temp_dir.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <sys/wait.h>
#include <unistd.h>

namespace ponder::engine {
namespace {

/// Opens the folder in a child that has given up everything else, as ponder-engine does.
int openedConfined(const std::string& folder) {
    const pid_t child = ::fork();
    if (child == 0) {
        confine(modelFiles(folder));
        try {
            const GgufFile file = openModelFile(folder, GgufFile::Access::Weights);
            ::_exit(file.tensors().front().bytes ? 0 : 2);
        } catch (const std::exception& error) {
            std::fprintf(stderr, "%s\n", error.what());
            ::_exit(1);
        }
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
}

TEST(ConfinedFolder, OpensWithItsIndexAndAsASingleFile) {
    const tests::TempDir folder;
    const tests::GoldenFolder& model = tests::goldenFolder("qwen3moe");
    tests::writeFolder(model, folder / "split");
    EXPECT_EQ(openedConfined((folder / "split").string()), 0);
    std::filesystem::create_directory(folder / "whole");
    for (const char* name : {"config.json", "tokenizer.json"})
        std::filesystem::copy_file(folder / "split" / name, folder / "whole" / name);
    tests::SafetensorsImage image;
    image.tensors = tests::tensorsOf(model);
    image.write(folder / "whole" / "model.safetensors");
    EXPECT_EQ(openedConfined((folder / "whole").string()), 0);
}

// As the Hugging Face cache has them.
TEST(ConfinedFolder, OpensWhereItsFilesAreLinks) {
    const tests::TempDir folder;
    tests::writeFolder(tests::goldenFolder("llama"), folder / "blobs");
    std::filesystem::create_directory(folder / "snapshot");
    for (const auto& entry : std::filesystem::directory_iterator(folder / "blobs"))
        std::filesystem::create_symlink("../blobs/" + entry.path().filename().string(),
                                        folder / "snapshot" / entry.path().filename());
    EXPECT_EQ(openedConfined((folder / "snapshot").string()), 0);
}

} // namespace
} // namespace ponder::engine
