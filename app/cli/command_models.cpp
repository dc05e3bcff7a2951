#include <chrono>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/cli/models_json.h"

namespace ponder::app {

namespace {

using nlohmann::ordered_json;

std::string_view outcomeText(FolderOutcome outcome) {
    switch (outcome) {
    case FolderOutcome::Found:
        return "";
    case FolderOutcome::NotThere:
        return " (not there)";
    case FolderOutcome::NotReadable:
        return " (cannot be read)";
    }
    return "";
}

void printCards(const ModelShelf& shelf, CommandContext& context) {
    std::size_t width = 0;
    for (const ModelCard& card : shelf.cards()) width = std::max(width, card.found.name.size());
    for (const ModelCard& card : shelf.cards()) {
        context.output << plainForTerminal(card.found.name)
                       << std::string(width - card.found.name.size() + 2, ' ');
        context.output << plainForTerminal(card.problem.empty() ? cardLine(card.info) : card.problem) << "\n";
        const std::string places = placesLine(card);
        context.output << std::string(width + 2, ' ') << sourceName(card.found.source) << ": "
                       << plainForTerminal(places.empty() ? card.found.path.string() : places) << "\n";
    }
    context.output << "\nLooked in:\n";
    for (const FolderState& folder : shelf.folders())
        context.output << "  " << sourceName(folder.root.source) << ": "
                       << plainForTerminal(folder.root.folder.string()) << outcomeText(folder.outcome)
                       << "\n";
}

/// A handful of models is looked at whole before the list is shown; of thousands the rest waits for the next
/// time, each is looked at once.
void readOn(ModelShelf& shelf, CommandContext& context) {
    using namespace std::chrono_literals;
    constexpr std::size_t kHandful = 200;
    shelf.readOn(shelf.unread() <= kHandful ? std::chrono::milliseconds(1h) : 300ms, ReadingPace::Quick);
    if (shelf.unread() > 0)
        context.complaints
            << "ponder: " << shelf.unread()
            << " models were looked at by their headers alone this time. Call again for more.\n";
}

int runModels(const Arguments& arguments, CommandContext& context) {
    ModelShelf shelf = shelfFor(context, arguments.texts("--folder"));
    readOn(shelf, context);
    shelf.keep();
    if (!arguments.has("--json")) {
        printCards(shelf, context);
        return 0;
    }
    ordered_json models = ordered_json::array();
    for (const ModelCard& card : shelf.cards()) models.push_back(cardJson(card));
    ordered_json folders = ordered_json::array();
    for (const FolderState& folder : shelf.folders())
        folders.push_back({{"source", sourceName(folder.root.source)},
                           {"path", folder.root.folder.string()},
                           {"found", folder.outcome == FolderOutcome::Found}});
    context.output << jsonText({{"models", models}, {"folders", folders}}) << "\n";
    return 0;
}

} // namespace

Command modelsCommand() {
    return {
        {.name = "models",
         .operands = "",
         .summary = "Lists the models found on this computer, where they are. Nothing is copied or moved.",
         .options = {{"--json", "", "write one JSON object", ""},
                     {"--folder", "DIR", "look there as well, this time; can be given several times", ""},
                     dataFolderOption()},
         .leastOperands = 0,
         .mostOperands = 0},
        runModels};
}

std::vector<Command> modelsSubcommands() {
    return {modelsShowCommand(),   modelsPlanCommand(),   modelsGetCommand(),
            modelsVerifyCommand(), modelsRemoveCommand(), modelsFoldersCommand()};
}

} // namespace ponder::app
