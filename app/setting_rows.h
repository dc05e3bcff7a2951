#pragma once

#include <string>
#include <vector>

#include <QString>
#include <QVariant>

#include "app/settings.h"
#include "ui/dialogs/setting.h"

namespace ponder::app {

/// The settings as the dialog shows them: what each is called, what it is for, its control and its value.
/// Every name of `settingNames()` has a row, or a place among `settingsWithoutRow`.
std::vector<ui::Setting> settingRows(const Settings& settings);

/// Those the window keeps by itself, and those with a page of their own.
const std::vector<std::string>& settingsWithoutRow();

/// Takes a value over from the dialog. False, and no change, where it makes no sense.
bool applySetting(Settings& settings, const QString& id, const QVariant& value);

} // namespace ponder::app
