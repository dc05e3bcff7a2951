#include "ui/library/library_delegate.h"

#include "ui/icons.h"
#include "ui/library/library_rows.h"
#include "ui/theme.h"

#include <QPainter>
#include <QStyle>

namespace ponder::ui {

namespace {

constexpr int kPadding = 12;
constexpr int kMark = 20;
constexpr int kEdge = 7;

} // namespace

LibraryDelegate::LibraryDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent), theme_(theme) {}

QSize LibraryDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    const int lines = theme_.lineHeight(TextStyle::Control) + theme_.lineHeight(TextStyle::Caption);
    return {option.rect.width(), lines + 2 * kEdge};
}

void LibraryDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const Colours& colours = theme_.colours();
    const LibraryRow& row = static_cast<const LibraryRows*>(index.model())->row(index);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool selected = option.state & QStyle::State_Selected;
    if (selected || (option.state & QStyle::State_MouseOver)) {
        const bool keyboard = selected && (option.state & QStyle::State_HasFocus);
        painter->setPen(keyboard || (selected && theme_.isHighContrast()) ? QPen(colours.accent, 2)
                                                                          : QPen(Qt::NoPen));
        painter->setBrush(selected ? colours.selectedRow : colours.bubble);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), radius::kControl,
                                 radius::kControl);
    }
    const bool usable = row.state == LibraryState::Ready || row.state == LibraryState::InMemory;
    const bool marked = row.state != LibraryState::Ready;
    const int room = option.rect.width() - 2 * kPadding - (marked ? kMark + space::kSmall : 0);
    const auto line = [&](int y, TextStyle style, const QColor& colour, const QString& text) {
        painter->setFont(theme_.font(style));
        painter->setPen(colour);
        const QRect place(option.rect.left() + kPadding, option.rect.top() + y, room,
                          theme_.lineHeight(style));
        painter->drawText(QStyle::visualRect(option.direction, option.rect, place),
                          Qt::AlignVCenter | Qt::TextSingleLine |
                              (option.direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft),
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, room));
    };
    line(kEdge, selected ? TextStyle::ControlStrong : TextStyle::Control,
         usable ? colours.text : colours.muted, row.name);
    line(kEdge + theme_.lineHeight(TextStyle::Control), TextStyle::Caption,
         row.problem.isEmpty() ? colours.muted : colours.warning,
         row.problem.isEmpty() ? row.line : row.problem);
    if (marked) {
        const QRect mark = QStyle::visualRect(
            option.direction, option.rect,
            QRect(option.rect.right() - kPadding - kMark, option.rect.top(), kMark, option.rect.height()));
        if (row.state == LibraryState::InMemory)
            drawIcon(*painter, Icon::Chip, mark, colours.success, 18);
        else
            drawIcon(*painter, row.state == LibraryState::Unfinished ? Icon::ArrowDown : Icon::Warning, mark,
                     colours.warning, 18);
    }
    painter->restore();
}

} // namespace ponder::ui
