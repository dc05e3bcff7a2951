#include "ui/transcript_scroll_marks.h"

#include "ui/theme.h"

#include <QEvent>
#include <QPainter>
#include <QScrollBar>

namespace ponder::ui {

namespace {

constexpr int kLine = 2;
constexpr int kCurrentLine = 4;
constexpr int kMargin = 3;

} // namespace

TranscriptScrollMarks::TranscriptScrollMarks(Theme& theme, QScrollBar& bar) : QWidget(&bar), theme_(theme) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    bar.installEventFilter(this);
    resize(bar.size());
    hide();
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TranscriptScrollMarks::setPlaces(const std::vector<qreal>& places, qreal current) {
    places_.clear();
    int last = -1;
    for (qreal place : places) {
        const int y = int(place * height());
        if (y != last) places_.push_back(place);
        last = y;
    }
    current_ = current;
    setVisible(!places_.empty());
    update();
}

bool TranscriptScrollMarks::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) resize(static_cast<QWidget*>(watched)->size());
    return false;
}

void TranscriptScrollMarks::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto line = [&](qreal place, int extent, const QColor& colour) {
        const int top = std::clamp(int(place * height()) - extent / 2, 0, std::max(0, height() - extent));
        painter.fillRect(kMargin, top, width() - 2 * kMargin, extent, colour);
    };
    for (qreal place : places_) line(place, kLine, theme_.colours().warning);
    if (current_ >= 0) line(current_, kCurrentLine, theme_.colours().accent);
}

} // namespace ponder::ui
