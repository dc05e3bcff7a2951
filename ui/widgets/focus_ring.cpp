#include "ui/widgets/focus_ring.h"

#include "ui/theme.h"

#include <QEvent>
#include <QFocusEvent>
#include <QPainter>

namespace ponder::ui {

namespace {

constexpr int kGap = 2;
constexpr int kWidth = 2;

} // namespace

FocusRing::FocusRing(Theme& theme, QWidget& target, int targetRadius)
    : QWidget(target.parentWidget()), theme_(theme), target_(target), radius_(targetRadius) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    setObjectName("FocusRing");
    target_.installEventFilter(this);
    follow();
    show();
}

bool FocusRing::eventFilter(QObject*, QEvent* event) {
    if (event->type() == QEvent::Move || event->type() == QEvent::Resize) follow();
    return false;
}

void FocusRing::follow() {
    const int reach = kGap + kWidth;
    setGeometry(target_.geometry().adjusted(-reach, -reach, reach, reach));
    raise();
}

void FocusRing::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme_.colours().accent, kWidth));
    const qreal half = kWidth / 2.0;
    const int radius = radius_ + kGap;
    painter.drawRoundedRect(QRectF(rect()).adjusted(half, half, -half, -half), radius, radius);
}

bool comesFromKeyboard(const QFocusEvent& event) {
    return event.reason() == Qt::TabFocusReason || event.reason() == Qt::BacktabFocusReason ||
           event.reason() == Qt::ShortcutFocusReason;
}

} // namespace ponder::ui
