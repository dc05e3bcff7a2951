#include "ui/finding/finding_list.h"

#include "ui/finding/finding_delegate.h"
#include "ui/theme.h"
#include "ui/widgets/style_sheets.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QScrollBar>

namespace ponder::ui {

namespace {

constexpr int kPageRows = 8;

} // namespace

FindingList::FindingList(Theme& theme, int snippetLines, QWidget* parent) : QListView(parent), theme_(theme) {
    setModel(&rows_);
    setItemDelegate(new FindingDelegate(theme_, snippetLines, this));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setResizeMode(QListView::Adjust);
    setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    connect(&theme_, &Theme::changed, this, &FindingList::takeTheme);
    takeTheme();
}

void FindingList::takeTheme() {
    verticalScrollBar()->setStyleSheet(scrollBarStyle(theme_));
    scheduleDelayedItemsLayout();
    viewport()->update();
}

void FindingList::setRows(std::vector<FindingRow> rows, Choice choice) {
    const int before = choice == Choice::Same ? chosenNumber() : -1;
    const int scrolled = verticalScrollBar()->value();
    int chosen = -1;
    int first = -1;
    for (int i = 0; i < int(rows.size()); ++i) {
        if (!rows[size_t(i)].canBeChosen()) continue;
        if (first < 0) first = i;
        if (rows[size_t(i)].number == before && chosen < 0) chosen = i;
    }
    rows_.setRows(std::move(rows));
    if (chosen >= 0) {
        setCurrentIndex(rows_.index(chosen));
        verticalScrollBar()->setValue(scrolled);
        return;
    }
    choose(first);
}

void FindingList::choose(int row) {
    if (row < 0) return scrollToTop();
    const QModelIndex index = rows_.index(row);
    setCurrentIndex(index);
    // The first of all is seen with its heading.
    if (row <= 1)
        scrollToTop();
    else
        scrollTo(index);
    QAccessibleEvent focused(this, QAccessible::Focus);
    focused.setChild(row);
    QAccessible::updateAccessibility(&focused);
}

void FindingList::step(int rows) {
    const int count = rows_.rowCount();
    const int direction = rows < 0 ? -1 : 1;
    int at = currentIndex().row();
    for (int left = std::abs(rows); left > 0; --left) {
        int next = at + direction;
        while (next >= 0 && next < count && !(rows_.flags(rows_.index(next)) & Qt::ItemIsEnabled))
            next += direction;
        if (next < 0 || next >= count) break;
        at = next;
    }
    choose(at);
}

int FindingList::chosenNumber() const {
    return currentIndex().isValid() ? rows_.row(currentIndex()).number : -1;
}

int FindingList::wholeHeight() const {
    int height = 0;
    for (int i = 0; i < rows_.rowCount(); ++i) height += sizeHintForRow(i);
    return height;
}

void FindingList::activate() {
    if (currentIndex().isValid()) emit activated(chosenNumber(), Qt::NoModifier);
}

bool FindingList::takeKey(const QKeyEvent& event) {
    switch (event.key()) {
    case Qt::Key_Down:
        step(1);
        return true;
    case Qt::Key_Up:
        step(-1);
        return true;
    case Qt::Key_PageDown:
        step(kPageRows);
        return true;
    case Qt::Key_PageUp:
        step(-kPageRows);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (currentIndex().isValid()) emit activated(chosenNumber(), event.modifiers());
        return true;
    default:
        return false;
    }
}

void FindingList::mouseMoveEvent(QMouseEvent* event) {
    const QModelIndex under = indexAt(event->position().toPoint());
    if (under.isValid() && under != currentIndex() && (rows_.flags(under) & Qt::ItemIsEnabled))
        setCurrentIndex(under);
    setCursor(under.isValid() && (rows_.flags(under) & Qt::ItemIsEnabled) ? Qt::PointingHandCursor
                                                                          : Qt::ArrowCursor);
}

void FindingList::mouseReleaseEvent(QMouseEvent* event) {
    const QModelIndex under = indexAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || !under.isValid() || !(rows_.flags(under) & Qt::ItemIsEnabled))
        return;
    setCurrentIndex(under);
    emit activated(chosenNumber(), event->modifiers());
}

} // namespace ponder::ui
