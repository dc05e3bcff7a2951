#pragma once

#include "ui/dialogs/setting.h"
#include "ui/dialogs/window_facts.h"

#include <QObject>
#include <QPointer>

#include <vector>

class QWidget;

namespace ponder::ui {

class SettingsDialog;
class TextViewer;
class Theme;
struct PaletteEntry;
struct ViewedText;

/// The dialogs of the window and what they show: settings, keys, attachments. They are made when they are
/// opened; what the settings are to show stays here.
class WindowDialogs : public QObject {
    Q_OBJECT
public:
    WindowDialogs(Theme& theme, QWidget* window);

    void setSettings(std::vector<Setting> settings);
    void setDataPlaces(std::vector<DataPlace> places);
    void setOfflineFacts(const OfflineFacts& facts);
    const std::vector<Setting>& settings() const { return settings_; }

    void openSettings(SettingsSection section = SettingsSection::General);
    /// Opens the settings at this one.
    void openSetting(const QString& id);
    /// The settings and their pages, for the palette.
    std::vector<PaletteEntry> entries();
    void openShortcuts();
    /// Shows an attachment. The viewer is gone once it is closed.
    TextViewer* openText(const ViewedText& viewed);

signals:
    void settingChosen(const QString& id, const QVariant& value);
    void resetAllRequested();
    void offlineFactsWanted();

private:
    Theme& theme_;
    QWidget* window_;
    std::vector<Setting> settings_;
    std::vector<DataPlace> places_;
    QPointer<SettingsDialog> open_;
};

} // namespace ponder::ui
