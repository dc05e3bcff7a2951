#include "app/exchange/import_value.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>

namespace ponder::app {

namespace {

using nlohmann::json;

// Seconds reach this in the year 5138, milliseconds did in 1973.
constexpr double kLargestSeconds = 1e11;

std::int64_t dateFromText(const std::string& text) {
    std::tm date{};
    const char* rest = ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &date);
    if (!rest) rest = ::strptime(text.c_str(), "%Y-%m-%d %H:%M:%S", &date);
    if (!rest) return 0;
    std::int64_t milliseconds = static_cast<std::int64_t>(::timegm(&date)) * 1000;
    if (*rest == '.') {
        char* end = nullptr;
        milliseconds += std::lround(std::floor(std::strtod(rest, &end) * 1000 + 1e-6));
        rest = end;
    }
    if (*rest != '+' && *rest != '-') return milliseconds;
    const int sign = *rest == '-' ? -1 : 1;
    char* end = nullptr;
    const long hours = std::strtol(rest + 1, &end, 10);
    const long minutes = *end == ':' ? std::strtol(end + 1, nullptr, 10) : 0;
    return milliseconds - sign * (hours * 60 + minutes) * 60'000;
}

} // namespace

const json& memberOf(const json& object, const char* key) {
    static const json nothing;
    if (!object.is_object()) return nothing;
    const auto found = object.find(key);
    return found == object.end() ? nothing : *found;
}

std::string textOf(const json& object, const char* key) {
    const json& value = memberOf(object, key);
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::int64_t numberOf(const json& object, const char* key) {
    const json& value = memberOf(object, key);
    return value.is_number_integer() ? value.get<std::int64_t>() : 0;
}

double secondsOf(const json& object, const char* key) {
    const json& value = memberOf(object, key);
    return value.is_number() ? value.get<double>() : 0;
}

std::int64_t dateOf(const json& value) {
    // Nobody chatted before 1970.
    if (value.is_string()) return std::max<std::int64_t>(0, dateFromText(value.get<std::string>()));
    if (!value.is_number()) return 0;
    const double number = value.get<double>();
    if (!(number > 0) || number > kLargestSeconds * 1000) return 0;
    return static_cast<std::int64_t>(std::llround(number < kLargestSeconds ? number * 1000 : number));
}

} // namespace ponder::app
