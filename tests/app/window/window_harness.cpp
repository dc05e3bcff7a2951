#include "tests/app/window/window_harness.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QTextEdit>

#include "app/store/chat_store.h"
#include "tests/app/window/wait.h"

namespace ponder::app {

namespace {

/// The fake engine, with somebody listening at the door.
class ListenedEngine final : public engine::Engine {
public:
    ListenedEngine(std::shared_ptr<tests::FakeScript> script, const engine::EngineOptions& options,
                   const std::function<void(const engine::ChatRequest&)>& asked)
        : engine_(std::move(script), options), asked_(asked) {}

    engine::ModelInfo info() const override { return engine_.info(); }
    engine::AnswerSummary answer(const engine::ChatRequest& request, const engine::AnswerSink& sink,
                                 std::stop_token stop) override {
        if (asked_) asked_(request);
        return engine_.answer(request, sink, stop);
    }
    engine::PromptPreview preview(const engine::ChatRequest& request, engine::TokenRange listed) override {
        return engine_.preview(request, listed);
    }
    engine::ExamineSummary examine(const engine::ExamineRequest& request, const engine::ExamineSink& sink,
                                   std::stop_token stop) override {
        return engine_.examine(request, sink, stop);
    }
    std::string confinement() const override { return engine_.confinement(); }
    bool alive() const override { return engine_.alive(); }

private:
    tests::FakeEngine engine_;
    const std::function<void(const engine::ChatRequest&)>& asked_;
};

} // namespace

WindowHarness::WindowHarness() : starter_("PONDER_STARTER", folder_.write("starter.gguf", "GGUF").string()) {
    paths_ = Paths::find((folder_ / "data").string());
    paths_.home = folder_ / "home";
}

WindowHarness::~WindowHarness() {
    close();
}

void WindowHarness::open() {
    program_ = std::make_unique<WindowProgram>(paths_, [this](const engine::EngineOptions& options) {
        return std::make_unique<ListenedEngine>(script_, options, asked_);
    });
    bool ready = false;
    const auto connection = QObject::connect(&program_->chats(), &ChatController::ready, &program_->chats(),
                                             [&ready] { ready = true; });
    program_->start({});
    comesTrue([&] { return ready; });
    QObject::disconnect(connection); // the chats may be read again, long after `ready` is gone
}

void WindowHarness::close() {
    if (!program_) return;
    program_->window().close();
    program_.reset();
}

void WindowHarness::enter(const QString& text) {
    QWidget* edit = window().composer().findChild<QPlainTextEdit*>();
    if (!edit) edit = window().composer().findChild<QTextEdit*>();
    QTest::keyClicks(edit, text);
    QTest::keyClick(edit, Qt::Key_Return);
}

void WindowHarness::askAndWait(const QString& text) {
    enter(text);
    waitForIdle();
}

bool WindowHarness::waitForIdle() {
    return comesTrue([&] { return window().composer().activity() == ui::ComposerActivity::Idle; });
}

std::string WindowHarness::lastText() {
    std::string text;
    for (const ui::MessagePart& part : lastShown().parts)
        if (part.kind == ui::PartKind::Text) text += part.text.toStdString();
    return text;
}

std::vector<Conversation> WindowHarness::saved() const {
    std::vector<Conversation> chats;
    if (!std::filesystem::exists(chatFile())) return chats;
    ChatStore store(chatFile());
    for (const ChatHeader& header : store.chats()) chats.push_back(*store.load(header.id));
    return chats;
}

std::optional<Conversation>
WindowHarness::savedOnce(const std::function<bool(const Conversation&)>& condition) const {
    std::optional<Conversation> found;
    comesTrue([&] {
        const auto chats = saved();
        if (chats.size() == 1 && condition(chats[0])) found = chats[0];
        return found.has_value();
    });
    return found;
}

bool WindowHarness::shows(const QString& text) const {
    for (const QLabel* label : program_->window().findChildren<QLabel*>())
        if (label->isVisible() && (label->text().contains(text) || label->toolTip().contains(text)))
            return true;
    return false;
}

} // namespace ponder::app
