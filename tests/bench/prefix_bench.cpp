// How soon a follow-up turn of a long chat is answered: evaluated again, with its conversation in memory, and
// after a restart with its snapshot. prefix_bench [--tokens N] [--rounds N] FILE…
// Engines run in this process; the time is that from the request to the first token of the answer. The
// snapshot is read from the page cache, as it is soon after it was written.

#include "engine/engine.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

namespace {

using namespace ponder::engine;
namespace fs = std::filesystem;

/// A first turn of about `tokens` tokens, and one that follows it.
ChatRequest longChat(Engine& engine, int tokens) {
    ChatRequest request;
    request.sampling.temperature = 0.0f;
    request.maximumTokens = 8;
    request.chat = "bench";
    request.messages = {{Role::User, {}, {}}};
    // Grown by halves: a sentence's tokens are not known before.
    const std::string sentence = "The river bends twice before it reaches the mill, and nobody asks why. ";
    int sentences = 1;
    for (int step = tokens / 16; step > 0; step /= 2) {
        request.messages[0].text.clear();
        for (int i = 0; i < sentences + step; ++i)
            request.messages[0].text += std::to_string(i) + ". " + sentence;
        if (engine.preview(request, {}).totalTokens <= tokens) sentences += step;
    }
    request.messages[0].text.clear();
    for (int i = 0; i < sentences; ++i) request.messages[0].text += std::to_string(i) + ". " + sentence;
    return request;
}

ChatRequest followUp(ChatRequest request, const std::string& answer, const std::string& question) {
    request.messages.push_back({Role::Assistant, answer, {}});
    request.messages.push_back({Role::User, question, {}});
    return request;
}

struct Turn {
    double firstTokenSeconds = 0;
    std::string text;
    AnswerSummary summary;
};

Turn ask(Engine& engine, const ChatRequest& request) {
    Turn turn;
    const auto start = std::chrono::steady_clock::now();
    turn.summary = engine.answer(
        request,
        {.piece =
             [&](const AnswerPiece& piece) {
                 if (turn.firstTokenSeconds == 0)
                     turn.firstTokenSeconds =
                         std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
                 turn.text += piece.text;
             }},
        {});
    // An answer without a piece: the prompt's time is all there was.
    if (turn.firstTokenSeconds == 0) turn.firstTokenSeconds = turn.summary.promptSeconds;
    return turn;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

std::uint64_t bytesIn(const fs::path& folder) {
    std::uint64_t bytes = 0;
    for (const auto& entry : fs::directory_iterator(folder)) bytes += entry.file_size();
    return bytes;
}

void measure(const std::string& path, int tokens, int rounds) {
    std::string folder = (fs::temp_directory_path() / "ponder-prefix-XXXXXX").string();
    if (!::mkdtemp(folder.data())) return;
    std::vector<double> again, inMemory, restarted, writing;
    int promptTokens = 0;
    for (int round = 0; round < rounds; ++round) {
        EngineOptions options;
        options.modelPath = path;
        options.contextTokens = tokens + 512;
        options.inProcess = true;
        options.snapshotFolder = folder;
        ChatRequest first;
        std::string answer;
        {
            const auto engine = openEngine(options);
            first = longChat(*engine, tokens);
            answer = ask(*engine, first).text;
            const auto written = std::chrono::steady_clock::now();
            engine->settle();
            writing.push_back(
                std::chrono::duration<double>(std::chrono::steady_clock::now() - written).count());
            inMemory.push_back(
                ask(*engine, followUp(first, answer, "Which of them comes first?")).firstTokenSeconds);
        }
        {
            const auto engine = openEngine(options);
            const Turn turn = ask(*engine, followUp(first, answer, "And which one is the last?"));
            restarted.push_back(turn.firstTokenSeconds);
            promptTokens = turn.summary.promptTokens;
            if (turn.summary.reusedTokens * 10 < promptTokens * 9)
                std::printf("only %d tokens came from the snapshot\n", turn.summary.reusedTokens);
        }
        options.snapshotFolder.clear();
        const auto engine = openEngine(options);
        again.push_back(
            ask(*engine, followUp(first, answer, "And which one is the last?")).firstTokenSeconds);
    }
    const double plain = median(again);
    std::printf("%-34s %6d %9.3f %9.3f %6.0fx %9.3f %6.0fx %8.1f %8.2f\n",
                fs::path(path).stem().string().c_str(), promptTokens, plain, median(inMemory),
                plain / median(inMemory), median(restarted), plain / median(restarted),
                static_cast<double>(bytesIn(folder)) / 1e6, median(writing));
    std::fflush(stdout);
    fs::remove_all(folder);
}

} // namespace

int main(int argumentCount, char** arguments) {
    int tokens = 8000;
    int rounds = 3;
    std::vector<std::string> files;
    for (int i = 1; i < argumentCount; ++i) {
        if (std::strcmp(arguments[i], "--tokens") == 0 && i + 1 < argumentCount)
            tokens = std::atoi(arguments[++i]);
        else if (std::strcmp(arguments[i], "--rounds") == 0 && i + 1 < argumentCount)
            rounds = std::atoi(arguments[++i]);
        else
            files.emplace_back(arguments[i]);
    }
    if (files.empty() || tokens < 64 || rounds < 1) {
        std::fputs("prefix_bench [--tokens N] [--rounds N] FILE...\n", stderr);
        return 2;
    }
    std::printf("seconds to the first token of a follow-up turn, medians of %d\n", rounds);
    std::printf("%-34s %6s %9s %9s %7s %9s %7s %8s %8s\n", "model", "tokens", "evaluated", "in memory", "",
                "restarted", "", "MB", "written");
    try {
        for (const std::string& file : files) measure(file, tokens, rounds);
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
