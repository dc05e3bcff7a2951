#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/cli/commands.h"
#include "app/library/model_card.h"

namespace ponder::app {

namespace {

using nlohmann::ordered_json;

std::string dump(const ordered_json& object) {
    return object.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

ordered_json toJson(const ModelCard& card) {
    ordered_json object{{"name", card.found.name},
                        {"path", card.found.path.string()},
                        {"source", sourceName(card.found.source)},
                        {"sizeBytes", card.found.sizeBytes}};
    if (!card.problem.empty()) {
        object["problem"] = card.problem;
        return object;
    }
    object["title"] = card.info.name;
    object["architecture"] = card.info.architecture;
    object["quantisation"] = card.info.quantisation;
    object["parameters"] = card.info.parameters;
    object["contextTokens"] = card.info.trainedContextTokens;
    object["experts"] = card.info.experts;
    object["expertsUsed"] = card.info.expertsUsed;
    object["reasoningFormat"] = card.info.reasoningFormat;
    object["license"] = card.info.license;
    object["identity"] = card.info.identity;
    object["notices"] = card.info.notices;
    return object;
}

std::vector<ModelRoot> rootsFor(const CommandContext& context) {
    return modelRoots(context.paths.modelsFolder(), context.settings.modelFolders, context.paths.home);
}

void printCards(const std::vector<ModelCard>& cards, CommandContext& context) {
    std::size_t width = 0;
    for (const ModelCard& card : cards) width = std::max(width, card.found.name.size());
    for (const ModelCard& card : cards) {
        context.output << plainForTerminal(card.found.name)
                       << std::string(width - card.found.name.size() + 2, ' ');
        context.output << plainForTerminal(card.problem.empty() ? cardLine(card.info) : card.problem) << "\n";
        context.output << std::string(width + 2, ' ') << sourceName(card.found.source) << ": "
                       << plainForTerminal(card.found.path.string()) << "\n";
    }
    context.output << "\nLooked in:\n";
    for (const ModelRoot& root : rootsFor(context)) {
        std::error_code error;
        context.output << "  " << sourceName(root.source) << ": " << root.folder.string()
                       << (std::filesystem::is_directory(root.folder, error) ? "" : " (not there)") << "\n";
    }
}

int runModels(const Arguments& arguments, CommandContext& context) {
    const std::vector<ModelCard> cards =
        makeCards(installedModels(context), context.paths.modelCards(), engine::inspectModel);
    if (!arguments.has("--json")) {
        printCards(cards, context);
        return 0;
    }
    ordered_json models = ordered_json::array();
    for (const ModelCard& card : cards) models.push_back(toJson(card));
    ordered_json folders = ordered_json::array();
    for (const ModelRoot& root : rootsFor(context)) {
        std::error_code error;
        folders.push_back({{"source", sourceName(root.source)},
                           {"path", root.folder.string()},
                           {"found", std::filesystem::is_directory(root.folder, error)}});
    }
    context.output << dump({{"models", models}, {"folders", folders}}) << "\n";
    return 0;
}

} // namespace

Command modelsCommand() {
    return {
        {.name = "models",
         .operands = "",
         .summary = "Lists the models found on this computer, where they are. Nothing is copied or moved.",
         .options = {{"--json", "", "write one JSON object", ""}, dataFolderOption()},
         .leastOperands = 0,
         .mostOperands = 0},
        runModels};
}

} // namespace ponder::app
