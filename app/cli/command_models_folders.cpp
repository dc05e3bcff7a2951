#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/cli/models_json.h"
#include "app/file_lock.h"

namespace ponder::app {

namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

std::string wholePath(const std::string& folder) {
    std::string path = fs::absolute(folder).lexically_normal().string();
    while (path.size() > 1 && path.ends_with('/')) path.pop_back();
    return path;
}

void list(const CommandContext& context, bool asJson) {
    ordered_json folders = ordered_json::array();
    for (const ModelRoot& root : rootsFor(context)) {
        std::error_code error;
        const bool isThere = fs::is_directory(root.folder, error);
        const auto& own = context.settings.modelFolders;
        const bool isAdded = std::find(own.begin(), own.end(), root.folder.string()) != own.end();
        if (asJson)
            folders.push_back({{"path", root.folder.string()},
                               {"source", sourceName(root.source)},
                               {"found", isThere},
                               {"added", isAdded}});
        else
            context.output << plainForTerminal(root.folder.string()) << "  (" << sourceName(root.source)
                           << (isThere ? "" : ", not there") << ")\n";
    }
    if (asJson) context.output << jsonText({{"folders", folders}}) << "\n";
}

/// The open window has the settings in memory and would write them over ours.
void requireNoWindow(const CommandContext& context) {
    std::error_code error;
    if (!fs::exists(context.paths.windowLock(), error)) return;
    if (!FileLock(context.paths.windowLock().string()).tryExclusive())
        throw engine::Error(
            "Ponder's window is open and keeps the settings. Change the folders there, or close it first.");
}

void change(const std::string& verb, const std::string& folder, CommandContext& context) {
    const std::string path = wholePath(folder);
    std::vector<std::string>& folders = context.settings.modelFolders;
    const auto known = std::find_if(folders.begin(), folders.end(),
                                    [&](const std::string& each) { return wholePath(each) == path; });
    std::error_code error;
    if (verb == "add") {
        if (known != folders.end()) throw engine::Error("Models are looked for in " + path + " already.");
        if (!fs::is_directory(path, error))
            throw engine::Error("There is no folder " + path + ". Check the name, or make it first.");
        requireNoWindow(context);
        folders.push_back(path);
    } else {
        if (known == folders.end())
            throw engine::Error("The folder " + path +
                                " is not one that was added. See `ponder models folders list`.");
        requireNoWindow(context);
        folders.erase(known);
    }
    saveSettings(context.paths.settingsFile(), context.settings);
    context.complaints << (verb == "add" ? "Models are looked for in "
                                         : "Models are no longer looked for in ")
                       << plainForTerminal(path) << ". No file was touched.\n";
}

int runFolders(const Arguments& arguments, CommandContext& context) {
    const std::vector<std::string>& words = arguments.operands();
    if (words.empty() || (words[0] == "list" && words.size() == 1)) {
        list(context, arguments.has("--json"));
        return 0;
    }
    if (words.size() != 2 || (words[0] != "add" && words[0] != "remove"))
        throw UsageError(
            "ponder models folders takes list, add DIR or remove DIR. See `ponder models folders --help`.");
    change(words[0], words[1], context);
    return 0;
}

} // namespace

Command modelsFoldersCommand() {
    return {
        {.name = "models folders",
         .operands = "[list | add DIR | remove DIR]",
         .summary =
             "The folders that are searched for models. Adding or removing one changes the search, no file.",
         .options = {{"--json", "", "write one JSON object", ""}, dataFolderOption()},
         .leastOperands = 0,
         .mostOperands = 2},
        runFolders};
}

} // namespace ponder::app
