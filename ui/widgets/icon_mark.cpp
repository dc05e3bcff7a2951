#include "ui/widgets/icon_mark.h"

#include "ui/theme.h"

#include <QPainter>

namespace ponder::ui {

namespace {

constexpr int kExtent = 14;

} // namespace

IconMark::IconMark(Theme& theme, Icon icon, QWidget* parent) : QWidget(parent), theme_(theme), icon_(icon) {
    const auto takeTheme = [this] {
        setFixedSize(theme_.scaled(kExtent), theme_.lineHeight(TextStyle::Caption));
        update();
    };
    takeTheme();
    connect(&theme_, &Theme::changed, this, takeTheme);
}

void IconMark::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    drawIcon(painter, icon_, rect(), theme_.colours().muted, width());
}

} // namespace ponder::ui
