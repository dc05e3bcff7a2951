#include "tests/ui/gallery/scenes.h"

#include "tests/ui/gallery/formula_scenes.h"
#include "tests/ui/gallery/keeping_scenes.h"
#include "tests/ui/gallery/sample_chats.h"
#include "tests/ui/gallery/settings_scenes.h"
#include "tests/ui/gallery/transcript_scenes.h"
#include "ui/context/context_question.h"
#include "ui/dialogs/text_viewer.h"
#include "ui/widgets/attachment_strip.h"
#include "ui/window_dialogs.h"
#include "ui/key_bindings.h"
#include "ui/finding/palette.h"
#include "ui/finding/search_page.h"
#include "ui/finding/window_finding.h"
#include "ui/widgets/chat_header.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QUrl>
#include <QKeyEvent>
#include <QLineEdit>

namespace ponder::ui {

namespace {

void press(QWidget& widget, int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QKeyEvent down(QEvent::KeyPress, key, modifiers);
    QApplication::sendEvent(&widget, &down);
}

void runShortcut(Stage& stage, const QString& key) {
    for (auto* shortcut : stage.window().findChildren<QObject*>()) {
        if (shortcut->property("key").toString() == key) QMetaObject::invokeMethod(shortcut, "activated");
    }
}

/// The window as it is after some use: chats, models, a model chosen.
void furnish(Stage& stage) {
    MainWindow& window = stage.window();
    window.sidebar().setChats(fewChats());
    window.setModels(sampleModels());
    window.setCurrentModel("/models/Qwen3 4B");
    window.setEmptyChat(EmptyChat::Ready);
    window.composer().setReasoning(ReasoningSwitch::On);
}

void openAttention(Stage& stage) {
    furnish(stage);
    stage.window().sidebar().setCurrentChat("attention");
    stage.window().setChatTitle("Attention and softmax, step by step");
    stage.window().composer().setStatus({.tokensPerSecond = 14.2, .usedTokens = 1204, .contextTokens = 8192});
}

void emptyStarter(Stage& stage) {
    furnish(stage);
    stage.window().setCurrentModel("/models/Ponder Starter");
    stage.window().setEmptyChat(EmptyChat::Starter);
}

void emptyReady(Stage& stage) {
    furnish(stage);
}

void firstStart(Stage& stage) {
    emptyStarter(stage);
    stage.window().sidebar().setChats({});
}

void noModel(Stage& stage) {
    MainWindow& window = stage.window();
    window.setEmptyChat(EmptyChat::NoModel);
    window.composer().setSendBlocked("Choose a model first.");
}

void answeredChat(Stage& stage) {
    openAttention(stage);
    stage.window().transcript().show(attentionChat());
}

void longAnswer(Stage& stage) {
    openAttention(stage);
    stage.window().transcript().show(longChat());
}

void streamingThoughts(Stage& stage) {
    openAttention(stage);
    std::vector<ChatRow> chats = fewChats();
    chats[0].generating = true;
    stage.window().sidebar().setChats(chats);
    TranscriptView& transcript = stage.window().transcript();
    transcript.show({prompt(1, attentionPrompt())});
    MessageContent begun = answer(2, {}, {});
    begun.state = MessageState::Streaming;
    begun.figures = {};
    transcript.beginAnswer(begun);
    transcript.appendAnswer(PartKind::Reasoning, attentionThoughts().left(420));
    stage.window().composer().setActivity(ComposerActivity::Answering);
}

void streamingAnswer(Stage& stage) {
    streamingThoughts(stage);
    TranscriptView& transcript = stage.window().transcript();
    transcript.appendAnswer(PartKind::Reasoning, attentionThoughts().mid(420));
    transcript.appendAnswer(PartKind::Text, attentionAnswer().left(640));
}

void failedAnswer(Stage& stage) {
    openAttention(stage);
    MessageContent failed = answer(2, {}, {});
    failed.state = MessageState::Failed;
    failed.figures = {};
    failed.failure = {.what = "There is not enough memory for this conversation.",
                      .next = "Choose a smaller model, or a shorter context in the settings.",
                      .details = "The cache needs 3.2 GB, 1.9 GB are free."};
    stage.window().transcript().show({prompt(1, attentionPrompt()), failed});
}

void interruptedAnswer(Stage& stage) {
    openAttention(stage);
    MessageContent cut = answer(2, attentionThoughts(), attentionAnswer().left(300));
    cut.state = MessageState::Interrupted;
    stage.window().transcript().show({prompt(1, attentionPrompt()), cut});
    stage.window().showNotice(NoticeKind::Error,
                              {.what = "The engine stopped unexpectedly.",
                               .next = "Your chat is safe. Restart the engine and continue the answer.",
                               .details = "ponder-engine ended with signal 9 (killed)."},
                              "Restart");
}

void findBar(Stage& stage) {
    answeredChat(stage);
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
    add("Attention and softmax, step by step", Role::User, day, "Explain scaled dot-product attention and show a minimal Python version.");
    add("Attention and softmax, step by step", Role::Assistant, day, "…attention compares each query with every key. The scores become weights with a softmax, and the output is the weighted sum of the values: that is all there is to attention…");
    add(QString::fromUtf8("中文写作建议"), Role::Assistant, day.addDays(-1), QString::fromUtf8("注意力 (attention) 是写作的第一步：先想好读者是谁，再决定说什么。"));
    add("Refactor ring buffer to C++20", Role::Assistant, day.addDays(-6), "Pay attention to the memory order of the two indices: the writer publishes with release, the reader takes with acquire.");
    add(QString::fromUtf8("رسالة تعريفية"), Role::User, day.addDays(-9), QString::fromUtf8("اكتب رسالة قصيرة عن آلية attention في النماذج اللغوية"));
    return found;
}

void writeIn(QWidget& place, const QString& text) {
    auto* field = place.findChild<QLineEdit*>();
    field->setText(text);
    emit field->textEdited(text);
}

void searchResults(Stage& stage) {
    answeredChat(stage);
    runShortcut(stage, "Ctrl+Shift+F");
    SearchPage& page = stage.window().finding().page();
    writeIn(page, "attention");
    page.setFound(sampleFound("attention"));
}

void searchEmpty(Stage& stage) {
    answeredChat(stage);
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
    answeredChat(stage);
    Palette& palette = stage.window().finding().palette();
    palette.setSource(PaletteSection::Chats, [] {
        std::vector<PaletteEntry> entries;
        for (const ChatRow& chat : fewChats())
            entries.push_back({.text = chat.title, .detail = "24/03/2026", .words = {}, .icon = Icon::Chat, .run = [] {}});
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

void branches(Stage& stage) {
    openAttention(stage);
    std::vector<MessageContent> messages = attentionChat();
    messages[0].branch = 2;
    messages[0].branchCount = 2;
    messages[1].parts.back().text =
        "Attention compares each query with every key and mixes the values accordingly.";
    messages[1].branch = 2;
    messages[1].branchCount = 3;
    stage.window().transcript().show(messages);
}

void manyChatsListed(Stage& stage) {
    answeredChat(stage);
    stage.window().sidebar().setChats(manyChats());
}

void renaming(Stage& stage) {
    answeredChat(stage);
    stage.window().sidebar().renameCurrent();
}

void undoDelete(Stage& stage) {
    answeredChat(stage);
    std::vector<ChatRow> chats = fewChats();
    chats.erase(chats.begin() + 4);
    stage.window().sidebar().setChats(chats);
    stage.window().sidebar().showUndo(UndoneAction::Delete,
                                      {"Trip to Lisbon in October, with both children"});
}

void modelMenu(Stage& stage) {
    answeredChat(stage);
    stage.window().setModelResidence(ModelResidence::InMemory);
    stage.window().composer().requestModelMenu();
}

void windowMenu(Stage& stage) {
    answeredChat(stage);
    const auto* header = stage.window().findChild<ChatHeader*>();
    emit const_cast<ChatHeader*>(header)->menuRequested(header->mapToGlobal(header->rect().bottomRight()));
}

void loadingModel(Stage& stage) {
    furnish(stage);
    stage.window().showLoading(
        {.name = "Qwen3 4B", .loadedBytes = 1'240'000'000, .totalBytes = 2'500'000'000});
}

void news(Stage& stage) {
    answeredChat(stage);
    stage.window().showNotice(NoticeKind::Information,
                              {.what = "The engine stopped and has been started again.",
                               .next = "Press Continue to go on with the answer.",
                               .details = {}});
}

void fullContext(Stage& stage) {
    answeredChat(stage);
    std::vector<MessageContent> messages = stage.window().transcript().messages();
    messages.front().cutBelow = "6 messages above this line are not sent to the model.";
    stage.window().transcript().show(messages);
    stage.window().contextQuestion().ask({.promptTokens = 3412, .contextTokens = 4096});
    stage.settle();
}

void longDraft(Stage& stage) {
    answeredChat(stage);
    stage.window().composer().setDraft(
        "Please go through this list and tell me which points contradict each other:\n"
        "1. Every query looks at every key.\n"
        "2. A query looks only at the keys before it.\n"
        "3. The weights of one query add up to one.\n\n"
        "Answer in two sentences, and say which of them is a matter of the mask.");
    stage.window().composer().focusText();
}

void draftWithFiles(Stage& stage) {
    answeredChat(stage);
    Composer& composer = stage.window().composer();
    composer.setStatus({.tokensPerSecond = 14.2, .usedTokens = 1204, .contextTokens = 8192});
    AttachmentStrip::of(composer).setAttachments(
        {{.id = 1, .name = "attention_notes.md", .size = "12 KB", .tokens = {3100, true}},
         {.id = 2, .name = "Vaswani et al. 2017, Attention is all you need.pdf", .size = "15 pages", .tokens = {.tokens = 9800}},
         {.id = 3, .name = "softmax.py", .size = "2 KB", .tokens = {.tokens = 540}},
         {.id = 4, .name = "thesis_draft_final.pdf", .size = {}, .state = AttachmentState::Reading}});
    composer.setDraft("Which of these claims does the paper support?");
    composer.focusText();
}

void sentFiles(Stage& stage) {
    openAttention(stage);
    std::vector<MessageContent> messages = attentionChat();
    MessagePart notes;
    notes.kind = PartKind::Attachment;
    notes.text = "attention_notes.md";
    MessagePart picture = notes;
    picture.text = "A very long name of a picture that came with an import from another program.png";
    messages[0].parts.insert(messages[0].parts.begin(), {notes, picture});
    stage.window().transcript().show(messages);
    stage.settle();
    stage.window().transcript().verticalScrollBar()->setValue(0);
}

void openedFile(Stage& stage) {
    sentFiles(stage);
    stage.window().dialogs().openText(
        {.name = "softmax.py",
         .kind = "Python",
         .size = "123 bytes",
         .tokens = {.tokens = 48, .exact = true},
         .text = "import numpy as np\n\n\ndef softmax(x):\n    shifted = x - x.max()\n"
                 "    weights = np.exp(shifted)\n    return weights / weights.sum()\n"});
    stage.settle();
    auto* field = stage.window().findChild<TextViewer*>()->findChild<QLineEdit*>();
    field->setFocus();
    field->setText("shifted");
}

void droppingFiles(Stage& stage) {
    answeredChat(stage);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile("/home/ines/notes.txt")});
    QDragEnterEvent enter(QPoint(500, 400), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&stage.window(), &enter);
}

void sideOver(Stage& stage) {
    answeredChat(stage);
    QMetaObject::invokeMethod(stage.window().findChild<ChatHeader*>(), "sidebarToggled");
    stage.settle();
}

void sideHidden(Stage& stage) {
    undoDelete(stage);
    QMetaObject::invokeMethod(stage.window().findChild<ChatHeader*>(), "sidebarToggled");
}

void keyboardFocus(Stage& stage) {
    answeredChat(stage);
    stage.window().composer().focusText();
    stage.settle();
    press(*QApplication::focusWidget(), Qt::Key_Tab);
}

} // namespace

std::vector<Scene> allScenes() {
    struct Subject {
        QString name;
        void (*set)(Stage&);
        QSize size = Stage::kUsual;
    };
    const Subject subjects[] = {
        {"first_start", firstStart},
        {"empty_starter", emptyStarter},
        {"empty_ready", emptyReady},
        {"no_model", noModel},
        {"streaming_thoughts", streamingThoughts},
        {"streaming_answer", streamingAnswer},
        {"table_and_code", answeredChat},
        {"long_answer", longAnswer},
        {"failed", failedAnswer},
        {"interrupted", interruptedAnswer},
        {"branches", branches},
        {"find", findBar},
        {"search_results", searchResults},
        {"search_empty", searchEmpty},
        {"search_nothing", searchNothing},
        {"palette", palette},
        {"palette_typed", paletteTyped},
        {"narrow_search", searchResults, Stage::kNarrow},
        {"many_chats", manyChatsListed},
        {"rename", renaming},
        {"undo_delete", undoDelete},
        {"model_menu", modelMenu},
        {"window_menu", windowMenu},
        {"loading", loadingModel},
        {"notice", news},
        {"context_full", fullContext},
        {"narrow_context_full", fullContext, Stage::kNarrow},
        {"long_draft", longDraft},
        {"attachments_draft", draftWithFiles},
        {"attachments_sent", sentFiles},
        {"attachments_open", openedFile},
        {"attachments_dropping", droppingFiles},
        {"keyboard_focus", keyboardFocus},
        {"sidebar_hidden", sideHidden},
        {"narrow", answeredChat, Stage::kNarrow},
        {"narrow_empty", emptyStarter, Stage::kNarrow},
        {"narrow_sidebar", sideOver, Stage::kNarrow},
    };
    std::vector<Scene> scenes;
    for (const Subject& subject : subjects) {
        for (const auto& [appearance, suffix] :
             {std::pair(Appearance::Light, "_light"), std::pair(Appearance::Dark, "_dark")}) {
            scenes.push_back({subject.name + suffix, appearance, subject.size, subject.set});
        }
    }
    scenes.push_back({"high_contrast_chat", Appearance::HighContrast, Stage::kUsual, manyChatsListed});
    scenes.push_back({"high_contrast_models", Appearance::HighContrast, Stage::kUsual, modelMenu});
    scenes.push_back({"large_text", Appearance::Light, Stage::kUsual, [](Stage& stage) {
                          answeredChat(stage);
                          stage.theme().setTextSize(Theme::kLargestText);
                      }});
    for (const Scene& scene : keepingScenes()) scenes.push_back(scene);
    for (const auto& [language, suffix] :
         {std::pair(Language::German, "_german"), std::pair(Language::SimplifiedChinese, "_chinese")}) {
        for (const Subject& subject : {Subject{"first_start", firstStart}, Subject{"window_menu", windowMenu},
                                       Subject{"streaming_thoughts", streamingThoughts}}) {
            scenes.push_back({subject.name + suffix, Appearance::Light, subject.size, subject.set, language});
        }
    }
    for (const Scene& scene : settingsScenes()) scenes.push_back(scene);
    for (const Scene& scene : transcriptScenes()) scenes.push_back(scene);
    for (const Scene& scene : formulaScenes()) scenes.push_back(scene);
    return scenes;
}

QImage drawScene(const Scene& scene) {
    const Translations words(scene.language);
    Stage stage(scene.appearance, scene.size);
    scene.set(stage);
    const QImage picture = stage.photograph();
    KeyBindings::ofProgram().setOwn({});
    return picture;
}

} // namespace ponder::ui
