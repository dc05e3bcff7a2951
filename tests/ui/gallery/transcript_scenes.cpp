#include "tests/ui/gallery/transcript_scenes.h"

#include "tests/ui/gallery/sample_chats.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

namespace ponder::ui {

namespace {

QString everyBlockText() {
    return said(
        "# First heading\n\nA paragraph with **bold**, *italic*, ~~struck out~~, `inline code` and a "
        "[link](https://example.org/page).\n\n## Second heading\n\n- [x] a task that is done\n- [ ] one that "
        "is "
        "not\n- a bullet\n  - inside it\n    - and deeper\n\n### Third heading\n\n> A quote with two "
        "paragraphs.\n>\n> 1. and a list\n> 2. of two\n\n---\n\n| Item | Amount | Note |\n|---|--:|:-:|\n"
        "| Flour | 500 g | sifted |\n| Water | 350 g | 28 °C |\n| Salt | 10 g | |\n",
        "# Erste Überschrift\n\nEin Absatz mit **Fettem**, *Kursivem*, ~~Gestrichenem~~, `Code im Text` und "
        "einem "
        "[Verweis](https://example.org/page).\n\n## Zweite Überschrift\n\n- [x] eine erledigte Aufgabe\n"
        "- [ ] eine offene\n- ein Punkt\n  - darin noch einer\n    - und noch tiefer\n\n### Dritte "
        "Überschrift\n\n"
        "> Ein Zitat mit zwei Absätzen.\n>\n> 1. und einer Liste\n> 2. aus zwei Zeilen\n\n---\n\n"
        "| Zutat | Menge | Anmerkung |\n|---|--:|:-:|\n| Mehl | 500 g | gesiebt |\n| Wasser | 350 g | 28 °C "
        "|\n"
        "| Salz | 10 g | |\n",
        "# "
        "一级标题\n\n一个段落，里面有**粗体**、*斜体*、~~删除线~~、`行内代码`和一个[链接](https://"
        "example.org/page)。\n\n"
        "## 二级标题\n\n- [x] 已完成的任务\n- [ ] 未完成的任务\n- 一个列表项\n  - 里面的一项\n    - "
        "更深一层\n\n"
        "### 三级标题\n\n> 有两个段落的引用。\n>\n> 1. 还有一个列表\n> 2. 共两项\n\n---\n\n"
        "| 配料 | 用量 | 说明 |\n|---|--:|:-:|\n| 面粉 | 500 g | 过筛 |\n| 水 | 350 g | 28 °C |\n| 盐 | 10 g "
        "| |\n",
        "# العنوان الأول\n\nفقرة فيها نص **عريض** و*مائل* و~~مشطوب~~ و`شيفرة code` ضمن السطر "
        "و[رابط](https://example.org/page).\n\n## العنوان الثاني\n\n- [x] مهمة منجزة\n- [ ] مهمة لم تُنجز\n- "
        "نقطة\n"
        "  - بداخلها أخرى\n    - وأعمق منها\n\n### العنوان الثالث\n\n> اقتباس من فقرتين.\n>\n> 1. وقائمة\n"
        "> 2. من بندين\n\n---\n\n| المادة | الكمية | ملاحظة |\n|---|--:|:-:|\n| طحين | 500 غ | منخول |\n"
        "| ماء | 350 غ | 28 °م |\n| ملح | 10 غ | |\n");
}

const char* const kMixedDirections = R"md(Here is the greeting you asked for, and how to say it:

مرحبًا بكم في مكتبتنا، يسرّنا أن نستقبلكم كل يوم من الساعة 9 إلى 17.

1. مرحبًا — *marḥaban*, “hello”
2. **شكرًا** — *shukran*, “thank you”
3. Plain English stands between them.
4. تعني كلمة `marhaban` الترحيب بالضيف

> חלק מהציטוט בעברית, ואחריו שורה באנגלית.
>
> The same in English, under one bar.

| Word | بالعربية | Meaning |
|---|---|--:|
| salam | سلام | peace |
| kitab | كتاب | book |

### ملاحظة عن $E = mc^2$

تُكتب المعادلة $E = mc^2$ من اليسار إلى اليمين داخل النص، وكذلك الشيفرة:

```python
print("مرحبا")  # code stays where it is
```
)md";

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

QString footnotesText() {
    return said(
        "Coffee was first grown in Ethiopia[^1] and drunk in Yemen by the 15th century[^2]. A word that is "
        "**bold**[^why] can have a note as well.\n\n"
        "[^1]: Weinberg and Bealer, *The World of Caffeine*, 2001.\n"
        "[^2]: The earliest credible evidence of coffee drinking comes from Sufi monasteries, where it "
        "helped to "
        "stay awake through the prayers of the night; see [the article](https://example.org/coffee).\n"
        "[^why]: For `emphasis`.\n",
        "Kaffee wurde zuerst in Äthiopien angebaut[^1] und im 15. Jahrhundert im Jemen getrunken[^2]. Auch "
        "ein "
        "**fettes**[^why] Wort kann eine Fußnote haben.\n\n"
        "[^1]: Weinberg und Bealer, *The World of Caffeine*, 2001.\n"
        "[^2]: Die frühesten glaubwürdigen Belege stammen aus Sufi-Klöstern, wo er half, während der "
        "nächtlichen "
        "Gebete wach zu bleiben; siehe [den Artikel](https://example.org/coffee).\n"
        "[^why]: Zur `Betonung`.\n",
        "咖啡最早种植于埃塞俄比亚[^1]，到十五世纪也门人已经在喝咖啡[^2]。**加粗**[^why]的词也可以有脚注。\n\n"
        "[^1]: Weinberg and Bealer, *The World of Caffeine*, 2001。\n"
        "[^2]: "
        "最早可信的记载来自苏菲派修道院，咖啡帮助人们在夜间祈祷时保持清醒；参见[这篇文章](https://"
        "example.org/coffee)。\n"
        "[^why]: 用来`强调`。\n",
        "زُرع البن أولًا في إثيوبيا[^1] وكان يُشرب في اليمن بحلول القرن الخامس عشر[^2]. ويمكن أن تكون لكلمة "
        "**عريضة**[^why] حاشية أيضًا.\n\n"
        "[^1]: Weinberg and Bealer, *The World of Caffeine*, 2001.\n"
        "[^2]: تأتي أقدم الأدلة الموثوقة من زوايا الصوفية، حيث كان يعين على السهر لصلاة الليل؛ انظر "
        "[المقال](https://example.org/coffee).\n[^why]: من أجل `التوكيد`.\n");
}

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
    openChat(stage, {answer(2, {}, everyBlockText())});
    press(stage, Qt::Key_Home);
}

