#include "engine/sampling/stop_texts.h"

#include <gtest/gtest.h>

#include <random>

namespace ponder::engine {
namespace {

struct Stopped {
    std::string text;
    bool hit = false;

    bool operator==(const Stopped&) const = default;
};

Stopped run(const std::vector<std::string>& stops, const std::vector<std::string>& pieces) {
    StopTexts texts(stops);
    Stopped stopped;
    for (const std::string& piece : pieces) stopped.text += texts.take(piece);
    stopped.hit = texts.hit();
    stopped.text += texts.finish();
    return stopped;
}

std::vector<std::string> letters(const std::string& text) {
    std::vector<std::string> all;
    for (const char letter : text) all.emplace_back(1, letter);
    return all;
}

TEST(StopTexts, EndTheTextBeforeThemHoweverItIsCut) {
    const Stopped expected{"one ", true};
    EXPECT_EQ(run({"STOP"}, {"one STOP two"}), expected);
    EXPECT_EQ(run({"STOP"}, letters("one STOP two")), expected);
    EXPECT_EQ(run({"STOP"}, {"one ST", "OP", " two"}), expected);
}

TEST(StopTexts, HoldBackNoMoreThanMayBecomeOne) {
    StopTexts texts({"END"});
    EXPECT_EQ(texts.take("the EN"), "the ");
    EXPECT_EQ(texts.take("E"), "EN");
    EXPECT_EQ(texts.take("x"), "Ex");
    EXPECT_EQ(texts.take("E"), "");
    EXPECT_EQ(texts.finish(), "E");
    EXPECT_FALSE(texts.hit());
}

TEST(StopTexts, OfSeveralTheOneCompleteFirstCounts) {
    EXPECT_EQ(run({"abc", "b"}, {"xabc"}), (Stopped{"xa", true}));
    EXPECT_EQ(run({"abc", "bc"}, {"xabc"}), (Stopped{"x", true}));
}

TEST(StopTexts, EmptyOnesStopNothing) {
    EXPECT_EQ(run({""}, {"text"}), (Stopped{"text", false}));
    EXPECT_EQ(run({}, {"text"}), (Stopped{"text", false}));
}

TEST(StopTexts, GiveTheSameForEveryCut) {
    std::mt19937 random(9);
    for (int i = 0; i < 5000; ++i) {
        const auto word = [&](unsigned most) {
            std::string text;
            for (unsigned n = random() % (most + 1); n > 0; --n)
                text += static_cast<char>('a' + random() % 3);
            return text;
        };
        const std::vector<std::string> stops = {word(4), word(3)};
        const std::string text = word(14);
        std::vector<std::string> pieces;
        for (std::size_t at = 0; at < text.size();) {
            pieces.push_back(text.substr(at, 1 + random() % 4));
            at += pieces.back().size();
        }
        EXPECT_EQ(run(stops, pieces), run(stops, {text})) << text;
        EXPECT_EQ(run(stops, letters(text)), run(stops, {text})) << text;
    }
}

} // namespace
} // namespace ponder::engine
