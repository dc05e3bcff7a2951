#include "ui/widgets/side_split.h"

#include "ui/theme.h"

#include <QApplication>
#include <QMouseEvent>
#include <QStyle>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kEdge = 7;
constexpr int kSlideMilliseconds = 160;
constexpr int kCloseBelow = 140; // dragged this far, the side closes

} // namespace

SideSplit::SideSplit(Theme& theme, QWidget* side, QWidget* body, QWidget* parent)
    : QWidget(parent), theme_(theme), side_(side), body_(body), shade_(new QWidget(this)),
      edge_(new QWidget(this)) {
    body_->setParent(this);
    shade_->setAutoFillBackground(true);
    shade_->setPalette(QColor(0, 0, 0, 90));
    shade_->installEventFilter(this);
    shade_->hide();
    side_->setParent(this);
    shade_->raise();
    side_->raise();
    edge_->setCursor(Qt::SplitHCursor);
    edge_->setToolTip(tr("Drag to change the width"));
    edge_->installEventFilter(this);
    edge_->raise();
    slide_.setStartValue(0.0);
    slide_.setEndValue(1.0);
    slide_.setEasingCurve(QEasingCurve::OutCubic);
    connect(&slide_, &QVariantAnimation::valueChanged, this, &SideSplit::arrange);
    connect(&slide_, &QVariantAnimation::finished, this, &SideSplit::arrange);
    slide_.setCurrentTime(slide_.duration());
}

bool SideSplit::isSideShown() const {
    return isNarrow() ? over_ : beside_;
}

void SideSplit::setSideShown(bool shown) {
    if (shown == isSideShown()) return;
    // The keyboard does not stay behind in what is gone.
    if (!shown && side_->isAncestorOf(QApplication::focusWidget())) emit focusLeft();
    (isNarrow() ? over_ : beside_) = shown;
    const bool animated =
        isVisible() && style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0;
    slide_.setDuration(kSlideMilliseconds);
    slide_.setDirection(shown ? QVariantAnimation::Forward : QVariantAnimation::Backward);
    if (animated)
        slide_.start();
    else
        slide_.setCurrentTime(shown ? slide_.duration() : 0);
    settle();
}

void SideSplit::closeOver() {
    if (isSideOver()) setSideShown(false);
}

void SideSplit::restore(bool wantsSide, int sideWidth) {
    beside_ = wantsSide;
    sideWidth_ = std::clamp(sideWidth, kLeastSide, kMostSide);
    slide_.setCurrentTime(isSideShown() ? slide_.duration() : 0);
    settle();
}

void SideSplit::settle() {
    arrange();
    const bool shown = isSideShown();
    if (shown == wasShown_) return;
    wasShown_ = shown;
    emit sideShownChanged(shown);
}

void SideSplit::arrange() {
    const bool moving = slide_.state() == QAbstractAnimation::Running;
    const double part = moving ? slide_.currentValue().toDouble() : isSideShown() ? 1.0 : 0.0;
    const int seen = int(sideWidth_ * part + 0.5);
    const int taken = isNarrow() ? 0 : seen;
    const auto put = [this](QWidget* widget, int x, int w) {
        widget->setGeometry(QStyle::visualRect(layoutDirection(), rect(), QRect(x, 0, w, height())));
    };
    side_->setVisible(seen > 0 || moving);
    put(side_, seen - sideWidth_, sideWidth_);
    put(body_, taken, width() - taken);
    put(shade_, 0, width());
    shade_->setVisible(isNarrow() && seen > 0);
    put(edge_, seen - kEdge / 2 - 1, kEdge);
    edge_->setVisible(seen == sideWidth_ && !isNarrow());
}

void SideSplit::resizeEvent(QResizeEvent*) {
    if (!isNarrow()) over_ = false;
    settle();
}

void SideSplit::dragTo(int x) {
    if (layoutDirection() == Qt::RightToLeft) x = width() - x;
    if (x < kCloseBelow) return setSideShown(false);
    sideWidth_ = std::clamp(x, kLeastSide, kMostSide);
    arrange();
}

bool SideSplit::eventFilter(QObject* watched, QEvent* event) {
    if (watched == shade_ && event->type() == QEvent::MouseButtonPress) {
        closeOver();
        return true;
    }
    if (watched != edge_) return false;
    if (event->type() == QEvent::MouseButtonDblClick) {
        sideWidth_ = kUsualSide;
        arrange();
        return true;
    }
    if (event->type() == QEvent::MouseMove) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (mouse->buttons() & Qt::LeftButton) dragTo(mapFromGlobal(mouse->globalPosition().toPoint()).x());
        return true;
    }
    return event->type() == QEvent::MouseButtonPress;
}

} // namespace ponder::ui
