#pragma once

#include "ui/finding/finding_rows.h"

#include <QListView>

namespace ponder::ui {

class Theme;

/// The list of what was found. The keyboard stays in the field above it, which moves the choice here with
/// `step`; the pointer chooses too.
class FindingList : public QListView {
    Q_OBJECT
public:
    FindingList(Theme& theme, int snippetLines, QWidget* parent = nullptr);

    /// Afterwards the first row is chosen, or the one that has the number of the one before.
    enum class Choice { First, Same };
    void setRows(std::vector<FindingRow> rows, Choice choice);
    void step(int rows);
    /// The number of the row that is chosen, -1: none.
    int chosenNumber() const;
    /// All rows under one another.
    int wholeHeight() const;
    void activate();
    /// For an arrow, a page key or Enter; false for any other key.
    bool takeKey(const QKeyEvent& event);

signals:
    void activated(int number, Qt::KeyboardModifiers modifiers);

protected:
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    void takeTheme();
    void choose(int row);

    Theme& theme_;
    FindingRows rows_;
};

} // namespace ponder::ui
