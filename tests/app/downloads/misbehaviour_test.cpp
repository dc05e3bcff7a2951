// Every way in which a server misbehaves, against the real ponder-fetch: whatever it does, no wrong byte gets
// the model's name, and the user is told what happened and what to do.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/mount.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "app/downloads/problem_words.h"
#include "tests/app/downloads/fetch_run.h"
#include "tests/app/downloads/misbehaving_server.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tiny_model.h"

namespace ponder::app {

namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace fs = std::filesystem;

const std::string kName = "m.gguf";
const FetchPatience kPatience{.stallSeconds = 2,
                              .tries = 4,
                              .firstPauseMilliseconds = 50,
                              .longestPauseMilliseconds = 2000,
                              .spareBytes = 0};

/// What Ponder knows of the file before it asks for it.
enum class Known { Nothing, Size, Everything };
/// What lies under the model's name afterwards.
enum class Then { Content, Other, Nothing };

struct Misbehaviour {
    std::string behaviour;
    Known known = Known::Everything;
    Then then = Then::Content;
    std::string words = {};
    std::string port = "main";
    std::string host = "localhost";
    int tries = 4;
};

const std::vector<Misbehaviour> kMisbehaviours{
    {.behaviour = "good"},
    {.behaviour = "good", .known = Known::Nothing},
    // Ranges.
    {.behaviour = "range-ignored"},
    {.behaviour = "range-ignored", .known = Known::Nothing},
    {.behaviour = "range-wrong-start"},
    {.behaviour = "range-wrong-start", .known = Known::Nothing},
    {.behaviour = "range-wrong-total"},
    {.behaviour = "range-wrong-total", .known = Known::Nothing},
    {.behaviour = "range-without-words", .known = Known::Nothing},
    {.behaviour = "range-unasked", .then = Then::Nothing, .words = "does not understand"},
    {.behaviour = "range-short"},
    {.behaviour = "range-short", .known = Known::Nothing},
    {.behaviour = "unsatisfied-complete", .known = Known::Nothing},
    {.behaviour = "unsatisfied-smaller"},
    {.behaviour = "unsatisfied-larger"},
    {.behaviour = "unsatisfied-larger", .known = Known::Nothing},
    // Lengths.
    {.behaviour = "no-length"},
    {.behaviour = "no-length",
     .known = Known::Nothing,
     .then = Then::Nothing,
     .words = "does not say how large"},
    {.behaviour = "no-length-cut"},
    {.behaviour = "chunked"},
    {.behaviour = "chunked",
     .known = Known::Nothing,
     .then = Then::Nothing,
     .words = "does not say how large"},
    {.behaviour = "chunked-cut"},
    {.behaviour = "chunked-endless", .then = Then::Nothing, .words = "another size"},
    {.behaviour = "length-plus-one", .then = Then::Nothing, .words = "another size"},
    {.behaviour = "length-plus-one",
     .known = Known::Nothing,
     .then = Then::Nothing,
     .words = "breaks off again"},
    {.behaviour = "length-minus-one", .then = Then::Nothing, .words = "another size"},
    {.behaviour = "length-minus-one",
     .known = Known::Nothing,
     .then = Then::Nothing,
     .words = "Download it again"},
    {.behaviour = "empty", .then = Then::Nothing, .words = "another size"},
    {.behaviour = "empty", .known = Known::Nothing, .then = Then::Nothing, .words = "does not say how large"},
    {.behaviour = "packed", .then = Then::Nothing, .words = "sends the file packed"},
    // Validators. Without a hash, only a strong ETag proves that two halves belong together.
    {.behaviour = "etag-changed", .known = Known::Nothing, .then = Then::Other},
    {.behaviour = "weak-etag"},
    {.behaviour = "weak-etag", .known = Known::Nothing},
    {.behaviour = "weak-etag-changed", .known = Known::Nothing, .then = Then::Other},
    {.behaviour = "last-modified-only", .known = Known::Nothing, .then = Then::Other},
    {.behaviour = "no-validators", .known = Known::Nothing, .then = Then::Other},
    {.behaviour = "size-changed", .known = Known::Nothing},
    {.behaviour = "wrong-bytes-after-cut", .known = Known::Nothing},
    // Redirects.
    {.behaviour = "redirect-http", .then = Then::Nothing, .words = "not safe (no https)"},
    {.behaviour = "redirect-file", .then = Then::Nothing, .words = "not safe (no https)"},
    {.behaviour = "redirect-private", .then = Then::Nothing, .words = "inside a private network"},
    {.behaviour = "redirect-nonsense", .then = Then::Nothing, .words = "not safe"},
    {.behaviour = "redirect-loop", .then = Then::Nothing, .words = "without end"},
    {.behaviour = "redirect-six", .then = Then::Nothing, .words = "without end"},
    {.behaviour = "redirect-five"},
    {.behaviour = "redirect-relative"},
    {.behaviour = "redirect-other-host"},
    {.behaviour = "linked", .known = Known::Nothing},
    {.behaviour = "linked-other-bytes",
     .known = Known::Nothing,
     .then = Then::Nothing,
     .words = "its SHA-256 differs"},
    // Something else instead of the file.
    {.behaviour = "login-page", .then = Then::Nothing, .words = "web page"},
    {.behaviour = "login-page", .known = Known::Nothing, .then = Then::Nothing, .words = "web page"},
    {.behaviour = "pointer", .then = Then::Nothing, .words = "Git LFS pointer"},
    {.behaviour = "pointer", .known = Known::Nothing, .then = Then::Nothing, .words = "Git LFS pointer"},
    {.behaviour = "other-kind", .then = Then::Nothing, .words = "no model file"},
    {.behaviour = "wrong-bytes", .then = Then::Nothing, .words = "its SHA-256 differs"},
    // Refusals.
    {.behaviour = "status-204", .then = Then::Nothing, .words = "does not understand"},
    {.behaviour = "status-300", .then = Then::Nothing, .words = "does not understand"},
    {.behaviour = "status-401", .then = Then::Nothing, .words = "HF_TOKEN"},
    {.behaviour = "status-403", .then = Then::Nothing, .words = "Accept its licence"},
    {.behaviour = "status-404", .then = Then::Nothing, .words = "has no such file"},
    {.behaviour = "status-410", .then = Then::Nothing, .words = "has no such file"},
    {.behaviour = "status-418", .then = Then::Nothing, .words = "does not understand"},
    {.behaviour = "status-429-short"},
    {.behaviour = "status-429-long", .then = Then::Nothing, .words = "Try again in 60 minute"},
    {.behaviour = "status-500", .then = Then::Nothing, .words = "fault of its own (500)"},
    {.behaviour = "status-503", .then = Then::Nothing, .words = "fault of its own (503)"},
    {.behaviour = "status-503-once"},
    {.behaviour = "clock-jump"},
    // The line.
    {.behaviour = "stall-start", .then = Then::Nothing, .words = "sends nothing", .tries = 2},
    {.behaviour = "stall-middle"},
    {.behaviour = "good", .then = Then::Nothing, .words = "sends nothing", .port = "handshake", .tries = 2},
    {.behaviour = "reset-middle"},
    {.behaviour = "reset-middle", .known = Known::Nothing},
    {.behaviour = "reset-always", .then = Then::Nothing, .words = "breaks off again"},
    {.behaviour = "one-byte-a-second", .then = Then::Nothing, .words = "sends nothing", .tries = 2},
    {.behaviour = "endless-head", .then = Then::Nothing, .words = "does not understand"},
    {.behaviour = "nonsense-head", .then = Then::Nothing, .words = "does not understand"},
    // Certificates.
    {.behaviour = "good", .then = Then::Nothing, .words = "certificate is not valid", .port = "expired"},
    {.behaviour = "good", .then = Then::Nothing, .words = "certificate is not valid", .port = "wrongHost"},
    {.behaviour = "good", .then = Then::Nothing, .words = "certificate is not valid", .port = "selfSigned"},
    {.behaviour = "good",
     .then = Then::Nothing,
     .words = "What has come is kept",
     .port = "plain",
     .tries = 2},
    {.behaviour = "good", .host = "127.0.0.1"},
    {.behaviour = "good", .port = "version6", .host = "[::1]"},
    // Names that the server would like the file to have.
    {.behaviour = "name-parent"},
    {.behaviour = "name-absolute"},
    {.behaviour = "name-long"},
    {.behaviour = "name-device"},
    {.behaviour = "name-nul", .then = Then::Nothing, .words = "does not understand"},
};

/// One server for all.
MisbehavingServer& server() {
    static MisbehavingServer only(tests::tinyModel({.seed = 1}).bytes(),
                                  tests::tinyModel({.seed = 2}).bytes());
    return only;
}

FetchFile fileFor(const Misbehaviour& misbehaviour) {
    FetchFile file{.url = server().url(misbehaviour.behaviour, misbehaviour.port, misbehaviour.host),
                   .name = kName,
                   .sizeBytes = 0,
                   .sha256 = {}};
    if (misbehaviour.known != Known::Nothing) file.sizeBytes = server().content().size();
    if (misbehaviour.known == Known::Everything) file.sha256 = sha256Of(server().content());
    return file;
}

std::vector<std::string> namesIn(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
    std::ranges::sort(names);
    return names;
}

std::string wordsOf(const FetchEvent& event) {
    const auto* failure = std::get_if<FailedEvent>(&event);
    if (!failure) return "no failure";
    const DownloadProblem words = problemWords(failure->problem);
    return (words.what + QLatin1Char(' ') + words.whatToDo).toStdString();
}

GetRequest requestFor(const FetchFile& file, const fs::path& folder) {
    return {.folder = folder.string(), .files = {file}, .bytesPerSecond = 0, .patience = kPatience};
}

FetchEvent fetched(const FetchFile& file, const fs::path& folder,
                   std::map<std::string, std::string> environment = server().environment()) {
    FetchRun run(requestFor(file, folder), environment);
    return run.finish();
}

void expectRight(const Misbehaviour& misbehaviour, const FetchEvent& last, const fs::path& folder) {
    if (misbehaviour.then == Then::Nothing) {
        EXPECT_FALSE(fs::exists(folder / kName));
        EXPECT_THAT(wordsOf(last), HasSubstr(misbehaviour.words));
        return;
    }
    EXPECT_TRUE(std::holds_alternative<DoneEvent>(last)) << wordsOf(last);
    const bool isOther = misbehaviour.then == Then::Other;
    EXPECT_TRUE(tests::contentOf(folder / kName) == (isOther ? server().other() : server().content()));
    EXPECT_THAT(namesIn(folder), ElementsAre(kName));
}

TEST(Misbehaviour, NoneOfThemPutsAWrongByteUnderTheModelsName) {
    ASSERT_EQ(server().content().size(), server().other().size());
    int run = 0;
    for (const Misbehaviour& misbehaviour : kMisbehaviours) {
        SCOPED_TRACE(misbehaviour.behaviour + " at " + misbehaviour.port +
                     ", known: " + std::to_string(static_cast<int>(misbehaviour.known)));
        if (server().port(misbehaviour.port) == 0) {
            std::printf("1 case not run: this machine has no IPv6.\n");
            continue;
        }
        const tests::TempDir folder;
        GetRequest request = requestFor(fileFor(misbehaviour), folder.path());
        request.patience.tries = misbehaviour.tries;
        FetchRun fetcher(request, server().environment());
        expectRight(misbehaviour, fetcher.finish(), folder.path());
        ++run;
    }
    std::printf("%d of %zu misbehaviours run\n", run, kMisbehaviours.size());
    EXPECT_GE(run, 32);
    for (const MisbehavingServer::Entry& entry : server().log("")) {
        EXPECT_EQ(entry.port == "plain" ? entry.path : "", "") << "asked without https";
        if (entry.event == "request") {
            EXPECT_EQ(entry.encoding, "identity") << entry.path;
        }
    }
}

TEST(Misbehaviour, TheTokenIsShownToTheHubAlone) {
    auto environment = server().environment();
    environment["HF_TOKEN"] = "hf_secret";
    const tests::TempDir folder;
    const FetchFile file = fileFor({.behaviour = "redirect-other-host"});
    EXPECT_TRUE(std::holds_alternative<DoneEvent>(fetched(file, folder.path(), environment)));
    std::map<std::string, std::string> shown;
    for (const MisbehavingServer::Entry& entry : server().log("/"))
        if (entry.event == "request" && !entry.authorization.empty()) shown[entry.port] = entry.authorization;
    EXPECT_THAT(shown, ElementsAre(testing::Pair("main", "Bearer hf_secret")));
}

TEST(Misbehaviour, AFileThatIsThereIsLeftAlone) {
    const tests::TempDir folder;
    folder.write(kName, "mine");
    const FetchFile file = fileFor({.behaviour = "good"});
    EXPECT_THAT(wordsOf(fetched(file, folder.path())), HasSubstr("is there already"));
    EXPECT_EQ(tests::contentOf(folder / kName), "mine");
    EXPECT_THAT(server().log(file.url.substr(file.url.find("/good"))), IsEmpty());
}

TEST(Misbehaviour, TheSameFileIsNotFetchedAgain) {
    const tests::TempDir folder;
    folder.write(kName, server().content());
    folder.write(kName + ".part.json", "of a run that was killed at its very end");
    const FetchFile file = fileFor({.behaviour = "good"});
    const FetchEvent last = fetched(file, folder.path());
    EXPECT_THAT(namesIn(folder.path()), ElementsAre(kName));
    ASSERT_TRUE(std::holds_alternative<DoneEvent>(last)) << wordsOf(last);
    EXPECT_TRUE(std::get<DoneEvent>(last).alreadyThere);
    EXPECT_THAT(server().log(file.url.substr(file.url.find("/good"))), IsEmpty());
}

TEST(Misbehaviour, ALinkInTheModelsPlaceIsNotFollowed) {
    const tests::TempDir folder;
    const tests::TempDir elsewhere;
    const fs::path victim = elsewhere.write("victim", "mine");
    for (const std::string& name : {kName, kName + ".part"}) {
        fs::create_symlink(victim, folder / name);
        const FetchFile file = fileFor({.behaviour = "good"});
        EXPECT_THAT(wordsOf(fetched(file, folder.path())), HasSubstr("lies a link"));
        EXPECT_EQ(tests::contentOf(victim), "mine");
        EXPECT_TRUE(fs::is_symlink(folder / name));
        fs::remove(folder / name);
    }
}

TEST(Misbehaviour, TwoPondersDoNotWriteOneFile) {
    const tests::TempDir folder;
    const FetchFile file = fileFor({.behaviour = "slow"});
    FetchRun first(requestFor(file, folder.path()), server().environment());
    while (const auto event = first.next())
        if (std::holds_alternative<ProgressEvent>(*event)) break;
    EXPECT_THAT(wordsOf(fetched(file, folder.path())), HasSubstr("Another Ponder is downloading this file"));
    EXPECT_TRUE(std::holds_alternative<DoneEvent>(first.finish()));
    EXPECT_TRUE(tests::contentOf(folder / kName) == server().content());
}

TEST(Misbehaviour, AFolderThatVanishesIsSaid) {
    const tests::TempDir parent;
    fs::create_directory(parent / "models");
    FetchRun run(requestFor(fileFor({.behaviour = "slow"}), parent / "models"), server().environment());
    while (const auto event = run.next())
        if (std::holds_alternative<ProgressEvent>(*event)) break;
    fs::remove_all(parent / "models");
    EXPECT_THAT(wordsOf(run.finish()), HasSubstr("The folder for the model is not there"));
    EXPECT_THAT(wordsOf(fetched(fileFor({.behaviour = "good"}), parent / "models")),
                HasSubstr("The folder for the model is not there"));
}

TEST(Misbehaviour, TooLittleRoomIsSaidBeforeTheFirstByteIsKept) {
    const tests::TempDir folder;
    FetchFile file = fileFor({.behaviour = "good"});
    GetRequest request = requestFor(file, folder.path());
    request.patience.spareBytes = std::uint64_t{1} << 49;
    FetchRun run(request, server().environment());
    const std::string words = wordsOf(run.finish());
    EXPECT_THAT(words, HasSubstr("The disk is too full: "));
    EXPECT_THAT(words, HasSubstr("Free some space"));
    EXPECT_THAT(namesIn(folder.path()), IsEmpty());
}

TEST(Misbehaviour, ASmallDiskFillsUpWithoutHarm) {
    const tests::TempDir folder;
    const fs::path disk = folder / "disk";
    fs::create_directory(disk);
    const std::size_t size = (server().content().size() / 4096 + 3) * 4096;
    if (::mount("none", disk.c_str(), "tmpfs", 0, ("size=" + std::to_string(size)).c_str()) != 0)
        GTEST_SKIP() << "mounting a small disk takes root";
    // Somebody else takes the last room: there is none for the file, or none for its journal.
    for (const std::size_t ballast : {std::size_t{5}, std::size_t{3}}) {
        std::ofstream(disk / "ballast") << std::string(ballast * 4096, 'b');
        const std::string words = wordsOf(fetched(fileFor({.behaviour = "good"}), disk));
        EXPECT_THAT(words, HasSubstr("The disk is "));
        EXPECT_THAT(words, HasSubstr("Free some space"));
        EXPECT_FALSE(fs::exists(disk / kName));
        fs::remove(disk / "ballast");
    }
    const FetchEvent last = fetched(fileFor({.behaviour = "good"}), disk);
    EXPECT_TRUE(std::holds_alternative<DoneEvent>(last)) << wordsOf(last);
    EXPECT_TRUE(tests::contentOf(disk / kName) == server().content());
    ::umount(disk.c_str());
}

TEST(Misbehaviour, ASplitModelGetsItsNamesTogether) {
    const tests::TempDir folder;
    FetchFile first = fileFor({.behaviour = "good"});
    FetchFile second = fileFor({.behaviour = "status-404"});
    first.name = "s-00001-of-00002.gguf";
    second.name = "s-00002-of-00002.gguf";
    GetRequest request = requestFor(first, folder.path());
    request.files.push_back(second);
    {
        FetchRun run(request, server().environment());
        EXPECT_THAT(wordsOf(run.finish()), HasSubstr("has no such file"));
        EXPECT_FALSE(fs::exists(folder / first.name)) << "it is no model without its second part";
    }
    request.files[1].url = server().url("good");
    FetchRun run(request, server().environment());
    const FetchEvent last = run.finish();
    ASSERT_TRUE(std::holds_alternative<DoneEvent>(last)) << wordsOf(last);
    EXPECT_THAT(namesIn(folder.path()), ElementsAre(first.name, second.name));
    // The first part had come already.
    EXPECT_EQ(server().log(first.url.substr(first.url.find("/good"))).size(), 2u);
}

TEST(Misbehaviour, WhatWasPausedGoesOnWhereItWas) {
    for (const bool ponderDies : {false, true}) {
        const tests::TempDir folder;
        const FetchFile file = fileFor({.behaviour = "slow"});
        const std::string address = file.url.substr(file.url.find("/slow"));
        {
            FetchRun run(requestFor(file, folder.path()), server().environment());
            while (const auto event = run.next())
                if (std::holds_alternative<ProgressEvent>(*event)) break;
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            if (ponderDies)
                run.closeInput();
            else
                run.say(PauseRequest{});
            EXPECT_TRUE(std::holds_alternative<PausedEvent>(run.finish()));
            EXPECT_EQ(run.exitCode(), 0);
        }
        EXPECT_FALSE(fs::exists(folder / kName));
        const FetchEvent last = fetched(file, folder.path());
        ASSERT_TRUE(std::holds_alternative<DoneEvent>(last)) << wordsOf(last);
        EXPECT_TRUE(tests::contentOf(folder / kName) == server().content());
        const auto log = server().log(address);
        const auto second = std::ranges::find_if(log, [](const auto& entry) { return entry.start > 0; });
        EXPECT_NE(second, log.end()) << "it began anew";
    }
}

TEST(Misbehaviour, BytesThatChangedOnTheDiskAreNotGoneOnWith) {
    const tests::TempDir folder;
    const FetchFile file = fileFor({.behaviour = "slow"});
    {
        FetchRun run(requestFor(file, folder.path()), server().environment());
        while (const auto event = run.next())
            if (std::holds_alternative<ProgressEvent>(*event)) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        run.say(PauseRequest{});
        run.finish();
    }
    std::fstream part(folder / (kName + ".part"), std::ios::in | std::ios::out | std::ios::binary);
    part.seekp(1000);
    part.put('\xff').put('\x00').put('\xff');
    part.close();
    const FetchEvent last = fetched(file, folder.path());
    ASSERT_TRUE(std::holds_alternative<DoneEvent>(last)) << wordsOf(last);
    EXPECT_TRUE(tests::contentOf(folder / kName) == server().content());
}

TEST(Misbehaviour, WhatIsDiscardedIsGone) {
    const tests::TempDir folder;
    for (const char* name : {"m.gguf.part", "m.gguf.part.json", "m.gguf", "n.gguf.part"})
        folder.write(name, "x");
    FetchRun run(DiscardRequest{folder.path().string(), {kName}}, server().environment());
    EXPECT_TRUE(std::holds_alternative<DiscardedEvent>(run.finish()));
    EXPECT_THAT(namesIn(folder.path()), ElementsAre("m.gguf", "n.gguf.part"));
}

TEST(Misbehaviour, ASpeedLimitHoldsAndCanBeLifted) {
    const tests::TempDir folder;
    GetRequest request = requestFor(fileFor({.behaviour = "good"}), folder.path());
    request.bytesPerSecond = server().content().size() / 20;
    FetchRun run(request, server().environment());
    std::this_thread::sleep_for(std::chrono::seconds(2));
    EXPECT_FALSE(fs::exists(folder / kName)) << "faster than it may";
    const auto lifted = std::chrono::steady_clock::now();
    run.say(SpeedRequest{0});
    EXPECT_TRUE(std::holds_alternative<DoneEvent>(run.finish()));
    EXPECT_LT(std::chrono::steady_clock::now() - lifted, std::chrono::seconds(5));
}

TEST(Misbehaviour, RequestsThatMakeNoSenseAreRefused) {
    const std::string tooLong(kLongestFetchLine + 10, ' ');
    for (const std::string& input : {std::string("\n"), std::string("{}\n"), std::string("not JSON\n"),
                                     tooLong + "\n", toLine(FetchRequest(PauseRequest{})),
                                     toLine(FetchRequest(GetRequest{.folder = "/tmp",
                                     .files = {{.url = "http://localhost/m.gguf", .name = kName}}})),
                                     toLine(FetchRequest(GetRequest{.folder = "/tmp",
                                     .files = {{.url = "https://localhost/m", .name = "../m.gguf"}}}))}) {
        FetchRun run(input, server().environment());
        const FetchEvent last = run.finish();
        ASSERT_TRUE(std::holds_alternative<FailedEvent>(last)) << input.substr(0, 100);
        EXPECT_EQ(std::get<FailedEvent>(last).problem.kind, ProblemKind::BadRequest);
        EXPECT_EQ(run.exitCode(), 1);
    }
}

struct Repository {
    std::string name;
    std::string words; ///< empty: it is listed
};

TEST(Misbehaviour, RepositoriesAreListedOrRefusedInWords) {
    for (const Repository& repository : std::vector<Repository>{{"org/one", ""},
                                                                {"org/several", ""},
                                                                {"org/gated", "HF_TOKEN"},
                                                                {"org/empty", "org/empty holds no GGUF file"},
                                                                {"org/broken", "cannot be read"},
                                                                {"org/huge", "cannot be read"},
                                                                {"org/none", "has no such file"}}) {
        SCOPED_TRACE(repository.name);
        ListRequest request{.link = parseModelLink(repository.name, {}).link, .patience = kPatience};
        FetchRun run(request, server().environment());
        const FetchEvent last = run.finish();
        if (!repository.words.empty()) {
            EXPECT_THAT(wordsOf(last), HasSubstr(repository.words));
            continue;
        }
        ASSERT_TRUE(std::holds_alternative<ListedEvent>(last)) << wordsOf(last);
        const HubListing& listing = std::get<ListedEvent>(last).listing;
        EXPECT_EQ(listing.license, "apache-2.0");
        EXPECT_EQ(listing.models.size(), repository.name == "org/one" ? 1u : 2u);
        EXPECT_EQ(listing.models.front().files.front().sha256, sha256Of(server().content()));
    }
}

} // namespace

} // namespace ponder::app
