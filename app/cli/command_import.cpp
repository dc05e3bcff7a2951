#include <nlohmann/json.hpp>
#include <ostream>

#include "app/cli/commands.h"
#include "app/exchange/import_merge.h"

namespace ponder::app {

namespace {

std::string counted(int count, const char* what) {
    return std::to_string(count) + (count == 1 ? " chat " : " chats ") + what;
}

std::string sentence(const ImportedChats& read, const ImportPlan& plan, bool dryRun) {
    std::string text = read.source + ": " + counted(plan.added, dryRun ? "to add" : "added") + ", " +
                       counted(plan.grown, dryRun ? "to continue" : "continued") + ", " +
                       counted(plan.unchanged, "there already");
    if (plan.trashed > 0) text += ", " + counted(plan.trashed, "left in the trash");
    if (read.unreadable > 0) text += ", " + counted(read.unreadable, "left out");
    return text + "." + (dryRun ? " Nothing was changed." : "");
}

int runImport(const Arguments& arguments, CommandContext& context) {
    const bool dryRun = arguments.has("--dry-run");
    const ImportedChats read = readChats(arguments.operands().front());
    std::optional<ChatStore> store;
    if (!dryRun || std::filesystem::exists(context.paths.chatFile())) {
        store.emplace(context.paths.chatFile().string());
        for (const std::string& notice : store->notices()) context.complaints << "ponder: " << notice << "\n";
    }
    const ImportPlan plan = planImport(store ? &*store : nullptr, read.chats);
    if (!dryRun) store->saveAll(plan.changes);
    if (arguments.has("--json")) {
        context.output << nlohmann::ordered_json{{"source", read.source},
                                                 {"chats", read.chats.size()},
                                                 {"added", plan.added},
                                                 {"continued", plan.grown},
                                                 {"unchanged", plan.unchanged},
                                                 {"inTrash", plan.trashed},
                                                 {"leftOut", read.unreadable},
                                                 {"notes", read.notes},
                                                 {"dryRun", dryRun}}
                              .dump()
                       << "\n";
    } else {
        for (const std::string& note : read.notes) context.complaints << plainForTerminal(note) << "\n";
        context.complaints << sentence(read, plan, dryRun) << "\n";
    }
    return read.chats.empty() ? 1 : 0;
}

} // namespace

Command importCommand() {
    return {{.name = "import",
             .operands = "FILE",
             .summary =
                 "Brings in chats of ChatGPT, Claude, DeepSeek, Open WebUI, LM Studio, llama.cpp, Jan or "
                 "Ponder. FILE is what the program exported: a zip, a JSON file or a folder. A second import "
                 "adds only what is new.",
             .options = {{"--dry-run", "", "only say what would come in", ""},
                         {"--json", "", "the counts as JSON", ""},
                         dataFolderOption()},
             .leastOperands = 1,
             .mostOperands = 1},
            runImport};
}

} // namespace ponder::app
