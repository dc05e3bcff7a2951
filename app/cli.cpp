#include "app/cli.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>

#include "app/cli/commands.h"

namespace ponder::app {

namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

std::vector<Command> commands() {
    return {askCommand(),    chatCommand(),   modelsCommand(), inspectCommand(), benchCommand(),
            searchCommand(), exportCommand(), importCommand(), convertCommand()};
}

/// The command whose name the words begin with, the longer name first: "models show" before "models".
std::optional<Command> commandOf(const std::vector<std::string>& words) {
    if (words.size() > 1)
        for (const Command& command : modelsSubcommands())
            if (command.spec.name == words[0] + " " + words[1]) return command;
    for (const Command& command : commands())
        if (command.spec.name == words[0]) return command;
    return std::nullopt;
}

std::string lines(const std::vector<Command>& listed, std::size_t width) {
    std::string text;
    for (const Command& command : listed) {
        const std::string& summary = command.spec.summary;
        const std::string sentence = summary.substr(0, std::min(summary.find(". "), summary.size() - 1) + 1);
        text +=
            "  " + command.spec.name + std::string(width - command.spec.name.size(), ' ') + sentence + "\n";
    }
    return text;
}

bool hasDisplay() {
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY"})
        if (const char* value = std::getenv(name); value && *value) return true;
    // A platform named outright needs no display: offscreen, vnc.
    const char* platform = std::getenv("QT_QPA_PLATFORM");
    return platform && *platform;
}

std::string overview() {
    const std::string text = "Usage: ponder [command]\n"
                             "Without a command, the window opens; without a display, `ponder chat`.\n\n";
    return text + lines(commands(), 10) +
           "  debug     The engine's rooms one by one, for checks by other programs.\n"
           "  MODEL.gguf  Opens the window with this model.\n\n"
           "  --data-dir FOLDER  keep chats and settings there (or set PONDER_DATA_DIR)\n"
           "  --version          the version\n"
           "  --help             this text; each command has its own\n";
}

bool asksForHelp(const std::vector<std::string>& words) {
    for (const std::string& word : words) {
        if (word == "--") return false;
        if (word == "--help" || word == "-h") return true;
    }
    return false;
}

int runCommand(const Command& command, const StartLine& line) {
    const auto nameWords = 1 + std::count(command.spec.name.begin(), command.spec.name.end(), ' ');
    const std::vector<std::string> words(line.words.begin() + nameWords, line.words.end());
    if (asksForHelp(words)) {
        std::cout << helpText(command.spec);
        if (command.spec.name == "models")
            std::cout << "\nMore about one model, each with a --help of its own:\n"
                      << lines(modelsSubcommands(), 16);
        return kDone;
    }
    const Arguments arguments(command.spec, words);
    CommandContext context{.input = std::cin,
                           .output = std::cout,
                           .complaints = std::cerr,
                           .outputIsTerminal = ::isatty(STDOUT_FILENO) == 1,
                           .inputIsTerminal = ::isatty(STDIN_FILENO) == 1,
                           .paths = Paths::find(line.dataFolder),
                           .settings = {},
                           .openEngine = engine::openEngine};
    LoadedSettings loaded = loadSettings(context.paths.settingsFile());
    context.settings = std::move(loaded.settings);
    for (const std::string& notice : loaded.notices) std::cerr << "ponder: " << notice << "\n";
    return command.run(arguments, context);
}

/// The one word, where it is a model file: the window's only argument.
std::optional<std::string> modelAlone(const std::vector<std::string>& words) {
    if (words.size() != 1 || words.front().starts_with("-") || !words.front().ends_with(".gguf"))
        return std::nullopt;
    return words.front();
}

int dispatch(const std::vector<std::string>& arguments) {
    StartLine line = readStartLine(arguments);
    if (const auto model = modelAlone(line.words); line.words.empty() || model) {
        std::cerr << "There is no display, so Ponder talks in the terminal. With one, a window opens.\n";
        line.words =
            model ? std::vector<std::string>{"chat", "--model", *model} : std::vector<std::string>{"chat"};
    }
    const std::string& name = line.words.front();
    if (name == "--version") {
        std::cout << "ponder " PONDER_VERSION "\n";
        return kDone;
    }
    if (name == "--help" || name == "-h" || name == "help") {
        std::cout << overview();
        return kDone;
    }
    if (name == "debug") {
        const std::vector<std::string> rest(line.words.begin() + 1, line.words.end());
        return engine::runDebugCommand(rest, std::cin, std::cout, std::cerr);
    }
    if (const auto command = commandOf(line.words)) return runCommand(*command, line);
    if (name.starts_with("-")) throw UsageError("There is no option " + name + ". See `ponder --help`.");
    throw UsageError("There is no command " + name + ". See `ponder --help`.");
}

} // namespace

