#include "engine/remote/remote_engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <dirent.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/places.h"

namespace ponder::engine {

namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

EngineOptions scripted(const std::string& load) {
    EngineOptions options;
    options.modelPath = load;
    options.contextTokens = 123;
    options.threads = 5;
    options.hostProgram = PONDER_BINARY_DIR "/bin/remote_fake_host";
    return options;
}

ChatRequest says(const std::string& text) {
    ChatRequest request;
    request.messages.push_back({Role::User, text, {}});
    return request;
}

std::string failureOf(const auto& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

std::string failureOfAnswer(Engine& engine, const std::string& script) {
    return failureOf([&] { engine.answer(says(script), {}, {}); });
}

std::string failureOfLoad(const std::string& script) {
    return failureOf([&] { openRemoteEngine(scripted(script)); });
}

pid_t processOf(const Engine& engine) {
    return std::stoi(engine.info().description);
}

int openDescriptors() {
    int count = 0;
    DIR* folder = ::opendir("/proc/self/fd");
    while (::readdir(folder)) ++count;
    ::closedir(folder);
    return count;
}

std::string statusLine(pid_t process, const std::string& name) {
    std::ifstream file("/proc/" + std::to_string(process) + "/" + name);
    std::string line;
    std::getline(file, line);
    return line;
}

} // namespace

TEST(RemoteEngine, LoadsAndTellsWhatTheEngineSaid) {
    std::vector<double> progress;
    EngineOptions options = scripted("anything");
    options.loadProgress = [&](double fraction) { progress.push_back(fraction); };
    const auto engine = openRemoteEngine(options);
    EXPECT_EQ(progress, (std::vector<double>{0, 0.25, 0.5, 0.75, 1}));
    EXPECT_EQ(engine->info().path, "anything");
    EXPECT_EQ(engine->info().name, "Scripted \xEF\xBF\xBD");
    EXPECT_EQ(engine->info().contextTokens, 123);
    EXPECT_EQ(engine->info().expertsUsed, 5);
    EXPECT_THAT(engine->confinement(), HasSubstr("cannot reach the network"));
    EXPECT_TRUE(engine->alive());
}

TEST(RemoteEngine, RelaysPiecesProgressAndSummaryInOrder) {
    const auto engine = openRemoteEngine(scripted("anything"));
    ChatRequest request = says("first \xF0\x9F\xA6\x8A\n\t\x01");
    request.messages.push_back({Role::User, std::string("nul \0 inside", 12), {}});
    request.sampling.seed = 0xFFFF'FFFF'FFFF'FFFFu;
    std::vector<std::string> events;
    const AnswerSink sink{
        .piece =
            [&](const AnswerPiece& piece) {
                events.push_back((piece.kind == PieceKind::Reasoning ? "reasoning " : "text ") +
                                 std::to_string(piece.tokens) + " " + piece.text);
            },
        .promptProgress =
            [&](int done, int total) {
                events.push_back("prompt " + std::to_string(done) + "/" + std::to_string(total));
            },
    };
    for (int turn = 0; turn < 3; ++turn) {
        events.clear();
        const AnswerSummary summary = engine->answer(request, sink, {});
        EXPECT_EQ(events, (std::vector<std::string>{"prompt 1/2", "prompt 2/2",
                                                    "reasoning 3 first \xF0\x9F\xA6\x8A\n\t\x01",
                                                    "text 4 " + request.messages.back().text}));
        EXPECT_EQ(summary.stop, StopReason::StopText);
        EXPECT_EQ(summary.promptTokens, 2);
        EXPECT_EQ(summary.answerTokens, 7);
        EXPECT_EQ(summary.seed, 0xFFFF'FFFF'FFFF'FFFFu);
    }
}

TEST(RemoteEngine, ShowsThePromptAsTheEngineDoes) {
    const auto engine = openRemoteEngine(scripted("anything"));
    const PromptPreview preview = engine->preview(says("hello"), {3, 4});
    ASSERT_EQ(preview.segments.size(), 2u);
    EXPECT_EQ(preview.segments[0].text, "<\xEF\xBF\xBD>");
    EXPECT_EQ(preview.segments[1].text, "hello");
    EXPECT_EQ(preview.totalTokens, 7);
    ASSERT_EQ(preview.tokens.size(), 2u);
    EXPECT_EQ(preview.tokens[0].id, 3);
    EXPECT_EQ(preview.tokens[1].id, 4);
    EXPECT_EQ(engine->answer(says("and now"), {}, {}).answerTokens, 7);
}

TEST(RemoteEngine, APreviewThatFailsCostsNothingElse) {
    const auto engine = openRemoteEngine(scripted("anything"));
    EXPECT_EQ(failureOf([&] { engine->preview(says("error"), {}); }), "The scripted error. Nothing to do.");
    EXPECT_THAT(failureOf([&] { engine->preview(says("too long"), {}); }), HasSubstr("16 MB"));
    EXPECT_TRUE(engine->alive());
    EXPECT_EQ(engine->preview(says("again"), {}).totalTokens, 7);
    EXPECT_THAT(failureOf([&] { engine->preview(says("abort"), {}); }), HasSubstr("crashed"));
    EXPECT_FALSE(engine->alive());
}

ExamineRequest examines(const std::string& text) {
    ExamineRequest request{.chat = says(text), .alternatives = 7};
    request.chat.continued.emplace();
    return request;
}

TEST(RemoteEngine, RelaysWhatAnExaminationFinds) {
    const auto engine = openRemoteEngine(scripted("anything"));
    std::vector<ExaminedToken> tokens;
    std::vector<int> progress;
    const ExamineSink sink{
        .token = [&](const ExaminedToken& token) { tokens.push_back(token); },
        .progress =
            [&](int done, int total) {
                progress = {done, total};
            },
    };
    const ExamineSummary summary = engine->examine(examines("word"), sink, {});
    EXPECT_EQ(summary.tokens, 2);
    EXPECT_EQ(summary.reusedTokens, 9);
    EXPECT_EQ(progress, (std::vector<int>{1, 2}));
    ASSERT_EQ(tokens.size(), 2u);
    EXPECT_EQ(tokens[1].id, 41);
    EXPECT_EQ(tokens[1].text, "word");
    EXPECT_EQ(tokens[1].part, PromptOrigin::Reasoning);
    EXPECT_EQ(tokens[1].alternatives.at(0).id, 7);
    EXPECT_EQ(tokens[1].alternatives.at(0).text, "\xEF\xBF\xBD");
    EXPECT_EQ(engine->answer(says("and now"), {}, {}).answerTokens, 7);
}

TEST(RemoteEngine, AnExaminationStopsAndFailsLikeAnAnswer) {
    const auto engine = openRemoteEngine(scripted("anything"));
    EXPECT_EQ(failureOf([&] { engine->examine(examines("error"), {}, {}); }),
              "The scripted error. Nothing to do.");
    std::stop_source stop;
    const ExamineSink stopping{.token = [&](const ExaminedToken&) { stop.request_stop(); }, .progress = {}};
    EXPECT_EQ(engine->examine(examines("until stopped"), stopping, stop.get_token()).end,
              ExamineEnd::Cancelled);
    const ExamineSink throwing{.token = [](const ExaminedToken&) { throw Error("The sink is full."); },
                               .progress = {}};
    EXPECT_EQ(failureOf([&] { engine->examine(examines("until stopped"), throwing, {}); }),
              "The sink is full.");
    EXPECT_TRUE(engine->alive());
}

TEST(RemoteEngine, SendsAConversationLargerThanTheSocketsBuffer) {
    const auto engine = openRemoteEngine(scripted("anything"));
    ChatRequest request = says(std::string(12 << 20, 'a'));
    request.messages.push_back({Role::User, "end", {}});
    std::size_t received = 0;
    engine->answer(
        request,
        {.piece = [&](const AnswerPiece& piece) { received += piece.text.size(); }, .promptProgress = {}},
        {});
    EXPECT_EQ(received, (12u << 20) + 3);
}

TEST(RemoteEngine, RefusesAConversationThatNoFrameHolds) {
    const auto engine = openRemoteEngine(scripted("anything"));
    EXPECT_THAT(failureOfAnswer(*engine, std::string(17 << 20, 'a')), HasSubstr("Start a new chat"));
    EXPECT_EQ(engine->answer(says("still here"), {}, {}).answerTokens, 7);
}

TEST(RemoteEngine, AnErrorCostsOneAnswer) {
    const auto engine = openRemoteEngine(scripted("anything"));
    EXPECT_EQ(failureOfAnswer(*engine, "error"), "The scripted error. Nothing to do.");
    EXPECT_TRUE(engine->alive());
    EXPECT_EQ(engine->answer(says("again"), {}, {}).answerTokens, 7);
}

TEST(RemoteEngine, ErrorsOfTheLoadArriveVerbatim) {
    EXPECT_EQ(failureOfLoad("load-error"), "The scripted file is damaged. Get another.");
    EXPECT_THAT(failureOfLoad("load-exception"), HasSubstr("scripted mistake"));
    EXPECT_THAT(failureOfLoad("load-crash"), HasSubstr("crashed (SIGABRT)"));
}

TEST(RemoteEngine, AMissingProgramIsAnErrorWithTheNextStep) {
    EngineOptions options = scripted("anything");
    options.hostProgram = "/nonexistent/ponder-engine";
    EXPECT_THAT(failureOf([&] { openRemoteEngine(options); }),
                HasSubstr("could not be started: No such file"));
}

TEST(RemoteEngine, SaysHowTheProcessEnded) {
    const std::vector<std::pair<std::string, std::string>> endings{
        {"segfault", "crashed (SIGSEGV)"}, {"abort", "crashed (SIGABRT)"}, {"kill", "memory ran out"},
        {"bus", "model file could not"},   {"exit", "exit code 7"},        {"exception", "scripted mistake"},
        {"no memory", "Memory ran out"},
    };
    for (const auto& [script, words] : endings) {
        const auto engine = openRemoteEngine(scripted("anything"));
        EXPECT_THAT(failureOfAnswer(*engine, script), HasSubstr(words));
        EXPECT_FALSE(engine->alive()) << script;
        EXPECT_NE(failureOfAnswer(*engine, "after the end"), "no error") << script;
    }
}

TEST(RemoteEngine, KeepsThePiecesThatCameBeforeACrash) {
    const auto engine = openRemoteEngine(scripted("anything"));
    std::string text;
    const AnswerSink sink{.piece = [&](const AnswerPiece& piece) { text += piece.text; },
                          .promptProgress = {}};
    EXPECT_THAT(failureOf([&] { engine->answer(says("crash half-way"), sink, {}); }), HasSubstr("crashed"));
    EXPECT_EQ(text, "half");
}

TEST(RemoteEngine, NoticesTheEndOfAnIdleProcess) {
    const auto engine = openRemoteEngine(scripted("anything"));
    ::kill(processOf(*engine), SIGKILL);
    for (int i = 0; i < 100 && engine->alive(); ++i) std::this_thread::sleep_for(10ms);
    EXPECT_FALSE(engine->alive());
    EXPECT_THAT(failureOfAnswer(*engine, "anyone?"), HasSubstr("memory ran out"));
}

TEST(RemoteEngine, OpensAgainWithinTwoSecondsOfACrash) {
    auto engine = openRemoteEngine(scripted("anything"));
    const auto start = Clock::now();
    EXPECT_THAT(failureOfAnswer(*engine, "segfault"), HasSubstr("crashed"));
    engine = openRemoteEngine(scripted("anything"));
    EXPECT_EQ(engine->answer(says("hello again"), {}, {}).answerTokens, 7);
    EXPECT_LT(Clock::now() - start, 2s);
}

TEST(RemoteEngine, EndsAFrozenProcessAfterFiveSeconds) {
    const auto engine = openRemoteEngine(scripted("anything"));
    const auto start = Clock::now();
    EXPECT_THAT(failureOfAnswer(*engine, "freeze"), HasSubstr("stopped responding"));
    EXPECT_GE(Clock::now() - start, 4s);
    EXPECT_LT(Clock::now() - start, 7s);
    EXPECT_FALSE(engine->alive());
}

TEST(RemoteEngine, EndsAProcessThatFreezesWhileLoading) {
    const auto start = Clock::now();
    EXPECT_THAT(failureOfLoad("load-freeze"), HasSubstr("stopped responding"));
    EXPECT_LT(Clock::now() - start, 12s);
}

TEST(RemoteEngine, StopTakesEffectWithinATenthOfASecond) {
    const auto engine = openRemoteEngine(scripted("anything"));
    std::vector<Clock::duration> delays;
    for (int run = 0; run < 9; ++run) {
        std::stop_source stop;
        Clock::time_point asked;
        std::jthread asker([&] {
            std::this_thread::sleep_for(30ms);
            asked = Clock::now();
            stop.request_stop();
        });
        const AnswerSummary summary = engine->answer(says("until stopped"), {}, stop.get_token());
        asker.join();
        delays.push_back(Clock::now() - asked);
        EXPECT_EQ(summary.stop, StopReason::Cancelled);
    }
    std::ranges::sort(delays);
    EXPECT_LT(delays[delays.size() / 2], 100ms);
    EXPECT_EQ(engine->answer(says("and on"), {}, {}).stop, StopReason::StopText);
}

TEST(RemoteEngine, AStopBeforeTheAnswerStopsItToo) {
    const auto engine = openRemoteEngine(scripted("anything"));
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(engine->answer(says("until stopped"), {}, stop.get_token()).stop, StopReason::Cancelled);
}

TEST(RemoteEngine, EndsAProcessThatIgnoresTheStop) {
    const auto engine = openRemoteEngine(scripted("anything"));
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THAT(failureOf([&] { engine->answer(says("ignore stop"), {}, stop.get_token()); }),
                HasSubstr("did not stop when asked"));
    EXPECT_FALSE(engine->alive());
}

TEST(RemoteEngine, CancellingTheLoadTakesLessThanThreeTenthsOfASecond) {
    std::stop_source stop;
    EngineOptions options = scripted("load-for-ever");
    options.stop = stop.get_token();
    Clock::time_point asked;
    std::jthread asker([&] {
        std::this_thread::sleep_for(100ms);
        asked = Clock::now();
        stop.request_stop();
    });
    EXPECT_THAT(failureOf([&] { openRemoteEngine(options); }), HasSubstr("cancelled"));
    asker.join();
    EXPECT_LT(Clock::now() - asked, 300ms);
}

TEST(RemoteEngine, NonsenseEndsTheProcessAndTheAnswer) {
    for (const char* script : {"raw-garbage", "raw-giant", "raw-empty", "raw-kind", "raw-negative"}) {
        const auto engine = openRemoteEngine(scripted(script));
        EXPECT_THAT(failureOfAnswer(*engine, "hello"), HasSubstr("sent nonsense")) << script;
        EXPECT_FALSE(engine->alive()) << script;
    }
    const auto engine = openRemoteEngine(scripted("raw-cut"));
    EXPECT_THAT(failureOfAnswer(*engine, "hello"), HasSubstr("ended unexpectedly"));
    EXPECT_THAT(failureOfLoad("raw-other-version"), HasSubstr("another version"));
    EXPECT_THAT(failureOfLoad("raw-no-hello"), HasSubstr("another version"));
}

TEST(RemoteEngine, AClosedSocketOfALivingProcessEndsIt) {
    EXPECT_THAT(failureOfLoad("raw-close"), HasSubstr("stopped responding"));
}

TEST(RemoteEngine, ReadsFramesThatArriveByteByByteAndMakesTheirTextValid) {
    const auto engine = openRemoteEngine(scripted("raw-byte-by-byte"));
    std::string text;
    engine->answer(says("hello"),
                   {.piece = [&](const AnswerPiece& piece) { text += piece.text; }, .promptProgress = {}},
                   {});
    EXPECT_EQ(text, "ä\xEF\xBF\xBD");
}

TEST(RemoteEngine, AnEndlessAnswerIsCutOff) {
    const auto engine = openRemoteEngine(scripted("anything"));
    EXPECT_THAT(failureOfAnswer(*engine, "flood"), HasSubstr("endless answer"));
}

TEST(RemoteEngine, AThrowingSinkStopsTheAnswerAndNotTheEngine) {
    const auto engine = openRemoteEngine(scripted("anything"));
    const AnswerSink sink{.piece = [](const AnswerPiece&) { throw std::runtime_error("full"); },
                          .promptProgress = {}};
    EXPECT_THROW(engine->answer(says("until stopped"), sink, {}), std::runtime_error);
    EXPECT_EQ(engine->answer(says("next"), {}, {}).answerTokens, 7);
}

TEST(RemoteEngine, TheProcessIsConfinedBeforeTheEngineRuns) {
    const auto engine = openRemoteEngine(scripted("anything"));
    std::string text;
    engine->answer(says("read others"),
                   {.piece = [&](const AnswerPiece& piece) { text += piece.text; }, .promptProgress = {}},
                   {});
    EXPECT_EQ(text, "refused");
    EXPECT_EQ(statusLine(processOf(*engine), "oom_score_adj"), "800");
    rlimit core{1, 1};
    ::prlimit(processOf(*engine), RLIMIT_CORE, nullptr, &core);
    EXPECT_EQ(core.rlim_max, 0u);
}

TEST(RemoteEngine, TwoHundredEnginesLeaveNoDescriptorAndNoProcessBehind) {
    openRemoteEngine(scripted("anything"));
    const int before = openDescriptors();
    for (int i = 0; i < 200; ++i) openRemoteEngine(scripted(i % 2 == 0 ? "anything" : "raw-garbage"));
    EXPECT_EQ(openDescriptors(), before);
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
    EXPECT_EQ(errno, ECHILD);
}

TEST(RemoteEngine, NeverOutlivesTheProgramThatStartedIt) {
    // Orphans come to us, so that their end can be waited for.
    ASSERT_EQ(::prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    for (const int frozen : {0, 1}) {
        int ends[2];
        ASSERT_EQ(::pipe(ends), 0);
        const pid_t starter = ::fork();
        if (starter == 0) {
            const auto engine = openRemoteEngine(scripted("anything"));
            const pid_t process = processOf(*engine);
            if (frozen) ::kill(process, SIGSTOP);
            if (::write(ends[1], &process, sizeof process) != sizeof process) ::_exit(1);
            for (;;) ::pause();
        }
        pid_t engine = 0;
        ASSERT_EQ(::read(ends[0], &engine, sizeof engine), static_cast<ssize_t>(sizeof engine));
        ::close(ends[0]);
        ::close(ends[1]);
        ::kill(starter, SIGKILL);
        EXPECT_EQ(::waitpid(starter, nullptr, 0), starter);
        pid_t ended = 0;
        for (int i = 0; i < 200 && ended == 0; ++i) {
            std::this_thread::sleep_for(10ms);
            ended = ::waitpid(engine, nullptr, WNOHANG);
        }
        EXPECT_EQ(ended, engine);
    }
    ::prctl(PR_SET_CHILD_SUBREAPER, 0);
}

TEST(RemoteEngine, LivesOnWhenTheThreadThatOpenedItEnds) {
    std::unique_ptr<Engine> engine;
    std::thread([&] { engine = openRemoteEngine(scripted("anything")); }).join();
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(engine->answer(says("still here?"), {}, {}).answerTokens, 7);
}

} // namespace ponder::engine
