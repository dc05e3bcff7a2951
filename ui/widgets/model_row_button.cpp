#include "ui/widgets/model_row_button.h"

#include "ui/icons.h"
#include "ui/theme.h"
#include "ui/widgets/tool_tip.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

namespace ponder::ui {

namespace {

constexpr int kPadding = 12;
constexpr int kMark = 20;
constexpr int kWidth = 380;

} // namespace

ModelRowButton::ModelRowButton(Theme& theme, const ModelRow& row, QWidget* parent)
    : QAbstractButton(parent), theme_(theme), row_(row) {
    setText(row_.name);
    setCheckable(true);
    setEnabled(row_.problem.isEmpty());
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setAccessibleName(row_.name);
    setAccessibleDescription(secondLine());
    setToolTip(plainToolTip(row_.problem.isEmpty() ? row_.path : row_.problem));
}

QString ModelRowButton::secondLine() const {
    QStringList parts;
    for (const QString& part : {row_.size, row_.where}) {
        if (!part.isEmpty()) parts << part;
    }
    const QString line = parts.join(" · ");
    return row_.problem.isEmpty() ? line : row_.problem;
}

QSize ModelRowButton::sizeHint() const {
    const int lines = theme_.lineHeight(TextStyle::Control) + theme_.lineHeight(TextStyle::Caption);
    return {theme_.scaled(kWidth), lines + 14};
}

void ModelRowButton::paintEvent(QPaintEvent*) {
    const Colours& colours = theme_.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool lit = isEnabled() && (underMouse() || hasFocus());
    if (lit) {
        painter.setPen(theme_.isHighContrast() ? QPen(colours.accent, 1) : QPen(Qt::NoPen));
        painter.setBrush(isDown() ? colours.selectedRow : colours.bubble);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius::kControl,
                                radius::kControl);
    }
    const int room = width() - 2 * kPadding - kMark - space::kSmall;
    const int top = 7;
    const int nameHeight = theme_.lineHeight(TextStyle::Control);
    const auto line = [&](int y, int height, TextStyle style, const QColor& colour, const QString& text) {
        painter.setFont(theme_.font(style));
        painter.setPen(colour);
        const QRect place = QStyle::visualRect(layoutDirection(), rect(), QRect(kPadding, y, room, height));
        painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, room));
    };
    const bool runs = isEnabled();
    line(top, nameHeight, isChecked() ? TextStyle::ControlStrong : TextStyle::Control,
         runs ? colours.text : colours.muted, row_.name);
    line(top + nameHeight, theme_.lineHeight(TextStyle::Caption), TextStyle::Caption,
         runs ? colours.muted : colours.warning, secondLine());
    const QRect mark =
        QStyle::visualRect(layoutDirection(), rect(), QRect(width() - kPadding - kMark, 0, kMark, height()));
    if (isChecked()) drawIcon(painter, Icon::Check, mark, colours.text, 18);
    if (!runs) drawIcon(painter, Icon::Warning, mark, colours.warning, 18);
}

void ModelRowButton::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return click();
    QAbstractButton::keyPressEvent(event);
}

} // namespace ponder::ui
