// Who can reach the network: of all programs of Ponder, ponder-fetch alone is linked with libcurl.

#include <gtest/gtest.h>

#include <elf.h>

#include <cstring>
#include <filesystem>
#include <set>

#include "tests/places.h"
#include "tests/support/sanitized.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

/// A value of the file's own bytes, wherever it lies.
template <typename Value>
Value at(const std::string& bytes, std::uint64_t offset) {
    Value value{};
    if (offset + sizeof value <= bytes.size()) std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

/// The libraries that a program's dynamic section asks for.
std::set<std::string> librariesOf(const std::filesystem::path& program) {
    const std::string bytes = tests::contentOf(program);
    const auto header = at<Elf64_Ehdr>(bytes, 0);
    EXPECT_EQ(std::memcmp(header.e_ident, ELFMAG, SELFMAG), 0) << program;
    std::set<std::string> libraries;
    for (unsigned i = 0; i < header.e_shnum; ++i) {
        const auto section = at<Elf64_Shdr>(bytes, header.e_shoff + i * sizeof(Elf64_Shdr));
        if (section.sh_type != SHT_DYNAMIC) continue;
        const auto names = at<Elf64_Shdr>(bytes, header.e_shoff + section.sh_link * sizeof(Elf64_Shdr));
        for (std::uint64_t offset = 0; offset + sizeof(Elf64_Dyn) <= section.sh_size;
             offset += sizeof(Elf64_Dyn)) {
            const auto entry = at<Elf64_Dyn>(bytes, section.sh_offset + offset);
            if (entry.d_tag == DT_NEEDED)
                libraries.insert(bytes.c_str() + names.sh_offset + entry.d_un.d_val);
        }
    }
    return libraries;
}

bool hasCurl(const std::filesystem::path& program) {
    for (const std::string& library : librariesOf(program))
        if (library.starts_with("libcurl")) return true;
    return false;
}

TEST(Binaries, OnlyPonderFetchIsLinkedWithCurl) {
    const std::filesystem::path folder = PONDER_BINARY_DIR "/bin";
    EXPECT_TRUE(hasCurl(folder / "ponder-fetch"));
    for (const char* program : {"ponder", "ponder-engine", "ponder-extract"}) {
        EXPECT_FALSE(hasCurl(folder / program)) << program;
        EXPECT_TRUE(librariesOf(folder / program).contains("libc.so.6")) << program << " was not read";
    }
    if (tests::kIsSanitized)
        GTEST_SKIP() << "a sanitizer links what it looks at: Qt's network was not looked for";
    for (const char* program : {"ponder", "ponder-engine", "ponder-extract"})
        EXPECT_FALSE(librariesOf(folder / program).contains("libQt6Network.so.6")) << program;
}

} // namespace

} // namespace ponder::app
