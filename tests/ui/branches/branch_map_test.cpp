#include "ui/branches/branch_map.h"
#include "ui/branches/comparison.h"
#include "ui/theme.h"
#include "ui/widgets/button.h"

#include <gtest/gtest.h>

#include <QListView>
#include <QSignalSpy>
#include <QTest>
#include <QTextEdit>

namespace ponder::ui {

namespace {

BranchNode node(int id, int parent, Role role, const QString& text, bool onPath = false) {
    BranchNode made;
    made.id = id;
    made.parent = parent;
    made.role = role;
    made.text = text;
    made.onPath = onPath;
    return made;
}

/// A question with two answers, of which the second was asked on.
std::vector<BranchNode> smallChat() {
    return {node(1, 0, Role::User, "one", true), node(2, 1, Role::Assistant, "first"),
            node(3, 1, Role::Assistant, "second", true), node(4, 3, Role::User, "two", true),
            node(5, 4, Role::Assistant, "third", true)};
}

Button* button(QWidget& parent, const QString& text) {
    for (Button* each : parent.findChildren<Button*>())
        if (each->text() == text) return each;
    return nullptr;
}

TEST(BranchRows, FirstVersionStaysInItsLaneLaterOnesBeginTheirOwn) {
    BranchRows rows;
    rows.setNodes(smallChat());
    std::vector<std::pair<QString, int>> seen;
    for (int i = 0; i < rows.rowCount(); ++i) {
        const QModelIndex index = rows.index(i);
        seen.emplace_back(index.data().toString(), index.data(BranchRows::Lane).toInt());
    }
    EXPECT_EQ(seen, (std::vector<std::pair<QString, int>>{
                        {"one", 0}, {"first", 0}, {"second", 1}, {"two", 1}, {"third", 1}}));
    EXPECT_EQ(rows.index(2).data(BranchRows::Figures).toString(), "2 of 2");
}

TEST(BranchMap, EnterGoesToTheMessage) {
    Theme theme;
    BranchMap map(theme, smallChat());
    map.show();
    QSignalSpy chosen(&map, &BranchMap::chosen);
    auto* list = map.findChild<QListView*>();
    EXPECT_EQ(list->currentIndex().data().toString(), "third") << "where one is";
    QTest::keyClick(list, Qt::Key_Home);
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Return);
    ASSERT_EQ(chosen.size(), 1);
    EXPECT_EQ(chosen[0][0].toInt(), 2);
}

TEST(BranchMap, TwoAnswersCanBeComparedAndNothingElse) {
    Theme theme;
    BranchMap map(theme, smallChat());
    map.show();
    QSignalSpy compared(&map, &BranchMap::comparisonWanted);
    auto* list = map.findChild<QListView*>();
    const auto select = [&](std::initializer_list<int> rows) {
        list->clearSelection();
        for (const int row : rows)
            list->selectionModel()->select(list->model()->index(row, 0), QItemSelectionModel::Select);
    };
    select({1});
    EXPECT_FALSE(button(map, "Compare")->isEnabled());
    select({0, 1});
    EXPECT_FALSE(button(map, "Compare")->isEnabled()) << "a question is no answer";
    select({2, 1});
    ASSERT_TRUE(button(map, "Compare")->isEnabled());
    QTest::mouseClick(button(map, "Compare"), Qt::LeftButton);
    ASSERT_EQ(compared.size(), 1);
    EXPECT_EQ(compared[0][0].toInt(), 2);
    EXPECT_EQ(compared[0][1].toInt(), 3);
}

TEST(Comparison, ShowsBothTextsAsTheyAre) {
    Theme theme;
    ComparedAnswer before;
    before.title = "Version 1 of 2";
    before.text = "It is <b>five</b>.";
    ComparedAnswer after = before;
    after.title = "Version 2 of 2";
    after.text = "It is <b>four</b>.";
    after.thoughts = "two and two";
    Comparison comparison(theme, before, after);
    comparison.show();
    const auto views = comparison.findChildren<QTextEdit*>();
    ASSERT_EQ(views.size(), 2);
    EXPECT_EQ(views[0]->toPlainText(), "It is <b>five</b>.");
    EXPECT_EQ(views[1]->toPlainText(), "two and two\n\nIt is <b>four</b>.");
}

} // namespace

} // namespace ponder::ui
