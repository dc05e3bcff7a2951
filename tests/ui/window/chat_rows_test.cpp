#include "ui/chat_rows.h"

#include "ui/chat_groups.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include <random>

namespace ponder::ui {
namespace {

const QDate kToday(2026, 3, 18);

ChatRow chat(const QString& id, const QDate& day, int minute = 0) {
    ChatRow row;
    row.id = id;
    row.title = "Title of " + id;
    row.updated = QDateTime(day, QTime(9, minute));
    return row;
}

ChatRow pinned(ChatRow row) {
    row.pinned = true;
    return row;
}

QStringList shown(const ChatRows& rows) {
    QStringList lines;
    for (int i = 0; i < rows.rowCount(); ++i) {
        const QModelIndex index = rows.index(i);
        lines << (index.data(ChatRows::IsHeading).toBool() ? '[' + index.data().toString() + ']'
                                                           : index.data(ChatRows::Id).toString());
    }
    return lines;
}

TEST(ChatGroups, NameTheDayAsAPersonWould) {
    EXPECT_EQ(chatGroup(kToday, kToday), "Today");
    EXPECT_EQ(chatGroup(kToday.addDays(2), kToday), "Today") << "of a clock that was wrong";
    EXPECT_EQ(chatGroup(kToday.addDays(-1), kToday), "Yesterday");
    EXPECT_EQ(chatGroup(kToday.addDays(-2), kToday), "Previous 7 days");
    EXPECT_EQ(chatGroup(kToday.addDays(-7), kToday), "Previous 7 days");
    EXPECT_EQ(chatGroup(kToday.addDays(-8), kToday), "March");
    EXPECT_EQ(chatGroup(QDate(2026, 1, 31), kToday), "January");
    EXPECT_EQ(chatGroup(QDate(2025, 12, 31), kToday), "December 2025");
}

TEST(ChatRows, StandUnderTheirDayNewestFirst) {
    ChatRows rows;
    rows.setChats({chat("lastYear", QDate(2025, 11, 3)), chat("noon", kToday, 30), chat("dawn", kToday, 5),
                   chat("week", kToday.addDays(-5)), chat("yesterday", kToday.addDays(-1)),
                   chat("march", kToday.addDays(-10)), pinned(chat("old", QDate(2024, 5, 1))),
                   pinned(chat("new", kToday, 1))},
                  kToday);
    EXPECT_EQ(shown(rows),
              QStringList({"[Pinned]", "new", "old", "[Today]", "noon", "dawn", "[Yesterday]", "yesterday",
                           "[Previous 7 days]", "week", "[March]", "march", "[November 2025]", "lastYear"}));
}

TEST(ChatRows, MoveOnAtMidnight) {
    ChatRows rows;
    rows.setChats({chat("a", kToday), chat("b", kToday.addDays(-7))}, kToday);
    rows.setToday(kToday.addDays(1));
    EXPECT_EQ(shown(rows), QStringList({"[Yesterday]", "a", "[March]", "b"}));
}

TEST(ChatRows, AChangeKeepsThePlacesOfTheOthers) {
    ChatRows rows;
    rows.setChats({chat("a", kToday, 3), chat("b", kToday, 2), chat("c", kToday, 1)}, kToday);
    const QPersistentModelIndex place = rows.indexOf("b");
    QSignalSpy removals(&rows, &QAbstractItemModel::rowsRemoved);
    QSignalSpy resets(&rows, &QAbstractItemModel::modelReset);
    rows.setChats({chat("a", kToday, 3), chat("b", kToday, 2), chat("c", kToday, 50)}, kToday);
    EXPECT_EQ(shown(rows), QStringList({"[Today]", "c", "a", "b"}));
    EXPECT_EQ(place.data(ChatRows::Id).toString(), "b");
    EXPECT_TRUE(removals.isEmpty());
    EXPECT_TRUE(resets.isEmpty());
}

TEST(ChatRows, StaySoundThroughManyChanges) {
    ChatRows rows;
    QAbstractItemModelTester tester(&rows, QAbstractItemModelTester::FailureReportingMode::Warning);
    std::mt19937 random(7);
    const auto below = [&](int limit) { return int(random() % unsigned(limit)); };
    for (int round = 0; round < 200; ++round) {
        std::vector<ChatRow> chats;
        for (int i = 0; i < 12; ++i) {
            if (below(3) == 0) continue;
            ChatRow row = chat(QString::number(i), kToday.addDays(-below(40)), below(60));
            row.pinned = below(6) == 0;
            row.generating = below(6) == 0;
            chats.push_back(row);
        }
        ChatRows fresh;
        fresh.setChats(chats, kToday);
        rows.setChats(chats, kToday);
        ASSERT_EQ(shown(rows), shown(fresh)) << "round " << round;
    }
}

TEST(ChatRows, ANewTitleIsShownAtOnceAndPassedOn) {
    ChatRows rows;
    rows.setChats({chat("a", kToday)}, kToday);
    QSignalSpy renames(&rows, &ChatRows::renamed);
    const QModelIndex index = rows.indexOf("a");
    EXPECT_TRUE(rows.setData(index, "  Two \n words ", Qt::EditRole));
    ASSERT_EQ(renames.size(), 1);
    EXPECT_EQ(renames[0], QVariantList({"a", "Two words"}));
    EXPECT_EQ(index.data().toString(), "Two words");
}

TEST(ChatRows, AnEmptyOrEqualTitleChangesNothing) {
    ChatRows rows;
    rows.setChats({chat("a", kToday)}, kToday);
    QSignalSpy renames(&rows, &ChatRows::renamed);
    EXPECT_FALSE(rows.setData(rows.indexOf("a"), "   ", Qt::EditRole));
    EXPECT_FALSE(rows.setData(rows.indexOf("a"), "Title of a", Qt::EditRole));
    EXPECT_FALSE(rows.setData(rows.index(0), "a heading", Qt::EditRole));
    EXPECT_TRUE(renames.isEmpty());
    EXPECT_EQ(rows.indexOf("a").data().toString(), "Title of a");
}

TEST(ChatRows, AreReadOutWithTheirState) {
    ChatRows rows;
    ChatRow row = chat("a", kToday);
    row.generating = true;
    rows.setChats({row}, kToday);
    rows.setOpenChat("a");
    EXPECT_EQ(rows.indexOf("a").data(Qt::AccessibleTextRole).toString(), "Title of a, open, being answered");
    EXPECT_TRUE(rows.isGenerating());
    EXPECT_EQ(rows.flags(rows.index(0)), Qt::NoItemFlags) << "a heading cannot be chosen";
}

TEST(ChatRows, NobodyIsFoundUnderAnEmptyName) {
    ChatRows rows;
    rows.setChats({chat("a", kToday)}, kToday);
    EXPECT_FALSE(rows.indexOf({}).isValid());
    EXPECT_FALSE(rows.indexOf("b").isValid());
}

} // namespace
} // namespace ponder::ui
