#include "tests/ui/gallery/finding_scenes.h"

#include "tests/ui/gallery/sample_chats.h"
#include "ui/finding/palette.h"
#include "ui/finding/search_page.h"
#include "ui/finding/window_finding.h"

#include <QApplication>
#include <QLineEdit>
#include <QLocale>

namespace ponder::ui {

namespace {

void runShortcut(Stage& stage, const QString& key) {
    for (auto* shortcut : stage.window().findChildren<QObject*>()) {
        if (shortcut->property("key").toString() == key) QMetaObject::invokeMethod(shortcut, "activated");
    }
}

void findBar(Stage& stage) {
    openChat(stage, attentionChat());
    runShortcut(stage, "Ctrl+F");
    stage.settle();
    QLineEdit* field = stage.window().transcript().findChild<QLineEdit*>();
    field->setText("key");
    emit field->textEdited("key");
    stage.settle();
    stage.window().transcript().findNext();
}

FoundMessages sampleFound(const QString& query) {
    FoundMessages found;
    found.query = query;
    found.total = 214;
    const auto add = [&](const QString& chat, Role role, const QDate& day, QString snippet) {
        FoundMessage message;
        message.chat = message.title = chat;
        message.message = int(found.messages.size()) + 1;
        message.role = role;
        message.written = day.startOfDay();
        for (int at = snippet.indexOf(query, 0, Qt::CaseInsensitive); at >= 0;
             at = snippet.indexOf(query, at + 1, Qt::CaseInsensitive))
            message.marks.push_back({at, at + int(query.size())});
        message.snippet = snippet;
        found.messages.push_back(message);
    };
    const QDate day(2026, 3, 24);
    const auto addWords = [&](const QString& title, Role role, int daysBefore, const QString& snippet) {
        add(title, role, day.addDays(-daysBefore), snippet.arg(query));
    };
    addWords(attentionTitle(), Role::User, 0, attentionPrompt() + " (%1)");
    addWords(
        attentionTitle(), Role::Assistant, 0,
        said("…%1 compares each query with every key. The scores become weights with a softmax, and the "
             "output is the weighted sum of the values: that is all there is to %1…",
             "…%1 vergleicht jede Query mit jedem Key. Aus den Ergebnissen werden durch Softmax Gewichte, "
             "und die Ausgabe ist die gewichtete Summe der Values: Mehr ist %1 nicht…",
             "……%1 把每个查询与所有的键比较。分数经过 softmax 变成权重，输出是各个值的加权和：这就是 %1 "
             "的全部……",
             "…تقارن آلية %1 كل استعلام بجميع المفاتيح، ثم تتحول الدرجات إلى أوزان عبر softmax، والناتج هو "
             "المجموع "
             "الموزون للقيم…"));
    addWords("中文写作建议", Role::Assistant, 1,
             "注意力 (%1) 是写作的第一步：先想好读者是谁，再决定说什么。");
    addWords(
        fewChats()[1].title, Role::Assistant, 6,
        said("Pay %1 to the memory order of the two indices: the writer publishes with release, the reader "
             "takes with acquire.",
             "Hier ist %1 bei der Speicherordnung der beiden Indizes nötig: Der Schreiber veröffentlicht mit "
             "release, der Leser nimmt mit acquire.",
             "请留意 (%1) 两个下标的内存序：写者用 release 发布，读者用 acquire 读取。",
             "انتبه (%1) لترتيب الذاكرة في المؤشرين: الكاتب ينشر بـ release والقارئ يأخذ بـ acquire."));
    addWords("رسالة تعريفية", Role::User, 9, "اكتب رسالة قصيرة عن آلية %1 في النماذج اللغوية");
    return found;
}

void writeIn(QWidget& place, const QString& text) {
    auto* field = place.findChild<QLineEdit*>();
    field->setText(text);
    emit field->textEdited(text);
}

void searchResults(Stage& stage) {
    openChat(stage, attentionChat());
    runShortcut(stage, "Ctrl+Shift+F");
    SearchPage& page = stage.window().finding().page();
    writeIn(page, "attention");
    page.setFound(sampleFound("attention"));
}

void searchEmpty(Stage& stage) {
    openChat(stage, attentionChat());
    runShortcut(stage, "Ctrl+Shift+F");
}

void searchNothing(Stage& stage) {
    searchEmpty(stage);
    SearchPage& page = stage.window().finding().page();
    writeIn(page, "zebra role:user model:\"Qwen3 4B\"");
    FoundMessages none;
    none.query = "zebra role:user model:\"Qwen3 4B\"";
    page.setFound(none);
}

void palette(Stage& stage) {
    openChat(stage, attentionChat());
    Palette& palette = stage.window().finding().palette();
    palette.setSource(PaletteSection::Chats, [] {
        std::vector<PaletteEntry> entries;
        for (const ChatRow& chat : fewChats())
            entries.push_back({.text = chat.title,
                               .detail = QLocale().toString(QDate(2026, 3, 24), QLocale::ShortFormat),
                               .words = {},
                               .icon = Icon::Chat,
                               .run = [] {}});
        return entries;
    });
    palette.open();
}

void paletteTyped(Stage& stage) {
    palette(stage);
    Palette& palette = stage.window().finding().palette();
    writeIn(palette, "atten");
    FoundMessages found = sampleFound("atten");
    palette.setMessages(found);
}

} // namespace

std::vector<Scene> findingScenes() {
    return {
        {"find", findBar},
        {"search_results", searchResults, Stage::kUsual, Showing::Every},
        {"search_empty", searchEmpty},
        {"search_nothing", searchNothing},
        {"palette", palette},
        {"palette_typed", paletteTyped, Stage::kUsual, Showing::Every},
        {"narrow_search", searchResults, Stage::kNarrow},
    };
}

} // namespace ponder::ui
