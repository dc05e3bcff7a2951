#pragma once

#include "ui/dialogs/setting.h"
#include "ui/widgets/button.h"

namespace ponder::ui {

/// Shows the choice in force and opens a menu with all of them.
class ChoiceButton : public Button {
    Q_OBJECT
public:
    /// `name`: what is chosen here, for a screen reader.
    ChoiceButton(Theme& theme, QString name, std::vector<SettingChoice> choices, QWidget* parent = nullptr);

    void setValue(const QString& value);

signals:
    void chosen(const QString& value);

private:
    void openMenu();

    Theme& theme_;
    QString name_;
    std::vector<SettingChoice> choices_;
    QString value_;
};

} // namespace ponder::ui
