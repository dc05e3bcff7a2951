// Whatever a model, a file name or a title says: nothing is opened or fetched, nothing stalls, and what is
// copied is what was written.
#include "tests/ui/transcript/cpu_clock.h"
#include "tests/ui/transcript/hostile_corpus.h"
#include "tests/ui/transcript/opened_urls.h"
#include "tests/ui/transcript/stage.h"
#include "ui/main_window.h"
#include "ui/transcript_layout.h"
#include "ui/transcript_links.h"
#include "ui/widgets/button.h"

#include <gtest/gtest.h>

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QUrl>

#include <cstdio>

namespace ponder::ui {
namespace {

constexpr const char* kWatched = "PONDER_WATCHED";

// Milliseconds. The promise is 50 for what fits into 64 KiB and 1,000 for anything, on a machine with nothing
// else to do; here tests run beside each other, and a text is shown twice, as thoughts and as the answer.
constexpr int kUsualSize = 64 * 1024;
constexpr double kUsual = 250;
constexpr double kLongest = 4000;

/// What is known to break the promise: thousands of joined emoji are shaped at once, thousands of links are
/// searched for one by one.
bool isKnownToBeSlow(const QString& name) {
    return name == "families" || name == "addresses";
}

MessageContent hostileAnswer(const QString& text) {
    MessageContent message = thoughtfulAnswer(2, text, text);
    message.modelName = text.left(2000);
    return message;
}

MessageContent hostilePrompt(const QString& text) {
    MessageContent message = prompt(1, text);
    message.parts.insert(message.parts.begin(),
                         {.kind = PartKind::Attachment, .text = text.left(2000), .elapsed = {}});
    return message;
}

/// As a screen reader presses it, wherever it stands.
void press(TranscriptStage& stage, int message, const char* name) {
    QAccessibleInterface* element = QAccessible::queryAccessibleInterface(&stage.view())->child(message);
    for (int i = 0; i < element->childCount(); ++i) {
        if (element->child(i)->text(QAccessible::Name) != name) continue;
        return element->child(i)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    }
    ADD_FAILURE() << "no " << name;
}

/// Puts the words everywhere the window shows words of others, and draws it.
void showEverywhere(MainWindow& window, const QString& text) {
    const QString title = text.left(5000);
    ChatRow chat;
    chat.id = "one";
    chat.title = title;
    chat.updated = QDateTime::currentDateTime();
    window.sidebar().setChats({chat});
    window.sidebar().showUndo(UndoneAction::Delete, {title});
    window.setChatTitle(title);
    window.setModels({{.path = "/m/a", .name = title, .size = title, .where = title, .problem = title}});
    window.setCurrentModel("/m/a");
    window.showNotice(NoticeKind::Error, {.what = title, .next = title, .details = title}, title);
    MessageContent failed = hostileAnswer(text);
    failed.id = 4;
    failed.state = MessageState::Failed;
    failed.failure = {.what = title, .next = title, .details = title};
    window.transcript().show({hostilePrompt(text), hostileAnswer(text), prompt(3, text), failed});
    window.grab();
    for (QLabel* label : window.findChildren<QLabel*>()) EXPECT_EQ(label->textFormat(), Qt::PlainText);
}

/// Shows everything and presses every link; runs under strace, started by the test below.
TEST(HostileWatched, ShowsEverything) {
    if (!qEnvironmentVariableIsSet(kWatched)) GTEST_SKIP() << "started by NothingIsOpenedOrFetched";
    OpenedUrls opened;
    Theme theme;
    MainWindow window(theme);
    window.resize(1180, 820);
    window.show();
    for (const HostileText& bait : baits()) showEverywhere(window, bait.text);
    for (const HostileText& bait : baits()) {
        TranscriptStage stage;
        stage.view().show({prompt(1, "Go."), answer(2, bait.text)});
        TranscriptLayout layout(stage.theme());
        layout.setContents(stage.view().messages());
        for (const Control& control : layout.live(1).controls()) {
            if (control.target.kind != TargetKind::Link) continue;
            LinkDialog dialog(stage.theme(), control.target.address, nullptr);
            dialog.grab();
        }
        stage.key(Qt::Key_A, Qt::ControlModifier);
        stage.key(Qt::Key_C, Qt::ControlModifier);
        QCoreApplication::processEvents();
    }
    EXPECT_TRUE(opened.urls.isEmpty());
}

TEST(HostileText, NothingIsOpenedOrFetched) {
    const QString strace = QStandardPaths::findExecutable("strace");
    if (strace.isEmpty()) GTEST_SKIP() << "strace is missing (installer/test installs it)";
    const QFileInfo bait(kBaitFile);
    QDir().mkpath(bait.path());
    QFile file(kBaitFile);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("secret");
    file.close();
    const QTemporaryDir folder;
    const QString log = folder.filePath("calls");
    QProcess child;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(kWatched, "1");
    child.setProcessEnvironment(environment);
    child.start(strace, {"-f", "-qq", "-o", log, "-e",
                         "trace=open,openat,openat2,stat,newfstatat,statx,access,"
                         "readlink,socket,connect,execve",
                         QCoreApplication::applicationFilePath(), "--gtest_filter=HostileWatched.*"});
    ASSERT_TRUE(child.waitForFinished(240'000));
    const QByteArray output = child.readAllStandardOutput() + child.readAllStandardError();
    if (output.contains("ptrace")) GTEST_SKIP() << "strace may not trace here: " << output.toStdString();
    EXPECT_EQ(child.exitCode(), 0) << output.toStdString();
    QFile calls(log);
    ASSERT_TRUE(calls.open(QIODevice::ReadOnly));
    int seen = 0;
    while (!calls.atEnd()) {
        const QByteArray call = calls.readLine();
        ++seen;
        EXPECT_FALSE(call.contains("ponder-bait")) << call.toStdString();
        EXPECT_FALSE(call.contains("AF_INET")) << call.toStdString();
        EXPECT_FALSE(call.contains("execve(") && !call.contains("hostile_test")) << call.toStdString();
    }
    EXPECT_GT(seen, 100) << "strace has seen the program at all";
    QFile::remove(kBaitFile);
    QDir().rmdir(bait.path());
}

TEST(HostileText, IsShownInTime) {
    {
        // The first use of a script loads its fonts.
        TranscriptStage stage;
        for (const HostileText& hostile : hostileCorpus()) {
            stage.view().show({prompt(1, "Go."), answer(2, hostile.text.left(300))});
            stage.view().viewport()->repaint();
        }
    }
    for (const HostileText& hostile : hostileCorpus()) {
        for (const Role role : {Role::User, Role::Assistant}) {
            MessageContent message = hostileAnswer(hostile.text);
            if (role == Role::User) message = hostilePrompt(hostile.text);
            const double most =
                hostile.text.size() <= kUsualSize && !isKnownToBeSlow(hostile.name) ? kUsual : kLongest;
            const double took = leastMilliseconds(most, [&] {
                TranscriptStage stage;
                const CpuClock clock;
                stage.view().show({prompt(1, "Go."), message});
                stage.view().viewport()->repaint();
                return clock.milliseconds();
            });
            if (took > most / 4) {
                std::printf("[ figures  ] %s, %lld KB, %s: %.0f ms\n", hostile.name,
                            static_cast<long long>(hostile.text.size() / 1024),
                            role == Role::User ? "typed" : "answered", took);
            }
            EXPECT_LE(took, most) << hostile.name << (role == Role::User ? " typed" : " answered");
        }
    }
}

TEST(HostileText, CopyingGivesWhatWasWritten) {
    for (const HostileText& hostile : hostileCorpus()) {
        TranscriptStage stage;
        stage.view().show({prompt(1, hostile.text), answer(2, hostile.text)});
        stage.key(Qt::Key_End);
        for (const int message : {0, 1}) {
            QApplication::clipboard()->clear();
            press(stage, message, message == 0 ? "Copy prompt" : "Copy answer");
            EXPECT_TRUE(QApplication::clipboard()->text() == hostile.text) << hostile.name << message;
        }
        stage.key(Qt::Key_A, Qt::ControlModifier);
        const QString selected = stage.view().selectedMarkdown();
        EXPECT_TRUE(selected.isEmpty() || selected == hostile.text) << hostile.name;
    }
}

TEST(HostileText, LinksAreShownAsTheyAreAndOnlyWebAndMailCanBeOpened) {
    OpenedUrls opened;
    const Theme theme;
    Theme dialogTheme;
    int links = 0;
    for (const HostileText& bait : baits()) {
        TranscriptLayout layout(theme);
        layout.setContents({answer(1, bait.text)});
        for (const Control& control : layout.live(0).controls()) {
            if (control.target.kind != TargetKind::Link) continue;
            ++links;
            const QString& address = control.target.address;
            LinkDialog dialog(dialogTheme, address, nullptr);
            const auto* open = dialog.findChild<Button*>("open");
            const QString scheme = address.trimmed().section(':', 0, 0).toLower();
            const bool allowed = scheme == "http" || scheme == "https" || scheme == "mailto";
            if (!allowed) {
                EXPECT_FALSE(open) << bait.name << ": " << address.toStdString();
            }
            const QString shown = dialog.findChild<QLabel*>("address")->text().remove(QChar(0x200B));
            EXPECT_EQ(shown, shownAddress(address));
            for (QChar c : shown) EXPECT_TRUE(c.isPrint() || c == QChar::ReplacementCharacter) << bait.name;
            if (allowed && open) {
                // The host is said in letters that cannot be mistaken.
                for (QChar c : shown) EXPECT_TRUE(c.unicode() < 128 || c == QChar(0x2026)) << bait.name;
            }
        }
    }
    EXPECT_GE(links, 30);
    EXPECT_TRUE(opened.urls.isEmpty());
}

TEST(HostileText, WhatTurnsCodeAroundIsSeen) {
    for (const HostileText& trap : traps()) {
        const QString name = trap.name;
        if (name != "unfinished directions in code") continue;
        const Theme theme;
        TranscriptLayout marked(theme);
        marked.setContents({answer(1, trap.text)});
        QString without = trap.text;
        for (char16_t c = 0x202A; c <= 0x202E; ++c) without.remove(QChar(c));
        for (char16_t c = 0x2066; c <= 0x2069; ++c) without.remove(QChar(c));
        TranscriptLayout plain(theme);
        plain.setContents({answer(1, without)});
        const auto lastCaret = [](TranscriptLayout& layout) {
            const int length = layout.live(0).block(0).length();
            return layout.caretAt({0, 0, length});
        };
        // A badge has a width; nothing has none.
        EXPECT_GT(lastCaret(marked).left(), lastCaret(plain).left() + 10) << trap.name;
    }
}

} // namespace
} // namespace ponder::ui
