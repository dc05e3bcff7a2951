#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "app/fetch/owned_file.h"

namespace ponder::fetch {

/// Looks at the header of a file that a stranger may have made, in a process of its own that has given up
/// network, writing and programs before it sees the first byte. Made while there is one thread, and before
/// this process is confined itself.
class ModelCheck {
public:
    explicit ModelCheck(const std::string& readableFolder);
    ~ModelCheck();
    ModelCheck(const ModelCheck&) = delete;
    ModelCheck& operator=(const ModelCheck&) = delete;

    /// The engine's sentence about what is wrong with the model; empty: nothing. Once.
    std::string problemOf(const std::string& path);

private:
    pid_t child_ = -1;
    OwnedFile question_;
    OwnedFile answer_;
};

} // namespace ponder::fetch
