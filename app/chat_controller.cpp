#include "app/chat_controller.h"

#include <algorithm>
#include <set>
#include <utility>

#include "app/answer_builder.h"
#include "app/chat_title.h"
#include "app/shown_message.h"

namespace ponder::app {

namespace {

// Text waits one frame in the mailbox and one for the timer; with this, no more than 250 ms of it is ever
// only in memory.
constexpr auto kCheckpointEvery = std::chrono::milliseconds(200 - EngineClient::kFrameMilliseconds);

constexpr const char* kLastChat = "lastChat";

std::shared_ptr<Conversation> emptyConversation() {
    auto conversation = std::make_shared<Conversation>();
    conversation->header.id = newChatId();
    conversation->header.createdMs = nowMilliseconds();
    return conversation;
}

/// What `begin` reads in one go.
struct Session {
    std::vector<ChatHeader> chats;
    std::optional<Conversation> chat;
};

} // namespace

ChatController::ChatController(StoreThread& store, EngineClient& engine, ModelController& models,
                               SidebarController& sidebar, const Settings& settings, ui::MainWindow& window)
    : store_(store), engine_(engine), models_(models), sidebar_(sidebar), settings_(settings),
      window_(window), drafts_(store, window.composer()), saver_(store, window), shown_(emptyConversation()) {
    connect(&engine_, &EngineClient::frameEnded, this, &ChatController::checkpoint);
    connect(&models_, &ModelController::chosen, this, &ChatController::refreshComposer);
    connect(&models_, &ModelController::loaded, this, &ChatController::refreshComposer);
    connectWindow();
}

void ChatController::connectWindow() {
    using ui::MainWindow;
    connect(&window_, &MainWindow::submitted, this, &ChatController::submit);
    connect(&window_, &MainWindow::stopRequested, this, &ChatController::stop);
    connect(&window_, &MainWindow::draftChanged, &drafts_, &DraftKeeper::changed);
    connect(&window_, &MainWindow::reasoningToggled, this, &ChatController::setReasoning);
    connect(&window_, &MainWindow::newChatRequested, this, &ChatController::newChat);
    connect(&window_, &MainWindow::regenerateRequested, this, &ChatController::regenerate);
    connect(&window_, &MainWindow::editSubmitted, this, &ChatController::editPrompt);
    connect(&window_, &MainWindow::branchRequested, this, &ChatController::chooseBranch);
    connect(&window_, &MainWindow::continueRequested, this, &ChatController::continueAnswer);
    connect(&window_, &MainWindow::noticeActionRequested, this, [this] {
        if (!chatsRead_) begin();
    });
    connect(&window_, &MainWindow::chatSelected, this,
            [this](const QString& id) { openChat(id.toStdString()); });

    connect(&sidebar_, &SidebarController::renamed, this,
            [this](const std::string& id, const std::string& title) {
                const auto chat = conversation(id);
                if (!chat) return;
                chat->header.title = title;
                chat->header.titleOrigin = TitleOrigin::Person;
                if (chat == shown_) window_.setChatTitle(QString::fromStdString(title));
            });
    connect(&sidebar_, &SidebarController::pinned, this, [this](const std::string& id, bool pinned) {
        if (const auto chat = conversation(id)) chat->header.pinned = pinned;
    });
    connect(&sidebar_, &SidebarController::trashed, this, [this](const std::string& id) {
        if (Running* running = runningIn(id)) cancel(*running);
        if (shown_->header.id == id) newChat();
    });
    connect(&sidebar_, &SidebarController::restored, this, &ChatController::openChat);
}

void ChatController::begin() {
    store_.ask<Session>(
        this,
        [](ChatStore& store) {
            Session session;
            session.chats = store.chats();
            const std::string last = store.remembered(kLastChat);
            if (!last.empty()) session.chat = store.load(last);
            if (session.chat && session.chat->header.deletedMs > 0) session.chat.reset();
            return session;
        },
        [this](Session session) {
            chatsRead_ = true;
            takeList(std::move(session.chats));
            // Whoever has begun to write meanwhile is not taken away from it.
            if (shown_->empty() && window_.composer().draft().isEmpty())
                show(session.chat ? std::make_shared<Conversation>(std::move(*session.chat))
                                  : emptyConversation());
            emit ready();
        },
        [this] { emit ready(); });
}

std::set<std::string> ChatController::openChats() const {
    std::set<std::string> open{shown_->header.id, opening_};
    for (const auto& [id, chat] : answering_) open.insert(id);
    open.merge(saver_.refused());
    return open;
}

void ChatController::takeList(std::vector<ChatHeader> chats) {
    sidebar_.reset(std::move(chats));
    // What is not on the disk yet is there all the same.
    for (const auto& [id, chat] : answering_) sidebar_.put(chat->header);
    if (!shown_->empty()) sidebar_.put(shown_->header);
}

void ChatController::finish() {
    drafts_.flush();
    for (const auto& running : running_)
        if (!running->closed) abandon(*running, TurnState::Interrupted);
    saver_.saveAgain();
}

// The engine's last words on this answer are not waited for; what there is of it is kept.
void ChatController::abandon(Running& running, TurnState state) {
    cancel(running);
    Turn& turn = conversation(running.chat)->turn(running.turn);
    endAnswer(turn, state);
    close(running, turn);
}

std::shared_ptr<Conversation> ChatController::conversation(const std::string& id) const {
    if (shown_->header.id == id) return shown_;
    const auto found = answering_.find(id);
    return found == answering_.end() ? nullptr : found->second;
}

const ChatController::Running* ChatController::runningIn(const std::string& chat) const {
    for (const auto& running : running_)
        if (running->chat == chat && !running->closed) return running.get();
    return nullptr;
}

ChatController::Running* ChatController::runningIn(const std::string& chat) {
    return const_cast<Running*>(std::as_const(*this).runningIn(chat));
}

ChatController::Running* ChatController::running(std::uint64_t number) {
    for (const auto& running : running_)
        if (running->number == number) return running.get();
    return nullptr;
}

bool ChatController::streamsInView(const Running& running) const {
    if (running.chat != shown_->header.id) return false;
    const std::vector<int> path = shown_->activePath();
    return !path.empty() && path.back() == running.turn;
}

// ---- what is shown

void ChatController::show(std::shared_ptr<Conversation> conversation) {
    shown_ = std::move(conversation);
    const std::string id = shown_->empty() ? std::string() : shown_->header.id;
    sidebar_.setCurrent(id);
    window_.setChatTitle(QString::fromStdString(shown_->header.title));
    window_.transcript().show(shown());
    drafts_.open(id);
    refreshComposer();
    store_.run([id](ChatStore& store) { store.remember(kLastChat, id); });
}

std::vector<ui::MessageContent> ChatController::shown() const {
    const Running* running = runningIn(shown_->header.id);
    std::vector<ui::MessageContent> messages = shownMessages(*shown_);
    // An answer that nobody here is writing was cut off, or another program is writing it.
    for (ui::MessageContent& message : messages)
        if (message.state == ui::MessageState::Streaming && !(running && running->turn == message.id))
            message.state = ui::MessageState::Interrupted;
    return messages;
}

void ChatController::refreshView() {
    window_.transcript().refresh(shown());
    refreshComposer();
}

void ChatController::refreshGenerating() {
    std::set<std::string> generating;
    for (const auto& running : running_)
        if (!running->closed) generating.insert(running->chat);
    sidebar_.setGenerating(std::move(generating));
}

void ChatController::refreshComposer() {
    ui::Composer& composer = window_.composer();
    const Running* running = runningIn(shown_->header.id);
    composer.setActivity(running ? ui::ComposerActivity::Answering : ui::ComposerActivity::Idle);
    composer.setSendBlocked(models_.hasModel() ? QString() : tr("Choose a model first."));
    const auto& info = models_.info();
    composer.setReasoning(!info || !info->reasoningSwitchable        ? ui::ReasoningSwitch::Hidden
                          : reasoning_ == engine::ReasoningMode::Off ? ui::ReasoningSwitch::Off
                                                                     : ui::ReasoningSwitch::On);
    ui::ComposerStatus status;
    if (info) status.contextTokens = info->contextTokens;
    if (const std::vector<int> path = shown_->activePath(); !path.empty()) {
        const AnswerRecord& answer = shown_->turn(path.back()).answer;
        status.usedTokens = answer.promptTokens + answer.answerTokens;
        status.tokensPerSecond = shownFigures(answer).tokensPerSecond;
    }
    const bool otherAnswers = std::any_of(running_.begin(), running_.end(), [&](const auto& other) {
        return other->started && !other->closed && other->chat != shown_->header.id;
    });
    if (running && !running->started && otherAnswers)
        status.note = tr("Waiting for the answer in another chat.");
    composer.setStatus(status);
    window_.setEmptyChat(!models_.hasModel()   ? ui::EmptyChat::NoModel
                         : models_.isStarter() ? ui::EmptyChat::Starter
                                               : ui::EmptyChat::Ready);
}

// ---- chats

void ChatController::openChat(const std::string& id) {
    opening_.clear();
    if (id == shown_->header.id) return;
    if (const auto here = conversation(id)) return show(here);
    if (const auto kept = saver_.refused(id)) return show(kept);
    opening_ = id;
    using Loaded = std::optional<Conversation>;
    store_.ask<Loaded>(
        this, [id](ChatStore& store) { return store.load(id); },
        [this, id](Loaded loaded) {
            if (opening_ != id || !loaded) return; // the person has gone on to another one
            opening_.clear();
            // What the disk refused in the meantime is newer than what it holds.
            const auto kept = saver_.refused(id);
            show(kept ? kept : std::make_shared<Conversation>(std::move(*loaded)));
        });
}

void ChatController::newChat() {
    opening_.clear();
    if (!shown_->empty()) show(emptyConversation());
    window_.composer().focusText();
}

// ---- messages

engine::ChatRequest ChatController::requestFor(const Conversation& conversation, int promptNumber) const {
    std::vector<int> path;
    for (int number = promptNumber; number != 0; number = conversation.turn(number).parent)
        path.push_back(number);
    std::reverse(path.begin(), path.end());
    engine::ChatRequest request;
    request.messages = messagesFor(conversation, path, settings_.pastThoughts);
    request.sampling.temperature = settings_.temperature;
    request.sampling.topP = settings_.topP;
    request.maximumTokens = settings_.maximumTokens;
    request.reasoning = reasoning_;
    return request;
}

void ChatController::submit(const QString& text) {
    const QString prompt = text.trimmed();
    if (prompt.isEmpty() || !models_.hasModel() || runningIn(shown_->header.id)) {
        window_.composer().setDraft(text); // nothing typed is ever lost
        return;
    }
    const bool first = shown_->empty();
    if (first) {
        shown_->header.title = titleFromPrompt(prompt.toStdString());
        shown_->header.system = settings_.systemPrompt;
        window_.setChatTitle(QString::fromStdString(shown_->header.title));
    }
    const std::vector<int> path = shown_->activePath();
    const int parent = path.empty() ? 0 : path.back();
    const int user = shown_->add(parent, engine::Role::User, {textPart(prompt.toStdString())}).number;
    window_.transcript().addMessage(shownMessage(*shown_, shown_->turn(user)));
    ask(user);
    const std::string id = shown_->header.id;
    drafts_.sent(id);
    if (!first) return;
    sidebar_.setCurrent(id);
    store_.run([id](ChatStore& store) { store.remember(kLastChat, id); });
}

// Adds an empty answer below the prompt, shows it and starts on it.
void ChatController::ask(int promptNumber) {
    engine::ChatRequest request = requestFor(*shown_, promptNumber);
    Turn& turn = shown_->add(promptNumber, engine::Role::Assistant, {});
    turn.state = TurnState::Streaming;
    turn.answer.settings = settingsJson(request);
    const Turn prompt = shown_->turn(promptNumber);
    const bool onScreen = window_.transcript().lastMessageId(ui::Role::User) == promptNumber;
    const bool first = shown_->siblings(turn.number).size() == 1;
    start(turn.number, std::move(request), {prompt, turn},
          {{prompt.parent, prompt.number}, {prompt.number, turn.number}});
    if (onScreen && first)
        window_.transcript().beginAnswer(shownMessage(*shown_, shown_->turn(prompt.activeChild)));
    else
        refreshView(); // another branch than the one on the screen
}

void ChatController::start(int turnNumber, engine::ChatRequest request, std::vector<Turn> changed,
                           std::vector<BranchChoice> choices) {
    auto running = std::make_unique<Running>();
    running->number = ++lastNumber_;
    running->chat = shown_->header.id;
    running->turn = turnNumber;
    running->savedAt = Clock::now();
    running_.push_back(std::move(running));
    answering_[shown_->header.id] = shown_;
    shown_->header.modelPath = models_.current();
    shown_->header.updatedMs = nowMilliseconds();
    sidebar_.put(shown_->header);
    refreshGenerating();
    refreshComposer();
    // The engine hears of the prompt when it is on the disk, or when the disk has refused it.
    saver_.save(shown_, std::move(changed), std::move(choices),
                [this, number = lastNumber_, request = std::move(request)] { send(number, request); });
}

void ChatController::send(std::uint64_t number, engine::ChatRequest request) {
    Running* answer = running(number);
    if (!answer || answer->closed) return;
    answer->request = engine_.answer(models_.engineOptions(), std::move(request),
                                     [this, number](const EngineEvent& event) { onEvent(number, event); });
    if (answer->stopAsked) engine_.cancel(answer->request);
}

void ChatController::onEvent(std::uint64_t number, const EngineEvent& event) {
    Running* answer = running(number);
    models_.note(answer ? answer->request : 0, event);
    if (!answer) return;
    if (!answer->closed)
        onOpenAnswer(*answer, conversation(answer->chat)->turn(answer->turn), event);
    else
        onClosedAnswer(*answer, event);
    if (!std::holds_alternative<RequestDone>(event)) return;
    const std::string chat = answer->chat;
    std::erase_if(running_, [&](const auto& entry) { return entry->number == number; });
    if (std::none_of(running_.begin(), running_.end(),
                     [&](const auto& entry) { return entry->chat == chat; }))
        answering_.erase(chat);
    refreshGenerating();
    refreshComposer();
}

void ChatController::onOpenAnswer(Running& running, Turn& turn, const EngineEvent& event) {
    if (const auto* piece = std::get_if<engine::AnswerPiece>(&event)) {
        appendPiece(turn, *piece);
        running.unsaved = true;
        if (streamsInView(running) && piece->kind == engine::PieceKind::TextWasReasoning)
            window_.transcript().refresh(shownMessages(*shown_));
        else if (streamsInView(running))
            window_.transcript().appendAnswer(
                piece->kind == engine::PieceKind::Reasoning ? ui::PartKind::Reasoning : ui::PartKind::Text,
                QString::fromStdString(piece->text));
    } else if (const auto* model = std::get_if<ModelLoaded>(&event)) {
        recordModel(turn, model->info, model->seconds);
    } else if (std::holds_alternative<AnswerStarted>(event)) {
        running.started = true;
        refreshComposer();
    } else if (const auto* finished = std::get_if<AnswerFinished>(&event)) {
        finishAnswer(turn, finished->summary);
        close(running, turn);
    } else if (const auto* failed = std::get_if<AnswerFailed>(&event)) {
        failAnswer(turn, failed->message);
        running.engineLost = failed->engineLost;
        if (failed->engineLost) {
            turn.state = TurnState::Interrupted; // nothing is wrong with the answer: it can be continued
            window_.showNotice(ui::NoticeKind::Error, shownFailure(QString::fromStdString(failed->message)));
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
void ChatController::onClosedAnswer(const Running& running, const EngineEvent& event) {
    if (std::holds_alternative<ModelLoaded>(event) && running.engineLost)
        window_.showNotice(ui::NoticeKind::Information, {tr("The engine stopped and has been started again."),
                                                         tr("Press Continue to go on with the answer."),
                                                         {}});
    else if (const auto* failed = std::get_if<LoadFailed>(&event); failed && !failed->cancelled)
        window_.showNotice(ui::NoticeKind::Error, shownFailure(QString::fromStdString(failed->message)));
}

void ChatController::close(Running& running, Turn& turn) {
    running.closed = true;
    running.unsaved = false;
    if (streamsInView(running)) window_.transcript().finishAnswer(shownEnd(turn));
    saver_.save(conversation(running.chat), {turn}, {});
    refreshGenerating();
    refreshComposer();
}

void ChatController::stop() {
    Running* running = runningIn(shown_->header.id);
    if (!running) return models_.cancelLoading();
    // An answer under way says itself how it ended; one that is still waiting may have to wait for long.
    if (running->started)
        cancel(*running);
    else
        abandon(*running, TurnState::Stopped);
}

void ChatController::cancel(Running& running) {
    running.stopAsked = true;
    if (running.request != 0) engine_.cancel(running.request);
}

void ChatController::regenerate(int messageId) {
    const Turn* turn = shown_->find(messageId);
    if (!turn || turn->role != engine::Role::Assistant || turn->parent == 0 || !models_.hasModel()) return;
    const int prompt = turn->parent;
    if (Running* running = runningIn(shown_->header.id)) abandon(*running, TurnState::Stopped);
    ask(prompt);
}

void ChatController::editPrompt(int messageId, const QString& text) {
    const Turn* turn = shown_->find(messageId);
    const QString words = text.trimmed();
    if (!turn || turn->role != engine::Role::User || words.isEmpty() || !models_.hasModel()) return;
    if (Running* running = runningIn(shown_->header.id)) abandon(*running, TurnState::Stopped);
    std::vector<Part> parts;
    for (const Part& part : turn->parts)
        if (part.kind == PartKind::Attachment) parts.push_back(part);
    parts.push_back(textPart(words.toStdString()));
    const int parent = turn->parent;
    ask(shown_->add(parent, engine::Role::User, std::move(parts)).number);
}

void ChatController::chooseBranch(int messageId, int branch) {
    if (!shown_->find(messageId)) return;
    const std::vector<int> siblings = shown_->siblings(messageId);
    if (branch < 1 || branch > static_cast<int>(siblings.size())) return;
    const int chosen = siblings[static_cast<std::size_t>(branch - 1)];
    const int parent = shown_->turn(chosen).parent;
    shown_->select(chosen);
    saver_.save(shown_, {}, {{parent, chosen}});
    refreshView();
}

void ChatController::continueAnswer(int messageId) {
    const Turn* found = shown_->find(messageId);
    const std::vector<int> path = shown_->activePath();
    if (!found || found->role != engine::Role::Assistant || path.empty() || path.back() != messageId ||
        runningIn(shown_->header.id) || !models_.hasModel())
        return;
    engine::ChatRequest request = requestFor(*shown_, found->parent);
    Turn& turn = shown_->turn(messageId);
    if (!turn.parts.empty()) request.continued = partialAnswer(turn);
    reopenAnswer(turn);
    window_.transcript().beginAnswer(shownMessage(*shown_, turn));
    start(messageId, std::move(request), {turn}, {});
}

void ChatController::setReasoning(bool on) {
    reasoning_ = on ? engine::ReasoningMode::On : engine::ReasoningMode::Off;
    refreshComposer();
}

// ---- the disk

void ChatController::checkpoint() {
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
