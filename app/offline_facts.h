#pragma once

#include <QString>

#include "ui/dialogs/window_facts.h"

namespace ponder::app {

/// What the kernel says, at this moment, about this process and the ones it started: sockets and files, from
/// /proc. `confinement`: the engine's own sentence, empty before there is one. Takes a few milliseconds; any
/// thread.
ui::OfflineFacts offlineFacts(const QString& confinement);

} // namespace ponder::app
