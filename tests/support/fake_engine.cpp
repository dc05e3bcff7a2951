#include "tests/support/fake_engine.h"

#include <algorithm>
#include <filesystem>
#include <thread>
#include <utility>

namespace ponder::tests {

namespace {

/// Pieces of at least `bytes` bytes, cut between characters.
std::vector<std::string> piecesOf(const std::string& text, std::size_t bytes) {
    std::vector<std::string> pieces;
    std::string piece;
    for (const char letter : text) {
        const bool startsCharacter = (static_cast<unsigned char>(letter) & 0xc0) != 0x80;
        if (startsCharacter && piece.size() >= bytes) pieces.push_back(std::exchange(piece, {}));
        piece += letter;
    }
    if (!piece.empty()) pieces.push_back(piece);
    return pieces;
}

/// Each with the spaces before it.
std::vector<std::string> wordsOf(const std::string& text) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool begins = words.empty() || (text[i] == ' ' && text[i - 1] != ' ');
        if (begins) words.emplace_back();
        words.back() += text[i];
    }
    return words;
}

} // namespace

void FakeScript::add(FakeAnswer answer) {
    const std::lock_guard lock(mutex_);
    answers_.push_back(std::move(answer));
}

void FakeScript::failNextOpening(const std::string& message) {
    const std::lock_guard lock(mutex_);
    openingFailure_ = message;
}

void FakeScript::setAside(FakeAnswer answer) {
    const std::lock_guard lock(mutex_);
    aside_ = std::move(answer);
}

void FakeScript::setLoadTime(std::chrono::milliseconds time) {
    const std::lock_guard lock(mutex_);
    loadTime_ = time;
}

std::vector<engine::ChatRequest> FakeScript::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

std::vector<engine::ChatRequest> FakeScript::asides() const {
    const std::lock_guard lock(mutex_);
    return asides_;
}

int FakeScript::openings() const {
    return static_cast<int>(openedModels().size());
}

std::vector<std::string> FakeScript::openedModels() const {
    const std::lock_guard lock(mutex_);
    return opened_;
}

FakeAnswer FakeScript::take(const engine::ChatRequest& request) {
    const std::lock_guard lock(mutex_);
    if (request.kind == engine::RequestKind::Aside) {
        asides_.push_back(request);
        return aside_;
    }
    requests_.push_back(request);
    FakeAnswer answer;
    if (answers_.empty()) {
        answer.text = request.messages.empty() ? "" : request.messages.back().text;
        return answer;
    }
    answer = answers_.front();
    answers_.pop_front();
    return answer;
}

