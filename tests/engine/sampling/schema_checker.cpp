#include "tests/engine/sampling/schema_checker.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <regex>

namespace ponder::engine {

namespace {

using nlohmann::json;

std::size_t characters(const std::string& text) {
    std::size_t count = 0;
    for (const char byte : text) count += (static_cast<unsigned char>(byte) & 0xC0) != 0x80 ? 1 : 0;
    return count;
}

bool isDate(const std::string& text) {
    int year = 0, month = 0, day = 0, end = 0;
    if (std::sscanf(text.c_str(), "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3 || end != 10) return false;
    const bool isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const std::array<int, 13> days{0, 31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return text.size() == 10 && month >= 1 && month <= 12 && day >= 1 &&
           day <= days[static_cast<std::size_t>(month)];
}

bool isTime(const std::string& text) {
    int hour = 0, minute = 0, second = 0, end = 0;
    if (std::sscanf(text.c_str(), "%2d:%2d:%2d%n", &hour, &minute, &second, &end) != 3 || end != 8)
        return false;
    static const std::regex kRest("(\\.[0-9]+)?(Z|[+-][0-2][0-9]:[0-5][0-9])");
    return hour < 24 && minute < 60 && second < 60 && std::regex_match(text.substr(8), kRest);
}

class Checker {
public:
    explicit Checker(const json& root) : root_(root) {}

    std::string problem(const json& schema, const json& value) const {
        if (schema == json(true)) return {};
        if (schema == json(false)) return "nothing is allowed here";
        for (const auto& [keyword, wanted] : schema.items()) {
            const std::string found = keywordProblem(schema, keyword, wanted, value);
            if (!found.empty()) return found;
        }
        return {};
    }

private:
    bool satisfies(const json& schema, const json& value) const { return problem(schema, value).empty(); }

    std::string keywordProblem(const json& schema, const std::string& keyword, const json& wanted,
                               const json& value) const {
        const auto unless = [&](bool isRight) {
            return isRight ? std::string()
                           : keyword + " " + wanted.dump() + " does not hold for " + value.dump();
        };
        if (keyword == "$ref") {
            const std::string path = wanted.get<std::string>().substr(1);
            return problem(root_.at(json::json_pointer(path)), value);
        }
        if (keyword == "type") return unless(isOfTypes(wanted, value));
        if (keyword == "const") return unless(value == wanted);
        if (keyword == "enum") return unless(std::find(wanted.begin(), wanted.end(), value) != wanted.end());
        if (keyword == "allOf") {
            for (const json& part : wanted) {
                if (const std::string found = problem(part, value); !found.empty()) return found;
            }
        }
        if (keyword == "anyOf" || keyword == "oneOf") {
            const auto fits = [&](const json& part) { return satisfies(part, value); };
            return unless(std::any_of(wanted.begin(), wanted.end(), fits));
        }
        if (value.is_string()) return unless(holdsForString(keyword, wanted, value.get<std::string>()));
        if (value.is_number()) return unless(holdsForNumber(keyword, wanted, value.get<double>()));
        if (value.is_array()) return arrayProblem(schema, keyword, wanted, value);
        if (value.is_object()) return objectProblem(schema, keyword, wanted, value);
        return {};
    }

    static bool isOfTypes(const json& types, const json& value) {
        if (types.is_array()) {
            return std::any_of(types.begin(), types.end(),
                               [&](const json& type) { return isOfTypes(type, value); });
        }
        const bool isWhole = value.is_number() && std::floor(value.get<double>()) == value.get<double>();
        return (types == "null" && value.is_null()) || (types == "boolean" && value.is_boolean()) ||
               (types == "object" && value.is_object()) || (types == "array" && value.is_array()) ||
               (types == "string" && value.is_string()) || (types == "number" && value.is_number()) ||
               (types == "integer" && isWhole);
    }

    static bool holdsForString(const std::string& keyword, const json& wanted, const std::string& text) {
        if (keyword == "minLength") return characters(text) >= wanted.get<std::size_t>();
        if (keyword == "maxLength") return characters(text) <= wanted.get<std::size_t>();
        if (keyword == "pattern") return std::regex_search(text, std::regex(wanted.get<std::string>()));
        if (keyword != "format") return true;
        if (wanted == "date") return isDate(text);
        if (wanted == "time") return isTime(text);
        if (wanted == "date-time")
            return text.size() > 11 && text[10] == 'T' && isDate(text.substr(0, 10)) &&
                   isTime(text.substr(11));
        static const std::regex kUuid(
            "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
        if (wanted == "uuid") return std::regex_match(text, kUuid);
        if (wanted == "ipv4") {
            std::array<unsigned, 4> parts{};
            int end = 0;
            return std::sscanf(text.c_str(), "%3u.%3u.%3u.%3u%n", &parts[0], &parts[1], &parts[2], &parts[3],
                               &end) == 4 &&
                   end == static_cast<int>(text.size()) &&
                   std::all_of(parts.begin(), parts.end(), [](unsigned part) { return part < 256; });
        }
        static const std::regex kEmail("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+");
        return wanted == "email" && std::regex_match(text, kEmail);
    }

    static bool holdsForNumber(const std::string& keyword, const json& wanted, double value) {
        if (keyword == "minimum") return value >= wanted.get<double>();
        if (keyword == "maximum") return value <= wanted.get<double>();
        if (keyword == "exclusiveMinimum") return value > wanted.get<double>();
        if (keyword == "exclusiveMaximum") return value < wanted.get<double>();
        if (keyword != "multipleOf") return true;
        const double times = value / wanted.get<double>();
        return std::abs(times - std::round(times)) <= 1e-9 * std::max(1.0, std::abs(times));
    }

    std::string arrayProblem(const json& schema, const std::string& keyword, const json& wanted,
                             const json& value) const {
        if (keyword == "minItems" && value.size() < wanted.get<std::size_t>()) return "too few items";
        if (keyword == "maxItems" && value.size() > wanted.get<std::size_t>()) return "too many items";
        const std::size_t fixed = schema.contains("prefixItems") ? schema["prefixItems"].size() : 0;
        for (std::size_t i = 0; i < value.size(); ++i) {
            std::string found;
            if (keyword == "prefixItems" && i < fixed) found = problem(wanted[i], value[i]);
            if (keyword == "items" && i >= fixed) found = problem(wanted, value[i]);
            if (!found.empty()) return found;
        }
        return {};
    }

    std::string objectProblem(const json& schema, const std::string& keyword, const json& wanted,
                              const json& value) const {
        if (keyword == "required") {
            for (const json& name : wanted) {
                if (!value.contains(name.get<std::string>())) return name.dump() + " is missing";
            }
        }
        for (const auto& [name, member] : value.items()) {
            const bool isNamed = schema.contains("properties") && schema["properties"].contains(name);
            std::string found;
            if (keyword == "properties" && isNamed) found = problem(wanted[name], member);
            if (keyword == "additionalProperties" && !isNamed) found = problem(wanted, member);
            if (!found.empty()) return name + ": " + found;
        }
        if (keyword == "minProperties" && value.size() < wanted.get<std::size_t>())
            return "too few properties";
        if (keyword == "maxProperties" && value.size() > wanted.get<std::size_t>())
            return "too many properties";
        return {};
    }

    const json& root_;
};

} // namespace

std::string schemaProblem(const nlohmann::json& schema, std::string_view text) {
    try {
        return Checker(schema).problem(schema, json::parse(text));
    } catch (const json::exception& error) {
        return error.what();
    }
}

} // namespace ponder::engine
