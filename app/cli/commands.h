#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/arguments.h"
#include "app/library/model_library.h"
#include "app/paths.h"
#include "app/settings.h"
#include "engine/engine.h"

namespace ponder::app {

/// What a terminal command works with; tests give it string streams and a fake engine.
struct CommandContext {
    std::istream& input;
    std::ostream& output;
    std::ostream& complaints; ///< stderr
    bool outputIsTerminal = false;
    bool inputIsTerminal = false;
    Paths paths;
    Settings settings;
    std::function<std::unique_ptr<engine::Engine>(const engine::EngineOptions&)> openEngine;
};

/// One command of `ponder`. `run` returns the exit code; it may throw engine::Error (exit 1) and UsageError
/// (exit 2).
struct Command {
    CommandSpec spec;
    int (*run)(const Arguments& arguments, CommandContext& context);
};

Command askCommand();
Command chatCommand();
Command modelsCommand();
Command modelsGetCommand();
/// The commands below it: "models show", …
std::vector<Command> modelsSubcommands();
Command modelsShowCommand();
Command modelsVerifyCommand();
Command modelsRemoveCommand();
Command modelsFoldersCommand();
Command modelsPlanCommand();
Command inspectCommand();
Command benchCommand();
Command searchCommand();
Command exportCommand();
Command importCommand();
Command convertCommand();

/// The model of `-m MODEL`, or the starter model. Throws Error.
FoundModel modelFor(const Arguments& arguments, const CommandContext& context);
/// All models of this machine.
std::vector<FoundModel> installedModels(const CommandContext& context);
/// The folders they are looked for in.
std::vector<ModelRoot> rootsFor(const CommandContext& context);

/// --cache, where a model is opened; empty: not given. Throws UsageError.
OptionSpec cacheOption();
std::optional<engine::CacheType> cacheTypeFrom(const Arguments& arguments);

/// --data-dir, which every command knows.
OptionSpec dataFolderOption();
/// Adds what is given of --temperature, --seed, … to the user's settings.
engine::SamplingSettings samplingFor(const Settings& settings);

/// A text from a model or a file with everything a terminal would obey taken out.
std::string plainForTerminal(std::string_view text);

} // namespace ponder::app
