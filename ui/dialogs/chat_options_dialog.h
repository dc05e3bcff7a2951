#pragma once

#include "ui/dialogs/setting.h"

#include <QDialog>
#include <QStringList>

namespace ponder::ui {

class Button;
class SettingsList;
class Theme;

/// What is set for one chat alone, and presets of it by name. A change takes effect at once: it goes out as
/// `chosen`, and what holds then comes back through setOptions.
class ChatOptionsDialog : public QDialog {
    Q_OBJECT
public:
    ChatOptionsDialog(Theme& theme, const std::vector<Setting>& options, const QStringList& presets,
                      QWidget* parent = nullptr);

    void setOptions(const std::vector<Setting>& options);
    void setPresets(const QStringList& presets);

signals:
    void chosen(const QString& id, const QVariant& value);
    void presetChosen(const QString& name);
    void presetSaved(const QString& name);
    void presetDeleted(const QString& name);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void openPresets();
    void askForName();

    Theme& theme_;
    SettingsList* list_;
    Button* presets_;
    QStringList names_;
};

} // namespace ponder::ui
