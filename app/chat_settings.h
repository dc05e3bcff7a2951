#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/settings.h"

namespace ponder::app {

/// What one chat sets differently. What is empty comes from the program's settings, then from the model.
struct ChatSettings {
    std::optional<float> temperature;
    std::optional<float> topP;
    std::optional<float> minP;
    std::optional<float> repetitionPenalty;
    std::optional<int> topK;
    std::optional<std::uint64_t> seed;
    int maximumTokens = 0; ///< of an answer; 0: as the program has it
    engine::ReasoningMode reasoning = engine::ReasoningMode::ModelDefault;
    std::string reasoningEffort; ///< of models that know it; empty: their own
    int reasoningBudget = 0;     ///< tokens; 0: none
    std::optional<PastThoughts> pastThoughts;
    std::optional<ContextPolicy> whenFull;

    bool operator==(const ChatSettings&) const = default;
};

/// As the store and exports keep them: a JSON object, empty text where nothing is set.
std::string chatSettingsText(const ChatSettings& settings);
/// Values that make no sense are left out: they never cost a chat.
ChatSettings chatSettingsFrom(std::string_view text);

/// Fills in everything of a request but its messages.
void applySettings(engine::ChatRequest& request, const ChatSettings& chat, const Settings& program);
PastThoughts pastThoughtsOf(const ChatSettings& chat, const Settings& program);

} // namespace ponder::app
