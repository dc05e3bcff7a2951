#include <nlohmann/json.hpp>
#include <ostream>

#include "app/cli/commands.h"
#include "app/library/model_card.h"

namespace ponder::app {

namespace {

using nlohmann::json;

constexpr std::size_t kLongestValue = 100; // characters of a metadata value in the list

void line(CommandContext& context, const std::string& name, const std::string& value) {
    if (value.empty()) return;
    context.output << name << std::string(name.size() < 18 ? 18 - name.size() : 1, ' ')
                   << plainForTerminal(value) << "\n";
}

/// "12 attention, 36 gated delta net"
std::string layerWords(const json& object) {
    std::string words;
    const auto layers = object.find("layers");
    if (layers == object.end() || !layers->is_object()) return words;
    for (const auto& [kind, count] : layers->items())
        words += (words.empty() ? "" : ", ") + count.dump() + " " + kind;
    return words;
}

void printFacts(const engine::ModelInfo& info, const json& object, CommandContext& context) {
    line(context, "Name", info.name);
    line(context, "Family", info.architecture);
    line(context, "Quantisation", info.quantisation);
    if (info.parameters > 0) line(context, "Parameters", countText(info.parameters));
    line(context, "Size", sizeText(info.sizeBytes));
    line(context, "Trained context", std::to_string(info.trainedContextTokens) + " tokens");
    line(context, "Layers", layerWords(object));
    if (info.experts > 0)
        line(context, "Experts",
             std::to_string(info.experts) + ", " + std::to_string(info.expertsUsed) + " at a time");
    line(context, "Reasoning format", info.reasoningFormat);
    line(context, "License", info.license);
    line(context, "Description", info.description);
    line(context, "Identity", info.identity);
    context.output << "\nMemory\n";
    std::uint64_t total = 0;
    for (const engine::MemoryPart& part : info.memory) {
        line(context, "  " + part.name, sizeText(part.bytes));
        total += part.bytes;
    }
    line(context, "  In all", sizeText(total));
}

std::string shortened(const json& value) {
    std::string text = value.is_string() ? value.get<std::string>()
                                         : value.dump(-1, ' ', false, json::error_handler_t::replace);
    for (char& letter : text)
        if (letter == '\n') letter = ' ';
    if (text.size() <= kLongestValue) return text;
    std::size_t end = kLongestValue;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return text.substr(0, end) + " …";
}

void printLists(const json& object, CommandContext& context) {
    if (const auto metadata = object.find("metadata"); metadata != object.end() && metadata->is_object()) {
        context.output << "\nMetadata\n";
        for (const auto& [key, value] : metadata->items())
            context.output << "  " << plainForTerminal(key) << " = " << plainForTerminal(shortened(value))
                           << "\n";
    }
    if (const auto tensors = object.find("tensors"); tensors != object.end() && tensors->is_array()) {
        context.output << "\nTensors\n";
        for (const json& tensor : *tensors) {
            context.output << "  " << plainForTerminal(tensor.value("name", ""));
            for (const char* field : {"type", "shape"})
                if (tensor.contains(field))
                    context.output << "  " << plainForTerminal(shortened(tensor[field]));
            context.output << "\n";
        }
    }
}

int runInspect(const Arguments& arguments, CommandContext& context) {
    const std::string path =
        chooseModel(arguments.operands().front(), installedModels(context)).path.string();
    if (arguments.has("--json")) {
        context.output << engine::inspectModelJson(path) << "\n";
        return 0;
    }
    const engine::ModelInfo info = engine::inspectModel(path);
    for (const std::string& notice : info.notices) context.complaints << "ponder: " << notice << "\n";
    const json object = json::parse(engine::inspectModelJson(path), nullptr, false);
    printFacts(info, object, context);
    printLists(object, context);
    return 0;
}

} // namespace

Command inspectCommand() {
    return {
        {.name = "inspect",
         .operands = "FILE",
         .summary = "Shows what a model file says of itself, and what it will need. Reads the header only.",
         .options = {{"--json", "", "write one JSON object", ""}, dataFolderOption()},
         .leastOperands = 1,
         .mostOperands = 1},
        runInspect};
}

} // namespace ponder::app
