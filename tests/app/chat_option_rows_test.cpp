#include <gtest/gtest.h>

#include "app/chat_option_rows.h"

namespace ponder::app {

namespace {

const ui::Setting* row(const std::vector<ui::Setting>& rows, const char* id) {
    for (const ui::Setting& each : rows)
        if (each.id == id) return &each;
    return nullptr;
}

ChatOptions everything() {
    ChatOptions options;
    options.system = "Be brief.";
    options.settings.temperature = 0.5f;
    options.settings.topP = 0.25f;
    options.settings.minP = 0.125f;
    options.settings.repetitionPenalty = 1.5f;
    options.settings.topK = 40;
    options.settings.maximumTokens = 512;
    options.settings.reasoning = engine::ReasoningMode::Off;
    options.settings.reasoningEffort = "high";
    options.settings.reasoningBudget = 1000;
    options.settings.pastThoughts = PastThoughts::Keep;
    options.settings.whenFull = ContextPolicy::Summarise;
    return options;
}

TEST(ChatOptionRows, WhatIsShownTakenOverGivesTheSameOptions) {
    engine::ModelInfo model;
    model.reasoningSwitchable = true;
    model.reasoningBudgetable = true;
    model.reasoningEfforts = {"low", "high"};
    ChatOptions copy;
    for (const ui::Setting& each : chatOptionRows(everything(), model))
        EXPECT_TRUE(applyChatOption(copy, each.id, each.value)) << each.id.toStdString();
    EXPECT_EQ(copy, everything());
    for (const ui::Setting& each : chatOptionRows(everything(), model))
        applyChatOption(copy, each.id, each.usual);
    EXPECT_EQ(copy, ChatOptions());
    EXPECT_FALSE(applyChatOption(copy, "no such", 1));
}

TEST(ChatOptionRows, OnlyWhatTheModelOffersIsAsked) {
    const auto rows = chatOptionRows({}, engine::ModelInfo());
    EXPECT_FALSE(row(rows, "reasoning"));
    EXPECT_FALSE(row(rows, "effort"));
    EXPECT_FALSE(row(rows, "budget"));
    EXPECT_TRUE(row(rows, "system"));
    EXPECT_TRUE(row(chatOptionRows({}, std::nullopt), "reasoning")) << "nothing is known yet";
}

TEST(Presets, AreReadAsTheyWereWrittenAndNonsenseIsLeftOut) {
    const std::vector<Preset> presets{{"Short", everything()}, {"Plain", {}}};
    EXPECT_EQ(presetsFrom(presetsText(presets)), presets);
    EXPECT_TRUE(presetsFrom("").empty());
    EXPECT_TRUE(presetsFrom(R"([1, {}, {"name": 5}, {"name": ""}])").empty());
}

} // namespace

} // namespace ponder::app
