#include "engine/sampling/string_formats.h"

namespace ponder::engine {

namespace {

// Days by the length of the month; the 29th of February in years that have one.
#define PONDER_DATE                                                                                          \
    "([12]\\d{3}-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|1\\d|"  \
    "2[0-8]))|([12]\\d(0[48]|[2468][048]|[13579][26])|(12|16|20|24|28)00)-02-29)"
#define PONDER_TIME "([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)"
#define PONDER_LABEL "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
#define PONDER_OCTET "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)"

struct Format {
    std::string_view name;
    std::string_view pattern;
};

// RFC 3339 (dates, times, durations), RFC 4122, RFC 2673 and 4291, RFC 1123, RFC 5321, RFC 3986.
constexpr Format kFormats[] = {
    {"date", "^" PONDER_DATE "$"},
    {"time", "^" PONDER_TIME "$"},
    {"date-time", "^" PONDER_DATE "T" PONDER_TIME "$"},
    {"duration", "^P(\\d{1,6}W|\\d{1,6}Y(\\d{1,6}M(\\d{1,6}D)?)?|\\d{1,6}M(\\d{1,6}D)?|\\d{1,6}D|"
                 "(\\d{1,6}D)?T(\\d{1,6}H(\\d{1,6}M(\\d{1,6}S)?)?|\\d{1,6}M(\\d{1,6}S)?|\\d{1,6}S))$"},
    {"uuid", "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"},
    {"ipv4", "^(" PONDER_OCTET "\\.){3}" PONDER_OCTET "$"},
    {"ipv6", "^([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}$"},
    {"hostname", "^" PONDER_LABEL "(\\." PONDER_LABEL "){0,3}$"},
    {"email",
     "^[A-Za-z0-9_+-]{1,30}(\\.[A-Za-z0-9_+-]{1,30}){0,1}@(" PONDER_LABEL "\\.){1,2}[A-Za-z]{2,10}$"},
    {"uri", "^https?://(" PONDER_LABEL "\\.){1,2}[A-Za-z]{2,10}(:[1-9]\\d{0,3})?(/[A-Za-z0-9._~-]+)*/?"
            "(\\?[A-Za-z0-9._~=&-]*)?(#[A-Za-z0-9._~-]*)?$"},
};

#undef PONDER_DATE
#undef PONDER_TIME
#undef PONDER_LABEL
#undef PONDER_OCTET

} // namespace

std::string_view patternOfFormat(std::string_view format) {
    for (const Format& each : kFormats) {
        if (each.name == format) return each.pattern;
    }
    return {};
}

std::string knownFormats() {
    std::string names;
    for (const Format& each : kFormats) names.append(names.empty() ? "" : ", ").append(each.name);
    return names;
}

} // namespace ponder::engine
