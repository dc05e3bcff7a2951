#include "app/cli/terminal_chat.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <ostream>

#include "app/answer_builder.h"
#include "app/chat_title.h"
#include "app/cli/interrupt.h"
#include "app/context_fit.h"

namespace ponder::app {

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kCheckpointEvery = std::chrono::milliseconds(200);
constexpr auto kProgressAfter = std::chrono::milliseconds(500); // a quick load needs no progress line

constexpr const char* kDim = "\033[2m";
constexpr const char* kPlain = "\033[0m";
constexpr const char* kClearLine = "\r\033[K";

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Writes an answer while it comes: thoughts dimmed, an empty line, the answer.
class AnswerPrinter {
public:
    AnswerPrinter(CommandContext& context, ShowThoughts thoughts) : context_(context), thoughts_(thoughts) {}

    void write(const engine::AnswerPiece& piece) {
        if (piece.kind == engine::PieceKind::TextWasReasoning) {
            kind_ = engine::PieceKind::Reasoning; // it is on the screen already; what follows is the answer
            return;
        }
        if (piece.kind == engine::PieceKind::Reasoning && thoughts_ == ShowThoughts::No) return;
        std::string text = context_.outputIsTerminal ? plainForTerminal(piece.text) : piece.text;
        if (piece.kind != kind_ || !begun_) {
            if (begun_) context_.output << (dimmed_ ? kPlain : "") << (endsLine_ ? "\n" : "\n\n");
            dimmed_ = context_.outputIsTerminal && piece.kind == engine::PieceKind::Reasoning;
            if (dimmed_) context_.output << kDim;
            kind_ = piece.kind;
            const std::size_t start = text.find_first_not_of('\n');
            text.erase(0, start == std::string::npos ? text.size() : start);
        }
        if (text.empty()) return;
        begun_ = true;
        endsLine_ = text.back() == '\n';
        context_.output << text << std::flush;
    }

    void end() {
        if (dimmed_) context_.output << kPlain;
        if (begun_ && !endsLine_) context_.output << "\n";
        context_.output << std::flush;
    }

private:
    CommandContext& context_;
    ShowThoughts thoughts_;
    engine::PieceKind kind_ = engine::PieceKind::Text;
    bool begun_ = false;
    bool dimmed_ = false;
    bool endsLine_ = false;
};

} // namespace

TerminalChat::TerminalChat(CommandContext& context, TerminalChatOptions options)
    : context_(context), options_(std::move(options)) {
    if (options_.keep == Keep::Chat) {
        makePrivateFolder(context_.paths.data);
        store_.emplace(context_.paths.chatFile().string());
        for (const std::string& notice : store_->notices())
            context_.complaints << "ponder: " << notice << "\n";
    }
    startOver();
}

void TerminalChat::startOver() {
    conversation_ = Conversation();
    conversation_.header.id = newChatId();
    conversation_.header.createdMs = nowMilliseconds();
    conversation_.header.system = options_.system;
    conversation_.header.modelPath = options_.model.path.string();
}

const Turn& TerminalChat::ask(const std::string& prompt) {
    if (conversation_.empty()) conversation_.header.title = titleFromPrompt(prompt);
    const std::vector<int> before = conversation_.activePath();
    const int last = before.empty() ? 0 : before.back();
    const Turn user = conversation_.add(last, engine::Role::User, {textPart(prompt)});
    engine::ChatRequest request;
    request.messages = messagesFor(conversation_, conversation_.activePath(), context_.settings.pastThoughts);
    request.sampling = options_.sampling;
    request.reasoning = options_.reasoning;
    request.reasoningEffort = options_.reasoningEffort;
    request.reasoningBudget = options_.reasoningBudget;
    request.maximumTokens = options_.maximumTokens;
    request.jsonSchema = options_.jsonSchema;
    if (options_.keep == Keep::Chat && context_.settings.snapshots == Snapshots::Keep)
        request.chat = conversation_.header.id;

    Turn& turn = conversation_.add(user.number, engine::Role::Assistant, {});
    turn.state = TurnState::Streaming;
    turn.answer.settings = settingsJson(request);
    save({user, turn}, {{last, user.number}, {user.number, turn.number}});
    try {
        InterruptStop interrupt;
        if (!engine_) openEngine(interrupt.token());
        recordModel(turn, info_, loadSeconds_);
        finishAnswer(turn, answer(turn, fitted(turn, std::move(request)), interrupt.token()));
    } catch (const engine::Error& error) {
        failAnswer(turn, error.what());
        if (engine_ && !engine_->alive()) engine_.reset(); // the next question opens it again
        save({turn}, {});
        throw;
    }
    save({turn}, {});
    return turn;
}

