#include "ui/finding/find_bar.h"

#include "tests/ui/markdown/markdown_corpus.h"
#include "tests/ui/transcript/cpu_clock.h"
#include "tests/ui/transcript/stage.h"
#include "ui/finding/findable_text.h"
#include "ui/markdown/markdown_parser.h"
#include "ui/transcript_find.h"
#include "ui/transcript_layout.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/search_field.h"

#include <gtest/gtest.h>

namespace ponder::ui {
namespace {

/// A transcript with the bar open over it.
struct FindStage : TranscriptStage {
    FindBar bar{theme(), view()};

    void show(std::vector<MessageContent> messages) {
        view().show(std::move(messages));
        settle();
        bar.open();
        settle();
    }
    SearchField& field() { return *bar.findChild<SearchField*>(); }
    QString countText() { return bar.findChild<Label*>()->text(); }
    void type(const QString& text) {
        QTest::keyClicks(&field(), text);
        finish();
    }
    void finish() {
        EXPECT_TRUE(QTest::qWaitFor([this] { return view().findCount().complete; }));
        settle();
    }
    int current() { return view().findCount().current; }
    int all() { return view().findCount().all; }
    /// Anywhere in the view.
    bool isSeen(const QColor& colour) {
        const QImage picture = view().viewport()->grab().toImage();
        for (int y = 0; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x) {
                if (picture.pixelColor(x, y) == colour) return true;
            }
        }
        return false;
    }
    bool isMarked(const QPoint& at, const QColor& colour) {
        const QImage picture = view().viewport()->grab().toImage();
        for (int dy = -9; dy <= 9; ++dy) {
            if (picture.pixelColor(at + QPoint(3, dy)) == colour) return true;
        }
        return false;
    }
};

MessageContent promptWithFile(int id, const QString& file) {
    MessageContent message = prompt(id, "What is in it?");
    message.parts.insert(message.parts.begin(), {.kind = PartKind::Attachment, .text = file, .elapsed = {}});
    return message;
}

TEST(Find, FindsNamesOfAttachedFiles) {
    FindStage stage;
    std::vector<MessageContent> chat = chatOf(40);
    chat.insert(chat.begin(), promptWithFile(101, "annual_report.pdf"));
    chat.push_back(promptWithFile(102, "Report of the year, " + QString("long ").repeated(40) + ".txt"));
    stage.show(chat);
    stage.type("report");
    EXPECT_EQ(stage.all(), 2);
    EXPECT_EQ(stage.current(), 2) << "it begins where one reads";
    EXPECT_TRUE(stage.isSeen(stage.theme().colours().currentFound)) << "in a name that is cut short";
    QTest::keyClick(&stage.field(), Qt::Key_Return);
    stage.settle();
    EXPECT_EQ(stage.current(), 1);
    EXPECT_EQ(stage.scrollTop(), 0);
    EXPECT_TRUE(stage.isSeen(stage.theme().colours().currentFound));
}

TEST(Find, CountsInAllMessagesAlsoThoseFarAway) {
    FindStage stage;
    stage.show(chatOf(2000));
    stage.type("question number 1999");
    EXPECT_EQ(stage.all(), 1);
    EXPECT_EQ(stage.countText(), "1 of 1");
    EXPECT_TRUE(stage.isSeen(stage.theme().colours().currentFound));
}

TEST(Find, BeginsWhereOneReadsAndGoesAround) {
    FindStage stage;
    stage.show({prompt(1, "apple one"), answer(2, "apple two"), prompt(3, "apple three")});
    stage.type("apple");
    EXPECT_EQ(stage.countText(), "1 of 3");
    QTest::keyClick(&stage.field(), Qt::Key_Return);
    QTest::keyClick(&stage.field(), Qt::Key_Return);
    EXPECT_EQ(stage.countText(), "3 of 3");
    QTest::keyClick(&stage.field(), Qt::Key_Return);
    EXPECT_EQ(stage.countText(), "1 of 3");
    QTest::keyClick(&stage.field(), Qt::Key_Return, Qt::ShiftModifier);
    EXPECT_EQ(stage.countText(), "3 of 3");
}

TEST(Find, CaseMattersOnlyWhenAsked) {
    FindStage stage;
    stage.show({answer(1, "Apple apple APPLE")});
    stage.type("apple");
    EXPECT_EQ(stage.all(), 3);
    stage.bar.findChild<Button*>()->click();
    stage.finish();
    EXPECT_EQ(stage.all(), 1);
}

TEST(Find, AccentsAndWidthsDoNotMatter) {
    FindStage stage;
    stage.show({answer(1, QString::fromUtf8("Crème brûlée, cre\u0300me, Ｃｒｅｍｅ"))});
    stage.type("creme");
    EXPECT_EQ(stage.all(), 3);
}

TEST(Find, ChineseIsFoundInsideASentence) {
    FindStage stage;
    stage.show({answer(1, QString::fromUtf8("今天天气很好，天气预报也好。"))});
    stage.field().setText(QString::fromUtf8("天气"));
    emit stage.field().textEdited(stage.field().text());
    stage.finish();
    EXPECT_EQ(stage.all(), 2);
}

TEST(Find, FindsWhatIsShownNotWhatIsWritten) {
    FindStage stage;
    stage.show({answer(1, "un**believ**able and [words](https://example.org/secret)")});
    stage.type("unbelievable");
    EXPECT_EQ(stage.all(), 1);
    stage.field().clear();
    stage.type("secret");
    EXPECT_EQ(stage.all(), 0);
    EXPECT_EQ(stage.countText(), "Not found");
}

TEST(Find, APlaceInClosedThoughtsOpensThem) {
    FindStage stage;
    stage.show({prompt(1, "Why?"), thoughtfulAnswer(2, "A needle in the thoughts.", "Because.")});
    stage.type("needle");
    EXPECT_EQ(stage.countText(), "1 of 1");
    EXPECT_TRUE(stage.isSeen(stage.theme().colours().currentFound));
}

TEST(Find, APlaceInAShortenedPromptShowsTheRestOfIt) {
    FindStage stage;
    stage.show({prompt(1, QString("line\n").repeated(40) + "needle"), answer(2, "Yes.")});
    stage.type("needle");
    ASSERT_EQ(stage.all(), 1);
    EXPECT_TRUE(stage.isSeen(stage.theme().colours().currentFound));
}

TEST(Find, MarksStandBehindTheTextAndTheCurrentOneIsStronger) {
    FindStage stage;
    stage.show({answer(1, "apple and apple\n\nplain")});
    stage.type("apple");
    const Colours& colours = stage.theme().colours();
    EXPECT_TRUE(stage.isMarked(stage.placeOf(0, 0, 0), colours.currentFound));
    EXPECT_TRUE(stage.isMarked(stage.placeOf(0, 0, 10), colours.found));
    EXPECT_FALSE(stage.isMarked(stage.placeOf(0, 0, 16), colours.found));
}

TEST(Find, MarksStandInCodeAndTables) {
    FindStage stage;
    stage.show({answer(1, "```\nlet apple = 1\n```\n\n|head|two|\n|-|-|\n|pear|apple|\n")});
    stage.type("apple");
    EXPECT_EQ(stage.all(), 2);
    const Colours& colours = stage.theme().colours();
    EXPECT_TRUE(stage.isMarked(stage.placeOf(0, 0, 4), colours.currentFound));
    const int inCell = QString("let apple = 1").size() + 1 + QString("head\ntwo\npear\n").size();
    EXPECT_TRUE(stage.isMarked(stage.placeOf(0, 0, inCell), colours.found));
}

TEST(Find, FollowsAnAnswerThatGrowsWithoutMovingIt) {
    FindStage stage;
    stage.show(chatOf(40));
    stage.view().beginAnswer(answer(41, ""));
    stage.view().appendAnswer(PartKind::Text, "apple pie, ");
    stage.waitForFrame();
    stage.field().clear();
    stage.type("apple");
    EXPECT_EQ(stage.all(), 1);
    const int top = stage.scrollTop();
    stage.view().appendAnswer(PartKind::Text, QString("and apple cake. ").repeated(300));
    QTest::qWait(600);
    EXPECT_EQ(stage.all(), 301);
    EXPECT_EQ(stage.current(), 1);
    EXPECT_EQ(stage.scrollTop(), top);
}

TEST(Find, AnotherChatIsSearchedAnew) {
    FindStage stage;
    stage.show({answer(1, "apple apple")});
    stage.type("apple");
    stage.view().show({answer(1, "apple"), answer(2, "pear")});
    stage.finish();
    EXPECT_EQ(stage.all(), 1);
}

TEST(Find, EscapeClosesTheBarAndGivesTheKeyboardBack) {
    FindStage stage;
    stage.show({answer(1, "apple")});
    EXPECT_TRUE(stage.field().hasFocus());
    stage.type("apple");
    QTest::keyClick(&stage.field(), Qt::Key_Escape);
    EXPECT_FALSE(stage.bar.isVisible());
    EXPECT_TRUE(stage.view().hasFocus());
    EXPECT_EQ(stage.all(), 0);
    EXPECT_FALSE(stage.isMarked(stage.placeOf(0, 0, 0), stage.theme().colours().currentFound));
}

TEST(Find, AnyOfTheWordsOfASearchIsMarked) {
    FindStage stage;
    stage.show({answer(1, "red apples and green pears, appl")});
    stage.bar.openWith({"apples", "appl", "pear"}, 1);
    stage.finish();
    EXPECT_EQ(stage.all(), 3); // the longer of two that begin at the same place
}

TEST(Find, ShowsAMessageAtTheTop) {
    FindStage stage;
    stage.show(chatOf(400));
    int reading = 0;
    QObject::connect(&stage.view(), &TranscriptView::readingPositionChanged,
                     [&](int message) { reading = message; });
    stage.view().showMessage(101);
    EXPECT_TRUE(QTest::qWaitFor([&] { return reading != 0; }));
    EXPECT_TRUE(reading == 100 || reading == 101) << reading; // the distance above it is the other's
    EXPECT_LT(stage.scrollTop(), stage.scrollEnd());
}

TEST(Find, NoSliceOfALargeChatStallsTheWindow) {
    FindStage stage;
    std::vector<MessageContent> chat;
    for (int id = 1; id <= 2000; ++id)
        chat.push_back(
            answer(id, QString("Some **words** about `code` and an apple, again.\n\n- item\n").repeated(18)));
    stage.show(std::move(chat));
    stage.field().setText("apple");
    const CpuClock whole;
    double longest = 0;
    const auto turn = [&](const auto& work) {
        const CpuClock clock;
        work();
        longest = std::max(longest, clock.milliseconds());
    };
    turn([&] { emit stage.field().textEdited("apple"); });
    while (!stage.view().findCount().complete) turn([] { QApplication::processEvents(); });
    const double first = whole.milliseconds();
    EXPECT_EQ(stage.all(), 36000);
    const CpuClock again;
    emit stage.field().textEdited("appl");
    while (!stage.view().findCount().complete) turn([] { QApplication::processEvents(); });
    std::printf(
        "find in 2,000 messages: %.0f ms of work the first time, %.0f ms the next, at most %.1f ms at once\n",
        first, again.milliseconds(), longest);
    EXPECT_LT(longest, 40); // a slice of 5 ms, and a frame
}

TEST(FindableText, CountsCharactersAsTheLaidOutBlocksDo) {
    Theme theme;
    for (const QByteArray& bytes : markdownCorpus()) {
        const QString document = QString::fromUtf8(bytes);
        TranscriptLayout layout(theme);
        layout.setContents({answer(1, document)});
        const TranscriptMessage& live = layout.live(0);
        const std::vector<MarkdownBlock>& blocks = live.markdownOf(0);
        const std::vector<MarkdownBlock> parsed = parsePart(Role::Assistant, PartKind::Text, document);
        ASSERT_EQ(blocks.size(), parsed.size());
        for (size_t i = 0; i < blocks.size(); ++i) {
            const int length = live.rangeOf(0, int(i)).length();
            // Rows of a long table come later.
            if (blocks[i].kind == MarkdownKind::Table && blocks[i].rows() > 20) continue;
            EXPECT_EQ(length, shownText(parsed[i]).size()) << document.left(200).toStdString();
        }
    }
}

TEST(TextFolding, KeepsTheWayBackToTheText) {
    const QString text = QString::fromUtf8("e\u0301a\u0300\u0301b é");
    const FoldedText folded = foldText(text);
    EXPECT_EQ(folded.text, "eab e");
    EXPECT_EQ(folded.originOf(1), 2);
    EXPECT_EQ(folded.originOf(2), 5);
    EXPECT_EQ(folded.originOf(4), 7);
    EXPECT_EQ(folded.originOf(5), 8);
}

TEST(TextFolding, LeavesOtherScriptsAlone) {
    const QString text = QString::fromUtf8("が가й");
    EXPECT_EQ(foldText(text).text, text);
}

} // namespace
} // namespace ponder::ui
