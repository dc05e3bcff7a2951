// The whole program with its window, offscreen, asked one question after the other until it is killed; a
// made-up engine tells on the standard output what it was asked and what it has said, see kill_loop.h.

#include <unistd.h>

#include <QApplication>
#include <QTimer>

#include <fstream>
#include <string>
#include <thread>

#include "app/window_program.h"

namespace {

using namespace ponder;
using namespace ponder::app;

constexpr int kPiecesOfAnAnswer = 300;

void tell(const std::string& line) {
    const std::string whole = line + "\n";
    if (::write(STDOUT_FILENO, whole.data(), whole.size()) < 0) ::_exit(1);
}

class TellingEngine final : public engine::Engine {
public:
    engine::ModelInfo info() const override {
        engine::ModelInfo info;
        info.name = "telling";
        return info;
    }
    std::string confinement() const override { return "It is made up."; }

    engine::ExamineSummary examine(const engine::ExamineRequest&, const engine::ExamineSink&,
                                   std::stop_token) override {
        return {};
    }
    engine::PromptPreview preview(const engine::ChatRequest&, engine::TokenRange) override { return {}; }
    engine::AnswerSummary answer(const engine::ChatRequest& request, const engine::AnswerSink& sink,
                                 std::stop_token stop) override {
        const std::string& prompt = request.messages.back().text;
        tell("P " + prompt); // the engine only hears of what is safe
        std::size_t bytes = 0;
        for (int piece = 0; piece < kPiecesOfAnAnswer && !stop.stop_requested(); ++piece) {
            std::this_thread::sleep_for(std::chrono::milliseconds(3));
            const std::string text = "piece " + std::to_string(piece) + " ";
            bytes += text.size();
            const std::int64_t now = nowMilliseconds();
            sink.piece({piece < 50 ? engine::PieceKind::Reasoning : engine::PieceKind::Text, text, 1});
            tell("T " + std::to_string(now) + " " + std::to_string(bytes) + " " + prompt);
        }
        return {};
    }
};

} // namespace

int main(int argumentCount, char** arguments) {
    const std::string folder = arguments[1];
    ::setenv("PONDER_STARTER", (folder + "/starter.gguf").c_str(), 1);
    std::ofstream(folder + "/starter.gguf") << "GGUF";
    ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    QApplication application(argumentCount, arguments);
    WindowProgram program(Paths::find(folder),
                          [](const engine::EngineOptions&) { return std::make_unique<TellingEngine>(); });

    int number = 0;
    QTimer asking;
    asking.setInterval(10);
    QObject::connect(&asking, &QTimer::timeout, [&] {
        if (program.window().composer().activity() == ui::ComposerActivity::Answering) return;
        if (number % 3 == 0) program.chats().newChat();
        program.chats().submit(QString("prompt %1 %2").arg(::getpid()).arg(number++));
    });
    QObject::connect(&program.chats(), &ChatController::ready, [&] { asking.start(); });
    program.start({});
    return QApplication::exec();
}