void FakeScript::noteOpening(const engine::EngineOptions& options) {
    std::chrono::milliseconds time;
    {
        const std::lock_guard lock(mutex_);
        opened_.push_back(options.modelPath);
        if (!openingFailure_.empty()) throw engine::Error(std::exchange(openingFailure_, {}));
        time = loadTime_;
    }
    const auto end = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < end) {
        if (options.stop.stop_requested()) throw engine::Error("Loading the model was cancelled.");
        if (options.loadProgress) options.loadProgress(0.5);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

FakeEngine::FakeEngine(std::shared_ptr<FakeScript> script, const engine::EngineOptions& options)
    : script_(std::move(script)), modelPath_(options.modelPath) {
    script_->noteOpening(options);
}

engine::ModelInfo FakeEngine::info() const {
    engine::ModelInfo info;
    info.path = modelPath_;
    info.name = std::filesystem::path(modelPath_).stem().string();
    info.architecture = "fake";
    info.identity = "identity of " + info.name;
    info.reasoningFormat = "think";
    info.reasoningBudgetable = true;
    info.reasoningEfforts = {"low", "medium", "high"};
    info.contextTokens = script_->context();
    info.trainedContextTokens = info.contextTokens;
    return info;
}

engine::PromptPreview FakeEngine::preview(const engine::ChatRequest& request, engine::TokenRange listed) {
    if (!alive_) throw engine::Error("The engine is gone. Load the model again.");
    engine::PromptPreview preview;
    preview.contextTokens = info().contextTokens;
    const auto add = [&](engine::PromptOrigin origin, int message, const std::string& text) {
        engine::PreviewSegment segment{.origin = origin, .message = message, .text = text, .tokens = 0};
        for (const std::string& word : wordsOf(text)) {
            ++segment.tokens;
            const int place = preview.totalTokens++ - listed.first;
            if (place >= 0 && place < listed.count) preview.tokens.push_back({place, word, message});
        }
        int& sum =
            message < 0 ? preview.markupTokens : preview.messageTokens.at(static_cast<std::size_t>(message));
        sum += segment.tokens;
        preview.segments.push_back(std::move(segment));
    };
    preview.messageTokens.assign(request.messages.size() + (request.continued ? 1 : 0), 0);
    for (std::size_t i = 0; i < request.messages.size(); ++i) {
        add(engine::PromptOrigin::Markup, -1, "<turn>");
        add(engine::PromptOrigin::Text, static_cast<int>(i), request.messages[i].text);
    }
    if (request.continued)
        add(engine::PromptOrigin::Text, static_cast<int>(request.messages.size()), request.continued->text);
    return preview;
}

engine::ExamineSummary FakeEngine::examine(const engine::ExamineRequest& request,
                                           const engine::ExamineSink& sink, std::stop_token stop) {
    if (!alive_) throw engine::Error("The engine is gone. Load the model again.");
    if (!request.chat.continued) throw engine::Error("There is no answer to look at. Choose one.");
    engine::ExamineSummary summary;
    const auto show = [&](engine::PromptOrigin part, const std::string& text) {
        int offset = 0;
        for (const std::string& word : wordsOf(text)) {
            if (stop.stop_requested()) return;
            engine::ExaminedToken token{.id = summary.tokens++,
                                        .text = word,
                                        .part = part,
                                        .offset = offset,
                                        .probability = 0.5f,
                                        .alternatives = {}};
            token.alternatives = {{token.id, word, 0.5f}, {1000 + token.id, " instead", 0.25f}};
            token.alternatives.resize(
                std::min<std::size_t>(2, static_cast<std::size_t>(request.alternatives)));
            if (sink.token) sink.token(token);
            offset += static_cast<int>(word.size());
        }
    };
    show(engine::PromptOrigin::Reasoning, request.chat.continued->reasoning);
    show(engine::PromptOrigin::Text, request.chat.continued->text);
    if (stop.stop_requested()) summary.end = engine::ExamineEnd::Cancelled;
    return summary;
}

engine::AnswerSummary FakeEngine::answer(const engine::ChatRequest& request, const engine::AnswerSink& sink,
                                         std::stop_token stop) {
    if (!alive_) throw engine::Error("The engine is gone. Load the model again.");
    const FakeAnswer script = script_->take(request);
    const auto start = std::chrono::steady_clock::now();
    engine::AnswerSummary summary;
    summary.promptTokens = static_cast<int>(request.messages.size());
    summary.seed = request.sampling.seed.value_or(7);
    if (sink.promptProgress) sink.promptProgress(summary.promptTokens, summary.promptTokens);

    auto stream = [&](engine::PieceKind kind, const std::string& text) {
        for (const std::string& piece : piecesOf(text, script.pieceBytes)) {
            if (script.pause.count() > 0) std::this_thread::sleep_for(script.pause);
            if (stop.stop_requested()) return;
            sink.piece({kind, piece, 1});
            ++summary.answerTokens;
            if (kind == engine::PieceKind::Reasoning) ++summary.reasoningTokens;
        }
    };
    stream(engine::PieceKind::Reasoning, script.reasoning);
    stream(engine::PieceKind::Text, script.text);
    summary.stop = script.stop;
    if (stop.stop_requested()) {
        summary.stop = engine::StopReason::Cancelled;
    } else if (script.end != FakeEnd::Normal) {
        alive_ = script.end != FakeEnd::Death;
        throw engine::Error(script.failure);
    }
    summary.answerSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return summary;
}

} // namespace ponder::tests
