#include "ui/branches/text_difference.h"

#include <gtest/gtest.h>

#include <QElapsedTimer>
#include <QStringList>

#include <random>

namespace ponder::ui {

namespace {

QString side(const std::vector<DifferenceRun>& runs, DifferenceKind own) {
    QString text;
    for (const DifferenceRun& run : runs)
        if (run.kind == DifferenceKind::Same || run.kind == own) text += run.text;
    return text;
}

int changedWords(const std::vector<DifferenceRun>& runs) {
    int count = 0;
    for (const DifferenceRun& run : runs)
        if (run.kind != DifferenceKind::Same) count += int(run.text.split(' ', Qt::SkipEmptyParts).size());
    return count;
}

TEST(TextDifference, NamesTheWordThatChanged) {
    const auto runs = textDifference("It is five, I think.", "It is four, I think.");
    EXPECT_EQ(runs, (std::vector<DifferenceRun>{{DifferenceKind::Same, "It is "},
                                                {DifferenceKind::Removed, "five"},
                                                {DifferenceKind::Added, "four"},
                                                {DifferenceKind::Same, ", I think."}}));
}

TEST(TextDifference, OfEqualTextsIsOneRunAndOfEmptyOnesNone) {
    EXPECT_EQ(textDifference("a b", "a b"), (std::vector<DifferenceRun>{{DifferenceKind::Same, "a b"}}));
    EXPECT_TRUE(textDifference("", "").empty());
    EXPECT_EQ(textDifference("", "new"), (std::vector<DifferenceRun>{{DifferenceKind::Added, "new"}}));
    EXPECT_EQ(textDifference("old", ""), (std::vector<DifferenceRun>{{DifferenceKind::Removed, "old"}}));
}

TEST(TextDifference, GoesCharacterByCharacterWhereThereAreNoSpaces) {
    const auto runs = textDifference("今天天气很好", "今天天气不好");
    EXPECT_EQ(side(runs, DifferenceKind::Removed), "今天天气很好");
    EXPECT_EQ(side(runs, DifferenceKind::Added), "今天天气不好");
    EXPECT_EQ(runs.size(), 4u);
}

TEST(TextDifference, BothTextsComeBackWholeWhateverTheyAre) {
    std::mt19937 random(7);
    const QStringList words{"a", "b", "the", "cat ", " ", "\n", "😀", "é", "天", "-", "x1"};
    for (int round = 0; round < 2000; ++round) {
        QString before;
        QString after;
        for (unsigned i = random() % 40; i > 0; --i) before += words[int(random() % unsigned(words.size()))];
        after = before;
        for (unsigned i = random() % 6; i > 0; --i)
            after.insert(int(random() % unsigned(after.size() + 1)),
                         words[int(random() % unsigned(words.size()))]);
        const auto runs = textDifference(before, after);
        ASSERT_EQ(side(runs, DifferenceKind::Removed), before);
        ASSERT_EQ(side(runs, DifferenceKind::Added), after);
    }
}

TEST(TextDifference, IsShortWhereTheTextsAreNearlyEqual) {
    QStringList words;
    for (int i = 0; i < 3000; ++i) words << QString("word%1").arg(i);
    QStringList changed = words;
    for (int i = 100; i < 3000; i += 300) changed[i] = "other";
    EXPECT_EQ(changedWords(textDifference(words.join(' '), changed.join(' '))), 20);
}

TEST(TextDifference, TwoLongTextsWithNothingInCommonTakeNoTime) {
    QString before;
    QString after;
    for (int i = 0; i < 8000; ++i) {
        before += QString("a%1 ").arg(i);
        after += QString("b%1 ").arg(i);
    }
    QElapsedTimer timer;
    timer.start();
    const auto runs = textDifference(before, after);
    EXPECT_LT(timer.elapsed(), 2000);
    EXPECT_EQ(side(runs, DifferenceKind::Removed), before);
    EXPECT_EQ(side(runs, DifferenceKind::Added), after);
}

} // namespace

} // namespace ponder::ui
