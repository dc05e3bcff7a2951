#include "tests/app/kill_loop.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <map>
#include <random>
#include <sstream>
#include <thread>
#include <vector>

#include "app/store/chat_store.h"
#include "tests/support/sanitized.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

/// A stretch of an answer that came into being.
struct Growth {
    std::int64_t milliseconds = 0;
    std::size_t bytes = 0;
    std::string prompt;
};

/// What one life of the program told before it was killed.
struct Life {
    std::vector<std::string> prompts;
    std::vector<Growth> growths;
    std::int64_t killedAt = 0;
};

Life parse(const std::string& told, std::int64_t killedAt) {
    Life life{.prompts = {}, .growths = {}, .killedAt = killedAt};
    std::istringstream lines(told);
    for (std::string line; std::getline(lines, line);) {
        if (lines.eof()) break; // cut off by the kill
        if (line.starts_with("P ")) {
            life.prompts.push_back(line.substr(2));
        } else if (line.starts_with("T ")) {
            std::istringstream fields(line.substr(2));
            Growth growth;
            fields >> growth.milliseconds >> growth.bytes >> std::ws;
            std::getline(fields, growth.prompt);
            life.growths.push_back(growth);
        }
    }
    return life;
}

Life liveAndDie(const std::string& program, const std::string& folder, std::chrono::milliseconds lifetime) {
    int pipe[2];
    if (::pipe2(pipe, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(pipe[1], STDOUT_FILENO);
        ::execl(program.c_str(), program.c_str(), folder.c_str(), nullptr);
        ::_exit(127);
    }
    ::close(pipe[1]);
    // A full pipe would hold the program up, so it is read while it lives.
    std::string told;
    std::thread reader([&] {
        std::vector<char> bytes(1 << 16);
        for (ssize_t size; (size = ::read(pipe[0], bytes.data(), bytes.size())) > 0;)
            told.append(bytes.data(), static_cast<std::size_t>(size));
    });
    std::this_thread::sleep_for(lifetime);
    const std::int64_t killedAt = nowMilliseconds();
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    reader.join();
    ::close(pipe[0]);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL)
        throw std::runtime_error(program + " ended by itself before it could be killed");
    return parse(told, killedAt);
}

bool isInOrder(const std::string& path) {
    try {
        Database database(path, DatabaseAccess::ReadWrite);
        if (database.text("PRAGMA integrity_check") != "ok") return false;
        database.execute("INSERT INTO search(search, rank) VALUES('integrity-check', 0)");
        return true;
    } catch (const engine::Error&) {
        return false;
    }
}

/// Bytes of the answer to each prompt on the disk; a prompt without an answer has 0.
std::map<std::string, std::size_t> answersOnDisk(ChatStore& store) {
    std::map<std::string, std::size_t> answers;
    for (const ChatHeader& header : store.chats()) {
        const auto chat = store.load(header.id);
        if (!chat) continue;
        for (const Turn& turn : chat->turns()) {
            if (turn.role == engine::Role::User) {
                answers.emplace(joinedText(turn, PartKind::Text), 0);
                continue;
            }
            std::size_t bytes = 0;
            for (const Part& part : turn.parts) bytes += part.text.size();
            answers[joinedText(chat->turn(turn.parent), PartKind::Text)] = bytes;
        }
    }
    return answers;
}

void take(const Life& life, const std::map<std::string, std::size_t>& onDisk, KillFigures& figures) {
    for (const std::string& prompt : life.prompts) {
        ++figures.acknowledgedPrompts;
        figures.lostPrompts += onDisk.contains(prompt) ? 0 : 1;
    }
    if (!life.growths.empty() && life.killedAt - life.growths.back().milliseconds < 50)
        ++figures.streamingKills;
    for (const Growth& growth : life.growths) {
        const auto found = onDisk.find(growth.prompt);
        if (found != onDisk.end() && found->second >= growth.bytes) continue;
        figures.longestMissingMilliseconds = std::max(figures.longestMissingMilliseconds,
                                                      static_cast<int>(life.killedAt - growth.milliseconds));
    }
}

} // namespace

KillFigures killAgainAndAgain(const KillLoop& loop) {
    const tests::TempDir folder;
    const std::string path = (folder / "chats.db").string();
    std::mt19937 random(std::random_device{}());
    std::uniform_int_distribution<std::int64_t> lives(loop.shortestLife.count(), loop.longestLife.count());
    KillFigures figures;
    for (; figures.kills < loop.kills; ++figures.kills) {
        const Life life =
            liveAndDie(loop.program, folder.path().string(), std::chrono::milliseconds(lives(random)));
        if (!std::filesystem::exists(path)) continue; // killed before there was anything
        if (!isInOrder(path)) ++figures.damagedFiles;
        ChatStore store(path);
        if (!store.notices().empty()) ++figures.damagedFiles;
        take(life, answersOnDisk(store), figures);
    }
    return figures;
}

int killsAskedFor(int usual) {
    const char* asked = std::getenv("PONDER_KILLS");
    return asked ? std::max(1, std::atoi(asked)) : usual;
}

void expectNothingLost(const KillFigures& figures) {
    std::printf(
        "%d kills, %d of them in the middle of an answer: %d of %d acknowledged prompts lost, %d damaged "
        "files, at most %d ms of text missing\n",
        figures.kills, figures.streamingKills, figures.lostPrompts, figures.acknowledgedPrompts,
        figures.damagedFiles, figures.longestMissingMilliseconds);
    EXPECT_GT(figures.acknowledgedPrompts, 0) << "the program was killed before it did anything";
    EXPECT_EQ(figures.lostPrompts, 0);
    EXPECT_EQ(figures.damagedFiles, 0);
    EXPECT_LE(figures.longestMissingMilliseconds, tests::kIsSanitized ? 1000 : 250);
}

} // namespace ponder::app
