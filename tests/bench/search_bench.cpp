// search_bench [MESSAGES] [FILE]: builds a database of chats (100,000 messages unless said otherwise), types
// queries letter by letter as a person does, and prints what each letter costs. FILE is kept, and used again.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "app/store/chat_store.h"

namespace {

using namespace ponder;

constexpr int kTurnsAChat = 40;
constexpr int kWordsAPrompt = 25;
constexpr int kWordsAnAnswer = 130;
constexpr int kWordsOfThought = 60;
constexpr int kShown = 50;
constexpr double kPromised = 30; // ms a keystroke

// Words are as common as in a language: the n-th in n-th part as often as the first.
class Writer {
public:
    Writer() {
        for (const char* word :
             {"the",    "and",    "model",    "code",   "python", "function", "error",  "memory", "attention",
              "matrix", "thread", "database", "query",  "index",  "list",     "table",  "sort",   "weather",
              "river",  "music",  "recipe",   "travel", "letter", "garden",   "history"})
            words_.emplace_back(word);
        const char* const parts[] = {"ka",  "to",  "mi", "ren", "sol", "ta", "ver", "in", "al", "st", "o",
                                     "pre", "con", "de", "re",  "ing", "er", "ab",  "un", "lo", "ti", "qu"};
        while (words_.size() < 30000) {
            std::string word;
            for (unsigned i = 2 + random_() % 3; i > 0; --i) word += parts[random_() % std::size(parts)];
            words_.push_back(word);
        }
        double sum = 0;
        for (std::size_t i = 0; i < words_.size(); ++i)
            reach_.push_back(sum += 1.0 / static_cast<double>(i + 3));
    }

    std::string text(int words) {
        std::string text;
        for (int i = 0; i < words; ++i) {
            const double at = std::uniform_real_distribution(0.0, reach_.back())(random_);
            text += words_[static_cast<std::size_t>(std::lower_bound(reach_.begin(), reach_.end(), at) -
                                                    reach_.begin())];
            text += random_() % 12 == 0 ? ". " : " ";
        }
        if (random_() % 50 == 0) text += "今天天气很好";
        return text;
    }

private:
    std::mt19937 random_{7};
    std::vector<std::string> words_;
    std::vector<double> reach_;
};

app::Part part(app::PartKind kind, std::string text) {
    app::Part made;
    made.kind = kind;
    made.text = std::move(text);
    return made;
}

void fill(app::ChatStore& store, int messages) {
    Writer writer;
    std::vector<app::ChatChange> changes;
    std::int64_t now = 1'700'000'000'000;
    for (int written = 0; written < messages; written += kTurnsAChat) {
        app::Conversation chat;
        chat.header.id = app::newChatId();
        chat.header.title = writer.text(5);
        chat.header.createdMs = now;
        for (int turn = 0; turn < kTurnsAChat; ++turn) {
            now += 60'000;
            if (turn % 2 == 0) {
                chat.add(turn, engine::Role::User, {part(app::PartKind::Text, writer.text(kWordsAPrompt))});
            } else {
                app::Turn& answer = chat.add(turn, engine::Role::Assistant,
                                             {part(app::PartKind::Reasoning, writer.text(kWordsOfThought)),
                                              part(app::PartKind::Text, writer.text(kWordsAnAnswer))});
                answer.answer.modelName = written % 3 == 0 ? "Qwen3 4B" : "Ponder Starter";
            }
            chat.turn(turn + 1).createdMs = now;
            chat.turn(turn + 1).state = app::TurnState::Complete;
        }
        chat.header.updatedMs = now;
        changes.push_back(app::wholeChat(chat));
        if (changes.size() == 50) {
            store.saveAll(changes);
            changes.clear();
            std::fprintf(stderr, "\r%d messages", written + kTurnsAChat);
        }
    }
    store.saveAll(changes);
    std::fprintf(stderr, "\n");
}

/// Time this thread has worked. On a machine with nothing else to do it is the time that passes.
double workMilliseconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double quantile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

} // namespace

int main(int count, char** arguments) {
    const int messages = count > 1 ? std::atoi(arguments[1]) : 100'000;
    const std::filesystem::path file =
        count > 2 ? std::filesystem::path(arguments[2])
                  : std::filesystem::temp_directory_path() / "ponder_search_bench.db";
    const bool made = !std::filesystem::exists(file);
    app::ChatStore store(file.string());
    if (made) fill(store, messages);

    std::vector<double> letters;
    double worst = 0;
    std::string worstQuery;
    std::printf("%-34s %9s %10s %10s\n", "query", "matches", "median ms", "longest ms");
    for (const std::string typed :
         {"the attention matrix", "python function error", "\"database query\"", "kato mire",
          "weather role:user", "memory model:qwen3", "index in:thoughts", "river after:2023-12", "天气",
          "zzz nothing at all", "re st co", "role:assistant the", "a t e", "s role:user", "m in:thoughts"}) {
        std::vector<double> times;
        std::int64_t total = 0;
        for (std::size_t length = 1; length <= typed.size(); ++length) {
            if ((typed[length - 1] & 0xc0) == 0xc0 ||
                (length < typed.size() && (typed[length] & 0xc0) == 0x80))
                continue;
            const std::string soFar = typed.substr(0, length);
            const double before = workMilliseconds();
            try {
                total = store
                            .search(app::parseSearch(soFar, app::LastWord::Prefix), kShown,
                                    app::SearchEffort::Quick)
                            .total;
            } catch (const engine::Error&) {
                continue; // half a filter
            }
            const double took = workMilliseconds() - before;
            times.push_back(took);
            if (took > worst) worstQuery = soFar;
            worst = std::max(worst, took);
        }
        letters.insert(letters.end(), times.begin(), times.end());
        std::printf("%-34s %9lld %10.1f %10.1f\n", typed.c_str(), static_cast<long long>(total),
                    quantile(times, 0.5), quantile(times, 1));
    }
    std::printf(
        "%d messages, %zu keystrokes: median %.1f ms, 95%% within %.1f ms, the longest %.1f ms (\"%s\")\n",
        messages, letters.size(), quantile(letters, 0.5), quantile(letters, 0.95), worst, worstQuery.c_str());
    if (made && count <= 2) std::filesystem::remove(file);
    return quantile(letters, 0.95) <= kPromised ? 0 : 1;
}
