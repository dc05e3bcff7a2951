#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace ponder::engine {

/// One JSON object of a model folder, config.json for instance, read as hostile: it is as large and as deep
/// as it may be, and every value is checked when it is asked for. `null` counts as absent. Immutable.
class SettingsFile {
public:
    /// Reads `path`. Throws Error: not readable, larger than `mostBytes`, no JSON, no object.
    SettingsFile(const std::string& path, std::uint64_t mostBytes);
    /// An object within another one; `name` is what messages call it. `value` must be an object.
    SettingsFile(std::string name, nlohmann::json value) : name_(std::move(name)), value_(std::move(value)) {}
    /// An empty one, where the folder has no such file.
    explicit SettingsFile(std::string name) : SettingsFile(std::move(name), nlohmann::json::object()) {}

    const nlohmann::json& value() const { return value_; }
    /// Null where it is absent.
    const nlohmann::json* find(std::string_view key) const;
    bool has(std::string_view key) const { return find(key) != nullptr; }

    // Empty where absent; Error where the value is of another kind or out of range.
    std::optional<std::int64_t> count(std::string_view key, std::int64_t least, std::int64_t most) const;
    std::optional<double> number(std::string_view key) const; ///< one that a float can hold
    std::optional<bool> flag(std::string_view key) const;
    std::optional<std::string> text(std::string_view key) const;
    /// An empty object where it is absent.
    SettingsFile object(std::string_view key) const;

    /// Throws Error where it is absent.
    std::int64_t neededCount(std::string_view key, std::int64_t least, std::int64_t most) const;

    /// Throws the refusal of `key`: "NAME: KEY is VALUE, it must be MUST".
    [[noreturn]] void refuse(std::string_view key, std::string_view must) const;

private:
    std::string name_;
    nlohmann::json value_;
};

} // namespace ponder::engine
