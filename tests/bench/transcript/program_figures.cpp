#include "tests/bench/transcript/program_figures.h"

#include "app/store/chat_store.h"
#include "app/window_program.h"
#include "tests/bench/transcript/view_figures.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QScrollBar>
#include <QStyleFactory>
#include <QTemporaryDir>

#include <chrono>
#include <cstdio>

namespace ponder::bench {

namespace {

constexpr int kStarts = 7;
constexpr int kSettleTime = 3000; // ms
constexpr int kRestTime = 7000;   // ms; what is needed for a moment only has been given back then
constexpr const char* kLastChat = "lastChat";

double steadyMilliseconds() {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

app::PartKind kindOf(ui::PartKind kind) {
    return kind == ui::PartKind::Reasoning ? app::PartKind::Reasoning : app::PartKind::Text;
}

/// A folder of a person who has this chat open.
void fill(const app::Paths& paths) {
    app::makePrivateFolder(paths.data);
    app::Conversation chat;
    chat.header.id = "the-long-chat";
    chat.header.title = "The long chat";
    chat.header.createdMs = chat.header.updatedMs = app::nowMilliseconds();
    int parent = 0;
    for (const ui::MessageContent& message : longChat()) {
        std::vector<app::Part> parts;
        for (const ui::MessagePart& part : message.parts) {
            app::Part& made = parts.emplace_back();
            made.kind = kindOf(part.kind);
            made.text = part.text.toStdString();
        }
        const auto role = message.role == ui::Role::User ? engine::Role::User : engine::Role::Assistant;
        parent = chat.add(parent, role, std::move(parts)).number;
    }
    app::ChatStore store(paths.chatFile().string());
    store.save(app::wholeChat(chat));
    store.remember(kLastChat, chat.header.id);
}

double residentMegabytes() {
    QFile status("/proc/self/statm");
    if (!status.open(QIODevice::ReadOnly)) return 0;
    return status.readAll().split(' ').value(1).toDouble() * 4096 / 1e6;
}

void work(int milliseconds) {
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < milliseconds) QCoreApplication::processEvents(QEventLoop::AllEvents, 50);
}

} // namespace

int beTheProgram(int argumentCount, char** arguments, const std::string& folder, double startedMs) {
    QApplication application(argumentCount, arguments);
    QApplication::setStyle(QStyleFactory::create("Fusion"));
    app::WindowProgram program(app::Paths::find(folder), engine::openEngine);
    ui::MainWindow& window = program.window();
    program.start({});
    // It can be used when the chat is there and painted, and the event loop has come to rest.
    while (window.transcript().isEmpty()) QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    window.transcript().viewport()->repaint();
    QCoreApplication::sendPostedEvents();
    const double usable = steadyMilliseconds() - startedMs;
    work(kSettleTime);
    QScrollBar& bar = *window.transcript().verticalScrollBar();
    for (int i = 0; i < 20; ++i) {
        bar.setValue(bar.maximum() * (i * 7 % 20) / 20);
        work(50);
    }
    work(kRestTime);
    std::printf("%.3f %.3f\n", usable, residentMegabytes());
    std::fflush(stdout);
    window.close();
    return 0;
}

std::vector<Figure> measureProgram(const std::string& self) {
    const QTemporaryDir folder;
    fill(app::Paths::find(folder.path().toStdString()));
    std::vector<Sample> starts;
    std::vector<Sample> sizes;
    for (int i = 0; i < kStarts; ++i) {
        QProcess child;
        child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        child.start(QString::fromStdString(self),
                    {kBeTheProgram, folder.path(), QString::number(steadyMilliseconds(), 'f', 3)});
        if (!child.waitForFinished(120'000)) {
            child.kill();
            child.waitForFinished();
        }
        const QList<QByteArray> said = child.readAllStandardOutput().trimmed().split(' ');
        if (said.size() != 2) {
            std::printf("the program has not started\n");
            return {};
        }
        starts.push_back({said[0].toDouble(), 0});
        sizes.push_back({said[1].toDouble(), 0});
    }
    const std::vector<Figure> figures{{.name = "start to a window that can be used",
                                       .promised = 400,
                                       .measured = quantile(starts, 0.5).wall},
                                      {.name = "the process, with that chat open and at rest",
                                       .promised = 80,
                                       .unit = "MB",
                                       .measured = quantile(sizes, 0.5).wall}};
    for (const Figure& figure : figures) print(figure);
    return figures;
}

} // namespace ponder::bench