void programCode(Stage& stage) {
    openChat(stage, {answer(2, {}, kProgramCode)});
    press(stage, Qt::Key_Home);
}

void otherCode(Stage& stage) {
    openChat(stage, {answer(2, {}, kOtherCode)});
    press(stage, Qt::Key_Home);
}

void mixedDirections(Stage& stage) {
    openChat(stage, {prompt(1, "كيف أكتب ترحيبًا بالعربية والعبرية؟"), answer(2, {}, kMixedDirections)});
    press(stage, Qt::Key_Home);
}

void footnotes(Stage& stage) {
    openChat(stage, {prompt(1, said("Where does coffee come from?", "Woher kommt Kaffee?", "咖啡从哪里来？",
                                "من أين جاء البن؟")),
                 answer(2, {}, footnotesText())});
}

void hiddenCharacters(Stage& stage) {
    openChat(stage, {prompt(1, "Is this safe?"), answer(2, {}, trojanSource())});
}

void tableHovered(Stage& stage) {
    openChat(stage, {prompt(1, "Show me something wide."), answer(2, {}, kWideThings)});
    mouse(stage, QEvent::MouseMove, {viewport(stage).width() / 2, 290}, Qt::NoButton);
}

void wideThings(Stage& stage) {
    openChat(stage, {prompt(1, "Show me something wide."), answer(2, {}, kWideThings)});
}

void longPromptShortened(Stage& stage) {
    openChat(stage,
         {prompt(1, longPrompt()), answer(2, {}, "The server closes idle connections after ten seconds.")});
}

void thoughtsOpen(Stage& stage) {
    openChat(stage, {prompt(1, attentionPrompt()), answer(2, attentionThoughts(), "In short: a weighted mean.")});
    stage.window().transcript().setFocus();
    // The prompt's two actions, then the header of the thoughts.
    for (int i = 0; i < 3; ++i) press(stage, Qt::Key_Tab);
    press(stage, Qt::Key_Return);
}

void selected(Stage& stage) {
    openChat(stage, longChat());
    const QRect area = viewport(stage).rect();
    const QPoint from(area.width() / 2, area.height() / 4);
    mouse(stage, QEvent::MouseButtonPress, from, Qt::LeftButton);
    mouse(stage, QEvent::MouseMove, {area.width() / 2, area.height() - 120}, Qt::LeftButton);
}

void editing(Stage& stage) {
    openChat(stage, attentionChat());
    stage.window().transcript().editLastPrompt();
    stage.settle();
}

void scrolledUp(Stage& stage) {
    openChat(stage, longChat());
    press(stage, Qt::Key_PageUp);
}

void linkHovered(Stage& stage) {
    openChat(stage,
         {prompt(1, "Where is that written?"),
          answer(2, {},
                 "[In the documentation of Qt](https://doc.qt.io/qt-6/qtextlayout.html), at the very top.")});
    mouse(stage, QEvent::MouseMove, {viewport(stage).width() / 2 - 300, 118}, Qt::NoButton);
}

void stoppedAnswer(Stage& stage) {
    MessageContent stopped = answer(2, attentionThoughts(), attentionAnswer().left(200));
    stopped.state = MessageState::Stopped;
    openChat(stage, {prompt(1, attentionPrompt()), stopped});
}

void waiting(Stage& stage) {
    openChat(stage, {prompt(1, attentionPrompt())});
    MessageContent begun = answer(2, {}, {});
    begun.parts.clear();
    stage.window().transcript().beginAnswer(begun);
}

} // namespace

std::vector<Scene> transcriptScenes() {
    return {
        {"every_block", everyBlock, Stage::kUsual, Showing::Every},
        {"coloured_programs", programCode},
        {"coloured_code", otherCode},
        {"footnotes", footnotes},
        {"hidden_characters", hiddenCharacters},
        {"table_hovered", tableHovered},
        {"wide_things", wideThings},
        {"wide_things_narrow", wideThings, Stage::kNarrow},
        {"long_prompt", longPromptShortened},
        {"thoughts_open", thoughtsOpen},
        {"selected", selected, Stage::kUsual, Showing::Every},
        {"editing", editing},
        {"scrolled_up", scrolledUp},
        {"link_hovered", linkHovered},
        {"stopped", stoppedAnswer},
        {"waiting", waiting},
        {"mixed_directions", mixedDirections},
    };
}

} // namespace ponder::ui
