#include "app/downloads/fetch_protocol.h"

#include <gtest/gtest.h>

#include <sys/socket.h>

#include <arpa/inet.h>
#include <chrono>
#include <cstdio>
#include <cstring>

#include "app/downloads/problem_words.h"
#include "app/fetch/address_rules.h"
#include "app/fetch/answer_head.h"
#include "app/fetch/part_journal.h"
#include "app/fetch/running_hash.h"
#include "tests/support/sanitized.h"

namespace ponder::app {

namespace {

TEST(FetchProtocol, EveryRequestComesBackAsItWas) {
    const GetRequest get{.folder = "/models",
                         .files = {{"https://h/a.gguf", "a.gguf", 7, std::string(64, 'a')},
                                   {"https://h/b.gguf", "b.gguf", 0, ""}},
                         .bytesPerSecond = 5,
                         .patience = {.stallSeconds = 1,
                                      .tries = 2,
                                      .firstPauseMilliseconds = 3,
                                      .longestPauseMilliseconds = 4,
                                      .spareBytes = 5}};
    const auto read = parseFetchRequest(toLine(FetchRequest(get)));
    ASSERT_TRUE(read && std::holds_alternative<GetRequest>(*read));
    EXPECT_EQ(std::get<GetRequest>(*read).files, get.files);
    EXPECT_EQ(std::get<GetRequest>(*read).folder, get.folder);
    EXPECT_EQ(std::get<GetRequest>(*read).patience, get.patience);
    const auto list =
        parseFetchRequest(toLine(FetchRequest(ListRequest{.link = {.repository = "a/b", .revision = "v1"}})));
    ASSERT_TRUE(list && std::holds_alternative<ListRequest>(*list));
    EXPECT_EQ(std::get<ListRequest>(*list).link.revision, "v1");
    EXPECT_TRUE(parseFetchRequest(toLine(FetchRequest(PauseRequest{}))));
    EXPECT_EQ(
        std::get<SpeedRequest>(*parseFetchRequest(toLine(FetchRequest(SpeedRequest{9})))).bytesPerSecond, 9u);
}

TEST(FetchProtocol, RequestsThatReachForMoreAreNone) {
    const auto isRead = [](GetRequest request) {
        return parseFetchRequest(toLine(FetchRequest(request))).has_value();
    };
    const FetchFile file{"https://h/a.gguf", "a.gguf", 7, ""};
    EXPECT_TRUE(isRead({.folder = "/m", .files = {file}}));
    EXPECT_FALSE(isRead({.folder = "m", .files = {file}}));
    EXPECT_FALSE(isRead({.folder = "/m", .files = {}}));
    EXPECT_FALSE(isRead({.folder = "/m", .files = {file, file}})) << "one name twice";
    for (const char* name : {"../a.gguf", ".a.gguf", "/a.gguf", "a", "a/b.gguf"})
        EXPECT_FALSE(isRead({.folder = "/m", .files = {{"https://h/a.gguf", name, 7, ""}}})) << name;
    for (const char* url : {"http://h/a.gguf", "file:///a.gguf", "https://u:p@h/a.gguf", "https://h/\na"})
        EXPECT_FALSE(isRead({.folder = "/m", .files = {{url, "a.gguf", 7, ""}}})) << url;
    EXPECT_FALSE(isRead({.folder = "/m", .files = {{"https://h/a.gguf", "a.gguf", 7, "abc"}}}));
    EXPECT_FALSE(parseFetchRequest(R"({"request":"list","repository":"a/b/../c","revision":"main"})"));
}

TEST(FetchProtocol, EveryEventComesBackAsItWas) {
    const HubListing listing{.repository = "a/b",
                             .commit = std::string(40, '0'),
                             .license = "mit",
                             .gated = true,
                             .models = {{"m.gguf", {{"d/m.gguf", 5, std::string(64, 'b')}}}}};
    EXPECT_EQ(std::get<ListedEvent>(*parseFetchEvent(toLine(FetchEvent(ListedEvent{listing})))).listing,
              listing);
    const FetchProblem problem{ProblemKind::TooManyRequests, "h", "d", 60};
    EXPECT_EQ(std::get<FailedEvent>(*parseFetchEvent(toLine(FetchEvent(FailedEvent{problem})))).problem,
              problem);
    EXPECT_EQ(std::get<WaitEvent>(*parseFetchEvent(toLine(FetchEvent(WaitEvent{7, problem})))).milliseconds,
              7);
    const auto done =
        std::get<DoneEvent>(*parseFetchEvent(toLine(FetchEvent(DoneEvent{{"m.gguf"}, true, true, "n", ""}))));
    EXPECT_TRUE(done.alreadyThere && done.verified && done.notice == "n");
    EXPECT_TRUE(parseFetchEvent(toLine(FetchEvent(PausedEvent{}))));
    EXPECT_FALSE(parseFetchEvent(R"({"event":"done","names":["../../x"],"notice":"","sha256":""})"));
}

TEST(FetchProtocol, EveryProblemHasWordsAndSaysWhatToDo) {
    for (int kind = 0; kind <= static_cast<int>(ProblemKind::FetcherEnded); ++kind) {
        const DownloadProblem words =
            problemWords(FetchProblem{static_cast<ProblemKind>(kind), "host", "detail", 1});
        EXPECT_TRUE(words.what.endsWith('.') || words.what == "detail") << kind;
        EXPECT_TRUE(words.whatToDo.endsWith('.')) << kind;
    }
    EXPECT_EQ(problemWords(FetchProblem{ProblemKind::BadModel, "", "a\x1b[31mb\nc", 0}).what, "a [31mb c")
        << "what a stranger's file says moves no cursor";
}

TEST(PartJournal, ComesBackAsItWasAndContradictsItselfNever) {
    const fetch::PartJournal journal{.url = "https://h/m.gguf",
                                     .etag = "\"e\"",
                                     .sha256 = "",
                                     .sizeBytes = 10,
                                     .confirmedBytes = 4,
                                     .confirmedSha256 = std::string(64, 'c')};
    EXPECT_EQ(fetch::parseJournal(fetch::journalText(journal)), journal);
    fetch::PartJournal tooMuch = journal;
    tooMuch.confirmedBytes = 11;
    EXPECT_FALSE(fetch::parseJournal(fetch::journalText(tooMuch)));
    for (const char* text : {"", "{}", "[]", "\0", "{\"format\":\"ponder-part-2\"}"})
        EXPECT_FALSE(fetch::parseJournal(text));
    EXPECT_FALSE(fetch::parseJournal(fetch::journalText(journal) + std::string(fetch::kLongestJournal, ' ')));
}

bool isPrivate(const std::string& text) {
    sockaddr_storage storage{};
    if (text.find(':') == std::string::npos) {
        auto* address = reinterpret_cast<sockaddr_in*>(&storage);
        address->sin_family = AF_INET;
        EXPECT_EQ(::inet_pton(AF_INET, text.c_str(), &address->sin_addr), 1) << text;
    } else {
        auto* address = reinterpret_cast<sockaddr_in6*>(&storage);
        address->sin6_family = AF_INET6;
        EXPECT_EQ(::inet_pton(AF_INET6, text.c_str(), &address->sin6_addr), 1) << text;
    }
    return fetch::isPrivateAddress(reinterpret_cast<const sockaddr&>(storage));
}

TEST(AddressRules, TellThisComputerAndItsNetworksFromTheRest) {
    for (const char* inside :
         {"127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
          "0.0.0.0", "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1",
          "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1"})
        EXPECT_TRUE(isPrivate(inside)) << inside;
    for (const char* outside : {"8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1", "3.160.5.4",
                                "2001:4860::1", "2600:9000::1", "64:ff9b::808:808", "::ffff:8.8.8.8"})
        EXPECT_FALSE(isPrivate(outside)) << outside;
}

fetch::AnswerHead headOf(const std::vector<std::string>& lines) {
    fetch::AnswerHead head;
    for (const std::string& line : lines) EXPECT_TRUE(head.add(line + "\r\n"));
    return head;
}

TEST(AnswerHead, TakesWhatMattersAndOnlyOfTheLastAnswer) {
    const fetch::AnswerHead head =
        headOf({"HTTP/1.1 100 Continue", "", "HTTP/1.1 206 Partial", "Content-Range: bytes 5-9/10",
                "content-length: 5", "ETAG: \"x\"", ""});
    EXPECT_TRUE(head.complete());
    EXPECT_EQ(head.status(), 206);
    EXPECT_EQ(head.range()->first, 5u);
    EXPECT_EQ(head.range()->total, 10u);
    EXPECT_EQ(head.length(), 5u);
    EXPECT_EQ(head.strongEtag(), "\"x\"");
    EXPECT_EQ(headOf({"HTTP/1.1 200 OK", "ETag: W/\"x\"", ""}).strongEtag(), "");
    for (const char* range :
         {"bytes 5-9", "bytes a-b/c", "5-9/10", "bytes -1-9/10", "bytes 5-9/99999999999999999999"})
        EXPECT_FALSE(headOf({"HTTP/1.1 206 P", std::string("Content-Range: ") + range, ""}).range()) << range;
}

TEST(AnswerHead, WaitsByTheServersOwnClock) {
    EXPECT_EQ(headOf({"HTTP/1.1 503 X", "Date: Fri, 01 Jan 2100 00:00:00 GMT",
                      "Retry-After: Fri, 01 Jan 2100 00:00:09 GMT", ""})
                  .retryAfterSeconds(),
              9);
    EXPECT_EQ(headOf({"HTTP/1.1 429 X", "Retry-After: 12", ""}).retryAfterSeconds(), 12);
    EXPECT_FALSE(headOf({"HTTP/1.1 429 X", "Retry-After: soon", ""}).retryAfterSeconds());
}

TEST(RunningHash, IsSha256AndFastEnoughForADisk) {
    fetch::RunningHash hash;
    const std::string text = "abc";
    hash.add(std::as_bytes(std::span(text)));
    EXPECT_EQ(hash.hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hash.hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        << "asked twice";
    const std::vector<std::byte> bytes(std::size_t{64} << 20);
    const auto start = std::chrono::steady_clock::now();
    hash.startOver();
    hash.add(bytes);
    EXPECT_EQ(hash.hex().size(), 64u);
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    std::printf("SHA-256: %.0f MB/s\n", static_cast<double>(bytes.size()) / 1e6 / time.count());
    // Processors without instructions for it reach 350; the promise is for those with them.
    if (!tests::kIsSanitized && __builtin_cpu_supports("avx2")) {
        EXPECT_GT(static_cast<double>(bytes.size()) / 1e6 / time.count(), 200);
    }
}

} // namespace

} // namespace ponder::app
