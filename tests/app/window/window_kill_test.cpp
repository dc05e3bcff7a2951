// D1 with everything between Enter and the disk. PONDER_KILLS=200 asks for the full number.

#include <gtest/gtest.h>

#include "tests/app/kill_loop.h"

#include "tests/places.h"

namespace ponder::app {

namespace {

TEST(WindowKill, WhileAnswersStreamThroughTheWindowLosesNothing) {
    expectNothingLost(killAgainAndAgain({.program = PONDER_BINARY_DIR "/bin/streaming_window",
                                         .kills = killsAskedFor(8),
                                         .shortestLife = std::chrono::milliseconds(200),
                                         .longestLife = std::chrono::milliseconds(3000)}));
}

} // namespace

} // namespace ponder::app
