#pragma once

#include "app/downloads/fetch_protocol.h"
#include "app/fetch/control.h"

namespace ponder::fetch {

/// Asks Hugging Face what a repository holds. Throws FetchFailure and PauseAsked.
app::HubListing listRepository(const app::ListRequest& request, Control& control);

} // namespace ponder::fetch
