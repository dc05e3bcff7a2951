#include "ui/dialogs/setting_control.h"

#include "ui/dialogs/choice_button.h"
#include "ui/dialogs/folder_list.h"
#include "ui/dialogs/number_field.h"
#include "ui/dialogs/paragraph_field.h"
#include "ui/widgets/switch.h"

#include <QHBoxLayout>

namespace ponder::ui {

SettingControl::SettingControl(Theme& theme, const Setting& setting, QWidget* parent)
    : QWidget(parent), theme_(theme) {
    const auto make = [&] {
        switch (setting.kind) {
        case SettingKind::Switch:
            return makeSwitch(setting);
        case SettingKind::Choice:
            return makeChoice(setting);
        case SettingKind::Number:
        case SettingKind::Decimal:
            return makeNumber(setting);
        case SettingKind::Text:
            return makeText(setting);
        case SettingKind::Folders:
            return makeFolders(setting);
        }
        return makeText(setting);
    };
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    QWidget* control = make();
    control->setAccessibleDescription(setting.explanation);
    row->addWidget(control);
    setValue(setting.value);
}

QWidget* SettingControl::makeSwitch(const Setting& setting) {
    auto* control = new Switch(theme_, this);
    control->setAccessibleName(setting.title);
    const QString on = setting.choices.front().value;
    const QString off = setting.choices.back().value;
    connect(control, &Switch::clicked, this,
            [this, on, off](bool checked) { emit edited(checked ? on : off); });
    show_ = [control, on](const QVariant& value) { control->setChecked(value.toString() == on); };
    return control;
}

QWidget* SettingControl::makeChoice(const Setting& setting) {
    auto* control = new ChoiceButton(theme_, setting.title, setting.choices, this);
    connect(control, &ChoiceButton::chosen, this, [this](const QString& value) { emit edited(value); });
    show_ = [control](const QVariant& value) { control->setValue(value.toString()); };
    return control;
}

QWidget* SettingControl::makeNumber(const Setting& setting) {
    auto* control = new NumberField(theme_, setting, this);
    connect(control, &NumberField::chosen, this, &SettingControl::edited);
    show_ = [control](const QVariant& value) { control->setValue(value); };
    return control;
}

QWidget* SettingControl::makeText(const Setting& setting) {
    wide_ = true;
    auto* control = new ParagraphField(theme_, this);
    control->setAccessibleName(setting.title);
    control->setPlaceholderText(setting.usualText);
    connect(control, &ParagraphField::chosen, this, [this](const QString& text) { emit edited(text); });
    show_ = [control](const QVariant& value) { control->setValue(value.toString()); };
    return control;
}

QWidget* SettingControl::makeFolders(const Setting& setting) {
    wide_ = true;
    auto* control = new FolderList(theme_, setting.title, this);
    connect(control, &FolderList::chosen, this, [this](const QStringList& folders) { emit edited(folders); });
    show_ = [control](const QVariant& value) { control->setFolders(value.toStringList()); };
    return control;
}

} // namespace ponder::ui
