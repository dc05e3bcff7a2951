#include "ui/widgets/chat_list_view.h"

#include "ui/chat_rows.h"
#include "ui/theme.h"
#include "ui/widgets/chat_delegate.h"
#include "ui/widgets/focus_ring.h"
#include "ui/widgets/style_sheets.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QScrollBar>
#include <QStyle>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ponder::ui {

namespace {

constexpr int kPulseMilliseconds = 60;
constexpr int kPulseSteps = 20;
constexpr int kDots = 32;

} // namespace

ChatListView::ChatListView(Theme& theme, ChatRows& rows, QWidget* parent)
    : QListView(parent), theme_(theme), rows_(rows) {
    setModel(&rows_);
    setItemDelegate(new ChatDelegate(theme_, *this));
    setAccessibleName(tr("Chats"));
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setUniformItemSizes(true); // ten thousand rows are not asked one by one
    setDragEnabled(true);
    setAcceptDrops(true);
    setDropIndicatorShown(false);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    viewport()->setAutoFillBackground(false);
    setAttribute(Qt::WA_MacShowFocusRect, false);
    pulseTimer_.setInterval(kPulseMilliseconds);
    connect(&pulseTimer_, &QTimer::timeout, this, [this] {
        ++pulseStep_;
        viewport()->update();
    });
    const auto countSelected = [this] {
        many_ = selectedIndexes().size() > 1;
        viewport()->update(); // one of several looks different from the only one
    };
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, countSelected);
    connect(&rows_, &QAbstractItemModel::modelReset, this, countSelected);
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved}) {
        connect(&rows_, signal, this, &ChatListView::runPulse);
    }
    connect(&rows_, &QAbstractItemModel::dataChanged, this, &ChatListView::runPulse);
    takeTheme();
    connect(&theme_, &Theme::changed, this, &ChatListView::takeTheme);
}

void ChatListView::takeTheme() {
    verticalScrollBar()->setStyleSheet(scrollBarStyle(theme_));
    verticalScrollBar()->setSingleStep(theme_.scaled(36));
    scheduleDelayedItemsLayout();
    viewport()->update();
}

QRect ChatListView::dotsRect(const QModelIndex& index) const {
    const QRect row = visualRect(index);
    QRect dots(0, 0, kDots, kDots);
    dots.moveCenter(row.center());
    if (layoutDirection() == Qt::RightToLeft)
        dots.moveLeft(row.left() + space::kMedium);
    else
        dots.moveRight(row.right() - space::kMedium);
    return dots;
}

bool ChatListView::isKeyboardPlace(const QModelIndex& index) const {
    return keyboard_ && hasFocus() && index == currentIndex();
}

qreal ChatListView::pulse() const {
    return 0.5 + 0.5 * std::cos(2 * std::numbers::pi * pulseStep_ / kPulseSteps);
}

void ChatListView::runPulse() {
    const bool moves = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0;
    const bool wanted = rows_.isGenerating() && moves;
    if (wanted == pulseTimer_.isActive()) return;
    if (wanted)
        pulseTimer_.start();
    else
        pulseTimer_.stop();
}

void ChatListView::askForMenu(const QModelIndex& index) {
    emit menuRequested(index, viewport()->mapToGlobal(dotsRect(index).bottomLeft()));
}

bool ChatListView::isOneOfMany(const QModelIndex& index) const {
    return many_ && selectionModel()->isSelected(index);
}

QStringList ChatListView::chatsWith(const QModelIndex& index) const {
    if (!isOneOfMany(index)) return {index.data(ChatRows::Id).toString()};
    QModelIndexList selected = selectedIndexes();
    std::sort(selected.begin(), selected.end());
    QStringList ids;
    for (const QModelIndex& chat : selected) ids << chat.data(ChatRows::Id).toString();
    return ids;
}

void ChatListView::activate(const QModelIndex& index) {
    if (rows_.chat(index))
        emit opened(index);
    else if (!rows_.folder(index).isNull())
        emit folderToggled(index);
}

void ChatListView::mousePressEvent(QMouseEvent* event) {
    keyboard_ = false;
    const QModelIndex index = indexAt(event->pos());
    pressed_ = QModelIndex();
    if (event->button() != Qt::LeftButton) return;
    if (index.flags().testFlag(Qt::ItemIsEnabled) && dotsRect(index).contains(event->pos())) {
        askForMenu(index);
        return;
    }
    pressed_ = index;
    QListView::mousePressEvent(event);
}

