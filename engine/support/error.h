#pragma once

#include <stdexcept>
#include <string>

namespace ponder::engine {

/// What the user or the world did: a bad file, a full disk, too little memory. The text is shown as it is:
/// what happened, then what to do.
class Error : public std::runtime_error {
public:
    explicit Error(const std::string& message) : std::runtime_error(message) {}
};

} // namespace ponder::engine
