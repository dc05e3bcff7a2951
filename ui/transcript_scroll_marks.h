#pragma once

#include <QWidget>

#include <vector>

class QScrollBar;

namespace ponder::ui {

class Theme;

/// Thin lines over a scroll bar, where in the whole something lies. The pointer goes through it.
class TranscriptScrollMarks : public QWidget {
    Q_OBJECT
public:
    TranscriptScrollMarks(Theme& theme, QScrollBar& bar);

    /// Places from 0 (the start) to 1; `current`: the one that is looked at, negative for none.
    void setPlaces(const std::vector<qreal>& places, qreal current);

    bool eventFilter(QObject* watched, QEvent* event) override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme& theme_;
    std::vector<qreal> places_; ///< no two on the same pixel
    qreal current_ = -1;
};

} // namespace ponder::ui
