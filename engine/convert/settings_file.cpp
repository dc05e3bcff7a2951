#include "engine/convert/settings_file.h"

#include "engine/format/gguf_problem.h"
#include "engine/format/input_file.h"
#include "engine/support/error.h"

#include <cmath>
#include <limits>

namespace ponder::engine {

namespace {

using nlohmann::json;

constexpr int kDeepest = 64;
constexpr std::string_view kAdvice = ". The folder is damaged or of another kind; download it again.";

} // namespace

SettingsFile::SettingsFile(const std::string& path, std::uint64_t mostBytes) : name_(path) {
    const InputFile file(path);
    if (file.sizeBytes() > mostBytes)
        throw Error("The file " + engine::quoted(path) + " has " + std::to_string(file.sizeBytes()) +
                    " bytes, at most " + std::to_string(mostBytes) + " are read" + std::string(kAdvice));
    std::string text(file.sizeBytes(), '\0');
    file.read(0, std::as_writable_bytes(std::span(text)));
    const auto checkDepth = [&](int depth, json::parse_event_t, json&) {
        if (depth > kDeepest)
            throw Error("The file " + engine::quoted(path) + " is nested too deeply" + std::string(kAdvice));
        return true;
    };
    value_ = json::parse(text, checkDepth, false);
    if (!value_.is_object())
        throw Error("The file " + engine::quoted(path) + " is not a JSON object" + std::string(kAdvice));
}

const json* SettingsFile::find(std::string_view key) const {
    const auto found = value_.find(key);
    return found == value_.end() || found->is_null() ? nullptr : &*found;
}

void SettingsFile::refuse(std::string_view key, std::string_view must) const {
    const json* found = find(key);
    std::string shown = "missing";
    if (found && found->is_structured())
        shown = found->is_array() ? "a list" : "an object";
    else if (found)
        shown = engine::quoted(found->dump(-1, ' ', false, json::error_handler_t::replace));
    throw Error(engine::quoted(name_) + ": " + engine::quoted(key) + " is " + shown + ", it must be " +
                std::string(must) + std::string(kAdvice));
}

std::optional<std::int64_t> SettingsFile::count(std::string_view key, std::int64_t least,
                                                std::int64_t most) const {
    const json* found = find(key);
    if (!found) return std::nullopt;
    const std::string must =
        "a whole number between " + std::to_string(least) + " and " + std::to_string(most);
    if (!found->is_number_integer() ||
        (found->is_number_unsigned() && found->get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)))
        refuse(key, must);
    const auto value = found->get<std::int64_t>();
    if (value < least || value > most) refuse(key, must);
    return value;
}

std::int64_t SettingsFile::neededCount(std::string_view key, std::int64_t least, std::int64_t most) const {
    const auto value = count(key, least, most);
    if (!value) refuse(key, "a whole number");
    return *value;
}

std::optional<double> SettingsFile::number(std::string_view key) const {
    const json* found = find(key);
    if (!found) return std::nullopt;
    constexpr double kLargest = std::numeric_limits<float>::max();
    if (!found->is_number() || !(std::abs(found->get<double>()) <= kLargest)) refuse(key, "a number");
    return found->get<double>();
}

std::optional<bool> SettingsFile::flag(std::string_view key) const {
    const json* found = find(key);
    if (!found) return std::nullopt;
    if (!found->is_boolean()) refuse(key, "true or false");
    return found->get<bool>();
}

std::optional<std::string> SettingsFile::text(std::string_view key) const {
    const json* found = find(key);
    if (!found) return std::nullopt;
    if (!found->is_string()) refuse(key, "a text");
    return found->get<std::string>();
}

SettingsFile SettingsFile::object(std::string_view key) const {
    const std::string name = name_ + ", " + std::string(key);
    const json* found = find(key);
    if (!found) return SettingsFile(name);
    if (!found->is_object()) refuse(key, "an object");
    return SettingsFile(name, *found);
}

} // namespace ponder::engine
