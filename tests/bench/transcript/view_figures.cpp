#include "tests/bench/transcript/view_figures.h"

#include "tests/ui/markdown/markdown_corpus.h"
#include "ui/theme.h"
#include "ui/transcript_view.h"

#include <QCoreApplication>
#include <QEvent>
#include <QScrollBar>
#include <QThread>

#include <algorithm>

namespace ponder::bench {

namespace {

constexpr int kMessages = 2000;
constexpr QSize kViewSize(916, 700); // of the usual window, beside its sidebar
constexpr int kOpenings = 9;
constexpr int kTokens = 25;
constexpr int kMostCostFactor = 4; // of the pause between two frames, to what the last one has cost

/// Counts what is painted.
class Paints : public QObject {
public:
    int count = 0;

protected:
    bool eventFilter(QObject*, QEvent* event) override {
        count += event->type() == QEvent::Paint;
        return false;
    }
};

ui::MessageContent message(int id, ui::Role role, const QString& text) {
    ui::MessageContent content;
    content.id = id;
    content.role = role;
    if (!text.isEmpty()) content.parts = {{.kind = ui::PartKind::Text, .text = text, .elapsed = {}}};
    return content;
}

/// A transcript as it stands in the window.
class Stage {
public:
    Stage() {
        view_.setFrameShape(QFrame::NoFrame);
        view_.resize(kViewSize);
        view_.QWidget::show();
        view_.viewport()->installEventFilter(&paints_);
        settle();
    }
    ui::TranscriptView& view() { return view_; }
    QScrollBar& bar() { return *view_.verticalScrollBar(); }
    void settle() {
        for (int i = 0; i < 5; ++i) QCoreApplication::processEvents();
    }
    void paintNow() { view_.viewport()->repaint(); }

    /// One token more, until it is seen. The view waits between two frames, the longer the more one costs;
    /// that is not counted.
    Sample token(const QString& text, int pause) {
        QThread::msleep(static_cast<unsigned long>(std::max(pause, int(kMostCostFactor * lastCost_))));
        const int before = paints_.count;
        const Stopwatch watch;
        view_.appendAnswer(ui::PartKind::Text, text);
        while (paints_.count == before) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        const Sample sample = watch.read();
        lastCost_ = sample.wall;
        return sample;
    }

private:
    ui::Theme theme_;
    ui::TranscriptView view_{theme_};
    Paints paints_;
    double lastCost_ = 0; ///< ms
};

Figure timed(const char* name, double promised, const std::vector<Sample>& samples, double share) {
    const Sample at = quantile(samples, share);
    const Figure figure{.name = name, .promised = promised, .measured = at.wall, .computing = at.computing};
    print(figure);
    return figure;
}

Figure measureStream(const char* name, double promised, const QString& text, const QString& token,
                     int pause) {
    Stage stage;
    stage.view().show({message(1, ui::Role::User, "Go.")});
    ui::MessageContent answer = message(2, ui::Role::Assistant, text);
    stage.view().beginAnswer(answer);
    stage.settle();
    std::vector<Sample> samples;
    for (int i = 0; i < kTokens; ++i) samples.push_back(stage.token(token, pause));
    return timed(name, promised, samples, 0.5);
}

QString numbered(const char* line, int bytes) {
    QString text;
    for (int i = 0; text.size() < bytes; ++i) text += QString(line).arg(i);
    return text;
}

} // namespace

std::vector<ui::MessageContent> longChat() {
    const QString mixed = QString::fromUtf8(ui::mixedMarkdown(60'000));
    std::vector<ui::MessageContent> chat;
    for (int id = 1; id <= kMessages; ++id) {
        if (id % 2 == 1) {
            chat.push_back(message(id, ui::Role::User, mixed.mid(id * 7 % 50'000, 160)));
            continue;
        }
        ui::MessageContent answer = message(id, ui::Role::Assistant, mixed.mid(id * 13 % 50'000, 1700));
        answer.parts.insert(answer.parts.begin(), {.kind = ui::PartKind::Reasoning,
                                                   .text = mixed.mid(id * 3 % 50'000, 400),
                                                   .elapsed = std::chrono::seconds(6)});
        chat.push_back(std::move(answer));
    }
    return chat;
}

namespace {

/// A view that is alone in its process, as in the window: the heights of a long chat are measured in idle
/// time.
std::vector<Figure> measureLongChat() {
    std::vector<Figure> figures;
    const std::vector<ui::MessageContent> chat = longChat();
    Stage stage;
    stage.view().show({message(1, ui::Role::User, "Before.")});
    stage.settle();

    std::vector<Sample> openings;
    for (int i = 0; i < kOpenings; ++i) {
        std::vector<ui::MessageContent> messages = chat;
        const Stopwatch watch;
        stage.view().show(std::move(messages));
        stage.paintNow();
        openings.push_back(watch.read());
    }
    figures.push_back(timed("open 2,000 messages (2.3 MB) to the first paint", 50, openings, 0.5));

    std::vector<Sample> steps;
    for (int i = 0; i < 300; ++i) {
        const Stopwatch watch;
        stage.bar().setValue(stage.bar().value() - 60);
        stage.paintNow();
        steps.push_back(watch.read());
    }
    figures.push_back(timed("scroll by 60 px, 95 of 100", 8, steps, 0.95));

    std::vector<Sample> jumps;
    for (int i = 0; i < 120; ++i) {
        const Stopwatch watch;
        stage.bar().setValue(int(double(stage.bar().maximum()) * (i * 37 % 120) / 120));
        stage.paintNow();
        jumps.push_back(watch.read());
    }
    figures.push_back(timed("jump anywhere, 95 of 100", 30, jumps, 0.95));
    return figures;
}

} // namespace

std::vector<Figure> measureView() {
    std::vector<Figure> figures = measureLongChat();

    constexpr int kBlock = 60 * 1024;
    const auto mixed = [](int bytes) { return QString::fromUtf8(ui::mixedMarkdown(bytes)); };
    const auto stream = [&](const char* name, double promised, const QString& text, const QString& token,
                            int pause = 60) {
        figures.push_back(measureStream(name, promised, text, token, pause));
    };
    stream("a token at 50 KB of mixed text", 7, mixed(50 * 1024), "word ");
    stream("a token at 500 KB of mixed text", 12, mixed(500 * 1024), "word ");
    stream("one paragraph of 60 KB, a token", 10, numbered("word%1 and another ", kBlock), "word ", 260);
    stream("one list of 60 KB, a token", 10,
           numbered("- item number %1 with some **words** in it that fill a line\n", kBlock), "word ");
    stream("one list of 60 KB, an item", 10,
           numbered("- item number %1 with some **words** in it that fill a line\n", kBlock), "- item\n");
    stream("one table of 60 KB, a row", 10,
           "| n | text |\n|--:|---|\n" + numbered("| %1 | some words in a cell and `code` |\n", kBlock),
           "| 1 | two words |\n");
    stream("one block of code of 60 KB, a line", 10,
           "```cpp\n" + numbered("int value%1 = compute(value, 42);\n", kBlock), "int more = 1;\n");
    return figures;
}

} // namespace ponder::bench
