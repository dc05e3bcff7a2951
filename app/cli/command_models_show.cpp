#include <nlohmann/json.hpp>
#include <ostream>

#include "app/cli/models_json.h"
#include "app/library/hash_cache.h"

namespace ponder::app {

namespace {

using nlohmann::ordered_json;

struct Shown {
    ModelCard card;
    engine::ModelDetails details;
    std::vector<std::string> hashes; ///< of its files, as far as they were computed
};

void line(CommandContext& context, const std::string& name, const std::string& value) {
    if (value.empty()) return;
    context.output << name << std::string(name.size() < 18 ? 18 - name.size() : 1, ' ')
                   << plainForTerminal(value) << "\n";
}

std::string percentage(std::uint64_t part, std::uint64_t whole) {
    char text[16];
    std::snprintf(text, sizeof text, "%5.1f %%",
                  whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole));
    return text;
}

void printTypes(const engine::ModelDetails& details, CommandContext& context) {
    std::uint64_t whole = 0;
    for (const engine::TypeShare& share : details.types) whole += share.bytes;
    context.output << "\nWeights\n";
    for (const engine::TypeShare& share : details.types)
        line(context, "  " + share.type,
             percentage(share.bytes, whole) + "  " + sizeText(share.bytes) + " in " +
                 std::to_string(share.tensors) + (share.tensors == 1 ? " tensor" : " tensors"));
}

std::string parametersText(const engine::ModelDetails& details) {
    const std::string all = countText(details.parameters);
    return details.activeParameters == details.parameters
               ? all
               : all + ", " + countText(details.activeParameters) + " at work for a token";
}

std::string reasoningText(const engine::ModelDetails& details) {
    if (details.reasoningFormat == "none") return "none";
    std::string text = details.reasoningFormat;
    if (details.reasoningSwitchable) text += ", can be switched off";
    std::string efforts;
    for (const std::string& effort : details.reasoningEfforts)
        efforts += (efforts.empty() ? "" : ", ") + effort;
    return efforts.empty() ? text : text + ", effort " + efforts;
}

std::string numberText(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
}

void printDetails(const engine::ModelDetails& details, CommandContext& context) {
    line(context, "Family", details.family);
    line(context, "Size class", details.sizeLabel);
    line(context, "Parameters", parametersText(details));
    line(context, "Trained context", std::to_string(details.trainedContextTokens) + " tokens");
    line(context, "Layers", std::to_string(details.layers));
    if (details.experts > 0)
        line(context, "Experts",
             std::to_string(details.experts) + ", " + std::to_string(details.expertsUsed) + " at a time");
    line(context, "Vocabulary",
         std::to_string(details.vocabularyTokens) + " tokens, " + details.vocabularyKind +
             (details.splittingRule.empty() ? "" : ", split as " + details.splittingRule));
    line(context, "Reasoning format", reasoningText(details));
    line(context, "License", details.license);
    line(context, "Description", details.description);
    for (const engine::OriginFact& fact : details.origin) {
        std::string name = fact.name;
        name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
        line(context, name, fact.value);
    }
    printTypes(details, context);
    context.output << "\nSpecial tokens\n";
    for (const engine::SpecialToken& token : details.specialTokens)
        line(context, "  " + token.role, std::to_string(token.id) + "  " + token.text);
    if (!details.sampling.empty()) context.output << "\nSampling it asks for\n";
    for (const engine::SamplingDefault& each : details.sampling)
        line(context, "  " + each.name,
             numberText(each.value) + (each.fromFile ? " (in the file)" : " (published by its makers)"));
    const bool isOwn = details.templateOrigin == engine::TemplateOrigin::File;
    context.output << "\nTemplate (" << (isOwn ? "in the file" : "built in") << ")\n"
                   << plainForTerminal(details.chatTemplate) << "\n";
}

void print(const Shown& shown, CommandContext& context) {
    const FoundModel& found = shown.card.found;
    line(context, "Name", found.name);
    line(context, "Title", shown.details.name);
    line(context, "Where", std::string(sourceName(found.source)));
    line(context, "Size",
         sizeText(found.sizeBytes) +
             (found.files.size() > 1 ? ", " + std::to_string(found.files.size()) + " files" : ""));
    for (const ModelFile& file : found.files) line(context, "File", file.path);
    line(context, "Other places", placesLine(shown.card));
    line(context, "Problem", shown.card.problem);
    for (const std::string& problem : shown.details.problems) line(context, "Note", problem);
    for (std::size_t i = 0; i < found.files.size(); ++i)
        line(context, "SHA-256",
             shown.hashes[i].empty() ? "not computed yet; `ponder models verify` does" : shown.hashes[i]);
    if (shown.card.problem.empty()) printDetails(shown.details, context);
}

Shown look(const std::string& wanted, const CommandContext& context) {
    ModelShelf shelf = shelfFor(context);
    shelf.keep();
    Shown shown{.card = chooseCard(wanted, shelf.cards()), .details = {}, .hashes = {}};
    if (shown.card.problem.empty()) {
        const std::string path = shown.card.found.path.string();
        try {
            shown.card.info = engine::inspectModel(path);
            shown.details = engine::describeModel(path);
        } catch (const engine::Error& error) {
            shown.card.problem = error.what();
        }
    }
    const HashCache hashes(context.paths.modelHashes());
    for (const ModelFile& file : shown.card.found.files)
        shown.hashes.push_back(hashes.find(file.path, file.stamp));
    return shown;
}

int runShow(const Arguments& arguments, CommandContext& context) {
    const Shown shown = look(arguments.operands().front(), context);
    if (!arguments.has("--json")) {
        print(shown, context);
        return 0;
    }
    ordered_json object = cardJson(shown.card);
    if (shown.card.problem.empty()) object.update(detailsJson(shown.details));
    object["files"] = ordered_json::array();
    for (std::size_t i = 0; i < shown.hashes.size(); ++i) {
        const ModelFile& file = shown.card.found.files[i];
        object["files"].push_back(
            {{"path", file.path}, {"bytes", file.stamp.sizeBytes}, {"sha256", shown.hashes[i]}});
    }
    context.output << jsonText(object) << "\n";
    return 0;
}

} // namespace

Command modelsShowCommand() {
    return {{.name = "models show",
             .operands = "NAME",
             .summary =
                 "Shows everything a model says of itself. NAME is a file, a name that `ponder models` "
                 "lists, or its beginning.",
             .options = {{"--json", "", "write one JSON object", ""}, dataFolderOption()},
             .leastOperands = 1,
             .mostOperands = 1},
            runShow};
}

} // namespace ponder::app
