#pragma once

#include "ui/dialogs/setting.h"
#include "ui/dialogs/settings_part.h"

#include <map>

namespace ponder::ui {

class DialogLine;
class SettingControl;

/// The settings of one section, each with its control.
class SettingsList : public SettingsPart {
    Q_OBJECT
public:
    SettingsList(Theme& theme, const QString& title, QWidget* parent = nullptr);

    void add(const Setting& setting);
    bool has(const QString& id) const { return settings_.contains(id); }
    /// Puts the keyboard into the setting and shows for a moment which one it is. Its line.
    QWidget* pointOut(const QString& id);
    /// Shows the value of a setting, if it is one of these.
    void refresh(const Setting& setting);

signals:
    void chosen(const QString& id, const QVariant& value);

private:
    struct Line {
        DialogLine* line;
        SettingControl* control;
    };

    std::map<QString, Line> settings_;
};

} // namespace ponder::ui
