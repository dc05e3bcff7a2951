// What a screen reader finds in the transcript, and what it is told.
#include "tests/ui/transcript/cpu_clock.h"
#include "tests/ui/transcript/stage.h"
#include "ui/accessible/spoken_text.h"
#include "ui/accessible/transcript_voice.h"
#include "ui/transcript_layout.h"
#include "ui/widgets/button.h"

#include <gtest/gtest.h>

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QSignalSpy>

namespace ponder::ui {
namespace {

QAccessibleInterface* listOf(TranscriptStage& stage) {
    return QAccessible::queryAccessibleInterface(&stage.view());
}

QString nameOf(const QAccessibleInterface* element) {
    return element->text(QAccessible::Name);
}

QStringList childNames(const QAccessibleInterface* element) {
    QStringList names;
    for (int i = 0; i < element->childCount(); ++i) names << nameOf(element->child(i));
    return names;
}

QAccessibleInterface* childNamed(const QAccessibleInterface* element, const QString& name) {
    for (int i = 0; i < element->childCount(); ++i) {
        if (nameOf(element->child(i)) == name) return element->child(i);
    }
    ADD_FAILURE() << "no " << name.toStdString() << " among " << childNames(element).join(", ").toStdString();
    return nullptr;
}

QString wholeText(QAccessibleInterface* message) {
    return message->textInterface()->text(0, -1);
}

MessageContent answerBy(const QString& model, const QString& text) {
    MessageContent message = answer(2, text);
    message.modelName = model;
    return message;
}

/// In the place of a screen reader: keeps what it is told.
class HeardEvents {
public:
    struct Heard {
        QAccessible::Event what;
        QString name;
        QString inserted;
    };

    explicit HeardEvents(TranscriptStage& stage) : voice_(stage.view().voice()) {
        voice_.setListener([this](QAccessibleEvent& event) { take(event); });
    }
    ~HeardEvents() { voice_.setListener(nullptr); }
    QStringList alerts() const { return namesOf(QAccessible::Alert); }
    QString inserted() const {
        QString text;
        for (const Heard& each : heard_) text += each.inserted;
        return text;
    }
    QStringList namesOf(QAccessible::Event what) const {
        QStringList names;
        for (const Heard& each : heard_) {
            if (each.what == what) names << each.name;
        }
        return names;
    }

private:
    void take(QAccessibleEvent& event) {
        Heard heard{event.type(), {}, {}};
        if (auto* element = event.accessibleInterface()) heard.name = nameOf(element);
        if (event.type() == QAccessible::TextInserted)
            heard.inserted = static_cast<QAccessibleTextInsertEvent&>(event).textInserted();
        heard_.push_back(heard);
    }

    TranscriptVoice& voice_;
    std::vector<Heard> heard_;
};

TEST(TranscriptHeard, IsAListWithAChildForEachMessage) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "What is **this**?"), answerBy("Starter", "# It is\n\nA **test**.")});
    QAccessibleInterface* list = listOf(stage);
    ASSERT_TRUE(list);
    EXPECT_EQ(list->role(), QAccessible::List);
    EXPECT_EQ(nameOf(list), "Conversation");
    EXPECT_EQ(nameOf(list->child(0)), "You: What is **this**?");
    EXPECT_EQ(nameOf(list->child(1)), "Starter: It is A test.");
    for (int i = 0; i < list->childCount(); ++i) {
        QAccessibleInterface* child = list->child(i);
        ASSERT_TRUE(child);
        EXPECT_EQ(list->indexOfChild(child), i);
        EXPECT_EQ(child->parent(), list) << i;
        EXPECT_EQ(list->child(i), child) << "asked twice, the same";
    }
    EXPECT_EQ(list->child(0)->role(), QAccessible::ListItem);
    EXPECT_EQ(list->child(-1), nullptr);
    EXPECT_EQ(list->child(list->childCount()), nullptr);
}

TEST(TranscriptHeard, AMessageSaysWhatIsDrawn) {
    TranscriptStage stage;
    MessageContent last = thoughtfulAnswer(2, "hidden thoughts",
                                           "Intro\n\n3. three\n4. four\n   - deep\n\n- [x] done\n\n"
                                           "```py\nx = 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |");
    last.branch = 2;
    last.branchCount = 3;
    last.figures.tokensPerSecond = 14.2;
    stage.view().show({prompt(1, "Go."), last});
    EXPECT_EQ(wholeText(listOf(stage)->child(1)).toStdString(),
              ("Intro\n3. three\n4. four\n• deep\nDone: done\nx = 1\na\tb\n1\t2\n"
               "Version 2 of 3\n14.2 tokens/s"));
}

