#include "ui/library/share_table.h"

#include "ui/theme.h"

#include <QLocale>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kTypeColumn = 84;
constexpr int kPercentColumn = 64;
constexpr int kBarColumn = 120;
constexpr int kBarHeight = 8;

} // namespace

ShareTable::ShareTable(Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme_, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

int ShareTable::lineHeight() const {
    return theme_.lineHeight(TextStyle::Control) + space::kTiny;
}

QSize ShareTable::sizeHint() const {
    return {360, int(shares_.size()) * lineHeight()};
}

void ShareTable::setShares(const std::vector<TypeShare>& shares) {
    shares_ = shares;
    QStringList words;
    for (const TypeShare& share : shares_)
        words << tr("%1: %2 %, %3")
                     .arg(share.type, QLocale().toString(share.share * 100, 'f', 1), share.detail);
    setAccessibleName(tr("Types of numbers"));
    setAccessibleDescription(words.join("; "));
    updateGeometry();
    update();
}

void ShareTable::paintEvent(QPaintEvent*) {
    const Colours& colours = theme_.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme_.font(TextStyle::Control));
    const bool rightToLeft = layoutDirection() == Qt::RightToLeft;
    const auto leading =
        Qt::AlignVCenter | Qt::TextSingleLine | (rightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    int y = 0;
    for (const TypeShare& share : shares_) {
        const auto place = [&](int x, int width) {
            return QStyle::visualRect(layoutDirection(), rect(), QRect(x, y, width, lineHeight()));
        };
        int x = 0;
        painter.setPen(colours.text);
        painter.drawText(place(x, theme_.scaled(kTypeColumn)), leading, share.type);
        x += theme_.scaled(kTypeColumn);
        const QRect bar = place(x, kBarColumn);
        const QRectF track(bar.left(), bar.center().y() - kBarHeight / 2.0 + 1, bar.width(), kBarHeight);
        QRectF filled = track;
        filled.setWidth(std::max(2.0, track.width() * std::clamp(share.share, 0.0, 1.0)));
        if (rightToLeft) filled.moveRight(track.right());
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours.codeHeader);
        painter.drawRoundedRect(track, kBarHeight / 2.0, kBarHeight / 2.0);
        painter.setBrush(colours.accent);
        painter.drawRoundedRect(filled, kBarHeight / 2.0, kBarHeight / 2.0);
        x += kBarColumn + space::kMedium;
        painter.setPen(colours.text);
        painter.drawText(place(x, theme_.scaled(kPercentColumn)), leading,
                         tr("%1 %").arg(QLocale().toString(share.share * 100, 'f', 1)));
        x += theme_.scaled(kPercentColumn);
        painter.setPen(colours.muted);
        const int room = std::max(0, width() - x);
        painter.drawText(place(x, room), leading,
                         painter.fontMetrics().elidedText(share.detail, Qt::ElideRight, room));
        y += lineHeight();
    }
}

} // namespace ponder::ui
