#include "ui/composer.h"

#include "tests/ui/window/parts.h"
#include "ui/widgets/label.h"
#include "ui/widgets/prompt_edit.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QSignalSpy>
#include <QToolTip>

namespace ponder::ui {
namespace {

struct ComposerOnScreen {
    ComposerOnScreen() {
        composer.resize(800, 260);
        open(composer);
        composer.focusText();
    }
    PromptEdit& text() { return *composer.findChild<PromptEdit*>(); }
    Button& sendButton() { return *composer.findChildren<Button*>().last(); }
    QString status() const {
        return composer.findChild<Label*>(QString(), Qt::FindDirectChildrenOnly)->text();
    }
    void type(const QString& words) { QTest::keyClicks(&text(), words); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(&text(), key, modifiers);
    }

    Theme theme;
    Composer composer{theme};
    QSignalSpy submitted{&composer, &Composer::submitted};
    QSignalSpy stops{&composer, &Composer::stopRequested};
    QSignalSpy drafts{&composer, &Composer::draftChanged};
};

TEST(Composer, EnterSendsWhatIsWrittenAndClearsIt) {
    ComposerOnScreen screen;
    screen.type("What is 2 + 3?");
    screen.press(Qt::Key_Return);
    ASSERT_EQ(screen.submitted.size(), 1);
    EXPECT_EQ(screen.submitted[0][0].toString(), "What is 2 + 3?");
    EXPECT_EQ(screen.composer.draft(), "");
}

TEST(Composer, TheEnterOfTheKeypadSendsToo) {
    ComposerOnScreen screen;
    screen.type("7");
    screen.press(Qt::Key_Enter, Qt::KeypadModifier);
    EXPECT_EQ(screen.submitted.size(), 1);
}

TEST(Composer, ShiftEnterBreaksTheLine) {
    ComposerOnScreen screen;
    screen.type("one");
    screen.press(Qt::Key_Return, Qt::ShiftModifier);
    screen.type("two");
    EXPECT_TRUE(screen.submitted.isEmpty());
    screen.press(Qt::Key_Return);
    ASSERT_EQ(screen.submitted.size(), 1);
    EXPECT_EQ(screen.submitted[0][0].toString(), "one\ntwo");
}

TEST(Composer, WithTheOptionOnlyControlEnterSends) {
    ComposerOnScreen screen;
    screen.composer.setSendKey(SendKey::ControlEnter);
    screen.type("one");
    screen.press(Qt::Key_Return);
    EXPECT_TRUE(screen.submitted.isEmpty());
    EXPECT_EQ(screen.sendButton().toolTip(), "Send (Ctrl+Enter)");
    screen.type("two");
    screen.press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_EQ(screen.submitted.size(), 1);
    EXPECT_EQ(screen.submitted[0][0].toString(), "one\ntwo");
}

TEST(Composer, EnterBelongsToAnInputMethodThatIsAtAWord) {
    ComposerOnScreen screen;
    QInputMethodEvent atWord("ni", {});
    QApplication::sendEvent(&screen.text(), &atWord);
    screen.press(Qt::Key_Return);
    EXPECT_TRUE(screen.submitted.isEmpty());

    QInputMethodEvent done;
    done.setCommitString("你");
    QApplication::sendEvent(&screen.text(), &done);
    EXPECT_EQ(screen.composer.draft(), "你");
    screen.press(Qt::Key_Return);
    ASSERT_EQ(screen.submitted.size(), 1);
    EXPECT_EQ(screen.submitted[0][0].toString(), "你");
}

TEST(Composer, BlankTextIsNotSent) {
    ComposerOnScreen screen;
    screen.type("   ");
    screen.press(Qt::Key_Return);
    EXPECT_TRUE(screen.submitted.isEmpty());
    EXPECT_FALSE(screen.sendButton().isEnabled());
}

TEST(Composer, GrowsFromOneLineToEight) {
    ComposerOnScreen screen;
    const int line = screen.theme.lineHeight(TextStyle::Body);
    EXPECT_EQ(screen.text().height(), line);
    for (int lines = 2; lines <= 12; ++lines) {
        screen.press(Qt::Key_Return, Qt::ShiftModifier);
        QApplication::processEvents();
        EXPECT_EQ(screen.text().height(), std::min(lines, 8) * line) << lines << " lines";
    }
    screen.composer.setDraft("short");
    QApplication::processEvents();
    EXPECT_EQ(screen.text().height(), line);
}

TEST(Composer, GrowsWithLargerText) {
    ComposerOnScreen screen;
    const int before = screen.text().height();
    screen.theme.setTextSize(Theme::kLargestText);
    QApplication::processEvents();
    EXPECT_EQ(screen.text().height(), screen.theme.lineHeight(TextStyle::Body));
    EXPECT_GT(screen.text().height(), before);
}

TEST(Composer, StopsInPlaceOfSendingWhileAnAnswerIsWritten) {
    ComposerOnScreen screen;
    screen.type("next question");
    screen.composer.setActivity(ComposerActivity::Answering);
    EXPECT_EQ(spokenName(screen.sendButton()), "Stop");
    EXPECT_FALSE(screen.composer.canSend());
    QTest::mouseClick(&screen.sendButton(), Qt::LeftButton);
    EXPECT_EQ(screen.stops.size(), 1);
    screen.press(Qt::Key_Return);
    ASSERT_EQ(screen.submitted.size(), 1) << "to be queued";
    EXPECT_EQ(screen.submitted[0][0].toString(), "next question");

    screen.composer.setActivity(ComposerActivity::Idle);
    EXPECT_EQ(spokenName(screen.sendButton()), "Send");
    QTest::mouseClick(&screen.sendButton(), Qt::LeftButton);
    EXPECT_EQ(screen.submitted.size(), 1);
}

TEST(Composer, SaysWhyNothingCanBeSent) {
    ComposerOnScreen screen;
    screen.composer.setSendBlocked("Choose a model first.");
    screen.type("hello");
    EXPECT_FALSE(screen.sendButton().isEnabled());
    EXPECT_EQ(screen.sendButton().toolTip(), "Choose a model first.");
    EXPECT_EQ(screen.sendButton().accessibleDescription(), "Choose a model first.");
    EXPECT_EQ(screen.status(), "Choose a model first.");
    screen.press(Qt::Key_Return);
    EXPECT_TRUE(screen.submitted.isEmpty());
    EXPECT_EQ(screen.composer.draft(), "hello");
    EXPECT_EQ(QToolTip::text(), "Choose a model first.");

    screen.composer.setSendBlocked({});
    screen.press(Qt::Key_Return);
    EXPECT_EQ(screen.submitted.size(), 1);
    QToolTip::hideText();
}

TEST(Composer, UpInAnEmptyTextAsksForTheLastPrompt) {
    ComposerOnScreen screen;
    QSignalSpy edits(&screen.composer, &Composer::editLastRequested);
    screen.press(Qt::Key_Up);
    EXPECT_EQ(edits.size(), 1);
    screen.type("words");
    screen.press(Qt::Key_Up);
    EXPECT_EQ(edits.size(), 1) << "in a text the key moves the cursor";
}

TEST(Composer, TellsOfWhatIsTypedAndNotOfWhatIsPut) {
    ComposerOnScreen screen;
    screen.composer.setDraft("kept from yesterday");
    EXPECT_TRUE(screen.drafts.isEmpty());
    EXPECT_TRUE(screen.sendButton().isEnabled());
    screen.type("!");
    ASSERT_EQ(screen.drafts.size(), 1);
    EXPECT_EQ(screen.drafts[0][0].toString(), "kept from yesterday!");
}

TEST(Composer, PastesWordsWithoutTheirLooks) {
    ComposerOnScreen screen;
    auto* copied = new QMimeData;
    copied->setHtml("<h1>bold</h1>");
    copied->setText("bold");
    QApplication::clipboard()->setMimeData(copied);
    screen.text().paste();
    EXPECT_EQ(screen.composer.draft(), "bold");
    EXPECT_EQ(screen.text().textCursor().charFormat().fontWeight(), QFont::Normal);
    screen.composer.setDraft("<b>typed</b>");
    EXPECT_EQ(screen.composer.draft(), "<b>typed</b>");
}

TEST(Composer, TheLineBelowLeavesOutWhatIsNotKnown) {
    ComposerOnScreen screen;
    EXPECT_EQ(screen.status(), "Runs on this computer.");
    screen.composer.setStatus(
        {.tokensPerSecond = 14.2, .usedTokens = 1204, .contextTokens = 8192, .note = {}});
    EXPECT_EQ(screen.status(), "Runs on this computer. 14.2 tokens/s, 1,204 of 8,192 tokens used");
    screen.composer.setStatus({.tokensPerSecond = 4247.3, .usedTokens = 0, .contextTokens = 0, .note = {}});
    EXPECT_EQ(screen.status(), "Runs on this computer. 4,247 tokens/s");
    screen.composer.setStatus({.tokensPerSecond = 0, .usedTokens = 12, .contextTokens = 4096, .note = {}});
    EXPECT_EQ(screen.status(), "Runs on this computer. 12 of 4,096 tokens used");
    screen.composer.setStatus({.tokensPerSecond = 0, .usedTokens = 12, .contextTokens = 0, .note = {}});
    EXPECT_EQ(screen.status(), "Runs on this computer.");
    screen.composer.setStatus({.note = "Waiting for the answer in another chat."});
    EXPECT_EQ(screen.status(), "Waiting for the answer in another chat.");
}

TEST(Composer, TheReasoningSwitchIsThereForModelsThatReason) {
    ComposerOnScreen screen;
    auto& reasoning = partNamed<Button>(screen.composer, "Reasoning");
    EXPECT_FALSE(reasoning.isVisible());
    screen.composer.setReasoning(ReasoningSwitch::On);
    EXPECT_TRUE(reasoning.isVisible());
    EXPECT_TRUE(reasoning.isChecked());
    QSignalSpy toggles(&screen.composer, &Composer::reasoningToggled);
    QTest::mouseClick(&reasoning, Qt::LeftButton);
    ASSERT_EQ(toggles.size(), 1);
    EXPECT_FALSE(toggles[0][0].toBool());
    screen.composer.setReasoning(ReasoningSwitch::Hidden);
    EXPECT_FALSE(reasoning.isVisible());
}

TEST(Composer, TheChipNamesTheModelLetterForLetter) {
    ComposerOnScreen screen;
    QSignalSpy menus(&screen.composer, &Composer::modelMenuRequested);
    click(screen.composer, "Choose a model");
    EXPECT_EQ(menus.size(), 1);
    screen.composer.setModelName("Q&A 4B");
    auto& chip = partNamed<Button>(screen.composer, "Model: Q&A 4B");
    EXPECT_EQ(chip.text(), "Q&A 4B");
    EXPECT_TRUE(chip.shortcut().isEmpty()) << "the ampersand made Alt+A a shortcut";
}

TEST(Composer, ClickingBesideTheTextGoesToTheText) {
    ComposerOnScreen screen;
    screen.text().clearFocus();
    QTest::mouseClick(&screen.composer, Qt::LeftButton, {}, QPoint(400, screen.composer.height() / 2));
    EXPECT_TRUE(screen.text().hasFocus());
}

} // namespace
} // namespace ponder::ui