TEST(TranscriptHeard, OpenThoughtsAreTextAndClosedOnesAButton) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Go."), thoughtfulAnswer(2, "a thought", "Answer")});
    QAccessibleInterface* message = listOf(stage)->child(1);
    EXPECT_EQ(wholeText(message), "Answer");
    QAccessibleInterface* header = childNamed(message, "Reasoned for 6 s");
    ASSERT_TRUE(header);
    EXPECT_TRUE(header->state().expandable);
    EXPECT_TRUE(header->state().collapsed);
    HeardEvents heard(stage);
    header->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    EXPECT_TRUE(header->state().expanded);
    EXPECT_FALSE(header->state().collapsed);
    EXPECT_EQ(wholeText(message), "a thought\nAnswer");
    EXPECT_TRUE(heard.namesOf(QAccessible::StateChanged).contains("Reasoned for 6 s"));
}

TEST(TranscriptHeard, ControlsAreButtonsThatCanBePressed) {
    TranscriptStage stage;
    MessageContent last = answer(2, "See [this](https://x.example/page).\n\n```c\nint x;\n```");
    last.branchCount = 2;
    stage.view().show({prompt(1, "Go."), last});
    QAccessibleInterface* message = listOf(stage)->child(1);
    EXPECT_EQ(childNames(message), (QStringList{"this", "Copy code", "Copy answer", "Answer again",
                                                "Edit the answer", "Next version"}));
    QSignalSpy again(&stage.view(), &TranscriptView::regenerateRequested);
    QSignalSpy branch(&stage.view(), &TranscriptView::branchRequested);
    const auto press = [&](const QString& name) {
        childNamed(message, name)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    };
    press("Copy code");
    EXPECT_EQ(QApplication::clipboard()->text(), "int x;");
    press("Answer again");
    press("Next version");
    EXPECT_EQ(again.size(), 1);
    EXPECT_EQ(branch.value(0), (QList<QVariant>{2, 2}));
    QAccessibleInterface* link = childNamed(message, "this");
    EXPECT_EQ(link->role(), QAccessible::Link);
    EXPECT_EQ(link->text(QAccessible::Description), "https://x.example/page");
    for (int i = 0; i < message->childCount(); ++i) {
        QAccessibleInterface* control = message->child(i);
        EXPECT_TRUE(message->rect().adjusted(-16, 0, 16, 0).contains(control->rect()))
            << nameOf(control).toStdString();
        EXPECT_EQ(control->parent(), message);
        EXPECT_EQ(message->indexOfChild(control), i);
        const QPoint middle = control->rect().center();
        EXPECT_EQ(message->childAt(middle.x(), middle.y()), control);
        EXPECT_EQ(listOf(stage)->childAt(middle.x(), middle.y()), message);
    }
}

TEST(TranscriptHeard, TheTextCanBeWalkedThrough) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Go."), answer(2, "Plain **bold** end\n\n1. item")});
    QAccessibleInterface* message = listOf(stage)->child(1);
    QAccessibleTextInterface* text = message->textInterface();
    ASSERT_TRUE(text);
    ASSERT_EQ(text->text(0, -1), "Plain bold end\n1. item");
    EXPECT_EQ(text->characterCount(), 22);
    int from = 0;
    int to = 0;
    EXPECT_EQ(text->attributes(7, &from, &to), "font-weight:bold;");
    EXPECT_EQ(text->text(from, to), "bold");
    EXPECT_EQ(text->attributes(12, &from, &to), "");
    EXPECT_EQ(text->text(from, to), " end");
    EXPECT_EQ(text->textAtOffset(7, QAccessible::WordBoundary, &from, &to), "bold");
    for (int offset : {0, 6, 13, 18, 21}) {
        const QRect box = text->characterRect(offset);
        EXPECT_TRUE(message->rect().contains(box)) << offset;
        EXPECT_GT(box.width(), 0);
        EXPECT_EQ(text->offsetAtPoint(box.topLeft() + QPoint(1, box.height() / 2)), offset) << offset;
    }
    EXPECT_GT(text->characterRect(18).top(), text->characterRect(0).top());
}

