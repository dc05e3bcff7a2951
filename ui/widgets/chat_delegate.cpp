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
constexpr int kBoxMargin = 8;   // from the edge of the list to a row's box
constexpr int kTextMargin = 10; // from there to its text
constexpr int kNestedMargin = 28;
constexpr int kDot = 6;
constexpr int kLongestTitle = 200;

QRect boxRect(const QStyleOptionViewItem& option) {
    return option.rect.adjusted(kBoxMargin, 1, -kBoxMargin, -1);
}

/// In one line, at the beginning of the room as the window reads, and in the direction of the words
/// themselves: or else the ellipsis of an English title would stand before it in an Arabic window.
void drawWords(QPainter& painter, Qt::LayoutDirection window, const QRect& room, const QString& words) {
    const Qt::Alignment side = window == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft;
    painter.setLayoutDirection(words.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    painter.drawText(room, int(Qt::AlignVCenter | Qt::AlignAbsolute | side) | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(words, Qt::ElideRight, room.width()));
    painter.setLayoutDirection(window);
}

} // namespace

ChatDelegate::ChatDelegate(Theme& theme, ChatListView& view)
    : QStyledItemDelegate(&view), theme_(theme), view_(view) {}

// All of one height: the list relies on it.
QSize ChatDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {0, theme_.scaled(kRowHeight)};
}

bool ChatDelegate::showsDots(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    return option.state.testFlag(QStyle::State_MouseOver) || view_.isKeyboardPlace(index);
}

int ChatDelegate::noteWidth(const QModelIndex& index) const {
    const QString note = index.data(ChatRows::Note).toString();
    return note.isEmpty() ? 0 : QFontMetrics(theme_.font(TextStyle::Caption)).horizontalAdvance(note);
}

QRect ChatDelegate::textRect(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const bool taken = showsDots(option, index) || index.data(ChatRows::IsGenerating).toBool();
    const int note = noteWidth(index);
    const int end = taken ? 36 : note > 0 ? note + kTextMargin + space::kSmall : kTextMargin;
    const bool isNested = index.data(ChatRows::IsInFolder).toBool();
    const bool isFolder = index.data(ChatRows::IsFolder).toBool();
    const int begin = isNested || isFolder ? kNestedMargin : kTextMargin;
    return QStyle::visualRect(option.direction, boxRect(option), boxRect(option).adjusted(begin, 0, -end, 0));
}

void ChatDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setLayoutDirection(option.direction);
    if (!index.flags().testFlag(Qt::ItemIsEnabled)) {
        painter->setFont(theme_.font(TextStyle::CaptionStrong));
        painter->setPen(theme_.colours().muted);
        const int margin = kBoxMargin + kTextMargin;
        drawWords(*painter, option.direction, option.rect.adjusted(margin, 8, -margin, 0),
                  index.data().toString());
    } else {
        paintBox(*painter, option, index);
        paintWords(*painter, option, index);
        paintEnd(*painter, option, index);
    }
    painter->restore();
}

void ChatDelegate::paintBox(QPainter& painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const Colours& colours = theme_.colours();
    const bool isOpen = index.data(ChatRows::IsOpen).toBool();
    const bool isOver = option.state.testFlag(QStyle::State_MouseOver);
    const bool isOneOfMany = view_.isOneOfMany(index);
    const QRectF box = boxRect(option);
    painter.setPen(Qt::NoPen);
    if (isOpen || isOver || isOneOfMany) {
        painter.setBrush(isOneOfMany ? colours.selection : isOpen ? colours.selectedRow : colours.bubble);
        if (theme_.isHighContrast()) painter.setPen(QPen(isOpen ? colours.text : colours.accent, 1));
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius::kControl, radius::kControl);
    }
    if (!view_.isKeyboardPlace(index)) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colours.accent, 2));
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius::kControl, radius::kControl);
}

void ChatDelegate::paintWords(QPainter& painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
    const bool isOpen = index.data(ChatRows::IsOpen).toBool();
    const bool isFolder = index.data(ChatRows::IsFolder).toBool();
    const bool isRightToLeft = option.direction == Qt::RightToLeft;
    if (isFolder) {
        const QRect box = boxRect(option);
        const QRect chevron =
            QStyle::visualRect(option.direction, box, QRect(box.left() + 4, box.top(), 20, box.height()));
        const Icon icon = !index.data(ChatRows::IsCollapsed).toBool() ? Icon::ChevronDown
                          : isRightToLeft                             ? Icon::ChevronLeft
                                                                      : Icon::ChevronRight;
        drawIcon(painter, icon, chevron, theme_.colours().muted, 14);
    }
    painter.setFont(theme_.font(isFolder ? TextStyle::Label
                                : isOpen ? TextStyle::ControlStrong
                                         : TextStyle::Control));
    painter.setPen(theme_.colours().text);
    drawWords(painter, option.direction, textRect(option, index), index.data().toString());
}

void ChatDelegate::paintEnd(QPainter& painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const Colours& colours = theme_.colours();
    const QRect dots = view_.dotsRect(index);
    if (showsDots(option, index)) {
        const bool isOver = option.state.testFlag(QStyle::State_MouseOver);
        const bool onDots = isOver && dots.contains(view_.viewport()->mapFromGlobal(QCursor::pos()));
        const bool isStrong = onDots || view_.isOneOfMany(index);
        drawIcon(painter, Icon::More, dots, isStrong ? colours.text : colours.muted, 18);
    } else if (index.data(ChatRows::IsGenerating).toBool()) {
        QColor dot = colours.accent;
        dot.setAlphaF(float(0.35 + 0.65 * view_.pulse()));
        painter.setPen(Qt::NoPen);
        painter.setBrush(dot);
        painter.drawEllipse(QRectF(dots).center(), kDot / 2.0, kDot / 2.0);
    } else if (const QString note = index.data(ChatRows::Note).toString(); !note.isEmpty()) {
        painter.setFont(theme_.font(TextStyle::Caption));
        painter.setPen(view_.isOneOfMany(index) ? colours.text : colours.muted);
        const QRect room = boxRect(option).adjusted(kTextMargin, 0, -kTextMargin, 0);
        painter.drawText(room, Qt::AlignVCenter | Qt::AlignTrailing | Qt::TextSingleLine, note);
    }
}

QWidget* ChatDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&,
                                    const QModelIndex& index) const {
    auto* editor = new QLineEdit(parent);
    editor->setFont(theme_.font(TextStyle::Control));
    editor->setStyleSheet(lineEditStyle(theme_));
    editor->setMaxLength(kLongestTitle);
    const bool isFolder = index.data(ChatRows::IsFolder).toBool();
    editor->setAccessibleName(isFolder ? tr("Name of the folder") : tr("Title of the chat"));
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
    const bool isFolder = index.data(ChatRows::IsFolder).toBool();
    if (!index.flags().testFlag(Qt::ItemIsEnabled))
        QToolTip::hideText();
    else if (view_.dotsRect(index).contains(event->pos()))
        QToolTip::showText(event->globalPos(), isFolder ? tr("Folder menu") : tr("Chat menu"), view);
    else if (metrics.horizontalAdvance(title) > textRect(option, index).width())
        QToolTip::showText(event->globalPos(), plainToolTip(title), view);
    else
        QToolTip::hideText();
    return true;
}

} // namespace ponder::ui
