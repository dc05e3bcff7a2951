#pragma once

namespace ponder::app {

/// The calling thread lets others go first from now on: at the processor, and at the disk it waits until
/// nobody else wants something.
void makeThisThreadModest();

} // namespace ponder::app
