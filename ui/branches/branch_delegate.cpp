#include "ui/branches/branch_delegate.h"

#include "ui/branches/branch_rows.h"
#include "ui/theme.h"

#include <QPainter>

namespace ponder::ui {

namespace {

constexpr int kRowHeight = 36;
constexpr int kLaneWidth = 18;
constexpr int kFirstLane = 16;
constexpr qreal kLine = 1.5;
constexpr qreal kDot = 4;

} // namespace

BranchDelegate::BranchDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent), theme_(theme) {}

QSize BranchDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {0, theme_.scaled(kRowHeight)};
}

qreal BranchDelegate::laneCentre(const QRect& rect, int lane) const {
    return rect.left() + kFirstLane + lane * kLaneWidth + 0.5;
}

void BranchDelegate::paintLanes(QPainter& painter, const QRect& rect, const QModelIndex& index) const {
    const Colours& colours = theme_.colours();
    const auto above = index.data(BranchRows::LanesAbove).toULongLong();
    const auto below = index.data(BranchRows::LanesBelow).toULongLong();
    const int own = index.data(BranchRows::Lane).toInt();
    const qreal middle = rect.center().y() + 0.5;
    painter.setPen(QPen(colours.outline, kLine, Qt::SolidLine, Qt::RoundCap));
    for (int lane = 0; lane < 64; ++lane) {
        const quint64 bit = quint64(1) << lane;
        const qreal x = laneCentre(rect, lane);
        const bool comesIn = above & bit;
        if (comesIn && lane < own && !(above & (quint64(1) << own))) {
            // The parent's lane bends into this version's own.
            painter.drawLine(QPointF(x, rect.top()), QPointF(x, middle));
            if (lane == own - 1) painter.drawLine(QPointF(x, middle), QPointF(laneCentre(rect, own), middle));
        } else if (comesIn) {
            painter.drawLine(QPointF(x, rect.top()), QPointF(x, middle));
        }
        if (below & bit) painter.drawLine(QPointF(x, middle), QPointF(x, rect.bottom() + 1));
    }
    const bool onPath = index.data(BranchRows::IsOnPath).toBool();
    const QPointF centre(laneCentre(rect, own), middle);
    painter.setPen(QPen(onPath ? colours.accent : colours.outline, kLine));
    painter.setBrush(onPath ? colours.accent : colours.surface);
    painter.drawEllipse(centre, kDot, kDot);
}

void BranchDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    const Colours& colours = theme_.colours();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool focused = option.state.testFlag(QStyle::State_HasFocus);
    const QRect box = option.rect.adjusted(0, 1, 0, -1);
    if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(theme_.isHighContrast() ? QPen(colours.accent) : QPen(Qt::NoPen));
        painter->setBrush(selected ? colours.selectedRow : colours.bubble);
        painter->drawRoundedRect(box, radius::kControl, radius::kControl);
    }
    if (focused) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(colours.accent, 2));
        painter->drawRoundedRect(box.adjusted(1, 1, -1, -1), radius::kControl, radius::kControl);
    }
    const int own = index.data(BranchRows::Lane).toInt();
    // Mirrored as a whole where the language runs from right to left.
    if (option.direction == Qt::RightToLeft) {
        painter->save();
        painter->translate(option.rect.left() + option.rect.right() + 1, 0);
        painter->scale(-1, 1);
    }
    paintLanes(*painter, option.rect, index);
    if (option.direction == Qt::RightToLeft) painter->restore();

    const int indent = kFirstLane + own * kLaneWidth + space::kLarge;
    painter->setFont(theme_.font(TextStyle::Caption));
    const QString figures = index.data(BranchRows::Figures).toString();
    const int figuresWidth = figures.isEmpty() ? 0 : painter->fontMetrics().horizontalAdvance(figures) + 2;
    const QRect room = option.rect.adjusted(indent, 0, -space::kMedium, 0);
    const QRect side =
        QStyle::visualRect(option.direction, option.rect,
                           QRect(room.right() - figuresWidth + 1, room.top(), figuresWidth, room.height()));
    painter->setPen(colours.muted);
    painter->drawText(side, Qt::AlignVCenter | Qt::AlignTrailing | Qt::TextSingleLine, figures);

    const bool answer = index.data(BranchRows::IsAnswer).toBool();
    const bool onPath = index.data(BranchRows::IsOnPath).toBool();
    painter->setFont(theme_.font(answer ? TextStyle::Control : TextStyle::ControlStrong));
    painter->setPen(onPath ? colours.text : colours.muted);
    const QRect words = QStyle::visualRect(option.direction, option.rect,
                                           room.adjusted(0, 0, -figuresWidth - space::kMedium, 0));
    painter->drawText(
        words, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width()));
    painter->restore();
}

} // namespace ponder::ui
