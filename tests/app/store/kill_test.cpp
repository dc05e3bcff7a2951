// D1: the store under SIGKILL. PONDER_KILLS=200 asks for the full number.

#include <gtest/gtest.h>

#include "tests/app/kill_loop.h"

#include "tests/places.h"

namespace ponder::app {

namespace {

TEST(Kill, WhileAnswersStreamIntoTheStoreLosesNothing) {
    expectNothingLost(killAgainAndAgain(
        {.program = PONDER_BINARY_DIR "/bin/streaming_writer", .kills = killsAskedFor(12)}));
}

} // namespace

} // namespace ponder::app
