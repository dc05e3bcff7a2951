#include "ui/widgets/chat_delegate.h"

#include "ui/chat_rows.h"
#include "ui/icons.h"
#include "ui/theme.h"
#include "ui/widgets/chat_list_view.h"
#include "ui/widgets/style_sheets.h"
#include "ui/widgets/tool_tip.h"

#include <QCursor>
#include <QHelpEvent>
#include <QLineEdit>
#include <QPainter>
#include <QToolTip>

namespace ponder::ui {

namespace {

constexpr int kRowHeight = 36;
constexpr int kHeadingHeight = 36;
constexpr int kBoxMargin = 8;   // from the edge of the list to a row's box
constexpr int kTextMargin = 10; // from there to its text
constexpr int kDot = 6;
constexpr int kLongestTitle = 200;

QRect boxRect(const QStyleOptionViewItem& option) {
    return option.rect.adjusted(kBoxMargin, 1, -kBoxMargin, -1);
}

} // namespace

ChatDelegate::ChatDelegate(Theme& theme, ChatListView& view)
    : QStyledItemDelegate(&view), theme_(theme), view_(view) {}

QSize ChatDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    return {0, theme_.scaled(index.data(ChatRows::IsHeading).toBool() ? kHeadingHeight : kRowHeight)};
}

bool ChatDelegate::showsDots(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    return option.state.testFlag(QStyle::State_MouseOver) || view_.isKeyboardPlace(index);
}

QRect ChatDelegate::textRect(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const bool taken = showsDots(option, index) || index.data(ChatRows::IsGenerating).toBool();
    const QRect room = boxRect(option).adjusted(kTextMargin, 0, taken ? -36 : -kTextMargin, 0);
    return QStyle::visualRect(option.direction, boxRect(option), room);
}

void ChatDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const Colours& colours = theme_.colours();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (index.data(ChatRows::IsHeading).toBool()) {
        painter->setFont(theme_.font(TextStyle::CaptionStrong));
        painter->setPen(colours.muted);
        const QRect room = option.rect.adjusted(kBoxMargin + kTextMargin, 8, -kBoxMargin, 0);
        painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                          index.data().toString());
        painter->restore();
        return;
    }

    const bool isOpen = index.data(ChatRows::IsOpen).toBool();
    const bool isOver = option.state.testFlag(QStyle::State_MouseOver);
    const QRectF box = boxRect(option);
    painter->setPen(Qt::NoPen);
    if (isOpen || isOver) {
        painter->setBrush(isOpen ? colours.selectedRow : colours.bubble);
        if (theme_.isHighContrast()) painter->setPen(QPen(isOpen ? colours.text : colours.accent, 1));
        painter->drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius::kControl, radius::kControl);
    }
    if (view_.isKeyboardPlace(index)) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(colours.accent, 2));
        painter->drawRoundedRect(box.adjusted(1, 1, -1, -1), radius::kControl, radius::kControl);
    }

    painter->setFont(theme_.font(isOpen ? TextStyle::ControlStrong : TextStyle::Control));
    painter->setPen(colours.text);
    const QRect room = textRect(option, index);
    const QString title =
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, room.width());
    painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine, title);

    if (showsDots(option, index)) {
        const QRect dots = view_.dotsRect(index);
        const bool onDots = isOver && dots.contains(view_.viewport()->mapFromGlobal(QCursor::pos()));
        drawIcon(*painter, Icon::More, dots, onDots ? colours.text : colours.muted, 18);
    } else if (index.data(ChatRows::IsGenerating).toBool()) {
        QColor dot = colours.accent;
        dot.setAlphaF(float(0.35 + 0.65 * view_.pulse()));
        painter->setPen(Qt::NoPen);
        painter->setBrush(dot);
        painter->drawEllipse(QRectF(view_.dotsRect(index)).center(), kDot / 2.0, kDot / 2.0);
    }
    painter->restore();
}

QWidget* ChatDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex&) const {
    auto* editor = new QLineEdit(parent);
    editor->setFont(theme_.font(TextStyle::Control));
    editor->setStyleSheet(lineEditStyle(theme_));
    editor->setMaxLength(kLongestTitle);
    editor->setAccessibleName(tr("Title of the chat"));
    return editor;
}

void ChatDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const {
    // News about the chat must not take away what has been typed.
    if (!qobject_cast<QLineEdit*>(editor)->isModified()) QStyledItemDelegate::setEditorData(editor, index);
}

void ChatDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                        const QModelIndex&) const {
    editor->setGeometry(boxRect(option));
}

bool ChatDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                             const QModelIndex& index) {
    if (event->type() != QEvent::ToolTip) return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QString title = index.data().toString();
    const QFontMetrics metrics(theme_.font(TextStyle::ControlStrong));
    if (view_.dotsRect(index).contains(event->pos()))
        QToolTip::showText(event->globalPos(), tr("Chat menu"), view);
    else if (metrics.horizontalAdvance(title) > textRect(option, index).width())
        QToolTip::showText(event->globalPos(), plainToolTip(title), view);
    else
        QToolTip::hideText();
    return true;
}

} // namespace ponder::ui
