#pragma once

#include <QProgressBar>
#include <QTimer>

namespace ponder::ui {

class Theme;

/// A thin line that fills; with the range 0 to 0 a part of it moves, for work of unknown length.
class ProgressBar : public QProgressBar {
    Q_OBJECT
public:
    explicit ProgressBar(Theme& theme, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {40, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    Theme& theme_;
    QTimer timer_;
    int step_ = 0;
};

} // namespace ponder::ui
