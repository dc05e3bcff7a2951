#include "ui/library/plan_bar.h"

#include "ui/theme.h"
#include "ui/widgets/byte_text.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kBarHeight = 14;
constexpr int kSwatch = 10;
constexpr int kGap = 6;
constexpr int kLegendGap = 16;

QString nameOf(PlanUse use) {
    switch (use) {
    case PlanUse::Others:
        return PlanBar::tr("Other programs");
    case PlanUse::Weights:
        return PlanBar::tr("Weights");
    case PlanUse::Experts:
        return PlanBar::tr("Experts");
    case PlanUse::Cache:
        return PlanBar::tr("Context");
    case PlanUse::Scratch:
        return PlanBar::tr("Working memory");
    }
    return {};
}

qint64 usedBytes(const PlanDevice& device) {
    qint64 used = 0;
    for (const PlanPiece& piece : device.pieces) used += piece.bytes;
    return used;
}

} // namespace

PlanBar::PlanBar(Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme_, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void PlanBar::setDevice(const PlanDevice& device) {
    device_ = device;
    QStringList words{device.words};
    for (const PlanPiece& piece : device.pieces) words << nameOf(piece.use) + ' ' + bytesText(piece.bytes);
    setAccessibleName(device.name);
    setAccessibleDescription(words.join(", "));
    updateGeometry();
    update();
}

QColor PlanBar::colourOf(PlanUse use) const {
    const Colours& colours = theme_.colours();
    switch (use) {
    case PlanUse::Others:
        return mixed(colours.muted, colours.background, 0.45);
    case PlanUse::Weights:
        return colours.accent;
    case PlanUse::Experts:
        return colours.codeKeyword;
    case PlanUse::Cache:
        return colours.success;
    case PlanUse::Scratch:
        return colours.codeNumber;
    }
    return colours.muted;
}

std::vector<PlanBar::Mark> PlanBar::legend(int width, int* height) const {
    const QFontMetrics metrics(theme_.font(TextStyle::Caption));
    const int line = theme_.lineHeight(TextStyle::Caption);
    int x = 0;
    int y = theme_.lineHeight(TextStyle::Control) + kBarHeight + 2 * kGap;
    std::vector<Mark> marks;
    const auto add = [&](const QColor& colour, const QString& text) {
        const int needed = kSwatch + kGap + metrics.horizontalAdvance(text) + 2; // of rounding
        if (x > 0 && x + needed > width) {
            x = 0;
            y += line;
        }
        marks.push_back({QRect(x, y, std::min(needed, width), line), colour, text});
        x += needed + kLegendGap;
    };
    for (const PlanPiece& piece : device_.pieces) {
        if (piece.bytes > 0) add(colourOf(piece.use), nameOf(piece.use) + "  " + bytesText(piece.bytes));
    }
    const qint64 left = device_.totalBytes - usedBytes(device_);
    if (left > 0) add(theme_.colours().codeHeader, tr("Free") + "  " + bytesText(left));
    if (height) *height = y + line;
    return marks;
}

int PlanBar::heightForWidth(int width) const {
    int height = 0;
    legend(width, &height);
    return height;
}

QSize PlanBar::sizeHint() const {
    return {400, heightForWidth(std::max(160, width()))};
}

void PlanBar::paintBar(QPainter& painter, const QRect& box) const {
    const Colours& colours = theme_.colours();
    QPainterPath outline;
    outline.addRoundedRect(QRectF(box), kBarHeight / 2.0, kBarHeight / 2.0);
    painter.save();
    painter.setClipPath(outline);
    painter.fillRect(box, colours.codeHeader);
    const qint64 whole = std::max({device_.totalBytes, usedBytes(device_), qint64(1)});
    qint64 before = 0;
    for (const PlanPiece& piece : device_.pieces) {
        const int from = int(double(before) / double(whole) * box.width());
        before += piece.bytes;
        const int to = int(double(before) / double(whole) * box.width());
        // What is there can be seen, however little of the whole it is.
        const int width = piece.bytes > 0 ? std::max(2, to - from - 1) : 0;
        painter.fillRect(QStyle::visualRect(layoutDirection(), box,
                                            QRect(box.left() + from, box.top(), width, box.height())),
                         colourOf(piece.use));
    }
    painter.restore();
    painter.setBrush(Qt::NoBrush);
    if (!device_.fits) {
        painter.setPen(QPen(colours.danger, 2));
        painter.drawPath(outline);
    } else if (theme_.isHighContrast()) {
        painter.setPen(QPen(colours.text, 1));
        painter.drawPath(outline);
    }
}

void PlanBar::paintEvent(QPaintEvent*) {
    const Colours& colours = theme_.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int line = theme_.lineHeight(TextStyle::Control);
    const QRect head(0, 0, width(), line);
    const bool rightToLeft = layoutDirection() == Qt::RightToLeft;
    const auto ends = Qt::AlignVCenter | Qt::TextSingleLine;
    painter.setFont(theme_.font(TextStyle::ControlStrong));
    painter.setPen(colours.text);
    painter.drawText(head, ends | (rightToLeft ? Qt::AlignRight : Qt::AlignLeft), device_.name);
    painter.setFont(theme_.font(TextStyle::Caption));
    painter.setPen(device_.fits ? colours.muted : colours.danger);
    painter.drawText(head, ends | (rightToLeft ? Qt::AlignLeft : Qt::AlignRight), device_.words);
    paintBar(painter, QRect(1, line + kGap / 2, width() - 2, kBarHeight));

    for (const Mark& mark : legend(width(), nullptr)) {
        const QRect place = QStyle::visualRect(layoutDirection(), rect(), mark.box);
        const QRect swatch =
            QStyle::visualRect(layoutDirection(), place,
                               QRect(place.left(), place.center().y() - kSwatch / 2 + 1, kSwatch, kSwatch));
        painter.setPen(theme_.isHighContrast() ? QPen(colours.text, 1) : QPen(Qt::NoPen));
        painter.setBrush(mark.colour);
        painter.drawRoundedRect(swatch, 3, 3);
        const int inset = kSwatch + kGap;
        painter.setPen(colours.muted);
        painter.drawText(rightToLeft ? place.adjusted(0, 0, -inset, 0) : place.adjusted(inset, 0, 0, 0),
                         ends | (rightToLeft ? Qt::AlignRight : Qt::AlignLeft),
                         painter.fontMetrics().elidedText(mark.text, Qt::ElideRight, place.width() - inset));
    }
}

} // namespace ponder::ui
