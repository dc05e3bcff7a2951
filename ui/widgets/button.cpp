#include "ui/widgets/button.h"

#include "ui/key_bindings.h"
#include "ui/widgets/focus_ring.h"
#include "ui/widgets/tool_tip.h"

#include <QEvent>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QtMath>

namespace ponder::ui {

namespace {

constexpr int kPadding = 14;
constexpr int kGlyph = 20;
constexpr int kGlyphGap = 6;
constexpr int kTrailingGlyph = 16;
constexpr qreal kDimmed = 0.4;

} // namespace

struct Button::Paints {
    QColor fill = Qt::transparent;
    QColor line = Qt::transparent;
    QColor text;
    QColor glyph;
};

Button::Button(Theme& theme, ButtonLook look, QWidget* parent)
    : QAbstractButton(parent), theme_(theme), look_(look) {
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::ArrowCursor);
    connect(&theme_, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

Button::~Button() = default;

void Button::setText(const QString& text) {
    QAbstractButton::setText(text);
    setShortcut({});
    setAccessibleName(text);
    updateGeometry();
}

void Button::setGlyph(Icon icon) {
    glyph_ = icon;
    updateGeometry();
    update();
}

void Button::setTrailingGlyph(Icon icon) {
    trailing_ = icon;
    updateGeometry();
    update();
}

void Button::setCommandTip(const QString& text, Command command) {
    const auto show = [this, text, command] {
        setToolTip(plainToolTip(textWithKey(text, command)));
        if (Button::text().isEmpty()) setAccessibleName(textWithKey(text, command));
    };
    disconnect(tipConnection_);
    tipConnection_ = connect(&KeyBindings::ofProgram(), &KeyBindings::changed, this, show);
    show();
}

void Button::setTextStyle(TextStyle style) {
    style_ = style;
    updateGeometry();
}

void Button::setTextAlignment(Qt::Alignment alignment) {
    alignment_ = alignment;
    update();
}

void Button::setExtent(int pixels) {
    extent_ = pixels;
    updateGeometry();
}

int Button::scaledExtent() const {
    return theme_.scaled(extent_);
}

QSize Button::sizeHint() const {
    if (text().isEmpty()) return {scaledExtent(), scaledExtent()};
    // Rounded up: a fraction of a pixel too few would cost the last letters.
    int width = qCeil(QFontMetricsF(theme_.font(style_)).horizontalAdvance(text())) + 1 + 2 * kPadding;
    if (glyph_ != Icon::None) width += kGlyph + kGlyphGap - 4;
    if (trailing_ != Icon::None) width += kTrailingGlyph + kGlyphGap - 6;
    return {width, scaledExtent()};
}

QSize Button::minimumSizeHint() const {
    // Text gives way to an ellipsis where there is no room.
    return text().isEmpty() ? sizeHint() : QSize(qMin(sizeHint().width(), theme_.scaled(96)), scaledExtent());
}

Button::Paints Button::paints() const {
    const Colours& colours = theme_.colours();
    const bool over = isEnabled() && underMouse();
    Paints paints;
    paints.text = colours.text;
    paints.glyph = over || isDown() ? colours.text : colours.muted;
    switch (look_) {
    case ButtonLook::Outlined:
        paints.line = colours.border;
        paints.glyph = colours.text;
        break;
    case ButtonLook::Quiet:
    case ButtonLook::Row:
        break;
    case ButtonLook::Filled:
        paints.fill = colours.text;
        paints.text = paints.glyph = colours.background;
        if (over) paints.fill.setAlphaF(0.86f);
        if (isDown()) paints.fill.setAlphaF(0.74f);
        break;
    }
    if (look_ != ButtonLook::Filled) {
        if (over) paints.fill = colours.bubble;
        if (isDown()) paints.fill = colours.selectedRow;
        if (isChecked() && look_ == ButtonLook::Row) {
            paints.fill = colours.selectedRow;
            if (theme_.isHighContrast()) paints.line = colours.text;
        } else if (isChecked()) {
            paints.line = paints.text = paints.glyph = colours.accent;
            if (!over) {
                paints.fill = colours.accent;
                paints.fill.setAlphaF(0.08f);
            }
        }
        // Where every ground has the same colour only a line can answer the pointer.
        if (theme_.isHighContrast() && (over || isDown())) paints.line = colours.accent;
    }
    if (!isEnabled()) {
        for (QColor* colour : {&paints.text, &paints.glyph}) {
            if (look_ != ButtonLook::Filled) colour->setAlphaF(0.6f);
        }
        if (look_ == ButtonLook::Filled) paints.fill.setAlphaF(kDimmed);
    }
    return paints;
}

void Button::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Paints paint = paints();
    painter.setBrush(paint.fill);
    painter.setPen(paint.line.alpha() ? QPen(paint.line, 1) : QPen(Qt::NoPen));
    const qreal inset = paint.line.alpha() ? 0.5 : 0;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), radius_, radius_);

    if (text().isEmpty()) {
        drawIcon(painter, glyph_, rect(), paint.glyph);
        return;
    }
    painter.setFont(theme_.font(style_));
    const QFontMetrics metrics = painter.fontMetrics();
    const int before = glyph_ == Icon::None ? 0 : kGlyph + kGlyphGap;
    const int after = trailing_ == Icon::None ? 0 : kTrailingGlyph + kGlyphGap - 2;
    const int padding = glyph_ == Icon::None ? kPadding : kPadding - 4;
    const int paddingAfter = trailing_ == Icon::None ? kPadding : kPadding - 4;
    const int room = width() - padding - paddingAfter - before - after;
    const QString shown = metrics.elidedText(text(), Qt::ElideRight, room);
    const int textWidth = metrics.horizontalAdvance(shown);
    int x = padding;
    if (alignment_ & Qt::AlignHCenter) x += qMax(0, (room - textWidth) / 2);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const auto place = [&](int left, int boxWidth) {
        return QRect(mirrored ? width() - left - boxWidth : left, 0, boxWidth, height());
    };
    if (before) drawIcon(painter, glyph_, place(x, kGlyph), paint.glyph);
    painter.setPen(paint.text);
    painter.drawText(place(x + before, textWidth + 1), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     shown);
    if (after) {
        drawIcon(painter, trailing_, place(x + before + textWidth + kGlyphGap - 2, kTrailingGlyph),
                 isChecked() ? paint.glyph : theme_.colours().muted, kTrailingGlyph);
    }
}

void Button::focusInEvent(QFocusEvent* event) {
    if (comesFromKeyboard(*event)) ring_ = std::make_unique<FocusRing>(theme_, *this, radius_);
    QAbstractButton::focusInEvent(event);
}

void Button::focusOutEvent(QFocusEvent* event) {
    ring_.reset();
    QAbstractButton::focusOutEvent(event);
}

void Button::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (!event->isAutoRepeat()) click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

bool Button::event(QEvent* event) {
    if (event->type() == QEvent::ToolTipChange || event->type() == QEvent::EnabledChange) update();
    if (event->type() == QEvent::ToolTipChange && text().isEmpty() && accessibleName().isEmpty()) {
        setAccessibleName(toolTip());
    }
    return QAbstractButton::event(event);
}

} // namespace ponder::ui
