#pragma once

#include "ui/icons.h"
#include "ui/theme.h"

#include <QAbstractButton>

#include <memory>

namespace ponder::ui {

class FocusRing;

enum class Command;

enum class ButtonLook {
    Outlined, ///< a border; checked: in the accent colour
    Quiet,    ///< nothing until the pointer is over it
    Filled,   ///< in the colour of text: the one thing to do here
    Row,      ///< a row of a list; checked: on the ground of the chosen row
};

/// Every button of the window: text, an icon or both, painted from the theme. A button with an icon only is
/// square. Its accessible name is its text, or, without one, its tool tip.
class Button : public QAbstractButton {
    Q_OBJECT
public:
    Button(Theme& theme, ButtonLook look, QWidget* parent = nullptr);
    ~Button() override;

    /// Shown letter for letter: an ampersand is no mnemonic.
    void setText(const QString& text);
    void setGlyph(Icon icon);         ///< before the text
    void setTrailingGlyph(Icon icon); ///< after the text, small
    /// A tool tip with the key of the command that the button stands for, whichever that is.
    void setCommandTip(const QString& text, Command command);
    void setTextStyle(TextStyle style);
    void setTextAlignment(Qt::Alignment alignment);
    /// Height at the base text size.
    void setExtent(int pixels);
    void setCornerRadius(int pixels) { radius_ = pixels; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Paints;
    Paints paints() const;
    int scaledExtent() const;

    Theme& theme_;
    ButtonLook look_;
    Icon glyph_ = Icon::None;
    Icon trailing_ = Icon::None;
    TextStyle style_ = TextStyle::Label;
    Qt::Alignment alignment_ = Qt::AlignCenter;
    int extent_ = 32;
    int radius_ = radius::kControl;
    QMetaObject::Connection tipConnection_;
    std::unique_ptr<FocusRing> ring_;
};

} // namespace ponder::ui
