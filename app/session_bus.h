#pragma once

namespace ponder::app {

/// There is a session bus. Asked for one that is not there, the library would start one.
bool hasSessionBus();

} // namespace ponder::app
