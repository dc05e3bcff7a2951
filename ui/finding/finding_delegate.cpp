#include "ui/finding/finding_delegate.h"

#include "ui/finding/finding_rows.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QTextLayout>

#include <cmath>

namespace ponder::ui {

namespace {

constexpr int kPadding = space::kMedium;
constexpr int kIcon = 18;
constexpr int kEntryHeight = 36;
constexpr int kHeadingHeight = 34;
constexpr int kTitleHeight = 44;

} // namespace

FindingDelegate::FindingDelegate(const Theme& theme, int snippetLines, QObject* parent)
    : QStyledItemDelegate(parent), theme_(theme), snippetLines_(snippetLines) {}

int FindingDelegate::linesOf(const FindingRow& row, const QStyleOptionViewItem& option) const {
    const auto* list = qobject_cast<const QAbstractItemView*>(option.widget);
    const int room = (list ? list->viewport()->width() : option.rect.width()) - 2 * kPadding;
    const bool one = QFontMetrics(theme_.font(TextStyle::Control)).horizontalAdvance(row.text) <= room;
    return one ? 1 : snippetLines_;
}

QSize FindingDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const FindingRow& row = static_cast<const FindingRows*>(index.model())->row(index);
    int height = theme_.scaled(kEntryHeight);
    if (row.kind == FindingKind::Heading) height = theme_.scaled(kHeadingHeight);
    if (row.kind == FindingKind::Title) height = theme_.scaled(kTitleHeight);
    if (row.kind == FindingKind::Message)
        height = theme_.lineHeight(TextStyle::Caption) +
                 linesOf(row, option) * theme_.lineHeight(TextStyle::Control) + 2 * space::kSmall;
    return {option.rect.width(), height};
}

void FindingDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const Colours& colours = theme_.colours();
    const FindingRow& row = static_cast<const FindingRows*>(index.model())->row(index);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state & QStyle::State_Selected) {
        painter->setPen(theme_.isHighContrast() ? QPen(colours.accent, 2) : QPen(Qt::NoPen));
        painter->setBrush(colours.bubble);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), radius::kControl,
                                 radius::kControl);
    }
    if (!row.canBeChosen())
        paintHeading(*painter, option, row);
    else if (row.kind == FindingKind::Entry)
        paintEntry(*painter, option, row);
    else
        paintMessage(*painter, option, row);
    painter->restore();
}

QRect FindingDelegate::paintDetail(QPainter& painter, const QRect& line, const QString& detail) const {
    if (detail.isEmpty()) return line;
    painter.setFont(theme_.font(TextStyle::Caption));
    painter.setPen(theme_.colours().muted);
    const bool rightToLeft = painter.layoutDirection() == Qt::RightToLeft;
    painter.drawText(
        line, Qt::AlignVCenter | (rightToLeft ? Qt::AlignLeft : Qt::AlignRight) | Qt::TextSingleLine, detail);
    const int taken = painter.fontMetrics().horizontalAdvance(detail) + space::kMedium;
    return rightToLeft ? line.adjusted(taken, 0, 0, 0) : line.adjusted(0, 0, -taken, 0);
}

void FindingDelegate::paintHeading(QPainter& painter, const QStyleOptionViewItem& option,
                                   const FindingRow& row) const {
    const bool title = row.kind == FindingKind::Title;
    const int above = title ? option.rect.height() - theme_.scaled(kHeadingHeight) + 2 : space::kTiny;
    const QRect line = option.rect.adjusted(kPadding, above, -kPadding, 0);
    painter.setLayoutDirection(option.direction);
    const QRect place = paintDetail(painter, line, row.detail);
    painter.setFont(theme_.font(title ? TextStyle::ControlStrong : TextStyle::CaptionStrong));
    painter.setPen(title ? theme_.colours().text : theme_.colours().muted);
    painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(row.text, Qt::ElideRight, place.width()));
}

