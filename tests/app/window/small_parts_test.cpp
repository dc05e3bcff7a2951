// The parts between window and store that need no window.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "app/chat_list.h"
#include "app/engine_client.h"
#include "app/quit_signals.h"
#include "app/settings_keeper.h"
#include "app/shown_message.h"
#include "app/single_window.h"
#include "app/store_thread.h"
#include "tests/app/sample_chats.h"
#include "tests/app/window/wait.h"
#include "tests/support/fake_engine.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

ChatHeader headerOf(const std::string& id, const std::string& title) {
    ChatHeader header;
    header.id = id;
    header.title = title;
    header.updatedMs = 1000;
    return header;
}

TEST(ChatList, ReplacesAChatAndMarksTheOnesBeingAnswered) {
    ChatList list;
    list.reset({headerOf("a", "A"), headerOf("b", "B")});
    list.put(headerOf("a", "A, renamed"));
    const auto rows = list.rows({"b"}, 0);
    ASSERT_THAT(rows, SizeIs(2));
    EXPECT_EQ(rows[0].title, "A, renamed");
    EXPECT_FALSE(rows[0].generating);
    EXPECT_EQ(rows[1].title, "B");
    EXPECT_TRUE(rows[1].generating);
    list.remove("a");
    EXPECT_EQ(list.find("a"), nullptr);
}

TEST(ChatList, KnowsBetterThanAnAnswerWhereItsChatIsKept) {
    ChatList list;
    ChatHeader kept = headerOf("a", "A");
    kept.folder = "Work";
    kept.archivedMs = 7;
    list.reset({kept});
    list.put(headerOf("a", "A, answered"));
    EXPECT_EQ(list.find("a")->title, "A, answered");
    EXPECT_EQ(list.find("a")->folder, "Work");
    EXPECT_EQ(list.rows({}, 0)[0].place, ui::ChatPlace::Archive);
}

TEST(ShownMessage, CarriesPartsBranchesAndFigures) {
    Conversation chat = chatOf("A", {"prompt", "first"});
    Turn& second = chat.add(1, engine::Role::Assistant, {reasoningPart("hm"), textPart("second")});
    second.parts[0].startedMs = 1000;
    second.parts[0].endedMs = 3500;
    second.answer.modelName = "Small";
    second.answer.answerTokens = 30;
    second.answer.answerSeconds = 2;
    second.answer.promptSeconds = 0.5;
    const auto shown = shownMessages(chat);
    ASSERT_THAT(shown, SizeIs(2));
    EXPECT_EQ(shown[0].role, ui::Role::User);
    EXPECT_EQ(shown[0].branchCount, 1);
    EXPECT_EQ(shown[1].id, 3);
    EXPECT_EQ(shown[1].branch, 2);
    EXPECT_EQ(shown[1].branchCount, 2);
    EXPECT_EQ(shown[1].parts[0].kind, ui::PartKind::Reasoning);
    EXPECT_EQ(shown[1].parts[0].elapsed, 2500ms);
    EXPECT_EQ(shown[1].modelName, "Small");
    EXPECT_EQ(shown[1].figures.tokensPerSecond, 15);
    EXPECT_EQ(shown[1].figures.secondsToFirstToken, 0.5);
    EXPECT_EQ(shownMessage(chat, chat.turn(3)), shown[1]);
}

TEST(ShownMessage, EveryStateHasItsOwn) {
    Conversation chat = chatOf("A", {"prompt", "answer"});
    const std::pair<TurnState, ui::MessageState> states[] = {
        {TurnState::Complete, ui::MessageState::Done},
        {TurnState::Streaming, ui::MessageState::Streaming},
        {TurnState::Stopped, ui::MessageState::Stopped},
        {TurnState::Interrupted, ui::MessageState::Interrupted},
        {TurnState::Failed, ui::MessageState::Failed}};
    for (const auto& [state, shown] : states) {
        chat.turn(2).state = state;
        EXPECT_EQ(shownMessages(chat)[1].state, shown);
        EXPECT_EQ(shownEnd(chat.turn(2)).state, shown);
    }
}

TEST(ShownMessage, AFailureIsWhatHappenedAndWhatToDo) {
    const ui::Failure failure = shownFailure("The disk is full. Free some space. Then try again.");
    EXPECT_EQ(failure.what, "The disk is full.");
    EXPECT_EQ(failure.next, "Free some space. Then try again.");
    EXPECT_EQ(shownFailure("It failed.").next, "");
}

