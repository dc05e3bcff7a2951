#pragma once

#include "engine/engine.h"
#include "engine/text/tokenizer.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// What a template may know beside the messages.
struct TemplateContext {
    std::vector<Message> messages;
    bool addGenerationPrompt = true;
    std::optional<bool> enableThinking;
    std::string reasoningEffort; ///< empty: not defined in the template
    std::string bosToken;
    std::string eosToken;
    std::int64_t now = 0; ///< seconds since the epoch for strftime_now; 0: the clock
};

/// A model's chat template: messages → prompt segments. Strings that came in as message texts stay content
/// through every filter and concatenation; what the template itself writes is markup. Immutable: any thread.
class ChatTemplate {
public:
    /// Parses a Jinja template. Throws Error with line and reason: syntax, longer than 1 MiB, nested too
    /// deep.
    explicit ChatTemplate(std::string_view source);
    ~ChatTemplate();
    ChatTemplate(ChatTemplate&&) noexcept;
    ChatTemplate& operator=(ChatTemplate&&) noexcept;

    /// Throws Error: the template raised an exception, or went over its budget (10^6 steps, depth 64, 4 MiB
    /// of output, 250 ms).
    std::vector<PromptSegment> render(const TemplateContext& context) const;
    /// Renders with a whole JSON object as context; plain text. `now` as in TemplateContext.
    std::string renderJson(std::string_view contextJson, std::int64_t now) const;

    /// The template built in for an architecture (ChatML where nothing better is known).
    static std::string_view builtIn(std::string_view architecture);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace ponder::engine
