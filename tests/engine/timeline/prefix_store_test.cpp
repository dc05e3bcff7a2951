#include "engine/timeline/prefix_store.h"

#include "engine/backend/cpu_backend.h"
#include "engine/engine.h"
#include "tests/engine/model/golden_models.h"
#include "tests/support/temp_dir.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <numeric>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "tests/places.h"

namespace ponder::engine {
namespace {

namespace fs = std::filesystem;

// Of the largest logit, as in golden_logits_test.cpp. Caches of half precision round more where a long prompt
// begins elsewhere.
constexpr double kTolerance = 2e-5;

std::vector<TokenId> someTokens(int count, int step = 37) {
    std::vector<TokenId> tokens;
    for (int i = 0; i < count; ++i) tokens.push_back((i * step) % 290);
    return tokens;
}

/// A model, and timelines with stores as programs would have them one after the other.
class Place {
public:
    explicit Place(const fs::path& model, kernels::CacheType type = kernels::CacheType::F32,
                   int contextTokens = 640)
        : model_(GgufFile::open(model.string(), GgufFile::Access::Weights)), type_(type),
          contextTokens_(contextTokens) {}

    struct Run {
        Run(Place& place, const PrefixStoreOptions& options)
            : timeline(place.model_, place.backend_,
                       {.contextTokens = place.contextTokens_, .cacheType = place.type_}),
              store(place.model_, timeline, options) {}

        /// Evaluates the tokens, from a snapshot where there is one, and keeps them. How many were reused.
        int answer(const std::vector<TokenId>& tokens, const std::string& chat = {}) {
            store.load(timeline, tokens, {});
            const int reused = timeline.sync(tokens, {}, {}).reused;
            store.keep(timeline, chat);
            store.settle();
            return reused;
        }
        /// The logits behind each token from `first` on.
        std::vector<float> logits(const std::vector<TokenId>& tokens, int first) {
            std::vector<float> all;
            timeline.replay(
                tokens, first,
                [&](int, std::span<const float> row) { all.insert(all.end(), row.begin(), row.end()); }, {},
                {});
            return all;
        }

        Timeline timeline;
        PrefixStore store;
    };