TEST(SettingsKeeper, WritesAMomentAfterAChange) {
    const tests::TempDir folder;
    const auto file = folder / "settings.json";
    SettingsKeeper keeper(file);
    keeper.change([](Settings& settings) { settings.fontPixels = 18; });
    keeper.change([](Settings& settings) { settings.fontPixels = 20; });
    EXPECT_EQ(keeper.settings().fontPixels, 20);
    EXPECT_TRUE(comesTrue([&] { return loadSettings(file).settings.fontPixels == 20; }));
}

TEST(SettingsKeeper, WritesWhatIsLeftWhenItEnds) {
    const tests::TempDir folder;
    {
        SettingsKeeper keeper(folder / "settings.json");
        keeper.change([](Settings& settings) { settings.threads = 3; });
    }
    EXPECT_EQ(loadSettings(folder / "settings.json").settings.threads, 3);
}

TEST(SettingsKeeper, WithoutAChangeWritesNothing) {
    const tests::TempDir folder;
    {
        SettingsKeeper keeper(folder / "settings.json");
        keeper.change([](Settings&) {});
    }
    EXPECT_FALSE(std::filesystem::exists(folder / "settings.json"));
}

TEST(SettingsKeeper, TellsWhenTheFileCannotBeWritten) {
    const tests::TempDir folder;
    folder.write("settings.json", "not json");
    SettingsKeeper keeper(folder / "settings.json");
    EXPECT_THAT(keeper.notices(), SizeIs(1));
    QString told;
    QObject::connect(&keeper, &SettingsKeeper::failed, [&](const QString& message) { told = message; });
    keeper.change([](Settings& settings) { settings.threads = 3; });
    EXPECT_TRUE(comesTrue([&] { return told.contains("not overwritten"); }));
    EXPECT_EQ(tests::contentOf(folder / "settings.json"), "not json");
}

TEST(StoreThread, BringsResultsToTheWindowsThread) {
    const tests::TempDir folder;
    StoreThread store((folder / "deep/chats.db").string());
    QObject receiver;
    const Conversation chat = chatOf("A", {"x"});
    store.run([chat](ChatStore& chats) { chats.save(wholeChat(chat)); });
    std::thread::id job;
    std::thread::id answer;
    std::vector<ChatHeader> found;
    store.ask<std::vector<ChatHeader>>(
        &receiver,
        [&](ChatStore& chats) {
            job = std::this_thread::get_id();
            return chats.chats();
        },
        [&](std::vector<ChatHeader> headers) {
            answer = std::this_thread::get_id();
            found = std::move(headers);
        });
    ASSERT_TRUE(comesTrue([&] { return !found.empty(); }));
    EXPECT_EQ(found[0].title, "A");
    EXPECT_EQ(answer, std::this_thread::get_id());
    EXPECT_NE(job, answer);
}

TEST(StoreThread, FinishesWhatIsQueuedWhenItEnds) {
    const tests::TempDir folder;
    const std::string path = (folder / "chats.db").string();
    {
        StoreThread store(path);
        for (int i = 0; i < 20; ++i)
            store.run([chat = chatOf("A", {"x"})](ChatStore& chats) { chats.save(wholeChat(chat)); });
    }
    EXPECT_THAT(ChatStore(path).chats(), SizeIs(20));
}

TEST(StoreThread, SaysWhatFailedAndGoesOn) {
    const tests::TempDir folder;
    folder.write("file", "x");
    StoreThread store((folder / "file/chats.db").string());
    QObject receiver;
    QString told;
    bool otherwise = false;
    QObject::connect(&store, &StoreThread::failed, [&](const QString& message) { told = message; });
    store.run(
        &receiver, [](ChatStore&) {}, [] { FAIL() << "there is no store"; }, [&] { otherwise = true; });
    ASSERT_TRUE(comesTrue([&] { return otherwise; }));
    EXPECT_FALSE(told.isEmpty());
    std::filesystem::remove(folder / "file");
    bool works = false;
    store.run(
        &receiver, [](ChatStore&) {}, [&] { works = true; });
    EXPECT_TRUE(comesTrue([&] { return works; })) << "the file is tried again with the next job";
}

TEST(StoreThread, AReceiverThatIsGoneIsNotCalled) {
    const tests::TempDir folder;
    StoreThread store((folder / "chats.db").string());
    bool called = false;
    {
        QObject receiver;
        store.run(
            &receiver, [](ChatStore&) {}, [&] { called = true; });
    }
    QObject other;
    bool later = false;
    store.run(
        &other, [](ChatStore&) {}, [&] { later = true; });
    ASSERT_TRUE(comesTrue([&] { return later; }));
    EXPECT_FALSE(called);
}