void TerminalChat::openEngine(std::stop_token stop) {
    const auto start = Clock::now();
    bool progressShown = false;
    engine::EngineOptions options;
    options.modelPath = options_.model.path.string();
    options.contextTokens = context_.settings.contextTokens;
    options.cacheType = options_.cacheType;
    options.threads = context_.settings.threads;
    if (options_.keep == Keep::Chat) options.snapshotFolder = context_.paths.snapshots().string();
    options.stop = stop;
    options.loadProgress = [&](double part) {
        if (!context_.outputIsTerminal || Clock::now() - start < kProgressAfter) return;
        context_.complaints << "\rLoading " << options_.model.name << ": " << static_cast<int>(part * 100)
                            << " %" << std::flush;
        progressShown = true;
    };
    engine_ = context_.openEngine(options);
    if (progressShown) context_.complaints << kClearLine << std::flush;
    loadSeconds_ = secondsSince(start);
    info_ = engine_->info();
    if (info_.name.empty()) info_.name = options_.model.name;
    for (const std::string& notice : info_.notices) context_.complaints << "ponder: " << notice << "\n";
    const auto& efforts = info_.reasoningEfforts;
    if (!options_.reasoningEffort.empty() &&
        std::find(efforts.begin(), efforts.end(), options_.reasoningEffort) == efforts.end())
        context_.complaints << "ponder: " << info_.name << " does not know the effort \""
                            << options_.reasoningEffort << "\". It answers as it always does.\n";
}

/// Without the oldest messages where the context is full, and says so.
engine::ChatRequest TerminalChat::fitted(Turn& turn, engine::ChatRequest request) {
    if (surelyFits(request, info_.contextTokens)) return request;
    const PromptCost cost = costOf(request, engine_->preview(countedPart(request), {}));
    const std::size_t count = leavesRoom(request, cost) ? 0 : leftOutOf(request, cost, 0);
    if (count == 0) return request;
    if (context_.settings.whenFull == ContextPolicy::Stop)
        throw engine::Error("The conversation has " + std::to_string(cost.total()) +
                            " tokens; with the answer that is more than the " + std::to_string(cost.context) +
                            " of the model's context. Begin a new chat with /new, or choose in the settings "
                            "that the oldest messages are left out.");
    const auto first = cost.messages.begin() + static_cast<std::ptrdiff_t>(systemMessages(request));
    const int tokens = std::accumulate(first, first + static_cast<std::ptrdiff_t>(count), 0);
    recordLeftOut(turn, LeftOut{conversation_.pathTo(turn.parent).at(count - 1), static_cast<int>(count),
                                tokens, LeftOutWay::Dropped});
    context_.complaints << "ponder: The context is full: the oldest " << count << " messages (" << tokens
                        << " tokens) are not sent to the model.\n";
    return withoutOldest(std::move(request), count);
}

engine::AnswerSummary TerminalChat::answer(Turn& turn, const engine::ChatRequest& request,
                                           std::stop_token stop) {
    AnswerPrinter printer(context_, options_.thoughts);
    auto checkpoint = Clock::now();
    engine::AnswerSink sink;
    sink.piece = [&](const engine::AnswerPiece& piece) {
        appendPiece(turn, piece);
        if (options_.printing == Printing::Live) printer.write(piece);
        if (Clock::now() - checkpoint < kCheckpointEvery) return;
        save({turn}, {});
        checkpoint = Clock::now();
    };
    sink.promptProgress = [](int, int) {};
    try {
        const engine::AnswerSummary summary = engine_->answer(request, sink, stop);
        printer.end();
        return summary;
    } catch (const engine::Error&) {
        printer.end();
        throw;
    }
}

void TerminalChat::save(std::vector<Turn> turns, std::vector<BranchChoice> choices) {
    if (!store_) return;
    conversation_.header.updatedMs = nowMilliseconds();
    store_->save({conversation_.header, std::move(turns), std::move(choices)});
}

} // namespace ponder::app
