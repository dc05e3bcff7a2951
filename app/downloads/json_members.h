#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace ponder::app {

/// Members of a JSON object that somebody else wrote: whatever is not as it should be is not there.

inline const nlohmann::json* memberOf(const nlohmann::json& object, const char* name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

inline std::optional<std::string> textOf(const nlohmann::json& object, const char* name,
                                         std::size_t longest) {
    const nlohmann::json* member = memberOf(object, name);
    if (!member || !member->is_string()) return std::nullopt;
    const auto& text = member->get_ref<const std::string&>();
    if (text.size() > longest || text.find('\0') != std::string::npos) return std::nullopt;
    return text;
}

inline std::optional<std::uint64_t> countOf(const nlohmann::json& object, const char* name,
                                            std::uint64_t most) {
    const nlohmann::json* member = memberOf(object, name);
    if (!member || !member->is_number_unsigned()) return std::nullopt;
    const auto count = member->get<std::uint64_t>();
    return count <= most ? std::optional(count) : std::nullopt;
}

inline bool flagOf(const nlohmann::json& object, const char* name) {
    const nlohmann::json* member = memberOf(object, name);
    return member && member->is_boolean() && member->get<bool>();
}

/// A SHA-256 in lower-case hex, or an empty text.
inline bool isHashOrEmpty(std::string_view text) {
    return text.empty() ||
           (text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos);
}

} // namespace ponder::app