    /// What plain evaluation says.
    std::vector<float> plain(const std::vector<TokenId>& tokens, int first) {
        return Run(*this, {}).logits(tokens, first);
    }

private:
    Model model_;
    CpuBackend backend_{2};
    kernels::CacheType type_;
    int contextTokens_;
};

fs::path golden(const std::string& name) {
    return fs::path(PONDER_SOURCE_DIR "/tests/golden/models") / name / "model.gguf";
}

std::vector<fs::path> filesIn(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
    return files;
}

void write(const fs::path& file, const std::string& content) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
}

// ---- every family

void expectTheSameFromASnapshot(const GoldenModel& model, kernels::CacheType type) {
    const std::vector<TokenId> tokens = readTokens(model.folder / "tokens.json");
    Place place(model.folder / "model.gguf", type, static_cast<int>(tokens.size()));
    const int kept = static_cast<int>(tokens.size()) * 3 / 5;
    const tests::TempDir folder;
    const PrefixStoreOptions options{.folder = folder.path().string(), .leastTokens = 1, .leastGain = 1};
    Place::Run(place, options).answer({tokens.begin(), tokens.begin() + kept}, "chat");

    Place::Run later(place, options);
    later.store.load(later.timeline, tokens, {});
    ASSERT_EQ(later.timeline.cache().length(), kept) << model.name;
    const int first = kept + 1;
    const std::vector<float> got = later.logits(tokens, first);
    EXPECT_EQ(got, place.plain(tokens, first)) << model.name;
    if (type != kernels::CacheType::F32) return;
    const std::vector<float> expected = readFloats(model.folder / "logits.f32");
    const std::size_t row = expected.size() / tokens.size();
    double largest = 0;
    for (const float logit : expected) largest = std::max(largest, std::abs(static_cast<double>(logit)));
    for (std::size_t i = 0; i < got.size(); ++i)
        ASSERT_NEAR(got[i], expected[static_cast<std::size_t>(kept) * row + i], kTolerance * largest)
            << model.name;
}

class Snapshot : public testing::TestWithParam<GoldenModel> {};

TEST_P(Snapshot, GivesTheLogitsOfPlainEvaluationBitForBitAndTheGoldenOnes) {
    expectTheSameFromASnapshot(GetParam(), kernels::CacheType::F32);
}

TEST_P(Snapshot, OfHalvesAndBytesDoesToo) {
    expectTheSameFromASnapshot(GetParam(), kernels::CacheType::F16);
    expectTheSameFromASnapshot(GetParam(), kernels::CacheType::Q8_0);
}

TEST_P(Snapshot, OfALongChatIsTakenUpWhereTheNextTurnLeavesIt) {
    Place place(GetParam().folder / "model.gguf");
    const tests::TempDir folder;
    const PrefixStoreOptions options{.folder = folder.path().string(), .leastTokens = 1, .leastGain = 1};
    const std::vector<TokenId> tokens = someTokens(560);
    Place::Run(place, options).answer(tokens, "chat");

    // The next prompt leaves out what the answer ended with.
    std::vector<TokenId> next(tokens.begin(), tokens.end() - 4);
    for (const TokenId token : someTokens(30, 41)) next.push_back(token);
    Place::Run later(place, options);
    EXPECT_GE(later.answer(next), 560 - 16);
    EXPECT_EQ(later.logits(next, 580), place.plain(next, 580));
}

std::string nameOf(const testing::TestParamInfo<GoldenModel>& info) {
    std::string name = info.param.name;
    std::replace_if(
        name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Families, Snapshot, testing::ValuesIn(goldenModels()), nameOf);

TEST(SnapshotElsewhere, OtherFamiliesGiveThemToo) {
    const auto models = moreGoldenModels();
    if (models.empty()) std::cout << "PONDER_GOLDEN is not there: 9 more models were not run\n";
    for (const GoldenModel& model : models) expectTheSameFromASnapshot(model, kernels::CacheType::F32);
}

// ---- the store

class PrefixStoreTest : public testing::Test {
protected:
    PrefixStoreOptions options() const {
        return {.folder = folder_.path().string(), .mostBytes = mostBytes_, .leastTokens = 32};
    }
    int answer(const std::vector<TokenId>& tokens, const std::string& chat = {}) {
        return Place::Run(place_, options()).answer(tokens, chat);
    }
    fs::path onlyFile() const {
        const auto files = filesIn(folder_.path());
        EXPECT_EQ(files.size(), 1u);
        return files.empty() ? fs::path() : files.front();
    }
    /// Whatever lies in the folder: the answer is right.
    void expectRightAnswer(const std::vector<TokenId>& tokens) {
        Place::Run run(place_, options());
        run.answer(tokens);
        const int first = static_cast<int>(tokens.size()) - 4;
        EXPECT_LE(relativeDifference(place_.plain(tokens, first), run.logits(tokens, first)), kTolerance);
    }

    Place place_{golden("llama")};
    tests::TempDir folder_;
    std::uint64_t mostBytes_ = 0;
};

TEST_F(PrefixStoreTest, ShortOrNamelessConversationsAreNotKept) {
    answer(someTokens(31), "chat");
    answer(someTokens(200), "");
    EXPECT_TRUE(filesIn(folder_.path()).empty());
}

TEST_F(PrefixStoreTest, WithoutAFolderItOnlyLooksOn) {
    Place::Run run(place_, {});
    EXPECT_EQ(run.answer(someTokens(100), "chat"), 0);
    EXPECT_EQ(run.store.reusable(someTokens(100)), 0);
}

TEST_F(PrefixStoreTest, OnlyTheOwnerReadsWhatWasSaid) {
    const auto folder = folder_ / "inner";
    Place::Run(place_, {.folder = folder.string(), .leastTokens = 32}).answer(someTokens(100), "secret chat");
    struct stat status {};
    ASSERT_EQ(::stat(folder.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0700u);
    ASSERT_EQ(filesIn(folder).size(), 1u);
    const fs::path file = filesIn(folder).front();
    ASSERT_EQ(::stat(file.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
    EXPECT_EQ(file.string().find("secret"), std::string::npos);
}

TEST_F(PrefixStoreTest, ALongerConversationExtendsItsFile) {
    answer(someTokens(300), "chat");
    const std::string before = tests::contentOf(onlyFile());
    EXPECT_EQ(answer(someTokens(420), "chat"), 300);
    const std::string after = tests::contentOf(onlyFile());
    ASSERT_GT(after.size(), before.size());
    EXPECT_EQ(after.substr(0, before.size()), before);
    EXPECT_EQ(answer(someTokens(500)), 420);
}

TEST_F(PrefixStoreTest, AnotherBranchCutsTheFileBack) {
    answer(someTokens(500), "chat");
    const auto size = fs::file_size(onlyFile());
    std::vector<TokenId> branch = someTokens(300);
    for (const TokenId token : someTokens(60, 41)) branch.push_back(token);
    EXPECT_EQ(answer(branch, "chat"), 300);
    EXPECT_LT(fs::file_size(onlyFile()), size);
    branch.push_back(7);
    EXPECT_EQ(answer(branch), 360);
    expectRightAnswer(branch);
}

TEST_F(PrefixStoreTest, ChatsAreSwitchedWithinOneProgram) {
    Place::Run run(place_, options());
    const auto one = someTokens(400);
    const auto other = someTokens(350, 53);
    EXPECT_EQ(run.answer(one, "one"), 0);
    EXPECT_LT(run.answer(other, "other"), 5);
    EXPECT_EQ(run.answer(one, "one"), 399);
    EXPECT_EQ(run.answer(other, "other"), 349);
    EXPECT_EQ(run.logits(other, 340), place_.plain(other, 340));
}

TEST_F(PrefixStoreTest, TheLongestCommonPrefixOfAllChatsIsTaken) {
    answer(someTokens(100), "short");
    answer(someTokens(300), "long");
    std::vector<TokenId> prompt = someTokens(250);
    prompt.push_back(289);
    EXPECT_EQ(answer(prompt), 250);
}

TEST_F(PrefixStoreTest, AnswersThatComeAtOnceDoNotWaitForTheDisk) {
    Place::Run run(place_, options());
    std::vector<TokenId> tokens = someTokens(300);
    for (int i = 0; i < 40; ++i) {
        run.store.load(run.timeline, tokens, {});
        run.timeline.sync(tokens, {}, {});
        run.store.keep(run.timeline, "chat"); // and goes on while it is being written
        tokens.push_back(i);
    }
    run.store.settle();
    expectRightAnswer(tokens);
    EXPECT_GE(answer(tokens), 256);
}

TEST_F(PrefixStoreTest, RowsOfAnotherCacheOrModelAreNotTaken) {
    const auto tokens = someTokens(200);
    answer(tokens, "chat");
    Place bytes(golden("llama"), kernels::CacheType::Q8_0);
    EXPECT_EQ(Place::Run(bytes, options()).answer(tokens, "chat"), 0);
    Place other(golden("llama-tied"));
    EXPECT_EQ(Place::Run(other, options()).answer(tokens, "chat"), 0);
    EXPECT_EQ(filesIn(folder_.path()).size(), 3u);
    EXPECT_EQ(answer(tokens), 199);
}

TEST_F(PrefixStoreTest, OtherWeightsWithTheSameHeaderAreAnotherModel) {
    const auto tokens = someTokens(200);
    answer(tokens, "chat");
    const auto copy = folder_ / "copy.gguf";
    fs::copy_file(golden("llama"), copy);
    EXPECT_EQ(Place::Run(*std::make_unique<Place>(copy), options()).answer(tokens), 199);
    // The last tensor's middle.
    std::uint64_t offset = 0;
    {
        const GgufFile file = GgufFile::open(copy.string(), GgufFile::Access::Header);
        const Tensor& tensor = file.tensors().front();
        offset = tensor.fileOffset + tensor.sizeBytes / 2;
    }
    std::fstream file(copy, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(offset));
    file.write("\1\2\3\4", 4);
    file.close();
    EXPECT_EQ(Place::Run(*std::make_unique<Place>(copy), options()).answer(tokens), 0);
}

// ---- what may happen to a file

TEST_F(PrefixStoreTest, ACutFileCountsAsFarAsItIsWhole) {
    const auto tokens = someTokens(600);
    answer(tokens, "chat");
    const fs::path file = onlyFile();
    const std::string whole = tests::contentOf(file);
    std::set<int> lengths;
    for (std::size_t size = 0; size <= whole.size(); size += whole.size() / 23 + 1) {
        write(file, whole.substr(0, size));
        Place::Run run(place_, options());
        const int reused = run.answer(tokens);
        lengths.insert(reused);
        EXPECT_LE(static_cast<std::size_t>(reused) * whole.size(), 600 * size + whole.size());
        EXPECT_LE(relativeDifference(place_.plain(tokens, 596), run.logits(tokens, 596)), kTolerance);
    }
    EXPECT_EQ(lengths, (std::set<int>{0, 256, 512}));
    write(file, whole);
    EXPECT_EQ(answer(tokens), 599);
}

TEST_F(PrefixStoreTest, ADamagedFileIsNeverTrustedAndGoes) {
    const auto tokens = someTokens(300);
    answer(tokens, "chat");
    const fs::path file = onlyFile();
    const std::string whole = tests::contentOf(file);
    const auto expected = place_.plain(tokens, 296);
    for (std::size_t at = 0; at < whole.size(); at += at < 100 ? 7 : whole.size() / 41 + 1) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        write(file, damaged);
        Place::Run run(place_, options());
        EXPECT_LT(run.answer(tokens), 299) << at;
        EXPECT_EQ(run.logits(tokens, 296), expected) << at;
        if (fs::exists(file)) { // only what is in front of the damage is left to be used
            EXPECT_EQ(answer(tokens), 256) << at;
        }
    }
}

TEST_F(PrefixStoreTest, ForeignFilesAreRemovedAndUnknownOnesLeftAlone) {
    answer(someTokens(100), "chat");
    const fs::path file = onlyFile();
    write(file, "something else");
    write(folder_ / "diary.txt", "mine");
    EXPECT_EQ(answer(someTokens(100)), 0);
    EXPECT_FALSE(fs::exists(file));
    EXPECT_TRUE(fs::exists(folder_ / "diary.txt"));
}

TEST_F(PrefixStoreTest, ADiskThatTakesNoMoreCostsNothingElse) {
    const auto tokens = someTokens(600);
    answer(tokens, "chat");
    const auto whole = fs::file_size(onlyFile());
    fs::remove(onlyFile());
    rlimit usual{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &usual), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    for (const rlim_t most : {rlim_t{10}, rlim_t{1000}, whole / 2, whole - 10}) {
        const rlimit limit{most, usual.rlim_max};
        ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
        Place::Run(place_, options()).answer(tokens, "chat");
        ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &usual), 0);
        const auto files = filesIn(folder_.path());
        EXPECT_EQ(files.empty(), most < whole / 2);
        expectRightAnswer(tokens);
        for (const auto& file : filesIn(folder_.path())) fs::remove(file);
    }
    std::signal(SIGXFSZ, handler);
}

TEST_F(PrefixStoreTest, AKillInTheMiddleOfAWriteLeavesTheTruth) {
    const auto tokens = someTokens(600);
    const auto expected = place_.plain(tokens, 590);
    int found = 0;
    for (int kill = 0; kill < 24; ++kill) {
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            Place place(golden("llama"));
            Place::Run run(place, options());
            // Written anew and extended in turn until the end comes.
            for (int i = 0;; ++i) {
                const int length = 200 + i * 97 % 400;
                const auto start = i % 5 == 4 ? someTokens(length, 53) : someTokens(length);
                run.store.load(run.timeline, start, {});
                run.timeline.sync(start, {}, {});
                run.store.keep(run.timeline, i % 3 == 0 ? "one" : "two");
            }
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(60 + 11 * kill));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status));
        Place::Run run(place_, options());
        found += run.answer(tokens) > 0 ? 1 : 0;
        EXPECT_LE(relativeDifference(expected, run.logits(tokens, 590)), kTolerance) << kill;
        for (const auto& file : filesIn(folder_.path())) EXPECT_FALSE(file.string().ends_with(".part"));
    }
    EXPECT_GT(found, 0) << "nothing was written before the kills";
}

