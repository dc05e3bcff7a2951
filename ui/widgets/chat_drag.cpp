#include "ui/widgets/chat_drag.h"

#include "ui/theme.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QMimeData>
#include <QPainter>
#include <QPixmap>

namespace ponder::ui {

namespace {

constexpr const char* kChats = "application/x-ponder-chats";
constexpr int kWidest = 220;

/// Ids are drawn anew by every program that has the chats, so another Ponder's mean nothing here.
QByteArray thisProgram() {
    return QByteArray::number(QCoreApplication::applicationPid()) + '\n';
}

} // namespace

QMimeData* chatsToDrag(const QStringList& ids) {
    auto* carried = new QMimeData;
    carried->setData(kChats, thisProgram() + ids.join('\n').toUtf8());
    return carried;
}

QStringList draggedChats(const QMimeData& dragged) {
    const QByteArray bytes = dragged.data(kChats);
    if (!bytes.startsWith(thisProgram())) return {};
    return QString::fromUtf8(bytes.mid(thisProgram().size())).split('\n', Qt::SkipEmptyParts);
}

QPixmap dragPicture(const Theme& theme, const QString& words, qreal pixelRatio) {
    const QFont font = theme.font(TextStyle::Control);
    const QFontMetrics metrics(font);
    const QString shown = metrics.elidedText(words, Qt::ElideRight, kWidest);
    const QSize size(metrics.horizontalAdvance(shown) + 2 * space::kMedium, theme.scaled(36));
    QPixmap picture(size * pixelRatio);
    picture.setDevicePixelRatio(pixelRatio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(theme.colours().surface);
    painter.setPen(QPen(theme.colours().outline, 1));
    const QRectF card(0, 0, size.width(), size.height());
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), radius::kControl, radius::kControl);
    painter.setFont(font);
    painter.setPen(theme.colours().text);
    painter.drawText(card, Qt::AlignCenter | Qt::TextSingleLine, shown);
    return picture;
}

} // namespace ponder::ui
