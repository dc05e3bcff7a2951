#include "engine/debug/debug_arguments.h"

#include <algorithm>

namespace ponder::engine {

DebugArguments::DebugArguments(std::span<const std::string> arguments,
                               std::span<const std::string_view> options,
                               std::span<const std::string_view> flags) {
    const auto isIn = [](std::span<const std::string_view> list, const std::string& word) {
        return std::find(list.begin(), list.end(), word) != list.end();
    };
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& word = arguments[i];
        if (isIn(flags, word)) {
            values_[word] = "";
        } else if (isIn(options, word)) {
            if (i + 1 == arguments.size()) throw UsageError("\"" + word + "\" needs a value.");
            values_[word] = arguments[++i];
        } else if (word.starts_with("-")) {
            throw UsageError("Unknown option \"" + word + "\".");
        } else {
            words_.push_back(word);
        }
    }
}

std::optional<std::string> DebugArguments::option(std::string_view name) const {
    const auto at = values_.find(name);
    if (at == values_.end()) return std::nullopt;
    return at->second;
}

std::string DebugArguments::needed(std::string_view name) const {
    const auto value = option(name);
    if (!value) throw UsageError("\"" + std::string(name) + "\" is missing.");
    return *value;
}

bool DebugArguments::flag(std::string_view name) const {
    return values_.contains(name);
}

} // namespace ponder::engine
