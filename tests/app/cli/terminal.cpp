#include "tests/app/cli/terminal.h"

#include <sstream>

namespace ponder::app {

Terminal::Terminal() : starter_("PONDER_STARTER", folder_.write("starter.gguf", "GGUF").string()) {
    context_.paths = Paths::find((folder_ / "data").string());
    context_.paths.home = folder_ / "home";
}

Outcome Terminal::run(const Command& command, const std::vector<std::string>& words,
                      const std::string& input) {
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream complaints;
    Outcome outcome;
    CommandContext context{.input = in,
                           .output = out,
                           .complaints = complaints,
                           .outputIsTerminal = terminal_,
                           .inputIsTerminal = false,
                           .paths = context_.paths,
                           .settings = context_.settings,
                           .openEngine = [script = script_](const engine::EngineOptions& options) {
                               return std::make_unique<tests::FakeEngine>(script, options);
                           }};
    try {
        outcome.code = command.run(Arguments(command.spec, words), context);
    } catch (const UsageError& error) {
        outcome.code = 2;
        complaints << error.what();
    } catch (const engine::Error& error) {
        outcome.code = 1;
        complaints << error.what();
    }
    outcome.output = out.str();
    outcome.complaints = complaints.str();
    return outcome;
}

} // namespace ponder::app
