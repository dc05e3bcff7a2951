#pragma once

#include <QSlider>

#include <memory>

namespace ponder::ui {

class FocusRing;
class Theme;

/// A level slider in the theme's colours. Needs an accessible name.
class Slider : public QSlider {
    Q_OBJECT
public:
    explicit Slider(Theme& theme, QWidget* parent = nullptr);
    ~Slider() override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {80, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    int valueAt(int x) const;
    int knob() const;

    Theme& theme_;
    std::unique_ptr<FocusRing> ring_;
};

} // namespace ponder::ui