StartLine readStartLine(const std::vector<std::string>& arguments) {
    StartLine line;
    bool optionsEnded = false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& word = arguments[i];
        optionsEnded = optionsEnded || word == "--";
        if (!optionsEnded && word == "--data-dir") {
            if (i + 1 == arguments.size()) throw UsageError("--data-dir needs a folder.");
            line.dataFolder = arguments[++i];
        } else if (!optionsEnded && word.starts_with("--data-dir=")) {
            line.dataFolder = word.substr(std::string("--data-dir=").size());
        } else if (!optionsEnded && word == "--new-chat") {
            line.newChat = true;
        } else {
            line.words.push_back(word);
        }
    }
    return line;
}

Start startFor(const std::vector<std::string>& arguments) {
    if (!hasDisplay()) return Start::Terminal;
    try {
        const StartLine line = readStartLine(arguments);
        return line.words.empty() || modelAlone(line.words) ? Start::Window : Start::Terminal;
    } catch (const UsageError&) {
        return Start::Terminal;
    }
}

int runCommandLine(const std::vector<std::string>& arguments) {
    std::ios::sync_with_stdio(false);
    try {
        const int code = dispatch(arguments);
        std::cout.flush();
        if (std::cout) return code;
        std::cerr << "ponder: The output could not be written. Check where it goes to.\n";
    } catch (const UsageError& error) {
        std::cerr << "ponder: " << error.what() << "\n";
        return kWrongUsage;
    } catch (const engine::Error& error) {
        std::cout.flush();
        std::cerr << "ponder: " << error.what() << "\n";
    } catch (const std::bad_alloc&) {
        std::cerr << "ponder: There is not enough memory. Close other programs or choose a smaller model.\n";
    } catch (const std::filesystem::filesystem_error& error) {
        std::cerr << "ponder: " << error.code().message() << ": " << error.path1().string()
                  << ". Check the folder and its permissions.\n";
    } catch (const std::exception& error) {
        std::cerr << "ponder: Something went wrong (" << error.what()
                  << "). Try again, and report it if it stays.\n";
    }
    return kFailed;
}

FoundModel modelFor(const Arguments& arguments, const CommandContext& context) {
    if (const auto wanted = arguments.text("--model")) return chooseModel(*wanted, installedModels(context));
    const std::filesystem::path starter = starterModel();
    if (starter.empty())
        throw engine::Error(
            "The starter model is not installed. Name a model with -m; `ponder models` lists them.");
    return chooseModel(starter.string(), {});
}

std::vector<ModelRoot> rootsFor(const CommandContext& context) {
    return modelRoots(context.paths.modelsFolder(), context.settings.modelFolders, context.paths.home);
}

std::vector<FoundModel> installedModels(const CommandContext& context) {
    return findModels(starterModel(), rootsFor(context));
}

OptionSpec dataFolderOption() {
    return {"--data-dir", "FOLDER", "keep chats and settings there", ""};
}

engine::SamplingSettings samplingFor(const Settings& settings) {
    engine::SamplingSettings sampling;
    sampling.temperature = settings.temperature;
    sampling.topP = settings.topP;
    return sampling;
}

std::string plainForTerminal(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        // C1 controls are two bytes in UTF-8, C2 80 to C2 9F; terminals obey them like escapes.
        const bool pair =
            byte == 0xc2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xa0;
        if (pair) ++at;
        const bool control = (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f;
        if (!pair && !control) plain += text[at];
    }
    return plain;
}

} // namespace ponder::app
