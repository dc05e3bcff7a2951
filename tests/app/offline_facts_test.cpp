#include "app/offline_facts.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using testing::Contains;

/// Closes what it holds.
struct Descriptor {
    explicit Descriptor(int descriptor) : number(descriptor) {}
    ~Descriptor() { ::close(number); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number;
};

std::vector<std::string> texts(const QStringList& lines) {
    std::vector<std::string> list;
    for (const QString& line : lines) list.push_back(line.toStdString());
    return list;
}

ui::ProcessFacts window() {
    return offlineFacts({}).processes.front();
}

TEST(OfflineFacts, ThisProcessComesFirstAndHasNoInternetSocket) {
    const ui::ProcessFacts facts = window();
    EXPECT_EQ(facts.number, ::getpid());
    EXPECT_FALSE(facts.hidden);
    EXPECT_TRUE(facts.internetSockets.isEmpty()) << facts.internetSockets.join('\n').toStdString();
}

TEST(OfflineFacts, AListeningSocketIsSeenWithItsAddress) {
    const Descriptor socket(::socket(AF_INET, SOCK_STREAM, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(::bind(socket.number, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(::listen(socket.number, 1), 0);
    socklen_t size = sizeof address;
    ASSERT_EQ(::getsockname(socket.number, reinterpret_cast<sockaddr*>(&address), &size), 0);
    const std::string own = "tcp 127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + " → 0.0.0.0:0";
    EXPECT_THAT(texts(window().internetSockets), Contains(own));
}

TEST(OfflineFacts, SixWordsOfAnAddressAreReadInOrder) {
    const Descriptor socket(::socket(AF_INET6, SOCK_DGRAM, 0));
    if (socket.number < 0) GTEST_SKIP() << "this machine has no IPv6";
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_addr = in6addr_loopback;
    if (::bind(socket.number, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        GTEST_SKIP() << "this machine has no IPv6 loopback";
    EXPECT_THAT(texts(window().internetSockets), Contains(testing::StartsWith("udp6 [::1]:")));
}

TEST(OfflineFacts, ASocketNobodyConnectedIsNotOverlooked) {
    const Descriptor socket(::socket(AF_INET, SOCK_STREAM, 0));
    EXPECT_THAT(texts(window().internetSockets), Contains("not connected"));
}

TEST(OfflineFacts, LocalSocketsAndFilesAreListed) {
    int ends[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    const Descriptor one(ends[0]);
    const Descriptor two(ends[1]);
    const tests::TempDir folder;
    folder.write("model.gguf", "x");
    const std::string path = (folder / "model.gguf").string();
    const Descriptor file(::open(path.c_str(), O_RDONLY));
    const ui::ProcessFacts facts = window();
    EXPECT_THAT(texts(facts.localSockets), Contains(testing::StartsWith("without a name")));
    EXPECT_THAT(texts(facts.files), Contains(path));
    EXPECT_TRUE(facts.internetSockets.isEmpty());
}

TEST(OfflineFacts, ProcessesItStartedAreListedWithWhatTheKernelEnforces) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::prctl(PR_SET_NAME, "ponder-engine");
        ::pause();
        ::_exit(0);
    }
    std::vector<ui::ProcessFacts> processes;
    for (int round = 0; round < 200; ++round) {
        processes = offlineFacts("The engine runs unconfined.").processes;
        if (processes.size() == 2 && processes[1].name == "Engine") break;
        ::usleep(10'000);
    }
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ASSERT_EQ(processes.size(), 2u);
    EXPECT_EQ(processes[1].number, child);
    EXPECT_EQ(processes[1].may.front(), "The engine runs unconfined.");
    EXPECT_EQ(processes[1].may.size(), 2);
}

} // namespace

} // namespace ponder::app
