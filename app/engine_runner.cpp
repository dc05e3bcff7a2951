#include "app/engine_runner.h"

#include <chrono>
#include <utility>

namespace ponder::app {

namespace {

bool sameModel(const engine::EngineOptions& a, const engine::EngineOptions& b) {
    return a.modelPath == b.modelPath && a.contextTokens == b.contextTokens && a.cacheType == b.cacheType &&
           a.expertsInMemory == b.expertsInMemory && a.threads == b.threads;
}

} // namespace

EngineRunner::EngineRunner(AnswerMailbox& mailbox, EngineOpener open)
    : mailbox_(mailbox), open_(std::move(open)), worker_([](const std::exception&) {}) {}

EngineRunner::~EngineRunner() {
    for (auto& [request, stop] : stops_) stop.request_stop();
}

RequestId EngineRunner::post(std::function<void(RequestId, std::stop_token)> job) {
    const RequestId request = ++lastRequest_;
    const std::stop_token stop = stops_[request].get_token();
    worker_.post([this, request, stop, job = std::move(job)] {
        try {
            job(request, stop);
        } catch (const std::exception& error) {
            mailbox_.post(request, AnswerFailed{error.what(), false});
        }
        mailbox_.post(request, RequestDone{});
    });
    return request;
}

RequestId EngineRunner::load(engine::EngineOptions options) {
    return post([this, options = std::move(options)](RequestId request, std::stop_token stop) {
        if (stop.stop_requested())
            mailbox_.post(request, LoadFailed{"Loading the model was cancelled.", true});
        else
            ensureOpen(request, options, stop);
    });
}

RequestId EngineRunner::answer(engine::EngineOptions options, engine::ChatRequest chat, PromptRoom room) {
    return post(
        [this, options = std::move(options), chat = std::move(chat),
         room](RequestId request, std::stop_token stop) { runAnswer(request, options, chat, room, stop); });
}

RequestId EngineRunner::preview(engine::EngineOptions options, engine::ChatRequest chat,
                                engine::TokenRange listed) {
    return post([this, options = std::move(options), chat = std::move(chat), listed](RequestId request,
                                                                                     std::stop_token stop) {
        PromptPreviewed seen;
        if (isOpen(options) && !stop.stop_requested()) seen.preview = engine_->preview(chat, listed);
        mailbox_.post(request, std::move(seen));
    });
}

RequestId EngineRunner::examine(engine::EngineOptions options, engine::ExamineRequest examination) {
    return post([this, options = std::move(options),
                 examination = std::move(examination)](RequestId request, std::stop_token stop) {
        runExamination(request, options, examination, stop);
    });
}

RequestId EngineRunner::unload() {
    return post([this](RequestId, std::stop_token) { engine_.reset(); });
}

RequestId EngineRunner::forgetSnapshots(std::string folder, std::vector<std::string> chats) {
    return post([folder = std::move(folder), chats = std::move(chats)](RequestId, std::stop_token) {
        engine::forgetSnapshots(folder, chats);
    });
}

RequestId EngineRunner::forgetOtherSnapshots(std::string folder, std::vector<std::string> chats) {
    return post([folder = std::move(folder), chats = std::move(chats)](RequestId, std::stop_token) {
        engine::forgetOtherSnapshots(folder, chats);
    });
}

void EngineRunner::cancel(RequestId request) {
    if (const auto stop = stops_.find(request); stop != stops_.end()) stop->second.request_stop();
}

bool EngineRunner::isOpen(const engine::EngineOptions& options) const {
    return engine_ && engine_->alive() && sameModel(opened_, options);
}

bool EngineRunner::ensureOpen(RequestId request, const engine::EngineOptions& wanted, std::stop_token stop) {
    const auto start = std::chrono::steady_clock::now();
    try {
        if (!isOpen(wanted)) {
            engine_.reset(); // two models at once may not fit
            engine::EngineOptions options = wanted;
            options.stop = stop;
            options.loadProgress = [this, request](double part) {
                mailbox_.post(request, LoadProgress{part});
            };
            mailbox_.post(request, LoadProgress{0});
            engine_ = open_(options);
            opened_ = wanted;
        }
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
        mailbox_.post(request, ModelLoaded{engine_->info(), engine_->confinement(), seconds.count()});
        return true;
    } catch (const std::exception& error) {
        engine_.reset();
        mailbox_.post(request, LoadFailed{error.what(), stop.stop_requested()});
        return false;
    }
}

void EngineRunner::runAnswer(RequestId request, const engine::EngineOptions& options,
                             const engine::ChatRequest& chat, PromptRoom room, std::stop_token stop) {
    if (stop.stop_requested()) {
        engine::AnswerSummary summary;
        summary.stop = engine::StopReason::Cancelled;
        mailbox_.post(request, AnswerFinished{summary});
        return;
    }
    if (chat.kind == engine::RequestKind::Aside && !isOpen(options)) {
        mailbox_.post(request, AnswerFailed{"The model is not in memory. Ask it something first.", false});
        return;
    }
    if (!ensureOpen(request, options, stop)) return;
    try {
        if (room == PromptRoom::Checked && tooLong(request, chat)) return;
        mailbox_.post(request, AnswerStarted{});
        engine::AnswerSink sink;
        sink.piece = [&](const engine::AnswerPiece& piece) { mailbox_.post(request, piece); };
        sink.promptProgress = [&](int done, int total) {
            mailbox_.post(request, PromptProgress{done, total});
        };
        mailbox_.post(request, AnswerFinished{engine_->answer(chat, sink, stop)});
    } catch (const engine::Error& error) {
        fail(request, options, error);
    }
}

/// True, and told, where whoever asked has to decide what of the prompt is left out.
bool EngineRunner::tooLong(RequestId request, const engine::ChatRequest& chat) {
    if (surelyFits(chat, engine_->info().contextTokens)) return false;
    const PromptCost cost = costOf(chat, engine_->preview(countedPart(chat), {}));
    if (leavesRoom(chat, cost) || leftOutOf(chat, cost, 0) == 0) return false;
    mailbox_.post(request, PromptTooLong{cost});
    return true;
}

void EngineRunner::runExamination(RequestId request, const engine::EngineOptions& options,
                                  const engine::ExamineRequest& examination, std::stop_token stop) {
    if (stop.stop_requested()) {
        mailbox_.post(request, ExamineFinished{{.end = engine::ExamineEnd::Cancelled}});
        return;
    }
    if (!ensureOpen(request, options, stop)) return;
    mailbox_.post(request, AnswerStarted{});
    engine::ExamineSink sink;
    sink.token = [&](const engine::ExaminedToken& token) { mailbox_.post(request, TokensExamined{{token}}); };
    sink.progress = [&](int done, int total) { mailbox_.post(request, PromptProgress{done, total}); };
    try {
        mailbox_.post(request, ExamineFinished{engine_->examine(examination, sink, stop)});
    } catch (const engine::Error& error) {
        fail(request, options, error);
    }
}

void EngineRunner::fail(RequestId request, const engine::EngineOptions& options, const engine::Error& error) {
    const bool lost = !engine_->alive();
    mailbox_.post(request, AnswerFailed{error.what(), lost});
    // So that the next question does not wait for it; not under the old stop, which may have been asked for.
    if (lost) ensureOpen(request, options, std::stop_token());
}

} // namespace ponder::app