class Client : public testing::Test {
protected:
    static engine::EngineOptions model() {
        engine::EngineOptions options;
        options.modelPath = "/a.gguf";
        return options;
    }
    static engine::ChatRequest says(const std::string& text) {
        engine::ChatRequest request;
        request.messages.push_back({engine::Role::User, text, {}});
        return request;
    }
    std::shared_ptr<tests::FakeScript> script_ = std::make_shared<tests::FakeScript>();
    EngineClient client_{[script = script_](const engine::EngineOptions& options) {
        return std::make_unique<tests::FakeEngine>(script, options);
    }};
};

TEST_F(Client, HandsEachRequestItsOwnEvents) {
    std::string first;
    std::string second;
    int done = 0;
    const auto into = [&](std::string& text) {
        return [&](const EngineEvent& event) {
            if (const auto* piece = std::get_if<engine::AnswerPiece>(&event)) text += piece->text;
            if (std::holds_alternative<RequestDone>(event)) ++done;
        };
    };
    client_.answer(model(), says("one"), PromptRoom::Checked, into(first));
    client_.answer(model(), says("two"), PromptRoom::Checked, into(second));
    EXPECT_TRUE(client_.busy());
    ASSERT_TRUE(comesTrue([&] { return done == 2; }));
    EXPECT_EQ(first, "one");
    EXPECT_EQ(second, "two");
    EXPECT_FALSE(client_.busy());
}

TEST_F(Client, AHandlerMayAskAgain) {
    bool again = false;
    client_.load(model(), [&](const EngineEvent& event) {
        if (!std::holds_alternative<RequestDone>(event)) return;
        client_.answer(model(), says("x"), PromptRoom::Checked, [&](const EngineEvent& inner) {
            again = again || std::holds_alternative<RequestDone>(inner);
        });
    });
    EXPECT_TRUE(comesTrue([&] { return again; }));
}

TEST_F(Client, IsSilentWhileNothingIsUnderWay) {
    int frames = 0;
    QObject::connect(&client_, &EngineClient::frameEnded, [&] { ++frames; });
    QTest::qWait(150);
    EXPECT_EQ(frames, 0);
}

TEST(SingleWindow, TheSecondHandsItsModelToTheFirst) {
    const tests::TempDir folder;
    const Paths paths = Paths::find(folder.path().string());
    SingleWindow first(paths);
    EXPECT_EQ(first.claim(""), WindowClaim::First);
    std::vector<QString> asked;
    QObject::connect(&first, &SingleWindow::asked, [&](const QString& model) { asked.push_back(model); });
    EXPECT_EQ(SingleWindow(paths).claim("/models/a.gguf"), WindowClaim::HandedOver);
    EXPECT_EQ(SingleWindow(paths).claim(""), WindowClaim::HandedOver);
    ASSERT_TRUE(comesTrue([&] { return asked.size() == 2; }));
    EXPECT_THAT(asked, ElementsAre(QString("/models/a.gguf"), QString()));
}

TEST(SingleWindow, ClosedItLeavesThePlaceToTheNext) {
    const tests::TempDir folder;
    const Paths paths = Paths::find(folder.path().string());
    { EXPECT_EQ(SingleWindow(paths).claim(""), WindowClaim::First); }
    SingleWindow next(paths);
    EXPECT_EQ(next.claim(""), WindowClaim::First);
}

TEST(SingleWindow, AnotherDataFolderHasAWindowOfItsOwn) {
    const tests::TempDir one;
    const tests::TempDir two;
    SingleWindow first(Paths::find(one.path().string()));
    SingleWindow second(Paths::find(two.path().string()));
    EXPECT_EQ(first.claim(""), WindowClaim::First);
    EXPECT_EQ(second.claim(""), WindowClaim::First);
}

TEST(SingleWindow, ALongPathIsNoObstacle) {
    const tests::TempDir folder;
    const Paths paths =
        Paths::find((folder / (std::string(150, 'd') + "/" + std::string(100, 'e'))).string());
    SingleWindow first(paths);
    EXPECT_EQ(first.claim(""), WindowClaim::First);
    EXPECT_EQ(SingleWindow(paths).claim(""), WindowClaim::HandedOver);
}

TEST(SingleWindow, WhereNothingCanBeWrittenThereIsNothingToGuard) {
    const tests::TempDir folder;
    folder.write("file", "x");
    SingleWindow window(Paths::find((folder / "file/below").string()));
    EXPECT_EQ(window.claim(""), WindowClaim::First);
}

TEST(QuitSignals, ArriveInTheWindowsThread) {
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
        const QuitSignals signals_;
        bool asked = false;
        QObject::connect(&signals_, &QuitSignals::quitAsked, [&] { asked = true; });
        std::raise(signal);
        EXPECT_TRUE(comesTrue([&] { return asked; })) << signal;
    }
}

} // namespace

} // namespace ponder::app
