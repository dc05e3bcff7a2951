#include <iterator>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/atomic_file.h"
#include "app/cli/commands.h"
#include "app/cli/terminal_chat.h"

namespace ponder::app {

namespace {

constexpr int kMostTokens = 1 << 24;
constexpr std::size_t kMostSchemaBytes = std::size_t{1} << 20; // the engine takes half of that

std::string promptFrom(const Arguments& arguments, CommandContext& context) {
    const std::string& operand = arguments.operands().front();
    if (operand != "-") return operand;
    return {std::istreambuf_iterator<char>(context.input), std::istreambuf_iterator<char>()};
}

std::string effortFrom(const Arguments& arguments) {
    const std::string effort = arguments.text("--effort").value_or("");
    if (effort.empty() || effort == "low" || effort == "medium" || effort == "high") return effort;
    throw UsageError("The effort is \"" + effort + "\". Use low, medium or high.");
}

/// Why an answer to a schema is not whole, and what to do; empty if it is.
std::string cutOf(const AnswerRecord& answer) {
    const std::string stop = answer.stop;
    if (stop == engine::stopReasonName(engine::StopReason::EndOfAnswer)) return {};
    const std::string cut = "The answer was cut after " + std::to_string(answer.answerTokens) +
                            " tokens, so its JSON is not whole";
    if (stop == engine::stopReasonName(engine::StopReason::TokenLimit))
        return cut + ". Allow more with --max-tokens, or let the schema limit lengths and numbers of items.";
    if (stop == engine::stopReasonName(engine::StopReason::ContextFull))
        return cut + ": the context is full. Shorten the question, or set a longer context.";
    return cut + ". Ask again.";
}

nlohmann::ordered_json toJson(const Turn& turn, const TerminalChat& chat) {
    return {{"reasoning", joinedText(turn, PartKind::Reasoning)},
            {"answer", joinedText(turn, PartKind::Text)},
            {"stop", turn.answer.stop},
            {"promptTokens", turn.answer.promptTokens},
            {"answerTokens", turn.answer.answerTokens},
            {"promptSeconds", turn.answer.promptSeconds},
            {"answerSeconds", turn.answer.answerSeconds},
            {"loadSeconds", turn.answer.loadSeconds},
            {"model", chat.model().name}};
}

int runAsk(const Arguments& arguments, CommandContext& context) {
    TerminalChatOptions options;
    options.sampling = samplingFor(context.settings);
    if (const auto temperature = arguments.number("--temperature", 0, 5))
        options.sampling.temperature = static_cast<float>(*temperature);
    if (const auto seed = arguments.integer("--seed", 0, INT64_MAX))
        options.sampling.seed = static_cast<std::uint64_t>(*seed);
    options.maximumTokens = static_cast<int>(
        arguments.integer("--max-tokens", 1, kMostTokens).value_or(context.settings.maximumTokens));
    options.system = arguments.text("--system").value_or(context.settings.systemPrompt);
    if (arguments.has("--no-reasoning")) options.reasoning = engine::ReasoningMode::Off;
    options.reasoningEffort = effortFrom(arguments);
    options.reasoningBudget =
        static_cast<int>(arguments.integer("--reasoning-budget", 1, kMostTokens).value_or(0));
    if (const auto schema = arguments.text("--json-schema"))
        options.jsonSchema = readFile(*schema, kMostSchemaBytes);
    if (arguments.has("--hide-reasoning")) options.thoughts = ShowThoughts::No;
    if (arguments.has("--save")) options.keep = Keep::Chat;
    if (arguments.has("--json")) options.printing = Printing::None;
    const std::string prompt = promptFrom(arguments, context);
    if (prompt.find_first_not_of(" \t\r\n") == std::string::npos)
        throw UsageError("The prompt is empty. Write a question behind `ponder ask`.");
    options.model = modelFor(arguments, context);
    options.cacheType = cacheTypeFrom(arguments).value_or(options.cacheType);

    TerminalChat chat(context, options);
    const Turn& turn = chat.ask(prompt);
    if (arguments.has("--json")) {
        nlohmann::ordered_json object = toJson(turn, chat);
        if (arguments.has("--save")) object["chat"] = chat.chatId();
        context.output << object.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
    }
    if (options.jsonSchema.empty()) return 0;
    const std::string cut = cutOf(turn.answer);
    if (!cut.empty()) context.complaints << "ponder: " << cut << "\n";
    return cut.empty() ? 0 : 1;
}

} // namespace

Command askCommand() {
    return {{.name = "ask",
             .operands = "PROMPT | -",
             .summary =
                 "Asks one question and writes the answer, thoughts first. With -, the prompt is read from "
                 "the standard input.",
             .options = {{"--model", "MODEL", "a file, or a name that `ponder models` lists", "-m"},
                         {"--system", "TEXT", "instructions that stand before the conversation", ""},
                         {"--no-reasoning", "", "answer without thinking first, where the model can", ""},
                         {"--effort", "low|medium|high", "how hard to think, where the model knows it", ""},
                         {"--reasoning-budget", "N", "think at most N tokens, then answer", ""},
                         {"--hide-reasoning", "", "do not show the thoughts", ""},
                         {"--max-tokens", "N", "stop after N tokens, thoughts included", ""},
                         {"--json-schema", "FILE", "write one JSON value of this schema", ""},
                         {"--temperature", "T", "0 takes the most likely word, 1 is lively", ""},
                         {"--seed", "N", "the same seed gives the same answer", ""},
                         cacheOption(),
                         {"--save", "", "keep the chat", ""},
                         {"--json", "", "write one JSON object", ""},
                         dataFolderOption()},
             .leastOperands = 1,
             .mostOperands = 1},
            runAsk};
}

} // namespace ponder::app
