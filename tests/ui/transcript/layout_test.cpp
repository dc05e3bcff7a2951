#include "ui/transcript_layout.h"

#include "tests/ui/transcript/stage.h"

#include <gtest/gtest.h>

namespace ponder::ui {
namespace {

TEST(TranscriptLayout, LaysOutOnlyWhatIsSeen) {
    const Theme theme;
    TranscriptLayout layout(theme);
    layout.setContents(chatOf(400));
    layout.realize(0, 600);
    int live = 0;
    for (int i = 0; i < layout.count(); ++i) live += layout.isLive(i);
    EXPECT_GT(live, 2);
    EXPECT_LT(live, 20);
}

TEST(TranscriptLayout, ThrowsAwayWhatIsFarAndKeepsItsHeight) {
    const Theme theme;
    TranscriptLayout layout(theme);
    layout.setContents(chatOf(200));
    layout.realize(0, 600);
    const qreal height = layout.heightOf(1);
    layout.evictFarFrom(150);
    EXPECT_FALSE(layout.isLive(1));
    EXPECT_TRUE(layout.isExact(1));
    EXPECT_EQ(layout.heightOf(1), height);
}

TEST(TranscriptLayout, MeasuresEverythingInTime) {
    const Theme theme;
    TranscriptLayout layout(theme);
    layout.setContents(chatOf(120));
    int steps = 0;
    while (layout.measureNext(60)) ++steps;
    EXPECT_EQ(steps, 119);
    EXPECT_FALSE(layout.hasUnknownHeights());
    const qreal whole = layout.totalHeight();
    layout.realize(0, 1e9);
    EXPECT_EQ(layout.totalHeight(), whole);
}

TEST(TranscriptLayout, MessagesThatAreTheSameStayLaidOut) {
    const Theme theme;
    TranscriptLayout layout(theme);
    std::vector<MessageContent> chat = chatOf(6);
    layout.setContents(chat);
    layout.realize(0, 1e9);
    const TranscriptMessage* first = &layout.live(0);
    chat[4].parts[0].text = "changed";
    layout.setContents(chat);
    EXPECT_EQ(&layout.live(0), first);
    EXPECT_FALSE(layout.isLive(4));
}

TEST(TranscriptLayout, ALineBelowAMessageTakesUpRoomAndNoText) {
    const Theme theme;
    TranscriptLayout layout(theme);
    std::vector<MessageContent> chat = chatOf(4);
    layout.setContents(chat);
    layout.realize(0, 1e9);
    const qreal height = layout.heightOf(1);
    const int blocks = layout.live(1).blockCount();
    chat[1].cutBelow = "Above this line: not sent.";
    layout.setContents(chat);
    layout.realize(0, 1e9);
    ASSERT_EQ(layout.live(1).blockCount(), blocks + 1);
    EXPECT_GT(layout.heightOf(1), height);
    Block& line = layout.live(1).block(blocks);
    EXPECT_EQ(line.asides(), (std::vector<Aside>{{0, "Above this line: not sent."}})) << "it is heard";
    // Whoever points at it means the text above.
    const qreal middle = layout.topOf(1) + layout.live(1).originOf(blocks).y() + line.height() / 2;
    const TranscriptPosition position = layout.positionAt({100, middle});
    EXPECT_EQ(position.message, 1);
    EXPECT_EQ(position.block, blocks - 2);
    chat[1].cutBelow.clear();
    layout.setContents(chat);
    EXPECT_EQ(layout.live(1).blockCount(), blocks);
}

TEST(TranscriptLayout, PlacesAndCaretsAgree) {
    const Theme theme;
    TranscriptLayout layout(theme);
    layout.setContents(
        {prompt(1, "A question"), thoughtfulAnswer(2, "thoughts", "An answer\n\n- with\n- a list")});
    layout.realize(0, 1e9);
    for (const TranscriptPosition place : {TranscriptPosition{0, 0, 3}, {1, 1, 0}, {1, 1, 9}, {1, 1, 16}}) {
        EXPECT_EQ(layout.positionAt(layout.caretAt(place).center() + QPointF(0.5, 0)), place);
    }
}

TEST(TranscriptLayout, LongPromptsAreShortened) {
    const Theme theme;
    TranscriptLayout layout(theme);
    layout.setContents(
        {prompt(1, QString("line\n").repeated(60)), prompt(2, QString("line\n").repeated(12).trimmed())});
    layout.realize(0, 1e9);
    EXPECT_LT(layout.heightOf(0), 16 * theme.lineHeight(TextStyle::Body) + 60);
    const auto offersMore = [&](int message) {
        const auto controls = layout.live(message).controls();
        return std::any_of(controls.begin(), controls.end(),
                           [](const Control& each) { return each.target.kind == TargetKind::MoreLines; });
    };
    EXPECT_TRUE(offersMore(0));
    EXPECT_FALSE(offersMore(1));
}

TEST(TranscriptLayout, PromptsAreNoWiderThanFourFifths) {
    const Theme theme;
    TranscriptLayout layout(theme);
    layout.setContents({prompt(1, QString("many words ").repeated(40)), prompt(2, "short")});
    layout.realize(0, 1e9);
    EXPECT_GE(layout.caretAt({0, 0, 0}).left(), TranscriptLayout::kReadingWidth * 0.2);
    EXPECT_GT(layout.caretAt({1, 0, 0}).left(), TranscriptLayout::kReadingWidth * 0.8);
}

} // namespace
} // namespace ponder::ui
