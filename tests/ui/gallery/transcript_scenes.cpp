#include "tests/ui/gallery/transcript_scenes.h"

#include "tests/ui/gallery/sample_chats.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

namespace ponder::ui {

namespace {

const char* const kEveryBlock =
    "# First heading\n\nA paragraph with **bold**, *italic*, ~~struck out~~, `inline code` and a "
    "[link](https://example.org/page).\n\n## Second heading\n\n- [x] a task that is done\n- [ ] one that is "
    "not\n- a "
    "bullet\n  - inside it\n    - and deeper\n\n### Third heading\n\n> A quote with two paragraphs.\n>\n> 1. "
    "and a list\n> "
    "2. of two\n\n---\n\n| Item | Amount | Note |\n|---|--:|:-:|\n| Flour | 500 g | sifted |\n| Water | 350 "
    "g | 28 °C "
    "|\n| Salt | 10 g | |\n";

const char* const kWideThings = "Lines that are too long scroll inside their box:\n\n```bash\nrsync "
                                "--archive --delete --human-readable --progress "
                                "--exclude-from=/home/ines/.config/backup/exclude.txt /home/ines/ "
                                "/media/backup/home/ines/\n```\n\n| Country | Capital "
                                "| Population | Area | Languages | Currency | Time zone | Calling code "
                                "|\n|---|---|--:|--:|---|---|---|--:|\n| Portugal "
                                "| Lisbon | 10,639,726 | 92,230 km² | Portuguese, Mirandese | Euro | UTC+0 | "
                                "+351 |\n| Switzerland | Bern | 8,902,308 | "
                                "41,285 km² | German, French, Italian, Romansh | Franc | UTC+1 | +41 |\n";

const char* const kProgramCode = R"md(A ring buffer, and how to use it:

```cpp
#include <array>

// Overwrites the oldest value when it is full.
template <typename T, size_t N>
class Ring {
public:
    void push(const T& value) { items_[next_++ % N] = value; }
    T oldest() const { return next_ < N ? items_[0] : items_[next_ % N]; }

private:
    std::array<T, N> items_{};
    size_t next_ = 0; /* counts on,
                         also when it is full */
};
```

```py
@dataclass
class Reading:
    """One value of one sensor."""
    name: str
    value: float = 20.5

    def line(self) -> str:
        return f"{self.name}: {self.value:.1f} °C"  # for people
```

```rust
fn main() -> Result<(), Error> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    println!("{mean:.2} of {}", values.len());
    Ok(())
}
```
)md";

const char* const kOtherCode = R"md(```html
<section class="card" id="first">
  <h2>Prices &amp; dates</h2> <!-- of this year -->
  <script>const total = items.reduce((sum, item) => sum + item.price, 0);</script>
</section>
```

```bash
for file in "$HOME"/notes/*.md; do
    grep -c "TODO" "$file" || echo "nothing in ${file##*/}"  # quiet
done
```

```json
{"name": "ponder", "sizes": [12, 15.5, null], "dark": true}
```

```sql
SELECT title, count(*) AS answers FROM chats WHERE title LIKE '%ring%' GROUP BY title; -- newest first
```

```yaml
build:
  image: debian:12 # the only one
  steps: [configure, "ninja -C build"]
```

```diff
-    size_t next_;
+    size_t next_ = 0;
```
)md";

const char* const kFootnotes = R"md(Coffee was first grown in Ethiopia[^1] and drunk in Yemen by the
15th century[^2]. A word that is **bold**[^why] can have a note as well.

[^1]: Weinberg and Bealer, *The World of Caffeine*, 2001.
[^2]: The earliest credible evidence of coffee drinking comes from Sufi monasteries, where it helped to stay awake
    through the prayers of the night; see [the article](https://example.org/coffee).
[^why]: For `emphasis`.
)md";

QString trojanSource() {
    return QString::fromUtf8(
               "Look at the second line:\n\n```c\nbool admin = false;\n/*%1 } %2if (admin)%3 %2 begin */\n"
               "    grant();\n```\n")
        .arg(QChar(0x202E), QChar(0x2066), QChar(0x2069));
}

QString longPrompt() {
    QString text("Here is the log, what went wrong?\n\n```\n");
    for (int i = 0; i < 30; ++i)
        text += QString("12:%1:07 worker %2: connection reset, trying again\n").arg(10 + i).arg(i % 4);
    return text + "```\n";
}

void open(Stage& stage, const std::vector<MessageContent>& messages) {
    MainWindow& window = stage.window();
    window.sidebar().setChats(fewChats());
    window.sidebar().setCurrentChat("attention");
    window.setChatTitle("Attention and softmax, step by step");
    window.setModels(sampleModels());
    window.setCurrentModel("/models/Qwen3 4B");
    window.transcript().show(messages);
    stage.settle();
}

QWidget& viewport(Stage& stage) {
    return *stage.window().transcript().viewport();
}

void mouse(Stage& stage, QEvent::Type type, const QPoint& at, Qt::MouseButtons held) {
    const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
    QMouseEvent event(type, at, viewport(stage).mapToGlobal(at), button, held, Qt::NoModifier);
    QApplication::sendEvent(&viewport(stage), &event);
    stage.settle();
}

