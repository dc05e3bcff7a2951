#include <istream>
#include <ostream>

#include "app/cli/models_json.h"
#include "app/library/model_removal.h"

namespace ponder::app {

namespace {

void print(const RemovalPlan& plan, CommandContext& context) {
    context.complaints << (plan.toTrash ? "To the trash:\n"
                                        : "Deleted for good, there is no trash for them:\n");
    for (const RemovalStep& step : plan.steps)
        context.complaints << "  " << plainForTerminal(step.path) << (step.isLink ? " (a link)" : "") << "\n";
    for (const std::string& note : plan.notes) context.complaints << plainForTerminal(note) << "\n";
    context.complaints << (plan.freedBytes == 0 ? "This frees no space."
                                                : "This frees " + sizeText(plan.freedBytes) +
                                                      (plan.toTrash ? " when the trash is emptied." : "."))
                       << "\n";
}

bool answersYes(const std::string& question, CommandContext& context) {
    context.complaints << question << " [y/N] " << std::flush;
    std::string answer;
    std::getline(context.input, answer);
    return answer == "y" || answer == "Y" || answer == "yes";
}

/// Asks whatever the options have not answered. Throws Error where there is nobody to ask.
bool isWanted(const RemovalPlan& plan, const Arguments& arguments, CommandContext& context) {
    const bool isSure = arguments.has("--yes");
    const bool isSureOutside = plan.insideOwnFolders || arguments.has("--outside");
    if (isSure && isSureOutside) return true;
    if (!context.inputIsTerminal)
        throw engine::Error(
            !isSure ? "Nothing was removed. Say --yes to remove what is listed above."
                    : "Nothing was removed: the files lie outside of Ponder's own folder and belong to "
                      "you or another program. Say --outside, too, to remove them.");
    if (!isSure && !answersYes("Remove this?", context)) return false;
    return isSureOutside ||
           answersYes("The files lie outside of Ponder's own folder and may belong to another "
                      "program. Remove them all the same?",
                      context);
}

int runRemove(const Arguments& arguments, CommandContext& context) {
    const FoundModel model = chooseListed(arguments.operands().front(), installedModels(context));
    const RemovalPlan plan = planRemoval(
        model, {.ownFolder = context.paths.modelsFolder(),
                .loadedPath = {},
                .scope = arguments.has("--all-names") ? RemovalScope::AllNames : RemovalScope::OnePlace});
    if (!plan.refusal.empty()) throw engine::Error(plan.refusal);
    print(plan, context);
    if (!arguments.has("--all-names") && !model.otherPaths.empty())
        context.complaints << "The same file has other names, which stay; --all-names removes them, too.\n";
    if (!isWanted(plan, arguments, context)) {
        context.complaints << "Nothing was removed.\n";
        return 1;
    }
    removeModel(plan);
    context.complaints << "Removed " << plainForTerminal(plan.name) << ".\n";
    return 0;
}

} // namespace

Command modelsRemoveCommand() {
    return {{.name = "models remove",
             .operands = "NAME",
             .summary = "Moves a model's files to the trash, or deletes them where there is none. "
                        "Says first what goes and how much space that really frees.",
             .options = {{"--yes", "", "do not ask", ""},
                         {"--outside", "", "nor for files outside of Ponder's own folder", ""},
                         {"--all-names", "", "remove all links to the same file", ""},
                         dataFolderOption()},
             .leastOperands = 1,
             .mostOperands = 1},
            runRemove};
}

} // namespace ponder::app
