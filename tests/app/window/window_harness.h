#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/window_program.h"
#include "tests/app/environment.h"
#include "tests/support/fake_engine.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

/// The whole program with its window, offscreen, in a data folder of its own, with a fake engine behind it.
/// It can be closed and opened again on the same folder, as a person does from one day to the next.
class WindowHarness {
public:
    WindowHarness();
    ~WindowHarness();

    /// Starts the program and waits until chats and model are there.
    void open();
    void close();

    ui::MainWindow& window() { return program_->window(); }
    ChatController& chats() { return program_->chats(); }
    ModelController& models() { return program_->models(); }
    LibraryKeeper& found() { return program_->found(); }
    ChatExporter& exporter() { return program_->exporter(); }
    ChatImporter& importer() { return program_->importer(); }
    tests::FakeScript& script() { return *script_; }

    const tests::TempDir& folder() const { return folder_; }
    std::string chatFile() const { return paths_.chatFile().string(); }
    const Paths& paths() const { return paths_; }
    std::string starter() const { return (folder_ / "starter.gguf").string(); }
    /// Called on the engine's thread when it is asked, before it answers.
    void whenAsked(std::function<void(const engine::ChatRequest&)> asked) { asked_ = std::move(asked); }

    /// Types the text and presses Enter.
    void enter(const QString& text);
    /// The same, and waits for the end of the answer.
    void askAndWait(const QString& text);
    bool waitForIdle();

    /// What the view shows.
    std::vector<ui::MessageContent> shown() { return window().transcript().messages(); }
    ui::MessageContent lastShown() { return shown().empty() ? ui::MessageContent() : shown().back(); }
    /// The text of the last message shown, without thoughts.
    std::string lastText();

    /// The chats as another program would read them from the disk.
    std::vector<Conversation> saved() const;
    /// The only chat there is on the disk, once `condition` holds for it.
    std::optional<Conversation> savedOnce(const std::function<bool(const Conversation&)>& condition) const;
    /// Some label of the window shows this text.
    bool shows(const QString& text) const;

private:
    tests::TempDir folder_;
    Variable starter_;
    Variable bus_{"DBUS_SESSION_BUS_ADDRESS", std::nullopt};
    Variable runtime_{"XDG_RUNTIME_DIR", std::nullopt};
    Variable hub_{"HF_HUB_CACHE", (folder_ / "none").string()};
    Variable ollama_{"OLLAMA_MODELS", (folder_ / "none").string()};
    Paths paths_;
    std::shared_ptr<tests::FakeScript> script_ = std::make_shared<tests::FakeScript>();
    std::function<void(const engine::ChatRequest&)> asked_;
    std::unique_ptr<WindowProgram> program_;
};

} // namespace ponder::app
