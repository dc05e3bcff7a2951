#include "tests/ui/gallery/window_scenes.h"

#include "tests/ui/gallery/sample_chats.h"
#include "ui/context/context_question.h"
#include "ui/dialogs/text_viewer.h"
#include "ui/widgets/attachment_strip.h"
#include "ui/widgets/chat_header.h"
#include "ui/window_dialogs.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QScrollBar>
#include <QUrl>

namespace ponder::ui {

namespace {

void press(QWidget& widget, int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QKeyEvent down(QEvent::KeyPress, key, modifiers);
    QApplication::sendEvent(&widget, &down);
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
    stage.window().setChatTitle(attentionTitle());
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
    window.composer().setSendBlocked(said("Choose a model first.", "Wählen Sie zuerst ein Modell.",
                                          "请先选择一个模型。", "Choose a model first."));
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
    failed.failure = {
        .what = said("There is not enough memory for this conversation.",
                     "Für diese Unterhaltung reicht der Speicher nicht.", "内存不足，无法进行这个对话。",
                     "There is not enough memory for this conversation."),
        .next = said("Choose a smaller model, or a shorter context in the settings.",
                     "Wählen Sie ein kleineres Modell oder in den Einstellungen einen kürzeren Kontext.",
                     "请选择较小的模型，或在设置中缩短上下文。",
                     "Choose a smaller model, or a shorter context in the settings."),
        .details = "The cache needs 3.2 GB, 1.9 GB are free."};
    stage.window().transcript().show({prompt(1, attentionPrompt()), failed});
}

void interruptedAnswer(Stage& stage) {
    openAttention(stage);
    MessageContent cut = answer(2, attentionThoughts(), attentionAnswer().left(300));
    cut.state = MessageState::Interrupted;
    stage.window().transcript().show({prompt(1, attentionPrompt()), cut});
    stage.window().showNotice(
        NoticeKind::Error,
        {.what = said("The engine stopped unexpectedly.", "Die Engine hat unerwartet angehalten.",
                      "引擎意外停止了。", "The engine stopped unexpectedly."),
         .next = said("Your chat is safe. Restart the engine and continue the answer.",
                      "Der Chat ist gesichert. Starten Sie die Engine neu und setzen Sie "
                      "die Antwort fort.",
                      "对话已保存。重新启动引擎后可以继续回答。",
                      "Your chat is safe. Restart the engine and continue the answer."),
         .details = "ponder-engine ended with signal 9 (killed)."},
        said("Restart", "Neu starten", "重新启动", "Restart"));
}

void branches(Stage& stage) {
    openAttention(stage);
    std::vector<MessageContent> messages = attentionChat();
    messages[0].branch = 2;
    messages[0].branchCount = 2;
    messages[1].parts.back().text =
        said("Attention compares each query with every key and mixes the values accordingly.",
             "Attention vergleicht jede Query mit jedem Key und mischt die Values entsprechend.",
             "注意力把每个查询与所有的键比较，并据此混合各个值。",
             "يقارن الانتباه كل استعلام بجميع المفاتيح ويمزج القيم وفقًا لذلك.");
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
    stage.window().sidebar().showUndo(UndoneAction::Delete, {lisbonTitle()});
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
    stage.window().showNotice(
        NoticeKind::Information,
        {.what = said("The engine stopped and has been started again.",
                      "Die Engine hat angehalten und wurde neu gestartet.", "引擎停止后已重新启动。",
                      "The engine stopped and has been started again."),
         .next = said("Press Continue to go on with the answer.", "Mit „Fortsetzen“ geht die Antwort weiter.",
                      "按“继续”接着回答。", "Press Continue to go on with the answer."),
         .details = {}});
}

void fullContext(Stage& stage) {
    answeredChat(stage);
    std::vector<MessageContent> messages = stage.window().transcript().messages();
    messages.front().cutBelow =
        said("6 messages above this line are not sent to the model.",
             "6 Nachrichten oberhalb dieser Linie werden nicht an das Modell gesendet.",
             "此线以上的 6 条消息不会发送给模型。", "6 messages above this line are not sent to the model.");
    stage.window().transcript().show(messages);
    stage.window().contextQuestion().ask({.promptTokens = 3412, .contextTokens = 4096});
    stage.settle();
}

void longDraft(Stage& stage) {
    answeredChat(stage);
    stage.window().composer().setDraft(said(
        "Please go through this list and tell me which points contradict each other:\n"
        "1. Every query looks at every key.\n"
        "2. A query looks only at the keys before it.\n"
        "3. The weights of one query add up to one.\n\n"
        "Answer in two sentences, and say which of them is a matter of the mask.",
        "Bitte gehe diese Liste durch und sage mir, welche Punkte sich widersprechen:\n"
        "1. Jede Query sieht jeden Key.\n"
        "2. Eine Query sieht nur die Keys vor ihr.\n"
        "3. Die Gewichte einer Query ergeben zusammen eins.\n\n"
        "Antworte in zwei Sätzen und sage, was davon eine Frage der Maske ist.",
        "请看一遍下面的列表，告诉我哪几条互相矛盾：\n1. 每个查询都看所有的键。\n2. 一个查询只看它之前的键。\n"
        "3. 一个查询的权重之和为一。\n\n请用两句话回答，并说明哪一条取决于掩码。",
        "راجع هذه القائمة من فضلك وأخبرني أي النقاط تتناقض:\n1. كل استعلام ينظر إلى جميع المفاتيح.\n"
        "2. الاستعلام ينظر فقط إلى المفاتيح التي قبله.\n3. مجموع أوزان الاستعلام الواحد يساوي واحدًا.\n\n"
        "أجب في جملتين، وبيّن أيها يتعلق بالقناع."));
    stage.window().composer().focusText();
}

void draftWithFiles(Stage& stage) {
    answeredChat(stage);
    Composer& composer = stage.window().composer();
    composer.setStatus({.tokensPerSecond = 14.2, .usedTokens = 1204, .contextTokens = 8192});
    AttachmentStrip::of(composer).setAttachments(
        {{.id = 1, .name = "attention_notes.md", .size = "12 KB", .tokens = {3100, true}},
         {.id = 2,
          .name = "Vaswani et al. 2017, Attention is all you need.pdf",
          .size = said("15 pages", "15 Seiten", "15 页", "15 pages"),
          .tokens = {.tokens = 9800}},
         {.id = 3, .name = "softmax.py", .size = "2 KB", .tokens = {.tokens = 540}},
         {.id = 4, .name = "thesis_draft_final.pdf", .size = {}, .state = AttachmentState::Reading}});
    composer.setDraft(said("Which of these claims does the paper support?",
                           "Welche dieser Behauptungen stützt die Arbeit?", "论文支持其中哪些说法？",
                           "أي هذه الادعاءات تدعمه الورقة؟"));
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
         .size = said("123 bytes", "123 Bytes", "123 字节", "123 bytes"),
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

void largeText(Stage& stage) {
    answeredChat(stage);
    stage.theme().setTextSize(Theme::kLargestText);
}

} // namespace

std::vector<Scene> windowScenes() {
    return {
        {"first_start", firstStart, Stage::kUsual, Showing::Every},
        {"empty_starter", emptyStarter},
        {"empty_ready", emptyReady},
        {"no_model", noModel},
        {"streaming_thoughts", streamingThoughts, Stage::kUsual, Showing::Every},
        {"streaming_answer", streamingAnswer},
        {"table_and_code", answeredChat, Stage::kUsual, Showing::Every},
        {"long_answer", longAnswer, Stage::kUsual, Showing::Every},
        {"failed", failedAnswer},
        {"interrupted", interruptedAnswer, Stage::kUsual, Showing::Every},
        {"branches", branches},
        {"many_chats", manyChatsListed, Stage::kUsual, Showing::Every},
        {"rename", renaming},
        {"undo_delete", undoDelete},
        {"model_menu", modelMenu, Stage::kUsual, Showing::Every},
        {"window_menu", windowMenu, Stage::kUsual, Showing::Every},
        {"loading", loadingModel},
        {"notice", news},
        {"context_full", fullContext, Stage::kUsual, Showing::Every},
        {"narrow_context_full", fullContext, Stage::kNarrow},
        {"long_draft", longDraft},
        {"attachments_draft", draftWithFiles, Stage::kUsual, Showing::Every},
        {"attachments_sent", sentFiles},
        {"attachments_open", openedFile},
        {"attachments_dropping", droppingFiles},
        {"keyboard_focus", keyboardFocus},
        {"sidebar_hidden", sideHidden},
        {"narrow", answeredChat, Stage::kNarrow},
        {"narrow_empty", emptyStarter, Stage::kNarrow},
        {"narrow_sidebar", sideOver, Stage::kNarrow},
        {"large_text", largeText},
    };
}

} // namespace ponder::ui
