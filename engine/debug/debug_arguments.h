#pragma once

#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// The arguments of one `ponder debug` command: options with a value, flags, and words.
class DebugArguments {
public:
    /// Throws UsageError for an option that is in neither list, or lacks its value.
    DebugArguments(std::span<const std::string> arguments, std::span<const std::string_view> options,
                   std::span<const std::string_view> flags);

    std::optional<std::string> option(std::string_view name) const;
    /// Throws UsageError when it is missing.
    std::string needed(std::string_view name) const;
    bool flag(std::string_view name) const;
    const std::vector<std::string>& words() const { return words_; }

private:
    std::map<std::string, std::string, std::less<>> values_;
    std::vector<std::string> words_;
};

/// The command line is wrong: exit code 2.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace ponder::engine
