#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace ponder::engine {

/// A JSON schema or a part of one; properties keep the order they were written in.
using SchemaValue = nlohmann::ordered_json;

/// Throws Error: what is wrong with the part of the schema at `where` ("#/properties/age"), and what to do.
[[noreturn]] void refuseSchema(const std::string& where, const std::string& what, const std::string& next);

/// `text` as a schema, without duplicates' first values. Throws Error: no JSON, too long, or nested too
/// deeply.
SchemaValue parseSchema(std::string_view text);

/// As an answer spells it, without white space.
std::string spelled(const SchemaValue& value);

/// Where the member `name` of the schema at `where` lies.
std::string memberPath(const std::string& where, std::string_view name);

/// `schema[name]`, a count. Throws Error if it is no whole number from 0 to a thousand million.
std::optional<std::uint32_t> countMember(const SchemaValue& schema, const char* name,
                                         const std::string& where);

/// Does a keyword of this name say something about values? False: it speaks to people or to tools. Throws
/// Error for a keyword that cannot be enforced.
bool isAssertion(const std::string& keyword, const SchemaValue& value, const std::string& where);

} // namespace ponder::engine
