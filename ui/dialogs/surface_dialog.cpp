#include "ui/dialogs/surface_dialog.h"

#include "ui/theme.h"

#include <QPainter>

namespace ponder::ui {

namespace {

constexpr int kButtonExtent = 36;

} // namespace

SurfaceDialog::SurfaceDialog(Theme& theme, QWidget* parent) : QDialog(parent), theme_(theme) {
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SurfaceDialog::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), theme_.colours().surface);
}

Button* SurfaceDialog::makeButton(ButtonLook look, const QString& text) {
    auto* button = new Button(theme_, look, this);
    button->setText(text);
    button->setExtent(kButtonExtent);
    return button;
}

} // namespace ponder::ui
