// D2: the store under power cuts. PONDER_CUTS=1000 asks for the full number.

#include <gtest/gtest.h>

#include <cstdlib>

#include "app/store/chat_store.h"
#include "tests/app/sample_chats.h"
#include "tests/support/power_cut_vfs.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

int cutsAskedFor() {
    const char* asked = std::getenv("PONDER_CUTS");
    return asked ? std::max(1, std::atoi(asked)) : 60;
}

/// One picture of the disk and what had been acknowledged when it was taken.
struct Cut {
    std::filesystem::path folder;
    std::vector<Conversation> acknowledged;
};

TEST(PowerCut, LosesNothingThatWasAcknowledgedAndDamagesNothing) {
    const tests::TempDir folder;
    const std::string path = (folder / "live/chats.db").string();
    std::filesystem::create_directories(folder / "live");
    const int wanted = cutsAskedFor();
    std::mt19937 random(5);
    std::vector<Cut> cuts;
    std::vector<Conversation> acknowledged;
    {
        tests::PowerCutVfs disk;
        ChatStore store(path);
        disk.happened = [&] {
            if (static_cast<int>(cuts.size()) >= wanted || random() % 40 != 0) return;
            const auto picture = folder / ("cut" + std::to_string(cuts.size()));
            std::filesystem::create_directory(picture);
            disk.cutInto(picture, random);
            cuts.push_back({picture, acknowledged});
        };
        for (int number = 0; static_cast<int>(cuts.size()) < wanted && number < 20'000; ++number) {
            if (acknowledged.size() < 40) {
                const Conversation chat =
                    chatOf("chat " + std::to_string(number), {"prompt " + std::string(3000, 'x'), ""});
                store.save(wholeChat(chat));
                acknowledged.push_back(chat);
                continue;
            }
            Conversation grown = acknowledged[random() % acknowledged.size()];
            const std::string id = grown.header.id;
            grown.turn(2).parts[0].text += "more words of an answer, number " + std::to_string(number) + ". ";
            store.save({grown.header, {grown.turn(2)}, {}});
            for (Conversation& chat : acknowledged)
                if (chat.header.id == id) chat = grown;
        }
        disk.happened = {};
    }
    ASSERT_EQ(static_cast<int>(cuts.size()), wanted);

    int lost = 0;
    int damaged = 0;
    for (const Cut& cut : cuts) {
        ChatStore store((cut.folder / "chats.db").string());
        damaged += store.notices().empty() ? 0 : 1;
        for (const Conversation& chat : cut.acknowledged) {
            const auto found = store.load(chat.header.id);
            // What was being written at the cut may be there already.
            const bool there = found && found->turns().size() == chat.turns().size() &&
                               found->turn(2).parts[0].text.starts_with(chat.turn(2).parts[0].text);
            lost += there ? 0 : 1;
        }
    }
    std::printf("%d power cuts: %d acknowledged messages lost, %d damaged files\n", wanted, lost, damaged);
    EXPECT_EQ(lost, 0);
    EXPECT_EQ(damaged, 0);
}

TEST(PowerCut, WithoutSyncsWouldLoseMessages) {
    // The disk is hard enough only if it catches a store that does not sync.
    const tests::TempDir folder;
    std::mt19937 random(5);
    tests::PowerCutVfs disk;
    Database database((folder / "careless.db").string(), DatabaseAccess::ReadWrite);
    database.execute("PRAGMA synchronous = OFF; CREATE TABLE t(a)");
    for (int i = 0; i < 50; ++i) database.run("INSERT INTO t VALUES(?)", i);
    std::filesystem::create_directory(folder / "cut");
    disk.cutInto(folder / "cut", random);
    bool whole = false;
    try {
        Database cut((folder / "cut/careless.db").string(), DatabaseAccess::ReadWrite);
        whole = cut.integer("SELECT count(*) FROM t") == 50;
    } catch (const engine::Error&) {
        whole = false;
    }
    EXPECT_FALSE(whole);
}

} // namespace

} // namespace ponder::app
