// The house's arrows (README, "The house"): who may include whom. Walks the source tree, so a new file needs
// no entry.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/places.h"

namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

constexpr int kLongFile = 500;

/// A room and what its files may include, as beginnings of repository paths. A longer `room` goes before a
/// shorter one that contains it.
struct Room {
    std::string room;
    Names mayInclude;
};

// The engine's chain is engine.cpp → timeline → model → experts → backend → kernels; format, text, sampling
// and support are leaves that lean on each other's plain types and on the door's.
const std::vector<Room> kRooms{
    {"engine/support/", {"engine/support/"}},
    {"engine/format/", {"engine/format/", "engine/support/", "kernels/"}},
    {"engine/text/", {"engine/text/", "engine/format/", "engine/support/", "engine/engine.h"}},
    {"engine/sampling/", {"engine/sampling/", "engine/text/", "engine/support/", "engine/engine.h"}},
    {"engine/backend/", {"engine/backend/", "engine/format/", "engine/support/", "kernels/"}},
    {"engine/weights/",
     {"engine/weights/", "engine/backend/", "engine/format/", "engine/support/", "kernels/"}},
    {"engine/experts/",
     {"engine/experts/", "engine/weights/", "engine/backend/", "engine/format/", "engine/support/"}},
    {"engine/model/",
     {"engine/model/", "engine/experts/", "engine/weights/", "engine/backend/", "engine/format/", "engine/text/",
      "engine/support/", "kernels/"}},
    {"engine/timeline/",
     {"engine/timeline/", "engine/model/", "engine/experts/", "engine/backend/", "engine/sampling/",
      "engine/support/"}},
    {"engine/remote/host_main.cpp", {"engine/remote/", "engine/local_engine.h"}},
    {"engine/remote/", {"engine/remote/", "engine/support/", "engine/engine.h"}},
    {"engine/", {"engine/", "kernels/"}},
    {"kernels/", {"kernels/"}},
    {"ui/", {"ui/"}},
    // The terminal keeps the door honest: no window.
    {"app/cli", {"app/", "engine/engine.h"}},
    // A process of its own, without a window.
    {"app/fetch/",
     {"app/fetch/", "app/downloads/fetch_protocol.h", "app/downloads/hub_listing.h",
      "app/downloads/json_members.h", "app/downloads/model_link.h", "engine/engine.h"}},
    {"app/", {"app/", "ui/", "engine/engine.h"}},
    {"tests/", {"tests/", "app/", "ui/", "engine/", "kernels/"}},
};

/// A system header and the only files that may include it.
struct Reserved {
    std::regex header;
    Names onlyIn;
};

const std::vector<Reserved> kReserved{
    {std::regex("sqlite3\\.h"), {"app/store/database.", "tests/"}},
    {std::regex("(Q[A-Za-z]+|Qt[A-Za-z]+/.*|q[a-z]+\\.h)"), {"app/", "ui/", "tests/"}},
    {std::regex("(seccomp\\.h|linux/.*)"), {"engine/remote/sandbox.", "app/fetch/confinement.", "tests/"}},
    {std::regex("curl/.*"), {"app/fetch/"}},
    {std::regex("openssl/.*"),
     {"app/fetch/", "app/downloads/catalogue.", "app/library/file_hash.", "tests/"}},
    {std::regex("poppler/.*"), {"app/attachments/extract_main."}},
    {std::regex("(immintrin\\.h|x86intrin\\.h|arm_neon\\.h)"), {"kernels/"}},
    {std::regex("(nlohmann/.*|pcre2\\.h|utf8proc\\.h)"), {"app/", "engine/", "tests/"}},
    {std::regex("(md4c.*)"), {"ui/markdown/", "app/exchange/", "tests/"}},
};

bool startsWithAny(std::string_view text, const Names& beginnings) {
    return std::ranges::any_of(beginnings,
                               [&](const std::string& beginning) { return text.starts_with(beginning); });
}

const Room* roomOf(const std::string& file) {
    const auto room =
        std::ranges::find_if(kRooms, [&](const Room& each) { return file.starts_with(each.room); });
    return room == kRooms.end() ? nullptr : &*room;
}

