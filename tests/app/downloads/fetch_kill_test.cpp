// ponder-fetch is killed again and again while it downloads (PONDER_KILLS says how often): no wrong byte gets
// the model's name, and at most 8 MiB are fetched twice after each kill.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>
#include <thread>

#include "tests/app/downloads/fetch_run.h"
#include "tests/app/downloads/misbehaving_server.h"
#include "tests/app/kill_loop.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFileBytes = std::size_t{48} << 20;
constexpr std::uint64_t kMostFetchedTwice = std::uint64_t{8} << 20;
constexpr int kUsualKills = 40;

std::string randomContent(std::uint32_t seed) {
    std::mt19937 random(seed);
    std::string content(kFileBytes, '\0');
    for (std::size_t at = 0; at + 4 <= content.size(); at += 4) {
        const std::uint32_t number = random();
        std::copy_n(reinterpret_cast<const char*>(&number), 4,
                    content.begin() + static_cast<std::ptrdiff_t>(at));
    }
    content.replace(0, 4, "GGUF");
    return content;
}

struct Figures {
    int kills = 0;
    int resumes = 0; ///< after a kill, from the middle of the file
    int finished = 0;
    int wrongFiles = 0;
    std::uint64_t mostFetchedTwice = 0;
};

/// Waits until the server knows that the other end has gone.
std::vector<MisbehavingServer::Entry> settledLog(const MisbehavingServer& server,
                                                 const std::string& address) {
    for (;;) {
        const auto log = server.log(address);
        if (std::ranges::count(log, "request", &MisbehavingServer::Entry::event) ==
            std::ranges::count(log, "end", &MisbehavingServer::Entry::event))
            return log;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

/// What each request after the first fetched that had been sent before.
void takeLog(const std::vector<MisbehavingServer::Entry>& log, Figures& figures) {
    std::uint64_t reached = 0;
    for (const MisbehavingServer::Entry& entry : log) {
        if (entry.event == "request") {
            figures.resumes += entry.start > 0 ? 1 : 0;
            figures.mostFetchedTwice =
                std::max(figures.mostFetchedTwice, reached - std::min(reached, entry.start));
        } else {
            reached = std::max(reached, entry.start + entry.sent);
        }
    }
}

TEST(FetchKill, PutsNoWrongByteUnderTheNameAndFetchesLittleTwice) {
    const MisbehavingServer server(randomContent(1), "GGUF");
    const tests::TempDir folder;
    const std::string hash = sha256Of(server.content());
    const int kills = killsAskedFor(kUsualKills);
    const auto requestFor = [&](const std::string& url) {
        GetRequest request{
            .folder = folder.path().string(),
            .files = {{.url = url, .name = "m.gguf", .sizeBytes = server.content().size(), .sha256 = hash}}};
        request.patience.spareBytes = 0;
        return request;
    };
    // Kills fall on all of its life, however fast this machine is.
    const auto start = std::chrono::steady_clock::now();
    ASSERT_TRUE(std::holds_alternative<DoneEvent>(
        FetchRun(requestFor(server.url("paced")), server.environment()).finish()));
    const std::chrono::duration<double, std::milli> whole = std::chrono::steady_clock::now() - start;
    fs::remove(folder / "m.gguf");
    std::mt19937 random(std::random_device{}());
    std::uniform_int_distribution<int> lives(static_cast<int>(whole.count() / 20),
                                             static_cast<int>(whole.count()));
    Figures figures;
    while (figures.kills < kills) {
        const GetRequest request = requestFor(server.url("paced"));
        const std::string address =
            request.files.front().url.substr(request.files.front().url.find("/paced"));
        // One download, killed until it is through.
        for (bool done = false; !done;) {
            FetchRun run(request, server.environment());
            std::this_thread::sleep_for(std::chrono::milliseconds(lives(random)));
            if (figures.kills < kills) {
                run.kill();
                figures.kills += run.killed() ? 1 : 0;
                done = !run.killed();
            } else {
                done = std::holds_alternative<DoneEvent>(run.finish());
                ASSERT_TRUE(done);
            }
            if (fs::exists(folder / "m.gguf") && tests::contentOf(folder / "m.gguf") != server.content())
                ++figures.wrongFiles;
            done = done || fs::exists(folder / "m.gguf");
            settledLog(server, address);
        }
        takeLog(settledLog(server, address), figures);
        ++figures.finished;
        fs::remove(folder / "m.gguf");
        fs::remove(folder / "m.gguf.part.json"); // of a kill between the name and the journal's end
    }
    std::printf(
        "%d kills, %d resumes from the middle, %d downloads finished: %d wrong files, at most %.2f MiB "
        "fetched twice\n",
        figures.kills, figures.resumes, figures.finished, figures.wrongFiles,
        static_cast<double>(figures.mostFetchedTwice) / (1 << 20));
    EXPECT_GT(figures.resumes, 0);
    EXPECT_GT(figures.finished, 0);
    EXPECT_EQ(figures.wrongFiles, 0);
    EXPECT_LE(figures.mostFetchedTwice, kMostFetchedTwice);
}

} // namespace

} // namespace ponder::app
