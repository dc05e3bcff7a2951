#include "tests/ui/gallery/sample_chats.h"

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

} // namespace

std::vector<ChatRow> fewChats() {
    return {
        chat("attention", "Attention and softmax, step by step", daysAgo(0, 30)),
        chat("ring", "Refactor ring buffer to C++20", daysAgo(0, 20)),
        chat("chinese", "中文写作建议", daysAgo(0, 10)),
        chat("wal", "SQLite WAL and checkpoints", daysAgo(1, 30)),
        chat("lisbon", "Trip to Lisbon in October, with both children", daysAgo(1, 20)),
        chat("arabic", "رسالة تعريفية", daysAgo(1, 10)),
        chat("regex", "Regex for log lines", daysAgo(4)),
        chat("fourier", "Explain Fourier series", daysAgo(6)),
    };
}

std::vector<ChatRow> manyChats() {
    std::vector<ChatRow> chats = fewChats();
    chats[1].generating = true;
    ChatRow pinned = chat("house", "Questions about the new flat", daysAgo(12));
    pinned.pinned = true;
    chats.push_back(pinned);
    const QString titles[] = {"Compare three loan offers", "Names for a small bakery", "Bread with 70% hydration",
                              "Prove that √2 is irrational", "Letter to the landlord", "Why is the sky blue?",
                              "Chess opening for beginners", "Tax return: what counts?", "A poem about rain",
                              "Explain eigenvalues again", "Bike gears and cadence", "Kubernetes without tears",
                              "Vegetables in a shady garden", "Interview questions for nurses", "German dative case",
                              "How do heat pumps work?", "Birthday speech for Ines", "Git: undo a rebase"};
    int days = 9;
    int number = 0;
    for (const QString& title : titles) {
        chats.push_back(chat(QString("old%1").arg(number++), title, daysAgo(days)));
        days += 4;
    }
    return chats;
}

std::vector<ModelRow> sampleModels() {
    const auto model = [](const QString& name, const QString& size, const QString& where, const QString& problem) {
        ModelRow row;
        row.path = "/models/" + name;
        row.name = name;
        row.size = size;
        row.where = where;
        row.problem = problem;
        return row;
    };
    return {
        model("Ponder Starter", "4.1 MB, Q8_0", "Bundled", {}),
        model("Qwen3 4B", "2.5 GB, Q4_K_M", "LM Studio", {}),
        model("Gemma 3 270M", "292 MB, Q8_0", "~/Models", {}),
        model("DeepSeek V2 Lite Chat", "10.4 GB, Q4_K_M", "Hugging Face cache", {}),
        model("Mamba 2.8B", "1.6 GB, Q4_K_M", "~/Models", "Models of the family “mamba” cannot run yet."),
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

QString attentionPrompt() { return "Explain scaled dot-product attention and show a minimal Python version."; }

QString attentionThoughts() {
    return "The question asks for scaled dot-product attention and a minimal version in Python. I should say what "
           "queries, keys and values are, why the scores are divided by the square root of d_k, and keep the code "
           "short.\n\nThe usual form is softmax(QKᵀ / √d_k) V. In NumPy that is four lines. Subtracting the maximum "
           "before the exponential keeps it from overflowing; that deserves a sentence, because people leave it "
           "out.\n\nShapes: Q is n × d, K is m × d, V is m × d. A small table makes them clear.";
}

QString attentionAnswer() {
    return "## Scaled dot-product attention\n\n"
           "Each query is compared with every key; the scores become weights with a `softmax`, and the output is the "
           "**weighted sum** of the values. Dividing by `sqrt(d_k)` keeps the scores in a range where the gradient "
           "is useful.\n\n"
           "```python\nimport numpy as np\n\n"
           "def attention(q, k, v):\n"
           "    scores = q @ k.T / np.sqrt(k.shape[-1])   # (n, m)\n"
           "    w = np.exp(scores - scores.max(-1, keepdims=True))\n"
           "    w /= w.sum(-1, keepdims=True)\n"
           "    return w @ v\n```\n\n"
           "| Symbol | Shape | Meaning |\n|---|---|---|\n"
           "| `Q` | n × d | what each position looks for |\n"
           "| `K` | m × d | what each position offers |\n"
           "| `V` | m × d | the content that is mixed |\n\n"
           "1. Compute scores. 2 lines of code.\n2. Normalise row by row.\n"
           "   - subtract the maximum first\n   - 支持中文、日本語 and العربية in one line 🙂\n3. Mix the values.\n\n"
           "> The maximum is subtracted so that `exp` cannot overflow.\n";
}

std::vector<MessageContent> attentionChat() {
    return {prompt(1, attentionPrompt()), answer(2, attentionThoughts(), attentionAnswer())};
}

std::vector<MessageContent> longChat() {
    std::vector<MessageContent> messages = attentionChat();
    messages.push_back(prompt(3, "And why the square root, not d_k itself?"));
    messages.push_back(answer(
        4, "The variance of a dot product of two vectors of length d with unit variance is d.",
        "Because of how the *spread* of a dot product grows.\n\n"
        "If the entries of a query and a key are independent with mean 0 and variance 1, their dot product has mean 0 "
        "and variance `d_k`. Its standard deviation is therefore `sqrt(d_k)`: dividing by exactly that brings the "
        "scores back to a spread of 1, whatever the width of the head.\n\n"
        "- Without the division, large scores push the softmax to one side, and its gradient becomes tiny.\n"
        "- Divided by `d_k` itself, the scores would shrink towards 0 as heads grow wider, and every position would "
        "get about the same weight.\n\n"
        "So the square root is not a choice of taste; it is the standard deviation."));
    messages.push_back(prompt(5, "Thanks, that is clear."));
    messages.push_back(answer(6, {}, "You are welcome. If you want to go on: the next step is to split the width into "
                                     "several heads, so that one position can look for several things at once."));
    return messages;
}

} // namespace ponder::ui