void ChatListView::mouseReleaseEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    const bool selects = event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier);
    const bool opens = event->button() == Qt::LeftButton && index.isValid() && index == pressed_ &&
                       !selects && state() != QAbstractItemView::EditingState &&
                       state() != QAbstractItemView::DraggingState;
    pressed_ = QModelIndex();
    QListView::mouseReleaseEvent(event);
    if (opens) activate(index);
}

void ChatListView::mouseDoubleClickEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (dotsRect(index).contains(event->pos())) return;
    // Two quick clicks close and open a folder; it is renamed by its menu or F2.
    if (!rows_.folder(index).isNull()) {
        mousePressEvent(event);
        return;
    }
    QListView::mouseDoubleClickEvent(event);
}

bool ChatListView::turnFolder(Qt::Key key) {
    const QModelIndex index = currentIndex();
    const bool opens = key == (layoutDirection() == Qt::RightToLeft ? Qt::Key_Left : Qt::Key_Right);
    if (!rows_.folder(index).isNull()) {
        if (index.data(ChatRows::IsCollapsed).toBool() == opens) emit folderToggled(index);
        return true;
    }
    if (opens || !index.data(ChatRows::IsInFolder).toBool()) return false;
    // Out of the folder's chats to its heading, as in a tree.
    setCurrentIndex(rows_.indexOfFolder(folderOfGroup(index.data(ChatRows::Group).toString())));
    return true;
}

void ChatListView::keyPressEvent(QKeyEvent* event) {
    // What the editor of a title has no use for, like the Enter that ends it, is not meant for the list.
    if (state() == EditingState) return;
    keyboard_ = true;
    const QModelIndex index = currentIndex();
    if (event->matches(QKeySequence::Undo)) {
        emit undoRequested();
        return;
    }
    switch (event->key()) {
    case Qt::Key_Space:
        if (event->modifiers().testFlag(Qt::ControlModifier)) break; // selects
        [[fallthrough]];
    case Qt::Key_Return:
    case Qt::Key_Enter:
        activate(index);
        return;
    case Qt::Key_Delete:
        if (index.isValid()) emit deleteRequested(index);
        return;
    case Qt::Key_Left:
    case Qt::Key_Right:
        turnFolder(Qt::Key(event->key()));
        viewport()->update();
        return;
    case Qt::Key_Escape:
        if (selectedIndexes().size() < 2) break;
        setCurrentIndex(index); // one again
        return;
    default:
        break;
    }
    QListView::keyPressEvent(event);
    viewport()->update();
}

void ChatListView::contextMenuEvent(QContextMenuEvent* event) {
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (!index.flags().testFlag(Qt::ItemIsEnabled)) return;
    if (byKey)
        askForMenu(index);
    else
        emit menuRequested(index, event->globalPos());
}

bool ChatListView::edit(const QModelIndex& index, EditTrigger trigger, QEvent* event) {
    const bool begins = QListView::edit(index, trigger, event);
    auto* editor = viewport()->findChild<QLineEdit*>();
    // All of it chosen, from the end to the beginning: of a long title the beginning is in view.
    if (begins && editor && !editor->isModified()) {
        editor->setSelection(int(editor->text().size()), -int(editor->text().size()));
    }
    return begins;
}

void ChatListView::closeEditor(QWidget* editor, QAbstractItemDelegate::EndEditHint hint) {
    // Tab ends the renaming; it does not begin that of the next chat.
    const bool ofNext =
        hint == QAbstractItemDelegate::EditNextItem || hint == QAbstractItemDelegate::EditPreviousItem;
    QListView::closeEditor(editor, ofNext ? QAbstractItemDelegate::NoHint : hint);
}

void ChatListView::focusInEvent(QFocusEvent* event) {
    if (comesFromKeyboard(*event)) keyboard_ = true;
    QListView::focusInEvent(event);
    if (!currentIndex().isValid()) {
        QModelIndex place = rows_.indexOf(rows_.openChat());
        for (int i = 0; !place.isValid() && i < rows_.rowCount(); ++i) {
            if (rows_.index(i).flags().testFlag(Qt::ItemIsEnabled)) place = rows_.index(i);
        }
        setCurrentIndex(place);
    }
    viewport()->update();
}

void ChatListView::focusOutEvent(QFocusEvent* event) {
    QListView::focusOutEvent(event);
    viewport()->update();
}

} // namespace ponder::ui
