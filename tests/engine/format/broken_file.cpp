#include "tests/engine/format/broken_file.h"

#include "tests/support/sanitized.h"

#include <algorithm>
#include <fstream>

namespace ponder::tests {

using engine::GgufError;
using engine::GgufFile;

const bool measuresCost = !kIsSanitized;

namespace {

constexpr std::chrono::milliseconds kMostTime{100};
constexpr std::uint64_t kMostMemory = std::uint64_t{64} << 20;

std::uint64_t statusBytes(const std::string& field) {
    std::ifstream status("/proc/self/status");
    std::string name;
    while (status >> name) {
        if (name == field + ":") {
            std::uint64_t kilobytes = 0;
            status >> kilobytes;
            return kilobytes * 1024;
        }
        status.ignore(1 << 16, '\n');
    }
    return 0;
}

} // namespace

GgufImage soundImage() {
    GgufImage image;
    image.set("general.architecture", text("llama"));
    image.set("test.number", scalar(std::uint32_t{7}));
    image.set("test.flag", scalar(true));
    image.set("test.numbers", list<std::int16_t>({-1, 2, 3}));
    image.set("test.texts", texts({"one", "", "three"}));
    const auto floats = [](std::size_t count) { return std::string(count * sizeof(float), '\1'); };
    image.tensors.push_back({.name = "a.weight",
                             .shape = {8, 2},
                             .data = floats(16),
                             .nameLength = {},
                             .dimensions = {},
                             .offset = {}});
    image.tensors.push_back({.name = "b.weight",
                             .shape = {8},
                             .data = floats(8),
                             .nameLength = {},
                             .dimensions = {},
                             .offset = {}});
    return image;
}

std::uint64_t extraMemory(const std::function<void()>& work) {
    // "5" sets the high-water mark back to what is resident now (proc(5)).
    std::ofstream("/proc/self/clear_refs") << "5";
    const std::uint64_t before = statusBytes("VmRSS");
    work();
    const std::uint64_t highest = statusBytes("VmHWM");
    return highest > before ? highest - before : 0;
}

std::optional<Refusal> refusalOf(const std::filesystem::path& path, GgufFile::Access access) {
    std::optional<Refusal> refusal;
    const auto begin = std::chrono::steady_clock::now();
    const std::uint64_t extra = extraMemory([&] {
        try {
            GgufFile::open(path.string(), access);
        } catch (const GgufError& error) {
            refusal = Refusal{error.problem(), error.what()};
        }
    });
    if (!refusal) return refusal;
    refusal->time =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    refusal->extraBytes = extra;
    return refusal;
}

void expectRefused(const std::filesystem::path& path, engine::GgufProblem problem,
                   const std::string& mentions) {
    std::optional<Refusal> refusal = refusalOf(path);
    ASSERT_TRUE(refusal) << "the file was accepted";
    EXPECT_EQ(static_cast<int>(refusal->problem), static_cast<int>(problem)) << refusal->message;
    EXPECT_NE(refusal->message.find(mentions), std::string::npos) << refusal->message;
    EXPECT_NE(refusal->message.find(" (byte "), std::string::npos) << refusal->message;
    const auto isUnsafe = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; };
    EXPECT_TRUE(std::none_of(refusal->message.begin(), refusal->message.end(), isUnsafe));
    if (!measuresCost) return;
    // A busy machine may take the processor away for a while, hardly so three times in a row.
    for (int i = 0; i < 2 && refusal->time > kMostTime; ++i) refusal = refusalOf(path);
    EXPECT_LE(refusal->time, kMostTime);
    EXPECT_LE(refusal->extraBytes, kMostMemory);
}

void expectRefused(const BrokenFile& file) {
    const TempDir folder;
    GgufImage image = soundImage();
    file.breakIt(image);
    image.write(folder / "model.gguf");
    expectRefused(folder / "model.gguf", file.problem, file.mentions);
}

} // namespace ponder::tests
