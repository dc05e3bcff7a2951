// D3: the store on a disk whose k-th operation fails, until a whole day's work gets through. Of the many
// writes every 13th is tried; PONDER_FAULTS=all tries them all.

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdlib>

#include "app/store/chat_store.h"
#include "tests/app/sample_chats.h"
#include "tests/support/power_cut_vfs.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using Operation = tests::PowerCutVfs::Operation;

struct Fault {
    const char* name;
    Operation operation;
    int code;
    int times; // in a row
};

void PrintTo(const Fault& fault, std::ostream* out) {
    *out << fault.name;
}

/// What a person does in a day: asks, watches an answer grow, searches, tidies up, deletes.
class Day {
public:
    explicit Day(const std::string& path) : path_(path) {}

    /// True when nothing was refused. What is refused is tried again, as the window does.
    bool live() {
        std::optional<ChatStore> store;
        insist([&] { store.emplace(path_); });
        for (int number = 0; number < 4; ++number) {
            Conversation chat =
                chatOf("chat " + std::to_string(number), {"prompt " + std::string(3000, 'x'), ""});
            insist([&] { store->save(wholeChat(chat)); });
            acknowledged_.push_back(chat);
            for (int piece = 0; piece < 3; ++piece) {
                chat.turn(2).parts[0].text += std::string(2000, 'a' + static_cast<char>(piece));
                insist([&] { store->save({chat.header, {chat.turn(2)}, {}}); });
                acknowledged_.back() = chat;
            }
            insist([&] { store->setDraft(chat.header.id, "half a thought"); });
            insist([&] { store->search(parseSearch("prompt", LastWord::Whole), 10); });
        }
        const std::string erased = acknowledged_.back().header.id;
        insist([&] { store->setFolder({acknowledged_.front().header.id}, "Work"); });
        insist([&] { store->renameFolder("Work", "Job"); });
        acknowledged_.front().header.folder = "Job";
        insist([&] { store->trash({erased}); });
        insist([&] { store->erase({erased}); });
        acknowledged_.pop_back();
        return refusals_ == 0;
    }

    void expectNothingLost() const {
        ChatStore store(path_);
        EXPECT_TRUE(store.notices().empty()) << store.notices().front();
        for (const Conversation& chat : acknowledged_) {
            EXPECT_EQ(store.load(chat.header.id), chat);
            EXPECT_EQ(store.draft(chat.header.id), "half a thought");
        }
        EXPECT_EQ(store.chats().size(), acknowledged_.size());
    }

private:
    void insist(const std::function<void()>& step) {
        constexpr int kTries = 40;
        for (int attempt = 0;; ++attempt) {
            try {
                step();
                return;
            } catch (const engine::Error& error) {
                ++refusals_;
                ASSERT_LT(attempt, kTries) << error.what();
                // A sentence that says what happened, and one that says what to do.
                EXPECT_NE(std::string(error.what()).find(". "), std::string::npos) << error.what();
            }
        }
    }

    std::string path_;
    std::vector<Conversation> acknowledged_;
    int refusals_ = 0;
};

class DiskFault : public testing::TestWithParam<Fault> {};

TEST_P(DiskFault, LosesNothingThatWasAcknowledged) {
    const Fault& fault = GetParam();
    const char* const asked = std::getenv("PONDER_FAULTS");
    const bool all = fault.operation != Operation::Write || (asked && std::string_view(asked) == "all");
    int places = 0;
    int refused = 0;
    bool quiet = false;
    for (int at = 1; !quiet && at < 2000 && !HasFailure(); at += all ? 1 : 13) {
        ++places;
        SCOPED_TRACE(std::string(fault.name) + " " + std::to_string(at));
        const tests::TempDir folder;
        Day day((folder / "chats.db").string());
        int count = 0;
        {
            tests::PowerCutVfs disk;
            disk.fault = [&](Operation operation) {
                if (operation != fault.operation) return SQLITE_OK;
                ++count;
                return count >= at && count < at + fault.times ? fault.code : SQLITE_OK;
            };
            refused += day.live() ? 0 : 1;
        }
        quiet = count < at;
        day.expectNothingLost();
    }
    std::printf("%s: %d places, %d of them refused something\n", fault.name, places, refused);
    EXPECT_TRUE(quiet);
    EXPECT_GT(refused, 0);
}

INSTANTIATE_TEST_SUITE_P(Kinds, DiskFault,
                         testing::Values(Fault{"FullOnWrite", Operation::Write, SQLITE_FULL, 1},
                                         Fault{"FullForAWhile", Operation::Write, SQLITE_FULL, 9},
                                         Fault{"WriteError", Operation::Write, SQLITE_IOERR_WRITE, 1},
                                         Fault{"SyncError", Operation::Sync, SQLITE_IOERR_FSYNC, 1},
                                         Fault{"SyncErrorsForAWhile", Operation::Sync, SQLITE_IOERR_FSYNC, 5},
                                         Fault{"ReadError", Operation::Read, SQLITE_IOERR_READ, 1}),
                         [](const auto& one) { return std::string(one.param.name); });

} // namespace

} // namespace ponder::app
