#pragma once

#include "ui/dialogs/setting.h"
#include "ui/dialogs/window_facts.h"

#include <QDialog>

#include <map>

class QScrollArea;
class QVBoxLayout;

namespace ponder::ui {

class Button;
class Label;
class OfflinePart;
class SettingsList;
class SettingsPart;
class TextField;
class Theme;

/// All settings by section, with a search across them. A change takes effect at once: it goes out as
/// `chosen`, and what holds then comes back through setSettings.
class SettingsDialog : public QDialog {
    Q_OBJECT
public:
    SettingsDialog(Theme& theme, const std::vector<Setting>& settings, const std::vector<DataPlace>& places,
                   QWidget* parent = nullptr);

    void setSettings(const std::vector<Setting>& settings);
    void setOfflineFacts(const OfflineFacts& facts);
    void showSection(SettingsSection section);
    /// Goes to this setting.
    void showSetting(const QString& id);
    static QString titleOf(SettingsSection section);

signals:
    void chosen(const QString& id, const QVariant& value);
    void resetAllRequested();
    void offlineFactsWanted();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void addParts(const std::vector<Setting>& settings, const std::vector<DataPlace>& places);
    void addPart(SettingsSection section, const QString& title, SettingsPart* part);
    void takeTheme();
    void search();
    void updateParts();

    Theme& theme_;
    QWidget* side_;
    QVBoxLayout* tabs_;
    QVBoxLayout* parts_;
    QScrollArea* scroll_;
    TextField* search_;
    Label* nothing_;
    std::map<SettingsSection, SettingsPart*> partOf_;
    std::map<SettingsSection, Button*> tabOf_;
    std::vector<SettingsList*> lists_;
    OfflinePart* offline_ = nullptr;
    SettingsSection section_ = SettingsSection::General;
};

} // namespace ponder::ui
