#pragma once

#include "ui/dialogs/setting.h"
#include "ui/dialogs/surface_dialog.h"

#include <QStringList>

namespace ponder::ui {

class Button;
class SettingsList;
class Theme;

/// What is set for one chat alone, and presets of it by name. A change takes effect at once: it goes out as
/// `chosen`, and what holds then comes back through setOptions.
class ChatOptionsDialog : public SurfaceDialog {
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

private:
    void openPresets();
    void askForName();

    SettingsList* list_;
    Button* presets_;
    QStringList names_;
};

} // namespace ponder::ui
