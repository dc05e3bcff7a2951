#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace ponder::app {

// Foreign exports change without notice: a field that is missing or of another type reads as nothing.

/// The member, or null.
const nlohmann::json& memberOf(const nlohmann::json& object, const char* key);
/// The member's text; empty where there is none.
std::string textOf(const nlohmann::json& object, const char* key);
/// The member as a whole number; 0 where there is none.
std::int64_t numberOf(const nlohmann::json& object, const char* key);
/// The member as a number of seconds; 0 where there is none.
double secondsOf(const nlohmann::json& object, const char* key);

/// Milliseconds since 1970 of seconds, milliseconds, or "2025-03-04T05:06:07.123Z" (any offset from UTC); 0
/// for what is no date.
std::int64_t dateOf(const nlohmann::json& value);

} // namespace ponder::app
