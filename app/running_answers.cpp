#include "app/running_answers.h"

#include <algorithm>
#include <utility>

namespace ponder::app {

namespace {

// Text waits one frame in the mailbox and one for the timer; with this, no more than 250 ms of it is ever
// only in memory.
constexpr auto kCheckpointEvery = std::chrono::milliseconds(200 - EngineClient::kFrameMilliseconds);

} // namespace

RunningAnswers::RunningAnswers(EngineClient& engine, ModelController& models, ChatSaver& saver)
    : engine_(engine), models_(models), saver_(saver) {
    connect(&engine_, &EngineClient::frameEnded, this, &RunningAnswers::checkpoint);
}

void RunningAnswers::start(std::shared_ptr<Conversation> chat, int turn, engine::ChatRequest request,
                           std::vector<Turn> changed, std::vector<BranchChoice> choices) {
    auto running = std::make_unique<Running>();
    running->number = ++lastNumber_;
    running->chat = chat->header.id;
    running->turn = turn;
    running->prompt = std::move(request);
    running->savedAt = Clock::now();
    running_.push_back(std::move(running));
    chats_[chat->header.id] = chat;
    emit this->changed();
    // The engine hears of the prompt when it is on the disk, or when the disk has refused it.
    saver_.save(chat, std::move(changed), std::move(choices),
                [this, number = lastNumber_] { begin(number); });
}

const RunningAnswers::Running* RunningAnswers::runningIn(const std::string& chat) const {
    for (const auto& running : running_)
        if (running->chat == chat && !running->closed) return running.get();
    return nullptr;
}

RunningAnswers::Running* RunningAnswers::runningIn(const std::string& chat) {
    return const_cast<Running*>(std::as_const(*this).runningIn(chat));
}

RunningAnswers::Running* RunningAnswers::running(std::uint64_t number) {
    for (const auto& running : running_)
        if (running->number == number) return running.get();
    return nullptr;
}

int RunningAnswers::turnIn(const std::string& chat) const {
    const Running* running = runningIn(chat);
    return running ? running->turn : 0;
}

bool RunningAnswers::waitsIn(const std::string& chat) const {
    const Running* running = runningIn(chat);
    if (!running || running->started) return false;
    return std::any_of(running_.begin(), running_.end(), [&](const auto& other) {
        return other->started && !other->closed && other->chat != chat;
    });
}

std::shared_ptr<Conversation> RunningAnswers::conversation(const std::string& chat) const {
    const auto found = chats_.find(chat);
    return found == chats_.end() ? nullptr : found->second;
}

std::set<std::string> RunningAnswers::generating() const {
    std::set<std::string> chats;
    for (const auto& running : running_)
        if (!running->closed) chats.insert(running->chat);
    return chats;
}

void RunningAnswers::begin(std::uint64_t number) {
    Running* answer = running(number);
    if (!answer) return;
    if (answer->closed) return remove(number); // stopped before the engine heard of it
    send(*answer, answer->prompt, PromptRoom::Checked);
}

void RunningAnswers::send(Running& running, engine::ChatRequest request, PromptRoom room) {
    running.held = false;
    running.request = engine_.answer(models_.engineOptions(), std::move(request), room,
                                     [this, number = running.number, attempt = ++running.attempt](
                                         const EngineEvent& event) { onEvent(number, attempt, event); });
    if (running.stopAsked) engine_.cancel(running.request);
}

RunningAnswers::Running* RunningAnswers::heldIn(const std::string& chat) {
    Running* running = runningIn(chat);
    return running && running->held ? running : nullptr;
}

void RunningAnswers::goOn(const std::string& chat, engine::ChatRequest request,
                          const std::optional<LeftOut>& leftOut) {
    Running* running = heldIn(chat);
    if (!running) return;
    Turn& turn = conversation(chat)->turn(running->turn);
    recordLeftOut(turn, leftOut);
    saver_.save(conversation(chat), {turn}, {});
    send(*running, std::move(request), PromptRoom::AsItIs);
}

void RunningAnswers::tryAgain(const std::string& chat) {
    if (Running* running = heldIn(chat)) send(*running, running->prompt, PromptRoom::Checked);
}

void RunningAnswers::refuse(const std::string& chat, const std::string& message) {
    Running* running = heldIn(chat);
    if (!running) return;
    Turn& turn = conversation(chat)->turn(running->turn);
    failAnswer(turn, message);
    close(*running, turn);
}

void RunningAnswers::onEvent(std::uint64_t number, int attempt, const EngineEvent& event) {
    Running* answer = running(number);
    models_.note(answer ? answer->request : 0, event);
    if (!answer || attempt != answer->attempt || answer->held) return;
    if (const auto* tooLong = std::get_if<PromptTooLong>(&event); tooLong && !answer->closed) {
        answer->held = true;
        answer->request = 0;
        if (answer->stopAsked) return abandon(*answer, TurnState::Stopped);
        const std::string chat = answer->chat;
        const engine::ChatRequest prompt = answer->prompt; // a receiver may end the answer
        emit held(chat, prompt, tooLong->cost);
        return;
    }
    if (!answer->closed)
        onOpenAnswer(*answer, conversation(answer->chat)->turn(answer->turn), event);
    else
        onClosedAnswer(*answer, event);
    if (std::holds_alternative<RequestDone>(event)) remove(number);
}

void RunningAnswers::remove(std::uint64_t number) {
    const Running* answer = running(number);
    if (!answer) return;
    const std::string chat = answer->chat;
    std::erase_if(running_, [&](const auto& entry) { return entry->number == number; });
    if (std::none_of(running_.begin(), running_.end(),
                     [&](const auto& entry) { return entry->chat == chat; }))
        chats_.erase(chat);
    emit changed();
}

void RunningAnswers::onOpenAnswer(Running& running, Turn& turn, const EngineEvent& event) {
    if (const auto* piece = std::get_if<engine::AnswerPiece>(&event)) {
        appendPiece(turn, *piece);
        running.unsaved = true;
        emit grew(running.chat, running.turn, *piece);
    } else if (const auto* model = std::get_if<ModelLoaded>(&event)) {
        recordModel(turn, model->info, model->seconds);
    } else if (std::holds_alternative<AnswerStarted>(event)) {
        running.started = true;
        emit changed();
    } else if (const auto* finished = std::get_if<AnswerFinished>(&event)) {
        finishAnswer(turn, finished->summary);
        close(running, turn);
    } else if (const auto* failed = std::get_if<AnswerFailed>(&event)) {
        failAnswer(turn, failed->message);
        running.engineLost = failed->engineLost;
        if (failed->engineLost) {
            turn.state = TurnState::Interrupted; // nothing is wrong with the answer: it can be continued
            emit engineLost(failed->message);
        }
        close(running, turn);
    } else if (const auto* load = std::get_if<LoadFailed>(&event)) {
        failAnswer(turn, load->cancelled ? std::string() : load->message);
        if (load->cancelled) turn.state = TurnState::Stopped;
        close(running, turn);
    } else if (std::holds_alternative<RequestDone>(event)) {
        failAnswer(turn, tr("The answer ended without a result. Try again.").toStdString());
        close(running, turn);
    }
}

// After its answer is closed, a request may still open the engine again.
void RunningAnswers::onClosedAnswer(const Running& running, const EngineEvent& event) {
    if (std::holds_alternative<ModelLoaded>(event) && running.engineLost)
        emit engineBack();
    else if (const auto* failed = std::get_if<LoadFailed>(&event); failed && !failed->cancelled)
        emit engineGone(failed->message);
}

void RunningAnswers::close(Running& running, Turn& turn) {
    running.closed = true;
    running.unsaved = false;
    saver_.save(conversation(running.chat), {turn}, {});
    // A receiver may start the next answer.
    const std::string chat = running.chat;
    const std::uint64_t finished = running.held ? running.number : 0;
    emit closed(chat, turn.number);
    emit changed();
    if (finished != 0) remove(finished); // no request of it is under way that could still end
}

void RunningAnswers::stop(const std::string& chat) {
    Running* running = runningIn(chat);
    if (!running) return;
    // An answer under way says itself how it ended; one that is still waiting may have to wait for long.
    if (running->started)
        cancel(*running);
    else
        abandon(*running, TurnState::Stopped);
}

void RunningAnswers::cancel(const std::string& chat) {
    Running* running = runningIn(chat);
    if (!running) return;
    if (running->held)
        abandon(*running, TurnState::Stopped);
    else
        cancel(*running);
}

void RunningAnswers::cancel(Running& running) {
    running.stopAsked = true;
    if (running.request != 0) engine_.cancel(running.request);
}

void RunningAnswers::abandon(const std::string& chat, TurnState state) {
    if (Running* running = runningIn(chat)) abandon(*running, state);
}

void RunningAnswers::abandonAll(TurnState state) {
    for (const std::string& chat : generating()) abandon(chat, state);
}

// The engine's last words on this answer are not waited for; what there is of it is kept.
void RunningAnswers::abandon(Running& running, TurnState state) {
    cancel(running);
    Turn& turn = conversation(running.chat)->turn(running.turn);
    endAnswer(turn, state);
    close(running, turn);
}

void RunningAnswers::checkpoint() {
    const Clock::time_point now = Clock::now();
    for (const auto& entry : running_) {
        if (entry->closed || !entry->unsaved || entry->saving || now - entry->savedAt < kCheckpointEvery)
            continue;
        const auto chat = conversation(entry->chat);
        entry->unsaved = false;
        entry->saving = true; // a slow disk is not given a second one on top
        entry->savedAt = now;
        saver_.save(chat, {chat->turn(entry->turn)}, {}, [this, number = entry->number] {
            if (Running* answer = running(number)) answer->saving = false;
        });
    }
}

} // namespace ponder::app
