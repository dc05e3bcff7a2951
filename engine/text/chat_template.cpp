#include "engine/text/chat_template.h"

#include "engine/support/error.h"
#include "engine/text/built_in_templates.h"
#include "engine/text/jinja/context.h"
#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/interpreter.h"
#include "engine/text/jinja/parser.h"

#include <algorithm>

namespace ponder::engine {

namespace {

constexpr std::size_t kLongestTemplate = std::size_t{1} << 20;

using jinja::Origin;
using jinja::Value;

[[noreturn]] void refuse(int line, const std::string& reason) {
    throw Error("Line " + std::to_string(line) + " of the chat template: " + reason + ".");
}

std::string_view roleName(Role role) {
    switch (role) {
    case Role::System:
        return "system";
    case Role::User:
        return "user";
    case Role::Assistant:
        return "assistant";
    }
    return "user";
}

/// Builds the variables of a chat.
class ContextBuilder {
public:
    explicit ContextBuilder(jinja::Runtime& runtime) : budget_(runtime.budget) {}

    jinja::DictRef build(const TemplateContext& context) {
        jinja::Dict variables;
        std::vector<Value> messages;
        for (const Message& message : context.messages)
            messages.push_back(messageValue(message, 2 * static_cast<std::int32_t>(messages.size())));
        set(variables, "messages", makeList(budget_, std::move(messages)));
        // transformers defines these two for every template.
        set(variables, "tools", jinja::None{});
        set(variables, "documents", jinja::None{});
        set(variables, "add_generation_prompt", context.addGenerationPrompt);
        set(variables, "bos_token", makeString(budget_, context.bosToken));
        set(variables, "eos_token", makeString(budget_, context.eosToken));
        if (context.enableThinking) {
            set(variables, "enable_thinking", *context.enableThinking);
            // DeepSeek's and Granite's name for the same switch.
            set(variables, "thinking", *context.enableThinking);
        }
        if (!context.reasoningEffort.empty()) {
            set(variables, "reasoning_effort", makeString(budget_, context.reasoningEffort));
        }
        return *makeDict(budget_, std::move(variables)).as<jinja::DictRef>();
    }

private:
    void set(jinja::Dict& dict, std::string_view name, Value value) {
        dict.set(makeString(budget_, name), std::move(value));
    }

    Value messageValue(const Message& message, std::int32_t source) {
        jinja::Dict dict;
        set(dict, "role", makeString(budget_, roleName(message.role)));
        set(dict, "content", makeString(budget_, jinja::Text(message.text, Origin{source})));
        if (!message.reasoning.empty()) {
            set(dict, "reasoning_content",
                makeString(budget_, jinja::Text(message.reasoning, Origin{source + 1})));
        }
        return makeDict(budget_, std::move(dict));
    }

    jinja::Budget& budget_;
};

} // namespace

struct ChatTemplate::State {
    jinja::Program program;
};

ChatTemplate::ChatTemplate(std::string_view source) : state_(std::make_unique<State>()) {
    if (source.size() > kLongestTemplate) throw Error("The chat template is longer than 1 MiB.");
    try {
        state_->program = jinja::parse(source);
    } catch (const jinja::SyntaxFailure& failure) {
        refuse(failure.line, failure.what());
    }
}

ChatTemplate::~ChatTemplate() = default;
ChatTemplate::ChatTemplate(ChatTemplate&&) noexcept = default;
ChatTemplate& ChatTemplate::operator=(ChatTemplate&&) noexcept = default;

std::vector<PromptSegment> ChatTemplate::render(const TemplateContext& context) const {
    jinja::Runtime runtime;
    runtime.now = context.now;
    std::vector<PromptSegment> segments;
    try {
        const jinja::DictRef variables = ContextBuilder(runtime).build(context);
        const jinja::Text text = jinja::Interpreter(state_->program, runtime).run(*variables);
        text.forEachStretch([&](std::string_view bytes, Origin origin) {
            const auto kind =
                origin == Origin::Markup ? PromptSegment::Kind::Markup : PromptSegment::Kind::Content;
            segments.push_back({kind, std::string(bytes), origin.source});
        });
    } catch (const jinja::Failure& failure) {
        refuse(runtime.line, failure.what());
    }
    return segments;
}

std::string ChatTemplate::renderJson(std::string_view contextJson, std::int64_t now) const {
    jinja::Runtime runtime;
    runtime.now = now;
    try {
        const jinja::DictRef variables = jinja::contextFromJson(runtime, contextJson);
        return jinja::Interpreter(state_->program, runtime).run(*variables).bytes();
    } catch (const jinja::Failure& failure) {
        refuse(runtime.line, failure.what());
    }
}

std::string_view ChatTemplate::builtIn(std::string_view architecture) {
    return builtInTemplate(architecture);
}

} // namespace ponder::engine
