#include "ui/dialogs/choice_button.h"

#include "ui/widgets/menu.h"

namespace ponder::ui {

ChoiceButton::ChoiceButton(Theme& theme, QString name, std::vector<SettingChoice> choices, QWidget* parent)
    : Button(theme, ButtonLook::Outlined, parent), theme_(theme), name_(std::move(name)),
      choices_(std::move(choices)) {
    setTrailingGlyph(Icon::ChevronDown);
    setTextStyle(TextStyle::Control);
    setExtent(36);
    connect(this, &Button::clicked, this, &ChoiceButton::openMenu);
}

void ChoiceButton::setValue(const QString& value) {
    value_ = value;
    for (const SettingChoice& choice : choices_) {
        if (choice.value == value) setText(choice.text);
    }
    setAccessibleName(tr("%1: %2", "setting, value").arg(name_, text()));
}

void ChoiceButton::openMenu() {
    auto* menu = new Menu(theme_, this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const SettingChoice& choice : choices_) {
        const bool current = choice.value == value_;
        QAction* action = menu->add(current ? Icon::Check : Icon::None, choice.text);
        action->setCheckable(true);
        action->setChecked(current);
        connect(action, &QAction::triggered, this, [this, value = choice.value] { emit chosen(value); });
        if (current) menu->setActiveAction(action);
    }
    menu->setMinimumWidth(width());
    const int left = layoutDirection() == Qt::RightToLeft ? width() - menu->sizeHint().width() : 0;
    menu->popup(mapToGlobal(QPoint(left, height() + space::kTiny)));
}

} // namespace ponder::ui