TEST(TranscriptHeard, WhatIsSelectedIsSelectedForBoth) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Go."), answer(2, "First **bold** end\n\n- item one")});
    QAccessibleTextInterface* text = listOf(stage)->child(1)->textInterface();
    EXPECT_EQ(text->selectionCount(), 0);
    text->setSelection(0, 6, 19);
    EXPECT_EQ(stage.view().selectedText(), "bold end\n\n- it");
    int from = 0;
    int to = 0;
    ASSERT_EQ(text->selectionCount(), 1);
    text->selection(0, &from, &to);
    EXPECT_EQ(text->text(from, to), "bold end\n• it");
    EXPECT_EQ(text->cursorPosition(), 19);
    stage.drag(stage.placeOf(1, 0, 0), stage.placeOf(1, 0, 5));
    text->selection(0, &from, &to);
    EXPECT_EQ(text->text(from, to), "First");
    text->removeSelection(0);
    EXPECT_EQ(stage.view().selectedText(), "");
}

TEST(TranscriptHeard, SaysWhenItThinksAndWhenItIsFinished) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Go.")});
    HeardEvents heard(stage);
    stage.view().beginAnswer(answer(2, {}));
    EXPECT_TRUE(heard.alerts().isEmpty());
    stage.view().appendAnswer(PartKind::Reasoning, "Hm.");
    stage.waitForFrame();
    stage.view().appendAnswer(PartKind::Reasoning, " Hm again.");
    stage.waitForFrame();
    EXPECT_EQ(heard.alerts(), QStringList{"Thinking"});
    stage.view().appendAnswer(PartKind::Text, "Yes.");
    stage.waitForFrame();
    stage.view().finishAnswer({});
    EXPECT_EQ(heard.alerts(), (QStringList{"Thinking", "Answering", "Answer finished"}));
    EXPECT_EQ(heard.namesOf(QAccessible::NameChanged), heard.alerts());
}

TEST(TranscriptHeard, SaysHowAnAnswerFailed) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Go.")});
    HeardEvents heard(stage);
    stage.view().beginAnswer(answer(2, {}));
    AnswerEnd failed;
    failed.state = MessageState::Failed;
    failed.failure = {"It broke.", "Try again.", {}};
    stage.view().finishAnswer(failed);
    stage.view().beginAnswer(answer(3, {}));
    AnswerEnd stopped;
    stopped.state = MessageState::Stopped;
    stage.view().finishAnswer(stopped);
    EXPECT_EQ(heard.alerts(), (QStringList{"The answer failed. It broke. Try again.", "Answer stopped"}));
}

TEST(TranscriptHeard, WordsThatAreWrittenAreToldSentenceBySentence) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Go.")});
    HeardEvents heard(stage);
    MessageContent begun = answer(2, {});
    begun.modelName = "Starter";
    stage.view().beginAnswer(begun);
    EXPECT_EQ(heard.namesOf(QAccessible::ObjectCreated).size(), 1);
    EXPECT_EQ(wholeText(listOf(stage)->child(1)), "");
    QStringList told;
    for (const char* piece : {"One ", "two. ", "Three", " four", ".\n\nFive", " six"}) {
        stage.view().appendAnswer(PartKind::Text, piece);
        stage.waitForFrame();
        // Whoever looks at the text in between is told no less.
        wholeText(listOf(stage)->child(1));
        told << heard.inserted();
    }
    EXPECT_EQ(told, (QStringList{"", "", "One two. ", "One two. ", "One two. Three four.\n",
                                 "One two. Three four.\n"}));
    EXPECT_EQ(nameOf(listOf(stage)->child(1)), "Starter: One two. Three four. Five six");
    EXPECT_TRUE(listOf(stage)->child(1)->state().busy);
    stage.view().finishAnswer({});
    EXPECT_EQ(heard.inserted(), "One two. Three four.\nFive six");
    EXPECT_FALSE(listOf(stage)->child(1)->state().busy);
}

