#include "engine/support/error.h"
#include "engine/text/jinja/clock.h"

#include <gtest/gtest.h>

namespace ponder::engine {
namespace {

TEST(IsoTime, CountsSecondsSinceTheEpoch) {
    EXPECT_EQ(parseIsoTime("1970-01-01T00:00:00"), 0);
    EXPECT_EQ(parseIsoTime("2026-01-15T12:00:00"), 1768478400);
    EXPECT_EQ(parseIsoTime("2026-01-15 12:00"), 1768478400);
    EXPECT_EQ(parseIsoTime("2026-01-15"), 1768478400 - 12 * 3600);
    EXPECT_EQ(parseIsoTime("1969-12-31T23:59:59"), -1);
    EXPECT_EQ(parseIsoTime("2024-02-29T00:00:00.5Z"), 1709164800);
    EXPECT_EQ(parseIsoTime("2026-01-15T14:00:00+02:00"), 1768478400);
    EXPECT_EQ(parseIsoTime("2026-01-15T08:30:00-0330"), 1768478400);
}

TEST(IsoTime, RefusesWhatIsNoTime) {
    for (const char* text :
         {"", "now", "2026", "2026-13-01", "2026-02-30", "2026-01-15T", "2026-01-15T25:00",
          "2026-01-15T12:60", "2026-01-15T12:00:00x", "2026-01-15T12:00:00+2", "26-01-15"}) {
        EXPECT_THROW(parseIsoTime(text), Error) << text;
    }
}

TEST(IsoTime, IsFormattedInUtc) {
    EXPECT_EQ(formatTime("%Y-%m-%d %H:%M:%S %A %B", 1768478400), "2026-01-15 12:00:00 Thursday January");
    EXPECT_EQ(formatTime("", 1768478400), "");
    EXPECT_EQ(formatTime("100%%", 1768478400), "100%");
}

} // namespace
} // namespace ponder::engine
