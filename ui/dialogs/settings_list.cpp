#include "ui/dialogs/settings_list.h"

#include "ui/dialogs/dialog_line.h"
#include "ui/dialogs/setting_control.h"
#include "ui/widgets/tab_order.h"

namespace ponder::ui {

SettingsList::SettingsList(Theme& theme, const QString& title, QWidget* parent)
    : SettingsPart(theme, title, parent) {}

void SettingsList::add(const Setting& setting) {
    auto* line = new DialogLine(theme_, setting.title, setting.explanation, this);
    auto* control = new SettingControl(theme_, setting, line);
    if (control->isWide())
        line->addWideControl(control);
    else
        line->addControl(control);
    line->addReset();
    tabAsLaidOut(*line);
    settings_[setting.id] = {line, control};
    connect(control, &SettingControl::edited, this,
            [this, id = setting.id](const QVariant& value) { emit chosen(id, value); });
    connect(line, &DialogLine::resetRequested, this,
            [this, id = setting.id, usual = setting.usual] { emit chosen(id, usual); });
    QStringList words{setting.title, setting.explanation, setting.words};
    for (const SettingChoice& choice : setting.choices) words << choice.text;
    addLine(line, words.join(' '));
    refresh(setting);
}

void SettingsList::refresh(const Setting& setting) {
    const auto found = settings_.find(setting.id);
    if (found == settings_.end()) return;
    found->second.control->setValue(setting.value);
    found->second.line->setResetShown(setting.value != setting.usual);
}

QWidget* SettingsList::pointOut(const QString& id) {
    const Line& line = settings_.at(id);
    for (QWidget* part : line.control->findChildren<QWidget*>()) {
        if (!part->isVisibleTo(line.control) || !(part->focusPolicy() & Qt::TabFocus)) continue;
        part->setFocus(Qt::TabFocusReason);
        break;
    }
    line.line->pointOut();
    return line.line;
}

} // namespace ponder::ui
