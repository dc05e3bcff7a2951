#pragma once

#include "ui/dialogs/settings_part.h"
#include "ui/dialogs/window_facts.h"

namespace ponder::ui {

/// Where the person's data lies, what this is, and the way back to the usual settings.
class AboutPart : public SettingsPart {
    Q_OBJECT
public:
    AboutPart(Theme& theme, const QString& title, const std::vector<DataPlace>& places,
              QWidget* parent = nullptr);

signals:
    void resetAllRequested();

private:
    void addPlace(const DataPlace& place);
};

} // namespace ponder::ui
