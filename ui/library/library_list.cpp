#include "ui/library/library_list.h"

#include "ui/library/library_delegate.h"
#include "ui/theme.h"
#include "ui/widgets/style_sheets.h"

#include <QFocusEvent>
#include <QScopedValueRollback>
#include <QScrollBar>

namespace ponder::ui {

LibraryList::LibraryList(Theme& theme, QWidget* parent) : QListView(parent), theme_(theme) {
    setModel(&rows_);
    setItemDelegate(new LibraryDelegate(theme_, this));
    setAccessibleName(tr("Models on this computer"));
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setUniformItemSizes(true); // ten thousand rows are not asked one by one
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    viewport()->setAutoFillBackground(false);
    connect(&theme_, &Theme::changed, this, &LibraryList::takeTheme);
    takeTheme();
}

void LibraryList::takeTheme() {
    verticalScrollBar()->setStyleSheet(scrollBarStyle(theme_));
    scheduleDelayedItemsLayout();
    viewport()->update();
}

void LibraryList::setRows(std::vector<LibraryRow> rows) {
    const int scrolled = verticalScrollBar()->value();
    const QScopedValueRollback restoring(isRestoring_, true);
    rows_.setRows(std::move(rows));
    keepChoice();
    verticalScrollBar()->setValue(scrolled);
}

void LibraryList::setFilter(const QString& words) {
    const QScopedValueRollback restoring(isRestoring_, true);
    rows_.setFilter(words);
    keepChoice();
}

void LibraryList::keepChoice() {
    const int place = rows_.place(chosen_);
    setCurrentIndex(place < 0 ? QModelIndex() : rows_.index(place));
}

void LibraryList::choose(const QString& path) {
    const QScopedValueRollback restoring(isRestoring_, true);
    chosen_ = path;
    keepChoice();
    if (currentIndex().isValid()) scrollTo(currentIndex());
}

void LibraryList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QListView::currentChanged(current, previous);
    if (isRestoring_ || !current.isValid()) return;
    chosen_ = rows_.row(current).path;
    emit chosen(chosen_);
}

void LibraryList::focusInEvent(QFocusEvent* event) {
    QListView::focusInEvent(event);
    // Qt takes the first row for current when the keyboard comes; nobody has chosen it yet.
    if (chosen_.isEmpty() && event->reason() != Qt::MouseFocusReason && rows_.rowCount() > 0 &&
        !currentIndex().isValid())
        setCurrentIndex(rows_.index(0));
}

} // namespace ponder::ui
