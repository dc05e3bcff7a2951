#include "app/answer_watch.h"

#include <gtest/gtest.h>

namespace ponder::app {

namespace {

using namespace std::chrono_literals;

struct Watch {
    Watch() {
        QObject::connect(&watch, &AnswerWatch::longAnswerEnded,
                         [this](const std::string& chat) { ended += chat; });
    }
    AnswerWatch watch;
    std::string ended;
    AnswerWatch::Clock::time_point start = AnswerWatch::Clock::now();
};

TEST(AnswerWatch, TellsOfAnAnswerThatTookLong) {
    Watch watch;
    watch.watch.takeAt({"a"}, watch.start);
    watch.watch.takeAt({"a", "b"}, watch.start + 5s);
    watch.watch.takeAt({"b"}, watch.start + 11s);
    EXPECT_EQ(watch.ended, "a");
    watch.watch.takeAt({}, watch.start + 14s);
    EXPECT_EQ(watch.ended, "a") << "the other took nine seconds";
}

TEST(AnswerWatch, ASecondAnswerIsTimedAnew) {
    Watch watch;
    watch.watch.takeAt({"a"}, watch.start);
    watch.watch.takeAt({}, watch.start + 3s);
    watch.watch.takeAt({"a"}, watch.start + 20s);
    watch.watch.takeAt({}, watch.start + 22s);
    EXPECT_EQ(watch.ended, "");
}

} // namespace

} // namespace ponder::app
