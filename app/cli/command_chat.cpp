#include <istream>
#include <ostream>

#include "app/cli/commands.h"
#include "app/cli/terminal_chat.h"

namespace ponder::app {

namespace {

constexpr const char* kHelp = "/new   begin a new chat\n"
                              "/help  this list\n"
                              "/quit  leave (so does Ctrl+D); Ctrl+C stops an answer\n";

int runChat(const Arguments& arguments, CommandContext& context) {
    TerminalChatOptions options;
    options.sampling = samplingFor(context.settings);
    options.maximumTokens = context.settings.maximumTokens;
    options.system = arguments.text("--system").value_or(context.settings.systemPrompt);
    options.keep = Keep::Chat;
    options.model = modelFor(arguments, context);
    options.cacheType = cacheTypeFrom(arguments).value_or(options.cacheType);
    TerminalChat chat(context, options);
    if (context.inputIsTerminal)
        context.output << "Ponder, with " << options.model.name << ". Ask something, or /help.\n";

    std::string line;
    for (;;) {
        if (context.inputIsTerminal) context.output << "\n> " << std::flush;
        if (!std::getline(context.input, line)) break;
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        if (line == "/quit") break;
        if (line == "/help") {
            context.output << kHelp;
        } else if (line == "/new") {
            chat.startOver();
            context.output << "A new chat.\n";
        } else if (line[0] == '/' && line.find(' ') == std::string::npos) {
            context.output << "There is no command " << line << ".\n" << kHelp;
        } else {
            try {
                chat.ask(line);
            } catch (const engine::Error& error) {
                // One failed answer does not end a conversation that a person is having.
                if (!context.inputIsTerminal) throw;
                context.complaints << "ponder: " << error.what() << "\n";
            }
        }
    }
    if (context.inputIsTerminal) context.output << "\n";
    return 0;
}

} // namespace

Command chatCommand() {
    return {{.name = "chat",
             .operands = "",
             .summary = "A conversation in the terminal, saved like any other.",
             .options = {{"--model", "MODEL", "a file, or a name that `ponder models` lists", "-m"},
                         {"--system", "TEXT", "instructions that stand before the conversation", ""},
                         cacheOption(),
                         dataFolderOption()},
             .leastOperands = 0,
             .mostOperands = 0},
            runChat};
}

} // namespace ponder::app
