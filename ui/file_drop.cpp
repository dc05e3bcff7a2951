#include "ui/file_drop.h"

#include "ui/icons.h"
#include "ui/theme.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QPainter>
#include <QUrl>

namespace ponder::ui {

namespace {

constexpr int kMargin = space::kWide;
constexpr int kIcon = 28;

} // namespace

QStringList filesIn(const QMimeData& data) {
    QStringList files;
    for (const QUrl& url : data.urls()) {
        if (!url.isLocalFile()) return {};
        files << url.toLocalFile();
    }
    return files;
}

FileDrop::FileDrop(Theme& theme, QWidget& window) : QWidget(&window), theme_(theme) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(tr("Drop files here"));
    hide();
    window.setAcceptDrops(true);
    window.installEventFilter(this);
}

bool FileDrop::eventFilter(QObject* watched, QEvent* event) {
    if (watched != parentWidget()) return false;
    switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove: {
        auto* drag = static_cast<QDragMoveEvent*>(event);
        if (filesIn(*drag->mimeData()).isEmpty()) return false;
        drag->setDropAction(Qt::CopyAction);
        drag->accept();
        setGeometry(parentWidget()->rect());
        raise();
        show();
        return true;
    }
    case QEvent::DragLeave:
        hide();
        return false;
    case QEvent::Drop: {
        hide();
        auto* drop = static_cast<QDropEvent*>(event);
        const QStringList files = filesIn(*drop->mimeData());
        if (files.isEmpty()) return false;
        drop->setDropAction(Qt::CopyAction);
        drop->accept();
        emit dropped(files);
        return true;
    }
    default:
        return false;
    }
}

void FileDrop::paintEvent(QPaintEvent*) {
    const Colours& colours = theme_.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = colours.background;
    veil.setAlphaF(0.88f);
    painter.fillRect(rect(), veil);
    painter.setPen(QPen(colours.accent, 2, Qt::DashLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(kMargin, kMargin, -kMargin, -kMargin), radius::kPanel,
                            radius::kPanel);
    const int line = theme_.lineHeight(TextStyle::Heading3);
    QRectF words(0, (height() - line) / 2.0 + kIcon / 2.0, width(), line);
    drawIcon(painter, Icon::File, QRectF(0, words.top() - kIcon - space::kMedium, width(), kIcon),
             colours.accent, kIcon);
    painter.setFont(theme_.font(TextStyle::Heading3));
    painter.setPen(colours.text);
    painter.drawText(words, Qt::AlignCenter, tr("Drop files to attach them"));
    words.translate(0, line + space::kTiny);
    painter.setFont(theme_.font(TextStyle::Control));
    painter.setPen(colours.muted);
    painter.drawText(words, Qt::AlignCenter, tr("Text, source code and PDF"));
}

} // namespace ponder::ui
