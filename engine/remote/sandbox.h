#pragma once

#include <string>
#include <vector>

namespace ponder::engine {

/// What the kernel agreed to enforce.
struct Confinement {
    bool files = false; ///< Landlock: no file but the readable ones, none to write but in `writableFolder`
    bool calls = false; ///< seccomp: no network, no programs, no opening for writing but for its sake
    std::string writableFolder = {}; ///< empty: there is none

    bool complete() const { return files && calls; }
    /// One sentence for a person, which says what is missing and why.
    std::string sentence() const;
};

/// Gives up, for ever and for everything this process does later, all but computing, threads, and reading
/// `readableFiles` (regular files; others are passed over), what lies in `readableFolders`, and a few facts
/// about the machine. In `writableFolder`, unless it is empty, files may be made, written and removed; where
/// the kernel cannot tell it from others, there is none. Call it on the only thread, before the first byte of
/// the model is read.
Confinement confine(const std::vector<std::string>& readableFiles,
                    const std::vector<std::string>& readableFolders = {},
                    const std::string& writableFolder = {});

/// The files a model at `path` may consist of: itself, and by the naming rule "name-00001-of-00005.gguf" the
/// other parts; of a folder, its settings and *.safetensors. Looks at names only.
std::vector<std::string> modelFiles(const std::string& path);

} // namespace ponder::engine
