#include "ui/script/typesetter.h"

#include "ui/theme.h"

namespace ponder::ui {

Typesetter::Typesetter(Theme& theme, QObject* parent)
    : QObject(parent), theme_(theme), formulas_(scripts_, theme.font(TextStyle::Body)) {
    theme_.setTypesetter(this);
}

Typesetter::~Typesetter() {
    theme_.setTypesetter(nullptr);
}

} // namespace ponder::ui
