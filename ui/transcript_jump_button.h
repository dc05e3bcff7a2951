#pragma once

#include <QAbstractButton>

#include <memory>

namespace ponder::ui {

class FocusRing;
class Theme;

/// Round, above the text: goes to the end of the chat.
class TranscriptJumpButton : public QAbstractButton {
    Q_OBJECT
public:
    static constexpr int kExtent = 36;

    TranscriptJumpButton(Theme& theme, QWidget* parent);
    ~TranscriptJumpButton() override;

    QSize sizeHint() const override { return {kExtent, kExtent}; }

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
