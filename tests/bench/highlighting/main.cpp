// How long code waits for its colours, and what they cost the thread that draws the window.
//
// For six languages and 10, 50 and 100 KB: until the block can be painted in colours (wall clock), what the
// script worker computed for it, and what the UI thread did beyond painting the same block plain.

#include "tests/ui/transcript/cpu_clock.h"
#include "ui/blocks/code_block.h"
#include "ui/script/typesetter.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QPainter>

#include <cstdio>
#include <ctime>

namespace ponder::ui {

namespace {

struct Sample {
    const char* language;
    const char* code; ///< %1 differs from one repetition to the next
};

constexpr Sample kSamples[] = {
    {"python", R"x(@dataclass
class Reading%1(Base):
    """One value of one sensor,
    with its name."""
    name: str
    value: float = 20.%1

    def line(self, places: int = 1) -> str:
        # Rounded for people.
        return f"{self.name}: {round(self.value, places)} °C" if self.value else None

)x"},
    {"cpp", R"x(#include <vector>
// Overwrites the oldest value when it is full.
template <typename T>
class Ring%1 : public Base<T> {
public:
    void push(const T& value) { items_[next_++ % 0x%1] = value; }
    std::string name = "ring\n"; /* of two
                                    lines */
};
)x"},
    {"javascript", R"x(// A store of items.
export class Store%1 extends Base {
    async load(url, { limit = %1, filter = /^a+$/i } = {}) {
        const answer = await fetch(`${url}?limit=${limit + 1}`);
        return answer.ok ? answer.json().items.map(item => ({ ...item, "new": true })) : null;
    }
}
)x"},
    {"html", R"x(<section class="card" id='part%1'>
  <h2>Prices &amp; dates</h2> <!-- of this year -->
  <p>Some words in a row, <b>some of them bold</b>, and a <a href="#x%1">link</a>.</p>
  <script>const total = items.reduce((sum, item) => sum + item.price, %1);</script>
</section>
)x"},
    {"json",
     R"x({"id": %1, "name": "Reading %1", "values": [20.5, -3e5, null, true], "tags": {"room": "kitchen"}}
)x"},
    {"bash", R"x(# Counts what is left to do in part %1.
for file in "$HOME"/notes/part%1/*.md; do
    grep -c "TODO" "$file" || echo "nothing in ${file##*/}" >&2
done
)x"},
};

QString codeOf(const Sample& sample, int characters) {
    QString code;
    for (int i = 0; code.size() < characters; ++i)
        code += QString::fromUtf8(sample.code).replace("%1", QString::number(i));
    return code.left(characters);
}

double processMilliseconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

int residentKilobytes() {
    QFile statm("/proc/self/statm");
    return statm.open(QIODevice::ReadOnly) ? statm.readAll().split(' ').value(1).toInt() * 4 : 0;
}

double paint(const CodeBlock& block, QImage& screen) {
    const CpuClock clock;
    QPainter painter(&screen);
    block.paint(painter, {.visible = screen.rect()});
    return clock.milliseconds();
}

void measure(const Sample& sample, int kilobytes) {
    Theme theme;
    MarkdownBlock content;
    content.kind = MarkdownKind::Code;
    content.language = sample.language;
    content.content.text = codeOf(sample, kilobytes * 1024);
    QImage screen(720, 800, QImage::Format_ARGB32_Premultiplied);
    const auto made = [&] {
        auto block = std::make_unique<CodeBlock>(theme);
        block->setContent(content);
        block->layout(720);
        return block;
    };
    const double plain = paint(*made(), screen);

    Typesetter typesetter(theme);
    bool coloured = false;
    QObject::connect(&typesetter.syntax(), &SyntaxColourer::coloured, [&] { coloured = true; });
    const auto block = made();
    QElapsedTimer wall;
    wall.start();
    const double process = processMilliseconds();
    const CpuClock own;
    paint(*block, screen);
    while (!coloured && !(typesetter.scripts().isIdle() && wall.elapsed() > 100))
        QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    const double untilColoured = double(wall.nsecsElapsed()) / 1e6;
    paint(*block, screen);
    const double ours = own.milliseconds();
    std::printf(
        "%-11s %4d KB   colours after %7.1f ms   worker %7.1f ms   UI thread %5.2f ms more than plain%s\n",
        sample.language, kilobytes, untilColoured, processMilliseconds() - process - ours,
        std::max(0.0, ours - 2 * plain), coloured ? "" : "   STAYS PLAIN");
}

} // namespace

} // namespace ponder::ui

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const int before = ponder::ui::residentKilobytes();
    for (const ponder::ui::Sample& sample : ponder::ui::kSamples) {
        // The first one reads the grammars as well.
        for (int kilobytes : {10, 50, 100}) ponder::ui::measure(sample, kilobytes);
    }
    std::printf("resident: %d KB before, %d KB after\n", before, ponder::ui::residentKilobytes());
}
