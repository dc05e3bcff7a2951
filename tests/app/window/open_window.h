#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "tests/app/window/wait.h"
#include "tests/app/window/window_harness.h"

namespace ponder::app {

/// The window, open, with a made-up engine behind it.
class OpenWindow : public testing::Test {
protected:
    void SetUp() override { harness_.open(); }

    ui::MainWindow& window() { return harness_.window(); }
    tests::FakeScript& script() { return harness_.script(); }
    /// A long answer, a piece every few milliseconds.
    void scriptLongAnswer(int pieces = 2000) {
        std::string text;
        for (int i = 0; i < pieces; ++i) text += "word ";
        script().add({.reasoning = {}, .text = text, .pieceBytes = 5, .pause = std::chrono::milliseconds(5)});
    }
    bool answerGrows() {
        return comesTrue([&] { return harness_.lastText().size() > 50; });
    }
    static bool isFinished(const Conversation& chat) {
        return !chat.turns().empty() && chat.turns().back().role == engine::Role::Assistant &&
               chat.turns().back().state != TurnState::Streaming;
    }
    static std::string textOf(const Conversation& chat, int number) {
        return joinedText(chat.turn(number), PartKind::Text);
    }

    WindowHarness harness_;
};

} // namespace ponder::app
