#include "ui/widgets/text_field.h"

#include "ui/theme.h"
#include "ui/widgets/style_sheets.h"

namespace ponder::ui {

namespace {

constexpr int kHeight = 36;

} // namespace

TextField::TextField(Theme& theme, QWidget* parent) : QLineEdit(parent), theme_(theme) {
    connect(&theme_, &Theme::changed, this, &TextField::takeTheme);
    takeTheme();
}

void TextField::takeTheme() {
    setFont(theme_.font(TextStyle::Control));
    setFixedHeight(theme_.scaled(kHeight));
    setStyleSheet(textFieldStyle(theme_));
}

} // namespace ponder::ui
