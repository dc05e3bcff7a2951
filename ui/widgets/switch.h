#pragma once

#include <QAbstractButton>

#include <memory>

namespace ponder::ui {

class FocusRing;
class Theme;

/// On or off, at once. Needs an accessible name: it has no text of its own.
class Switch : public QAbstractButton {
    Q_OBJECT
public:
    explicit Switch(Theme& theme, QWidget* parent = nullptr);
    ~Switch() override;

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    Theme& theme_;
    std::unique_ptr<FocusRing> ring_;
};

} // namespace ponder::ui
