#include "ui/widgets/search_field.h"

#include "ui/icons.h"
#include "ui/theme.h"

#include <QPainter>
#include <QStyle>

namespace ponder::ui {

namespace {

constexpr int kExtent = 36;
constexpr int kIcon = 18;

} // namespace

SearchField::SearchField(Theme& theme, FieldLook look, QWidget* parent)
    : QLineEdit(parent), theme_(theme), look_(look) {
    setFrame(false);
    setAttribute(Qt::WA_MacShowFocusRect, false);
    connect(&theme_, &Theme::changed, this, &SearchField::takeTheme);
    takeTheme();
}

void SearchField::setHint(const QString& hint) {
    setPlaceholderText(hint);
    setAccessibleName(hint);
}

void SearchField::takeTheme() {
    const Colours& colours = theme_.colours();
    setFont(theme_.font(TextStyle::Control));
    QPalette palette = this->palette();
    palette.setColor(QPalette::Base, Qt::transparent);
    palette.setColor(QPalette::Text, colours.text);
    palette.setColor(QPalette::PlaceholderText, colours.muted);
    palette.setColor(QPalette::Highlight, colours.selection);
    palette.setColor(QPalette::HighlightedText, colours.text);
    setPalette(palette);
    const int before = theme_.scaled(kIcon) + space::kMedium + space::kTiny;
    const bool rightToLeft = layoutDirection() == Qt::RightToLeft;
    setTextMargins(rightToLeft ? space::kSmall : before, 0, rightToLeft ? before : space::kSmall, 0);
    setMinimumHeight(theme_.scaled(kExtent));
    update();
}

QSize SearchField::sizeHint() const {
    return {theme_.scaled(240), theme_.scaled(kExtent)};
}

void SearchField::paintEvent(QPaintEvent* event) {
    const Colours& colours = theme_.colours();
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (look_ == FieldLook::Framed) {
            const qreal pen = hasFocus() ? 2 : 1;
            painter.setBrush(colours.surface);
            painter.setPen(QPen(hasFocus() ? colours.accent : colours.outline, pen));
            painter.drawRoundedRect(QRectF(rect()).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2),
                                    radius::kControl, radius::kControl);
        }
        const int icon = theme_.scaled(kIcon);
        const QRect place(space::kSmall + 2, 0, icon, height());
        drawIcon(painter, Icon::Search, QStyle::visualRect(layoutDirection(), rect(), place), colours.muted,
                 icon);
    }
    QLineEdit::paintEvent(event);
}

} // namespace ponder::ui
