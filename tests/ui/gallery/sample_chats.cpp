#include "tests/ui/gallery/sample_chats.h"

#include "tests/ui/gallery/content.h"

using namespace std::chrono_literals;

namespace ponder::ui {

namespace {

QDateTime daysAgo(int days, int minutesAfterMidnight = 0) {
    return QDate::currentDate().addDays(-days).startOfDay().addSecs(60 * minutesAfterMidnight);
}

ChatRow chat(const QString& id, const QString& title, const QDateTime& updated) {
    ChatRow row;
    row.id = id;
    row.title = title;
    row.updated = updated;
    return row;
}

/// Titles of older chats, a line each.
QStringList oldTitles() {
    return said("Compare three loan offers\nNames for a small bakery\nBread with 70% hydration\n"
                "Prove that √2 is irrational\nLetter to the landlord\nWhy is the sky blue?\n"
                "Chess opening for beginners\nTax return: what counts?\nA poem about rain\n"
                "Explain eigenvalues again\nBike gears and cadence\nKubernetes without tears\n"
                "Vegetables in a shady garden\nInterview questions for nurses\nGerman dative case\n"
                "How do heat pumps work?\nBirthday speech for Ines\nGit: undo a rebase",
                "Drei Kreditangebote vergleichen\nNamen für eine kleine Bäckerei\nBrot mit 70 % Hydration\n"
                "Beweis: √2 ist irrational\nSchreiben an die Hausverwaltung\nWarum ist der Himmel blau?\n"
                "Schacheröffnung für Einsteiger\nSteuererklärung: was zählt?\nEin Gedicht über Regen\n"
                "Eigenwerte noch einmal\nGänge und Trittfrequenz\nKubernetes ohne Tränen\n"
                "Gemüse im Schattengarten\nFragen für Pflegekräfte\nDativ oder Genitiv?\n"
                "Wie funktionieren Wärmepumpen?\nGeburtstagsrede für Ines\nGit: Rebase rückgängig machen",
                "比较三份贷款方案\n小面包店的名字\n含水量 70% 的面包\n证明 √2 "
                "是无理数\n给房东的信\n天空为什么是蓝色的？\n"
                "国际象棋入门开局\n报税：哪些可以抵扣？\n一首关于雨的诗\n再讲一遍特征值\n自行车变速与踏频\n轻"
                "松学 Kubernetes\n"
                "阴凉花园种什么菜\n护士面试问题\n德语第三格\n热泵是怎么工作的？\n给伊内斯的生日致辞\nGit：撤"
                "销变基",
                "مقارنة ثلاثة عروض قروض\nأسماء لمخبز صغير\nخبز بنسبة ترطيب 70٪\nإثبات أن √2 غير نسبي\n"
                "رسالة إلى مالك الشقة\nلماذا السماء زرقاء؟\nافتتاحية شطرنج للمبتدئين\nالإقرار الضريبي: ما "
                "الذي يُحتسب؟\n"
                "قصيدة عن المطر\nشرح القيم الذاتية مرة أخرى\nتروس الدراجة والإيقاع\nKubernetes بلا دموع\n"
                "خضروات لحديقة ظليلة\nأسئلة مقابلة للممرضين\nحالة الجر في الألمانية\nكيف تعمل المضخات "
                "الحرارية؟\n"
                "كلمة عيد ميلاد لإيناس\nGit: التراجع عن rebase")
        .split(u'\n');
}

} // namespace

QString attentionTitle() {
    return said("Attention and softmax, step by step", "Attention und Softmax, Schritt für Schritt",
                "逐步理解注意力与 softmax", "الانتباه و softmax خطوة بخطوة");
}

QString lisbonTitle() {
    return said("Trip to Lisbon in October, with both children",
                "Reise nach Lissabon im Oktober, mit beiden Kindern", "十月带两个孩子去里斯本旅行",
                "رحلة إلى لشبونة في أكتوبر مع الطفلين");
}

std::vector<ChatRow> fewChats() {
    return {
        chat("attention", attentionTitle(), daysAgo(0, 30)),
        chat("ring",
             said("Refactor ring buffer to C++20", "Ringpuffer auf C++20 umstellen",
                  "把环形缓冲区改写为 C++20", "تحويل المخزن الحلقي إلى C++20"),
             daysAgo(0, 20)),
        chat("chinese", "中文写作建议", daysAgo(0, 10)),
        chat("wal",
             said("SQLite WAL and checkpoints", "SQLite-WAL und Checkpoints", "SQLite 的 WAL 与检查点",
                  "نقاط التحقق و WAL في SQLite"),
             daysAgo(1, 30)),
        chat("lisbon", lisbonTitle(), daysAgo(1, 20)),
        chat("arabic", "رسالة تعريفية", daysAgo(1, 10)),
        chat("regex",
             said("Regex for log lines", "Regulärer Ausdruck für Logzeilen", "匹配日志行的正则表达式",
                  "تعبير نمطي لأسطر السجل"),
             daysAgo(4)),
        chat(
            "fourier",
            said("Explain Fourier series", "Fourierreihen erklären", "解释傅里叶级数", "شرح متسلسلات فورييه"),
            daysAgo(6)),
    };
}

std::vector<ChatRow> manyChats() {
    std::vector<ChatRow> chats = fewChats();
    chats[1].generating = true;
    ChatRow pinned = chat("house",
                          said("Questions about the new flat", "Fragen zur neuen Wohnung", "关于新公寓的问题",
                               "أسئلة عن الشقة الجديدة"),
                          daysAgo(12));
    pinned.pinned = true;
    chats.push_back(pinned);
    int days = 9;
    int number = 0;
    for (const QString& title : oldTitles()) {
        chats.push_back(chat(QString("old%1").arg(number++), title, daysAgo(days)));
        days += 4;
    }
    return chats;
}

std::vector<ModelRow> sampleModels() {
    const auto model = [](const QString& name, const QString& size, const QString& where,
                          const QString& problem) {
        ModelRow row;
        row.path = "/models/" + name;
        row.name = name;
        row.size = size;
        row.where = where;
        row.problem = problem;
        return row;
    };
    return {
        model("Ponder Starter", "4.1 MB, Q8_0", said("Bundled", "Mitgeliefert", "内置", "Bundled"), {}),
        model("Qwen3 4B", "2.5 GB, Q4_K_M", "LM Studio", {}),
        model("Gemma 3 270M", "292 MB, Q8_0", "~/Models", {}),
        model("DeepSeek V2 Lite Chat", "10.4 GB, Q4_K_M", "Hugging Face cache", {}),
        model("Mamba 2.8B", "1.6 GB, Q4_K_M", "~/Models",
              said("Models of the family “mamba” cannot run yet.",
                   "Modelle der Familie „mamba“ laufen noch nicht.", "“mamba”系列的模型还不能运行。",
                   "Models of the family “mamba” cannot run yet.")),
    };
}

MessageContent prompt(int id, const QString& text) {
    MessageContent message;
    message.id = id;
    message.role = Role::User;
    message.parts = {{.kind = PartKind::Text, .text = text}};
    return message;
}

MessageContent answer(int id, const QString& thoughts, const QString& text) {
    MessageContent message;
    message.id = id;
    message.role = Role::Assistant;
    if (!thoughts.isEmpty()) {
        message.parts.push_back({.kind = PartKind::Reasoning, .text = thoughts, .elapsed = 6000ms});
    }
    if (!text.isEmpty()) message.parts.push_back({.kind = PartKind::Text, .text = text});
    message.modelName = "Qwen3 4B";
    message.figures = {.tokens = 412, .tokensPerSecond = 14.2, .secondsToFirstToken = 0.6};
    return message;
}

std::vector<MessageContent> attentionChat() {
    return {prompt(1, attentionPrompt()), answer(2, attentionThoughts(), attentionAnswer())};
}

std::vector<MessageContent> longChat() {
    std::vector<MessageContent> messages = attentionChat();
    messages.push_back(prompt(3, squareRootPrompt()));
    messages.push_back(answer(4, squareRootThoughts(), squareRootAnswer()));
    messages.push_back(prompt(
        5, said("Thanks, that is clear.", "Danke, das ist klar.", "谢谢，明白了。", "شكرًا، هذا واضح.")));
    messages.push_back(answer(
        6, {},
        said(
            "You are welcome. If you want to go on: the next step is to split the width into several heads, "
            "so that one position can look for several things at once.",
            "Gern. Wenn du weitermachen möchtest: Als Nächstes wird die Breite auf mehrere Köpfe verteilt, "
            "damit eine Position nach mehreren Dingen zugleich suchen kann.",
            "不客气。如果想继续：下一步是把宽度拆成多个头，这样一个位置就能同时寻找几样东西。",
            "على الرحب والسعة. إن أردت المتابعة فالخطوة التالية هي تقسيم العرض إلى عدة رؤوس، حتى يبحث الموضع "
            "الواحد عن أشياء عدة في آن واحد.")));
    return messages;
}

} // namespace ponder::ui
