#include <gtest/gtest.h>

#include "app/chat_settings.h"

namespace ponder::app {

namespace {

ChatSettings everything() {
    ChatSettings settings;
    settings.temperature = 0.5f;
    settings.topP = 0.25f;
    settings.minP = 0.125f;
    settings.repetitionPenalty = 1.5f;
    settings.topK = 40;
    settings.seed = 18446744073709551615u;
    settings.maximumTokens = 512;
    settings.reasoning = engine::ReasoningMode::Off;
    settings.reasoningEffort = "high";
    settings.reasoningBudget = 1000;
    settings.pastThoughts = PastThoughts::Keep;
    settings.whenFull = ContextPolicy::Summarise;
    return settings;
}

TEST(ChatSettings, WhatIsWrittenIsReadAgain) {
    EXPECT_EQ(chatSettingsFrom(chatSettingsText(everything())), everything());
    for (const ContextPolicy policy :
         {ContextPolicy::Ask, ContextPolicy::DropOldest, ContextPolicy::Summarise, ContextPolicy::Stop}) {
        ChatSettings settings;
        settings.whenFull = policy;
        EXPECT_EQ(chatSettingsFrom(chatSettingsText(settings)), settings);
    }
}

TEST(ChatSettings, NothingSetIsNoText) {
    EXPECT_EQ(chatSettingsText({}), "");
    EXPECT_EQ(chatSettingsFrom(""), ChatSettings());
}

TEST(ChatSettings, SenselessValuesAreLeftOut) {
    for (const char* text :
         {"[]", "{", "null", R"({"temperature":-1})", R"({"temperature":"hot"})", R"({"topP":2})",
          R"({"topK":-3})", R"({"topK":99999999999999999999})", R"({"seed":"12x"})", R"({"seed":5})",
          R"({"reasoning":1})", R"({"whenFull":"burn"})", R"({"pastThoughts":[]})",
          R"({"maximumTokens":18446744073709551615})"})
        EXPECT_EQ(chatSettingsFrom(text), ChatSettings()) << text;
}

TEST(ChatSettings, TheChatComesBeforeTheProgram) {
    Settings program;
    program.temperature = 0.9f;
    program.topP = 0.8f;
    program.maximumTokens = 100;
    ChatSettings chat;
    chat.temperature = 0.1f;
    engine::ChatRequest request;
    applySettings(request, chat, program);
    EXPECT_EQ(request.sampling.temperature, 0.1f);
    EXPECT_EQ(request.sampling.topP, 0.8f);
    EXPECT_EQ(request.maximumTokens, 100);
    EXPECT_EQ(pastThoughtsOf(chat, program), PastThoughts::LeaveOut);
}

} // namespace

} // namespace ponder::app
