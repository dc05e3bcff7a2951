#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "tests/app/environment.h"
#include "tests/support/fake_engine.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

struct Outcome {
    int code = 0;
    std::string output;
    std::string complaints;
};

/// The commands of `ponder` with a fake engine, a data folder of their own and a starter model of four bytes.
class Terminal {
public:
    Terminal();

    /// Runs the command as runCommandLine would; wrong usage is code 2, an Error code 1.
    Outcome run(const Command& command, const std::vector<std::string>& words, const std::string& input = {});

    const Paths& paths() const { return context_.paths; }
    Settings& settings() { return context_.settings; }
    tests::FakeScript& script() { return *script_; }
    /// As if the output were a terminal: colours and progress.
    void pretendTerminal() { terminal_ = true; }
    std::string starter() const { return (folder_ / "starter.gguf").string(); }

private:
    struct Context {
        Paths paths;
        Settings settings;
    };
    tests::TempDir folder_;
    Variable starter_;
    Variable hub_{"HF_HUB_CACHE", (folder_ / "none").string()};
    Variable ollama_{"OLLAMA_MODELS", (folder_ / "none").string()};
    std::shared_ptr<tests::FakeScript> script_ = std::make_shared<tests::FakeScript>();
    Context context_;
    bool terminal_ = false;
};

} // namespace ponder::app
