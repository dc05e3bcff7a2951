#include "ui/blocks/reasoning_block.h"

#include "ui/markdown/markdown_parser.h"

#include <gtest/gtest.h>

using namespace std::chrono_literals;

namespace ponder::ui {
namespace {

class ReasoningBlockTest : public testing::Test {
protected:
    void think(int lines) {
        block.setBlocks(parseMarkdown(QByteArray("a thought\n\n").repeated(lines)));
        block.layout(600);
    }
    Target header() { return block.controls().at(0).target; }
    void press() {
        block.activate(header());
        block.layout(600);
    }

    Theme theme;
    ReasoningBlock block{theme};
};

TEST_F(ReasoningBlockTest, IsOpenWhileItRunsAndClosesWhenTheAnswerBegins) {
    block.setRunning(true);
    think(3);
    EXPECT_TRUE(block.isOpen());
    EXPECT_TRUE(block.answerBegins());
    EXPECT_FALSE(block.isOpen());
}

TEST_F(ReasoningBlockTest, StaysOpenWhereThePersonHasOpenedIt) {
    block.setRunning(true);
    think(3);
    press();
    EXPECT_FALSE(block.isOpen());
    press();
    EXPECT_TRUE(block.isOpen());
    EXPECT_FALSE(block.answerBegins());
    EXPECT_TRUE(block.isOpen());
}

TEST_F(ReasoningBlockTest, StaysClosedWhereThePersonHasClosedIt) {
    block.setRunning(true);
    think(3);
    press();
    block.setRunning(true);
    think(4);
    EXPECT_FALSE(block.isOpen());
}

TEST_F(ReasoningBlockTest, StaysOpenWhereThePersonIsReading) {
    block.setRunning(true);
    think(60);
    EXPECT_TRUE(block.scrollBy({100, 100}, {0, -80}));
    EXPECT_FALSE(block.answerBegins());
    EXPECT_TRUE(block.isOpen());
}

TEST_F(ReasoningBlockTest, IsLimitedInHeightWhileItRunsAndWholeAfterwards) {
    block.setRunning(true);
    think(100);
    EXPECT_LT(block.height(), 320 + 60);
    block.answerBegins();
    press();
    EXPECT_GT(block.height(), 100 * theme.lineHeight(TextStyle::Thought));
}

TEST_F(ReasoningBlockTest, FollowsItsEndUntilScrolledAway) {
    block.setRunning(true);
    think(100);
    EXPECT_FALSE(block.scrollBy({100, 100}, {0, 50})) << "it is at its end";
    EXPECT_TRUE(block.scrollBy({100, 100}, {0, -50}));
    think(200);
    EXPECT_TRUE(block.scrollBy({100, 100}, {0, 50})) << "it no longer follows";
}

TEST_F(ReasoningBlockTest, SaysHowLongItTook) {
    block.setRunning(true);
    block.setElapsed(6200ms);
    EXPECT_EQ(block.controls().at(0).name, QString::fromUtf8("Reasoning… 6 s"));
    block.answerBegins();
    EXPECT_EQ(block.controls().at(0).name, "Reasoned for 6 s");
    block.setElapsed(72s);
    EXPECT_EQ(block.controls().at(0).name, "Reasoned for 1 min 12 s");
    block.setElapsed(0ms);
    EXPECT_EQ(block.controls().at(0).name, "Reasoned");
}

TEST_F(ReasoningBlockTest, ClosedItHasNoTextToSelect) {
    block.setRunning(true);
    think(3);
    EXPECT_GT(block.length(), 0);
    block.answerBegins();
    block.layout(600);
    EXPECT_EQ(block.length(), 0);
    EXPECT_EQ(block.height(), theme.scaled(32));
}

} // namespace
} // namespace ponder::ui
