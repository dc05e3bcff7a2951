#pragma once

#include "app/downloads/fetch_protocol.h"

namespace ponder::fetch {

/// Removes the unfinished files of a download and their journals. Throws FetchFailure: InUse.
void discard(const app::DiscardRequest& request);

} // namespace ponder::fetch