/// What breaks the rules in the file at repository path `file`, one sentence each.
Names violations(const std::string& file, const std::string& text) {
    static const std::regex kInclude("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]");
    const Room* room = roomOf(file);
    if (!room) return {file + " lies in no room of the house"};
    Names found;
    std::istringstream lines(text);
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        std::smatch match;
        if (!std::regex_search(line, match, kInclude)) continue;
        const std::string header = match[2];
        const std::string what = file + " includes " + header;
        if (match[1] == "\"" && !startsWithAny(header, room->mayInclude)) {
            found.push_back(what + ", which " + room->room + " may not");
        }
        for (const Reserved& reserved : kReserved) {
            if (std::regex_match(header, reserved.header) && !startsWithAny(file, reserved.onlyIn)) {
                found.push_back(what + ", which is kept to " + reserved.onlyIn.front());
            }
        }
    }
    if (count > kLongFile && !text.starts_with("//")) {
        found.push_back(file + " has " + std::to_string(count) + " lines and does not begin with why");
    }
    return found;
}

struct Source {
    std::string path; ///< from the repository's root
    std::string text;
};

std::vector<Source> sources() {
    const fs::path root = PONDER_SOURCE_DIR;
    std::vector<Source> found;
    for (const char* room : {"app", "ui", "engine", "kernels", "tests"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / room)) {
            const std::string extension = entry.path().extension();
            if (extension != ".h" && extension != ".cpp" && extension != ".cu") continue;
            std::ifstream file(entry.path());
            found.push_back({entry.path().lexically_relative(root).string(),
                             {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()}});
        }
    }
    return found;
}

} // namespace

TEST(Layering, NoFileBreaksTheArrows) {
    const std::vector<Source> all = sources();
    ASSERT_GT(all.size(), 100u);
    for (const Source& source : all) {
        for (const std::string& violation : violations(source.path, source.text)) ADD_FAILURE() << violation;
    }
}

TEST(Layering, ForbiddenIncludesAreNoticed) {
    const auto breaks = [](const std::string& file, const std::string& line) {
        return !violations(file, line + "\n").empty();
    };
    EXPECT_TRUE(breaks("ui/sidebar.cpp", "#include \"app/conversation.h\""));
    EXPECT_TRUE(breaks("ui/sidebar.cpp", "#include \"engine/engine.h\""));
    EXPECT_TRUE(breaks("app/conversation.cpp", "#include \"engine/support/check.h\""));
    EXPECT_TRUE(breaks("app/cli.cpp", "#include \"ui/theme.h\""));
    EXPECT_TRUE(breaks("app/cli/command_ask.cpp", "  # include \"ui/theme.h\""));
    EXPECT_TRUE(breaks("app/store/chat_store.cpp", "#include <sqlite3.h>"));
    EXPECT_TRUE(breaks("engine/engine.cpp", "#include <QString>"));
    EXPECT_TRUE(breaks("engine/engine.cpp", "#include <QtCore/QString>"));
    EXPECT_TRUE(breaks("engine/model/decoder.cpp", "#include \"engine/timeline/timeline.h\""));
    EXPECT_TRUE(breaks("engine/remote/remote_engine.cpp", "#include \"engine/local_engine.h\""));
    EXPECT_TRUE(breaks("kernels/norm.cpp", "#include \"engine/support/error.h\""));
    EXPECT_TRUE(breaks("kernels/norm.cpp", "#include \"norm.h\""));
    EXPECT_TRUE(breaks("attic/old.cpp", ""));
    EXPECT_FALSE(breaks("app/chat_controller.cpp", "#include \"ui/theme.h\""));
    EXPECT_FALSE(breaks("app/store/database.cpp", "#include <sqlite3.h>"));
    EXPECT_FALSE(breaks("ui/sidebar.cpp", "#include <QString>"));
    EXPECT_FALSE(breaks("engine/remote/host_main.cpp", "#include \"engine/local_engine.h\""));
}

TEST(Layering, ALongFileSaysWhyAtItsTop) {
    const std::string lines(501, '\n');
    EXPECT_THAT(violations("app/cli.cpp", lines), testing::SizeIs(1));
    EXPECT_THAT(violations("app/cli.cpp", "// One table, and tables are long." + lines), testing::IsEmpty());
}