void press(Stage& stage, int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QKeyEvent event(QEvent::KeyPress, key, modifiers);
    QApplication::sendEvent(&stage.window().transcript(), &event);
    stage.settle();
}

void everyBlock(Stage& stage) {
    open(stage, {answer(2, {}, kEveryBlock)});
    press(stage, Qt::Key_Home);
}

void programCode(Stage& stage) {
    open(stage, {answer(2, {}, kProgramCode)});
    press(stage, Qt::Key_Home);
}

void otherCode(Stage& stage) {
    open(stage, {answer(2, {}, kOtherCode)});
    press(stage, Qt::Key_Home);
}

void footnotes(Stage& stage) {
    open(stage, {prompt(1, "Where does coffee come from?"), answer(2, {}, kFootnotes)});
}

void hiddenCharacters(Stage& stage) {
    open(stage, {prompt(1, "Is this safe?"), answer(2, {}, trojanSource())});
}

void tableHovered(Stage& stage) {
    open(stage, {prompt(1, "Show me something wide."), answer(2, {}, kWideThings)});
    mouse(stage, QEvent::MouseMove, {viewport(stage).width() / 2, 290}, Qt::NoButton);
}

void wideThings(Stage& stage) {
    open(stage, {prompt(1, "Show me something wide."), answer(2, {}, kWideThings)});
}

void longPromptShortened(Stage& stage) {
    open(stage,
         {prompt(1, longPrompt()), answer(2, {}, "The server closes idle connections after ten seconds.")});
}

void thoughtsOpen(Stage& stage) {
    open(stage, {prompt(1, attentionPrompt()), answer(2, attentionThoughts(), "In short: a weighted mean.")});
    stage.window().transcript().setFocus();
    // The prompt's two actions, then the header of the thoughts.
    for (int i = 0; i < 3; ++i) press(stage, Qt::Key_Tab);
    press(stage, Qt::Key_Return);
}

void selected(Stage& stage) {
    open(stage, longChat());
    const QRect area = viewport(stage).rect();
    const QPoint from(area.width() / 2, area.height() / 4);
    mouse(stage, QEvent::MouseButtonPress, from, Qt::LeftButton);
    mouse(stage, QEvent::MouseMove, {area.width() / 2, area.height() - 120}, Qt::LeftButton);
}

void editing(Stage& stage) {
    open(stage, attentionChat());
    stage.window().transcript().editLastPrompt();
    stage.settle();
}

void scrolledUp(Stage& stage) {
    open(stage, longChat());
    press(stage, Qt::Key_PageUp);
}

void linkHovered(Stage& stage) {
    open(stage,
         {prompt(1, "Where is that written?"),
          answer(2, {},
                 "[In the documentation of Qt](https://doc.qt.io/qt-6/qtextlayout.html), at the very top.")});
    mouse(stage, QEvent::MouseMove, {viewport(stage).width() / 2 - 300, 118}, Qt::NoButton);
}

void stoppedAnswer(Stage& stage) {
    MessageContent stopped = answer(2, attentionThoughts(), attentionAnswer().left(200));
    stopped.state = MessageState::Stopped;
    open(stage, {prompt(1, attentionPrompt()), stopped});
}

void waiting(Stage& stage) {
    open(stage, {prompt(1, attentionPrompt())});
    MessageContent begun = answer(2, {}, {});
    begun.parts.clear();
    stage.window().transcript().beginAnswer(begun);
}

} // namespace

std::vector<Scene> transcriptScenes() {
    std::vector<Scene> scenes;
    const std::pair<const char*, void (*)(Stage&)> subjects[] = {
        {"every_block", everyBlock},
        {"coloured_programs", programCode},
        {"coloured_code", otherCode},
        {"footnotes", footnotes},
        {"hidden_characters", hiddenCharacters},
        {"table_hovered", tableHovered},
        {"wide_things", wideThings},
        {"long_prompt", longPromptShortened},
        {"thoughts_open", thoughtsOpen},
        {"selected", selected},
        {"editing", editing},
        {"scrolled_up", scrolledUp},
        {"link_hovered", linkHovered},
        {"stopped", stoppedAnswer},
        {"waiting", waiting},
    };
    for (const auto& [name, set] : subjects) {
        scenes.push_back({QString(name) + "_light", Appearance::Light, Stage::kUsual, set});
        scenes.push_back({QString(name) + "_dark", Appearance::Dark, Stage::kUsual, set});
    }
    scenes.push_back({"high_contrast_every_block", Appearance::HighContrast, Stage::kUsual, everyBlock});
    scenes.push_back({"high_contrast_code", Appearance::HighContrast, Stage::kUsual, programCode});
    scenes.push_back({"high_contrast_selected", Appearance::HighContrast, Stage::kUsual, selected});
    scenes.push_back({"narrow_wide_things", Appearance::Light, Stage::kNarrow, wideThings});
    return scenes;
}

} // namespace ponder::ui