void FindingDelegate::paintEntry(QPainter& painter, const QStyleOptionViewItem& option,
                                 const FindingRow& row) const {
    painter.setLayoutDirection(option.direction);
    QRect line = option.rect.adjusted(kPadding, 0, -kPadding, 0);
    const int icon = theme_.scaled(kIcon);
    const bool rightToLeft = option.direction == Qt::RightToLeft;
    const QRect iconBox(rightToLeft ? line.right() - icon : line.left(), line.top(), icon, line.height());
    drawIcon(painter, row.icon, iconBox, theme_.colours().muted, icon);
    line = rightToLeft ? line.adjusted(0, 0, -icon - space::kMedium, 0)
                       : line.adjusted(icon + space::kMedium, 0, 0, 0);
    line = paintDetail(painter, line, row.detail);
    const int height = theme_.lineHeight(TextStyle::Control);
    paintText(painter, QRect(line.left(), line.center().y() - height / 2 + 1, line.width(), height), row,
              TextStyle::Control, 1);
}

void FindingDelegate::paintMessage(QPainter& painter, const QStyleOptionViewItem& option,
                                   const FindingRow& row) const {
    painter.setLayoutDirection(option.direction);
    const QRect box = option.rect.adjusted(kPadding, space::kSmall, -kPadding, -space::kSmall);
    const int caption = theme_.lineHeight(TextStyle::Caption);
    const QRect line = paintDetail(painter, QRect(box.left(), box.top(), box.width(), caption), row.detail);
    painter.setFont(theme_.font(TextStyle::CaptionStrong));
    painter.setPen(theme_.colours().muted);
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(row.about, Qt::ElideRight, line.width()));
    paintText(painter, box.adjusted(0, caption, 0, 0), row, TextStyle::Control, snippetLines_);
}

void FindingDelegate::paintText(QPainter& painter, const QRect& box, const FindingRow& row, TextStyle style,
                                int lines) const {
    const Colours& colours = theme_.colours();
    const QFont font = theme_.font(style);
    const int lineHeight = theme_.lineHeight(style);
    QTextOption option;
    option.setWrapMode(lines > 1 ? QTextOption::WrapAtWordBoundaryOrAnywhere : QTextOption::NoWrap);
    option.setTextDirection(row.text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    option.setAlignment(painter.layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    QString text = row.text;
    QList<QTextLayout::FormatRange> formats;
    const auto mark = [&] {
        formats.clear();
        for (const TextRange& range : row.marks) {
            QTextLayout::FormatRange format;
            format.start = range.from;
            format.length = std::min(range.to, int(text.size())) - range.from;
            if (format.length <= 0) continue;
            format.format.setForeground(colours.text);
            format.format.setBackground(colours.found);
            formats.append(format);
        }
    };
    mark();
    const QFontMetrics metrics(font);
    QTextLayout layout(text, font);
    const auto layOut = [&] {
        layout.setTextOption(option);
        layout.setFormats(formats);
        layout.beginLayout();
        int count = 0;
        qsizetype end = 0;
        for (; count < lines; ++count) {
            QTextLine line = layout.createLine();
            if (!line.isValid()) break;
            line.setLineWidth(lines > 1 ? box.width() : 1e6);
            line.setPosition({0, count * qreal(lineHeight) + std::round((lineHeight - line.height()) / 2)});
            end = line.textStart() + line.textLength();
        }
        layout.endLayout();
        return end;
    };
    if (lines == 1) {
        text = metrics.elidedText(text, Qt::ElideRight, box.width());
    } else if (const qsizetype end = layOut(); end < text.size()) {
        text = text.left(std::max<qsizetype>(0, end - 2)) + u'…';
    }
    layout.clearLayout();
    layout.setText(text);
    mark();
    if (lines == 1) option.setAlignment(Qt::AlignLeft);
    layOut();
    const qreal shift = lines == 1 && painter.layoutDirection() == Qt::RightToLeft
                            ? box.width() - layout.lineAt(0).naturalTextWidth()
                            : 0;
    painter.setPen(row.kind == FindingKind::Message ? colours.muted : colours.text);
    layout.draw(&painter, QPointF(box.left() + shift, box.top()));
}

} // namespace ponder::ui