// ---- room, and forgetting

TEST_F(PrefixStoreTest, TheOldestGoesWhenThereIsNoMoreRoom) {
    answer(someTokens(300), "one");
    const auto size = fs::file_size(onlyFile());
    mostBytes_ = 2 * size + size / 2;
    answer(someTokens(300, 53), "two");
    answer(someTokens(301), "one"); // now it is not the oldest any more
    answer(someTokens(300, 59), "three");
    std::uint64_t bytes = 0;
    for (const auto& file : filesIn(folder_.path())) bytes += fs::file_size(file);
    EXPECT_LE(bytes, mostBytes_);
    EXPECT_EQ(answer(someTokens(301)), 300);
    EXPECT_LT(answer(someTokens(300, 53)), 5);
    EXPECT_EQ(answer(someTokens(300, 59)), 299);
}

TEST_F(PrefixStoreTest, OfAConversationLargerThanAllRoomTheBeginningIsKept) {
    answer(someTokens(600), "one");
    const auto size = fs::file_size(onlyFile());
    fs::remove(onlyFile());
    mostBytes_ = size / 2;
    answer(someTokens(600), "one");
    EXPECT_LE(fs::file_size(onlyFile()), mostBytes_);
    EXPECT_EQ(answer(someTokens(600)), 256);
}

