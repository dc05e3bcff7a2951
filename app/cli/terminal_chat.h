#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/cli/commands.h"
#include "app/conversation.h"
#include "app/store/chat_store.h"

namespace ponder::app {

enum class Keep { Nothing, Chat };
enum class ShowThoughts { Yes, No };
/// Whether the answer is written while it comes.
enum class Printing { Live, None };

struct TerminalChatOptions {
    FoundModel model;
    std::string system;
    engine::SamplingSettings sampling;
    engine::ReasoningMode reasoning = engine::ReasoningMode::ModelDefault;
    std::string reasoningEffort;
    int reasoningBudget = 0;
    int maximumTokens = 0;
    std::string jsonSchema; ///< that answers have to satisfy; empty: free text
    engine::CacheType cacheType = engine::CacheType::F16;
    Keep keep = Keep::Nothing;
    ShowThoughts thoughts = ShowThoughts::Yes;
    Printing printing = Printing::Live;
};

/// A conversation in the terminal: prompts in, answers written as they come, everything on disk first where
/// it is kept. The engine is opened with the first question. Ctrl+C stops an answer.
class TerminalChat {
public:
    TerminalChat(CommandContext& context, TerminalChatOptions options);

    /// Asks and returns the finished answer. Throws Error when it fails; what came of it is kept.
    const Turn& ask(const std::string& prompt);
    /// The next question begins a new chat.
    void startOver();

    const std::string& chatId() const { return conversation_.header.id; }
    const engine::ModelInfo& model() const { return info_; }
    double loadSeconds() const { return loadSeconds_; }

private:
    void openEngine(std::stop_token stop);
    void save(std::vector<Turn> turns, std::vector<BranchChoice> choices);
    engine::ChatRequest fitted(Turn& turn, engine::ChatRequest request);
    engine::AnswerSummary answer(Turn& turn, const engine::ChatRequest& request, std::stop_token stop);

    CommandContext& context_;
    TerminalChatOptions options_;
    std::optional<ChatStore> store_;
    Conversation conversation_;
    std::unique_ptr<engine::Engine> engine_;
    engine::ModelInfo info_;
    double loadSeconds_ = 0;
};

} // namespace ponder::app
