#pragma once

#include <string>

namespace ponder::fetch {

/// Gives up, for ever, what a download does not need: writing anywhere but below `writableFolder` (nowhere
/// where it is empty), reading the user's files, starting programs, and serving. What the kernel does not
/// know is passed over. Call it on the only thread.
void confineFetcher(const std::string& writableFolder);

} // namespace ponder::fetch
