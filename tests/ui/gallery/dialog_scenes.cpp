#include "tests/ui/gallery/dialog_scenes.h"

#include "app/answer_dialogs.h"
#include "app/chat_importer.h"
#include "app/chat_option_rows.h"
#include "app/context_ledger.h"
#include "tests/ui/gallery/sample_chats.h"
#include "ui/branches/branch_map.h"
#include "ui/branches/comparison.h"
#include "ui/context/ledger_dialog.h"
#include "ui/dialogs/chat_options_dialog.h"
#include "ui/tokens/token_view.h"
#include "ui/widgets/button.h"
#include "ui/widgets/notice_card.h"

#include <QApplication>
#include <QDialog>
#include <QListView>

namespace ponder::ui {

namespace {

void put(Stage& stage, QDialog* dialog) {
    dialog->setParent(&stage.window(), dialog->windowFlags());
    dialog->open();
    stage.settle();
}

Button* buttonOf(Stage& stage, const QString& text) {
    for (auto* button : stage.window().findChildren<Button*>())
        if (button->isVisible() && button->text() == text) return button;
    return nullptr;
}

QString shortAnswer() {
    return said(
        "Attention compares each query with every key and mixes the values accordingly. Dividing by the "
        "square root keeps the gradient useful.",
        "Attention vergleicht jede Query mit jedem Key und mischt die Values entsprechend. Die Division "
        "durch die Wurzel hält den Gradienten brauchbar.",
        "注意力把每个查询与所有的键比较，并据此混合各个值。除以平方根可以让梯度保持有用。",
        "يقارن الانتباه كل استعلام بجميع المفاتيح ويمزج القيم وفقًا لذلك. والقسمة على الجذر تُبقي التدرّج "
        "مفيدًا.");
}

QString otherAnswer() {
    return said(
        "Attention compares every query with each key and returns a weighted mean of the values. The square "
        "root keeps the gradient useful.",
        "Attention vergleicht jede Query mit allen Keys und liefert ein gewichtetes Mittel der Values. Die "
        "Wurzel hält den Gradienten brauchbar.",
        "注意力把每个查询与各个键比较，并返回值的加权平均。平方根可以让梯度保持有用。",
        "يقارن الانتباه كل استعلام بكل مفتاح ويعيد متوسطًا موزونًا للقيم. والجذر يُبقي التدرّج مفيدًا.");
}

std::vector<BranchNode> sampleTree() {
    int number = 0;
    const auto node = [&number](int parent, Role role, const QString& text, bool onPath) {
        BranchNode made;
        made.id = ++number;
        made.parent = parent;
        made.role = role;
        made.text = text.simplified();
        made.onPath = onPath;
        if (role == Role::Assistant) {
            made.tokens = 180 + 57 * number;
            made.seconds = 9.4 + 3.1 * number;
        }
        return made;
    };
    return {
        node(0, Role::User, attentionPrompt(), true),
        node(1, Role::Assistant, shortAnswer(), false),
        node(1, Role::Assistant, otherAnswer(), true),
        node(2, Role::User, squareRootPrompt(), false),
        node(4, Role::Assistant, squareRootThoughts(), false),
        node(3, Role::User, squareRootPrompt(), true),
        node(6, Role::Assistant, squareRootAnswer(), true),
        node(6, Role::Assistant, squareRootThoughts(), false),
        node(3, Role::User, longChat()[4].parts[0].text, false),
        node(9, Role::Assistant, longChat()[5].parts[0].text, false),
    };
}

void branchMap(Stage& stage) {
    openChat(stage, attentionChat());
    put(stage, new BranchMap(stage.theme(), sampleTree()));
}

void branchMapTwo(Stage& stage) {
    branchMap(stage);
    auto* list = stage.window().findChild<BranchMap*>()->findChild<QListView*>();
    list->selectionModel()->clearSelection();
    for (int row : {1, 4})
        list->selectionModel()->select(list->model()->index(row, 0), QItemSelectionModel::Select);
}

void comparison(Stage& stage) {
    openChat(stage, attentionChat());
    ComparedAnswer before;
    before.title = QCoreApplication::translate("VersionWords", "Version %1 of %2").arg(1).arg(2);
    before.model = "Qwen3 4B";
    before.thoughts = attentionThoughts().section("\n\n", 0, 0);
    before.text = shortAnswer();
    before.tokens = 64;
    before.thoughtTokens = 71;
    before.seconds = 9.5;
    ComparedAnswer after = before;
    after.title = QCoreApplication::translate("VersionWords", "Version %1 of %2").arg(2).arg(2);
    after.model = "DeepSeek V2 Lite Chat";
    after.text = otherAnswer();
    after.thoughts = squareRootThoughts();
    after.tokens = 58;
    after.thoughtTokens = 22;
    after.seconds = 14.1;
    put(stage, new Comparison(stage.theme(), before, after));
}

/// The text in pieces as a tokenizer might cut it, with made-up likelihoods that are the same every time.
std::vector<ShownToken> sampleTokens(const QString& text, TokenPart part) {
    std::vector<ShownToken> tokens;
    const int longest = text.size() > 0 && text[0].unicode() > 0x2E80 ? 2 : 6;
    for (int at = 0; at < text.size();) {
        int end = at + 1;
        while (end < text.size() && end - at < longest && !text[end].isSpace()) ++end;
        const int turn = int(tokens.size()) * 7 % 11;
        ShownToken token;
        token.text = text.mid(at, end - at);
        token.part = part;
        token.probability = turn < 6 ? 0.98 : turn < 8 ? 0.71 : turn < 10 ? 0.34 : 0.06;
        token.choices = {{token.text, token.probability}};
        double left = 1 - token.probability;
        for (const QString& other :
             {QString(" the"), QString(" each"), QString(",\n"), QString(" weights")}) {
            left *= 0.55;
            token.choices.push_back({other, left});
        }
        tokens.push_back(token);
        at = end;
    }
    return tokens;
}

TokenView& tokenView(Stage& stage) {
    openChat(stage, attentionChat());
    auto* view = new TokenView(stage.theme());
    put(stage, view);
    return *view;
}

void tokens(Stage& stage) {
    TokenView& view = tokenView(stage);
    const QString markup = "<think>\n";
    view.add({{.text = markup, .part = TokenPart::Markup, .probability = 1, .choices = {{markup, 1}}}});
    view.add(sampleTokens(squareRootThoughts(), TokenPart::Thought));
    view.add({{.text = "\n</think>\n\n",
               .part = TokenPart::Markup,
               .probability = 0.93,
               .choices = {{"\n</think>\n\n", 0.93}, {"\n\n", 0.04}}}});
    view.add(sampleTokens(squareRootAnswer(), TokenPart::Answer));
    view.finish(app::AnswerDialogs::tr(
        "Likelihoods are the model's own, before any setting of temperature or the like."));
    view.choose(24);
}

void tokensComing(Stage& stage) {
    TokenView& view = tokenView(stage);
    view.setProgress(310, 1204);
}

void tokensFailed(Stage& stage) {
    tokenView(stage).fail(said("The model file has gone. Choose another model.",
                               "Die Modelldatei ist weg. Wählen Sie ein anderes Modell.",
                               "模型文件已不存在。请选择其他模型。",
                               "The model file has gone. Choose another model."));
}

app::NextPrompt samplePrompt() {
    app::NextPrompt next;
    const auto add = [&next](engine::Role role, const QString& text, const QString& thoughts = {}) {
        engine::Message message;
        message.role = role;
        message.text = text.toStdString();
        message.reasoning = thoughts.toStdString();
        next.request.messages.push_back(message);
    };
    add(engine::Role::System, said("You are brief and precise.", "Du bist knapp und genau.",
                                   "你的回答简短而准确。", "أجب بإيجاز ودقة."));
    add(engine::Role::User, attentionPrompt());
    add(engine::Role::Assistant, attentionAnswer());
    next.withoutThoughts.insert(2);
    add(engine::Role::User, squareRootPrompt());
    return next;
}

LedgerDialog& ledger(Stage& stage) {
    openChat(stage, attentionChat());
    auto* dialog = new LedgerDialog(stage.theme());
    const app::NextPrompt next = samplePrompt();
    engine::PromptPreview preview;
    preview.messageTokens = {12, 17, 702, 14};
    preview.markupTokens = 31;
    preview.totalTokens = 776;
    preview.cachedTokens = 731;
    preview.contextTokens = 8192;
    int id = 151644;
    for (std::size_t place = 0; place < next.request.messages.size(); ++place) {
        const QString text = QString::fromStdString(next.request.messages[place].text);
        preview.segments.push_back({.origin = engine::PromptOrigin::Markup, .text = "<|im_start|>\n"});
        preview.segments.push_back({.origin = engine::PromptOrigin::Text, .text = text.toStdString() + "\n"});
        preview.tokens.push_back({.id = id++, .text = "<|im_start|>", .message = -1});
        for (const ShownToken& token : sampleTokens(text.left(300), TokenPart::Answer))
            preview.tokens.push_back({.id = (id = (id * 31 + 7) % 151000),
                                      .text = token.text.toStdString(),
                                      .message = int(place)});
    }
    dialog->setLedger(app::ledgerOf(next, preview));
    put(stage, dialog);
    return *dialog;
}

void context(Stage& stage) {
    ledger(stage);
}

void press(Stage& stage, int tab) {
    QList<Button*> tabs;
    for (auto* button : ledger(stage).findChildren<Button*>())
        if (button->isCheckable()) tabs.append(button);
    tabs.value(tab)->click();
}

void contextPrompt(Stage& stage) {
    press(stage, 1);
}

void contextTokens(Stage& stage) {
    press(stage, 2);
}

void contextUnknown(Stage& stage) {
    openChat(stage, attentionChat());
    auto* dialog = new LedgerDialog(stage.theme());
    dialog->setLedger(app::emptyLedger(
        samplePrompt(),
        app::AnswerDialogs::tr("The model is not in memory. It is loaded with the next message, "
                               "and can be asked then.")));
    put(stage, dialog);
}

void chatOptions(Stage& stage) {
    openChat(stage, attentionChat());
    app::ChatOptions options;
    options.system = said("You are brief and precise. Answer in British English.",
                          "Du bist knapp und genau. Antworte auf Deutsch.",
                          "你的回答简短而准确，请用中文回答。", "أجب بإيجاز ودقة، وباللغة العربية.")
                         .toStdString();
    options.settings.temperature = 0.4f;
    put(stage, new ChatOptionsDialog(stage.theme(), app::chatOptionRows(options, std::nullopt),
                                     {said("Brief", "Knapp", "简短", "موجز")}));
}

void importPreview(Stage& stage) {
    using Importer = app::ChatImporter;
    openChat(stage, attentionChat());
    const QStringList counts{Importer::tr("%1 chats to add").arg(412), Importer::tr("%1 to continue").arg(3),
                             Importer::tr("%1 there already").arg(57)};
    stage.window().showNotice(NoticeKind::Information,
                              {.what = Importer::tr("%1: %2.").arg("ChatGPT", counts.join(", ")),
                               .next = {},
                               .details = "2 pictures are kept as their names."},
                              Importer::tr("Import"));
}

void importProgress(Stage& stage) {
    using Importer = app::ChatImporter;
    openChat(stage, attentionChat());
    stage.window().showNotice(
        NoticeKind::Information,
        {.what = Importer::tr("%1: %2 %")
                     .arg(Importer::tr("Reading %1").arg("2026-11-12-chatgpt-export-of-three-years.zip"))
                     .arg(42),
         .next = {},
         .details = {}},
        Importer::tr("Cancel import"));
}

void importFailed(Stage& stage) {
    openChat(stage, attentionChat());
    stage.window().showNotice(
        NoticeKind::Error,
        {.what = said("conversations.json cannot be read: line 20,114 is not valid JSON.",
                      "conversations.json kann nicht gelesen werden: Zeile 20 114 ist kein gültiges JSON.",
                      "无法读取 conversations.json：第 20114 行不是有效的 JSON。",
                      "conversations.json cannot be read: line 20,114 is not valid JSON."),
         .next =
             said("Nothing was imported. Export the chats again and choose the new file.",
                  "Nichts wurde importiert. Exportieren Sie die Chats erneut und wählen Sie die neue Datei.",
                  "没有导入任何内容。请重新导出对话并选择新文件。",
                  "Nothing was imported. Export the chats again and choose the new file."),
         .details = "chatgpt-export.zip: conversations.json:20114:17: expected ',' or ']'\n"
                    "while reading the 1,802nd conversation"});
    if (Button* more = buttonOf(stage, NoticeCard::tr("Details"))) more->click();
}

} // namespace

std::vector<Scene> dialogScenes() {
    return {
        {"branch_map", branchMap, Stage::kUsual, Showing::Every},
        {"branch_map_two", branchMapTwo},
        {"comparison", comparison, Stage::kUsual, Showing::Every},
        {"tokens", tokens, Stage::kUsual, Showing::Every},
        {"tokens_coming", tokensComing},
        {"tokens_failed", tokensFailed},
        {"context", context, Stage::kUsual, Showing::Every},
        {"context_prompt", contextPrompt},
        {"context_tokens", contextTokens},
        {"context_unknown", contextUnknown},
        {"chat_options", chatOptions, Stage::kUsual, Showing::Every},
        {"import_preview", importPreview},
        {"import_progress", importProgress},
        {"import_failed", importFailed},
    };
}

} // namespace ponder::ui
