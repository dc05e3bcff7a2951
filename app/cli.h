#pragma once

#include <string>
#include <vector>

namespace ponder::app {

/// What `ponder …` with these arguments is to do.
enum class Start { Window, Terminal };

/// The arguments without `--data-dir FOLDER` and `--new-chat`, which may stand anywhere.
struct StartLine {
    std::string dataFolder;
    std::vector<std::string> words;
    bool newChat = false; ///< the window is to begin with one, also one that is open already
};

/// Throws UsageError for --data-dir without a folder.
StartLine readStartLine(const std::vector<std::string>& arguments);

/// The window opens without a command, with a model file alone, and only where there is a display. Wrong
/// usage is for the terminal to complain about.
Start startFor(const std::vector<std::string>& arguments);

/// Runs one terminal command and returns the exit code: 0 done, 1 failed, 2 wrong usage. Without a command it
/// is `ponder chat`. Errors go to stderr as "ponder: what happened. What to do."
int runCommandLine(const std::vector<std::string>& arguments);

} // namespace ponder::app