TEST_F(PrefixStoreTest, WhatIsForgottenIsGone) {
    const std::string folder = folder_.path().string();
    const auto tokensOf = [](int chat) { return someTokens(100, 37 + 16 * chat); };
    answer(tokensOf(1), "one");
    answer(tokensOf(2), "two");
    answer(tokensOf(3), "three");
    forgetSnapshots(folder, std::vector<std::string>{"two", "unknown"});
    EXPECT_EQ(filesIn(folder_.path()).size(), 2u);
    EXPECT_LT(answer(tokensOf(2)), 5);
    EXPECT_EQ(answer(tokensOf(3)), 99);
    forgetOtherSnapshots(folder, std::vector<std::string>{"one"});
    EXPECT_EQ(filesIn(folder_.path()).size(), 1u);
    EXPECT_EQ(answer(tokensOf(1)), 99);
    forgetOtherSnapshots(folder, {});
    EXPECT_TRUE(filesIn(folder_.path()).empty());
}

TEST_F(PrefixStoreTest, WhatIsForgottenWhileItIsWrittenDoesNotComeBack) {
    const std::vector<std::string> chat{"chat"};
    Place::Run run(place_, options());
    for (int i = 0; i < 20; ++i) {
        const auto tokens = someTokens(300 + i);
        run.store.load(run.timeline, tokens, {});
        run.timeline.sync(tokens, {}, {});
        run.store.keep(run.timeline, "chat");
        forgetSnapshots(folder_.path().string(), chat);
        run.store.settle();
        EXPECT_TRUE(filesIn(folder_.path()).empty()) << i;
    }
}

TEST_F(PrefixStoreTest, FilesThatVanishUnderTheStoreAreMissedOnce) {
    Place::Run run(place_, options());
    run.answer(someTokens(300), "one");
    run.answer(someTokens(300, 53), "two");
    for (const auto& file : filesIn(folder_.path())) fs::remove(file);
    EXPECT_LT(run.answer(someTokens(300), "one"), 5);
    EXPECT_EQ(run.logits(someTokens(300), 290), place_.plain(someTokens(300), 290));
    EXPECT_EQ(answer(someTokens(300)), 299);
}

} // namespace
} // namespace ponder::engine