TEST(TranscriptHeard, TheKeyboardsControlHasTheFocus) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "one"), answer(2, "two")});
    HeardEvents heard(stage);
    stage.key(Qt::Key_Tab);
    EXPECT_EQ(heard.namesOf(QAccessible::Focus), QStringList{"Edit and ask again"});
    QAccessibleInterface* focused = listOf(stage)->focusChild();
    ASSERT_TRUE(focused);
    EXPECT_EQ(nameOf(focused), "Edit and ask again");
    EXPECT_TRUE(focused->state().focused);
    childNamed(listOf(stage)->child(1), "Copy answer")
        ->actionInterface()
        ->doAction(QAccessibleActionInterface::setFocusAction());
    stage.key(Qt::Key_Return);
    EXPECT_EQ(QApplication::clipboard()->text(), "two");
}

TEST(TranscriptHeard, MessagesThatGoTakeTheirElementsAlong) {
    TranscriptStage stage;
    stage.view().show(chatOf(4));
    QAccessibleInterface* list = listOf(stage);
    const QAccessible::Id kept = QAccessible::uniqueId(list->child(1));
    const QAccessible::Id gone = QAccessible::uniqueId(list->child(3));
    const QAccessible::Id button = QAccessible::uniqueId(list->child(3)->child(0));
    stage.view().refresh(chatOf(2));
    EXPECT_TRUE(QAccessible::accessibleInterface(kept));
    EXPECT_FALSE(QAccessible::accessibleInterface(gone));
    EXPECT_FALSE(QAccessible::accessibleInterface(button));
    stage.view().show({prompt(1, "Another chat")});
    EXPECT_FALSE(QAccessible::accessibleInterface(kept));
    EXPECT_EQ(nameOf(list->child(0)), "You: Another chat");
}

TEST(TranscriptHeard, ALongChatCostsNothingUntilItIsAskedFor) {
    TranscriptStage stage;
    stage.view().show(chatOf(2000));
    stage.settle();
    QAccessibleInterface* list = listOf(stage);
    const CpuClock clock;
    EXPECT_GE(list->childCount(), 2000);
    for (int i = 0; i < 2000; ++i) EXPECT_FALSE(nameOf(list->child(i)).isEmpty());
    EXPECT_LT(clock.milliseconds(), 500);
    // The text of one that is far away is laid out for it, and nothing moves by that.
    const int end = stage.scrollTop();
    EXPECT_TRUE(wholeText(list->child(11)).startsWith("Answer number 12."));
    EXPECT_TRUE(list->child(11)->state().offscreen);
    EXPECT_EQ(stage.scrollTop(), stage.scrollEnd());
    EXPECT_NEAR(stage.scrollTop(), end, 600);
    list->child(11)->textInterface()->scrollToSubstring(0, 5);
    EXPECT_FALSE(list->child(11)->state().offscreen);
}

TEST(TranscriptHeard, TheEditorOfAPromptIsReachable) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Old"), answer(2, "Answer")});
    stage.view().editLastPrompt();
    stage.settle();
    QAccessibleInterface* edit = QAccessible::queryAccessibleInterface(QApplication::focusWidget());
    ASSERT_TRUE(edit);
    EXPECT_EQ(nameOf(edit), "Prompt");
    bool found = false;
    for (QAccessibleInterface* each = edit; each; each = each->parent()) {
        if (QAccessibleInterface* parent = each->parent()) {
            EXPECT_GE(parent->indexOfChild(each), 0);
        }
        found = found || each == listOf(stage);
    }
    EXPECT_TRUE(found);
}

TEST(SpokenText, EveryOffsetComesBackToItself) {
    const Theme theme;
    TranscriptLayout layout(theme);
    layout.setContents(
        {answer(1, "One\n\n1. a\n2. b\n   - c\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n- [ ] d")});
    const SpokenText spoken(layout.live(0));
    int known = 0;
    for (int block = 0; block < layout.live(0).blockCount(); ++block) {
        const QString characters = layout.live(0).block(block).text();
        ASSERT_EQ(characters.size(), layout.live(0).block(block).length());
        for (int i = 0; i < characters.size(); ++i) {
            const int offset = spoken.offsetOf({block, i});
            EXPECT_EQ(spoken.text()[offset], characters[i]) << i;
            EXPECT_EQ(spoken.placeOf(offset), (SpokenText::Place{block, i}));
            ++known;
        }
    }
    EXPECT_GT(known, 15);
    for (int offset = 0; offset <= spoken.length(); ++offset) {
        const SpokenText::Place place = spoken.placeOf(offset);
        EXPECT_LE(place.offset, layout.live(0).block(place.block).length());
    }
}

} // namespace
} // namespace ponder::ui
