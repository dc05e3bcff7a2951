#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ponder::engine {

/// Seconds since the epoch of an ISO 8601 time such as 2026-01-15T12:00:00; without an offset it is taken for
/// UTC. Throws Error: not such a time.
std::int64_t parseIsoTime(std::string_view text);

/// strftime in the C locale. `now` in UTC; 0: the clock in its time zone. Throws jinja::Failure: too long.
std::string formatTime(const std::string& format, std::int64_t now);

} // namespace ponder::engine
