#include "app/chat_controller.h"

#include <set>
#include <utility>

#include "app/answer_builder.h"
#include "app/chat_title.h"
#include "app/shown_message.h"

namespace ponder::app {

namespace {

constexpr const char* kLastChat = "lastChat";

std::shared_ptr<Conversation> emptyConversation(ChatKeeping keeping = ChatKeeping::OnDisk) {
    auto conversation = std::make_shared<Conversation>();
    conversation->keeping = keeping;
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
    : store_(store), models_(models), sidebar_(sidebar), settings_(settings), window_(window),
      counter_(engine, models), attachments_(store, counter_, window), drafts_(store, window.composer()),
      saver_(store, window), answers_(engine, models, saver_),
      fitter_(store, engine, models, saver_, answers_, settings, window), queue_(store, window.queue()),
      shown_(emptyConversation()) {
    connect(&models_, &ModelController::chosen, this, &ChatController::refreshComposer);
    connect(&models_, &ModelController::loaded, this, &ChatController::refreshComposer);
    connectWindow();
    connectAnswers();
    connectQueue();
}

void ChatController::connectWindow() {
    using ui::MainWindow;
    connect(&window_, &MainWindow::submitted, this, &ChatController::submit);
    connect(&window_, &MainWindow::stopRequested, this, &ChatController::stop);
    connect(&window_, &MainWindow::draftChanged, &drafts_, &DraftKeeper::changed);
    connect(&window_, &MainWindow::reasoningToggled, this, &ChatController::setReasoning);
    connect(&window_, &MainWindow::newChatRequested, this, [this] { newChat(); });
    connect(&window_, &MainWindow::temporaryChatRequested, this, [this] { newChat(ChatKeeping::InMemory); });
    connect(&window_, &MainWindow::keepChatRequested, this, &ChatController::keepChat);
    connect(&window_, &MainWindow::regenerateRequested, this, &ChatController::regenerate);
    connect(&window_, &MainWindow::reproductionRequested, this, &ChatController::reproduce);
    connect(&window_, &MainWindow::editSubmitted, this, &ChatController::editMessage);
    connect(&window_, &MainWindow::thoughtEdited, this, &ChatController::editThought);
    connect(&window_, &MainWindow::attachmentRequested, this, &ChatController::openAttachment);
    connect(&window_, &MainWindow::answerNowRequested, this, &ChatController::answerNow);
    connect(&window_, &MainWindow::branchRequested, this, &ChatController::chooseBranch);
    connect(&window_, &MainWindow::continueRequested, this, &ChatController::continueAnswer);
    connect(&window_.transcript(), &ui::TranscriptView::readingPositionChanged, this, [this](int turn) {
        if (shown_->empty() || shown_->keeping != ChatKeeping::OnDisk) return;
        shown_->header.readingTurn = turn;
        store_.run([id = shown_->header.id, turn](ChatStore& store) { store.setReadingTurn(id, turn); });
    });
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
    connect(&sidebar_, &SidebarController::newChatWanted, this, &ChatController::newChatIn);
    connect(&sidebar_, &SidebarController::trashed, this, [this](const std::string& id) {
        answers_.cancel(id);
        queue_.hold(id);
        if (shown_->header.id == id) newChat();
    });
    connect(&sidebar_, &SidebarController::restored, this, &ChatController::openChat);
}

void ChatController::connectQueue() {
    connect(&queue_, &PromptQueue::editWanted, this, [this](const WaitingPrompt& prompt) {
        ui::Composer& composer = window_.composer();
        const QString draft = composer.draft().trimmed();
        composer.setDraft(draft.isEmpty() ? prompt.text : draft + "\n\n" + prompt.text);
        drafts_.changed(composer.draft());
        drafts_.flush();
        attachments_.putBack(prompt.files);
        composer.focusText();
    });
    connect(&queue_, &PromptQueue::goOnWanted, this, &ChatController::sendNext);
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
    for (const auto& [id, chat] : answers_.conversations()) open.insert(id);
    open.merge(saver_.refused());
    return open;
}

void ChatController::takeList(std::vector<ChatHeader> chats) {
    sidebar_.reset(std::move(chats));
    // What is not on the disk yet is there all the same.
    for (const auto& [id, chat] : answers_.conversations())
        if (chat->keeping == ChatKeeping::OnDisk) sidebar_.put(chat->header);
    if (!shown_->empty() && shown_->keeping == ChatKeeping::OnDisk) sidebar_.put(shown_->header);
}

void ChatController::finish() {
    drafts_.flush();
    answers_.abandonAll(TurnState::Interrupted);
    saver_.saveAgain();
}

std::shared_ptr<Conversation> ChatController::conversation(const std::string& id) const {
    if (shown_->header.id == id) return shown_;
    return answers_.conversation(id);
}

bool ChatController::streamsInView(const std::string& chat, int turn) const {
    if (chat != shown_->header.id) return false;
    const std::vector<int> path = shown_->activePath();
    return !path.empty() && path.back() == turn;
}

// ---- what is shown

void ChatController::show(std::shared_ptr<Conversation> conversation) {
    if (shown_->keeping == ChatKeeping::InMemory) answers_.cancel(shown_->header.id);
    shown_ = std::move(conversation);
    const bool kept = shown_->keeping == ChatKeeping::OnDisk;
    const std::string id = shown_->empty() || !kept ? std::string() : shown_->header.id;
    sidebar_.setCurrent(id);
    window_.setChatTitle(QString::fromStdString(shown_->header.title));
    window_.setChatKeeping(kept ? ui::ChatKeeping::OnDisk : ui::ChatKeeping::InMemory);
    window_.transcript().show(shown());
    window_.transcript().showFrom(shown_->header.readingTurn);
    if (kept) {
        drafts_.open(id);
        attachments_.open(id);
    } else {
        drafts_.openUnkept();
        attachments_.openUnkept();
    }
    queue_.open(shown_->header.id, shown_->keeping);
    fitter_.open(shown_->header.id, shown_->keeping);
    refreshComposer();
    if (kept) rememberAsLast(id);
    emit chatShown(shown_->header.id);
}

// The next start opens it; empty: a new one.
void ChatController::rememberAsLast(const std::string& chat) {
    store_.run([chat](ChatStore& store) { store.remember(kLastChat, chat); });
}

std::vector<ui::MessageContent> ChatController::shown() const {
    const int answered = answers_.turnIn(shown_->header.id);
    std::vector<ui::MessageContent> messages = shownMessages(*shown_);
    // An answer that nobody here is writing was cut off, or another program is writing it.
    for (ui::MessageContent& message : messages)
        if (message.state == ui::MessageState::Streaming && message.id != answered)
            message.state = ui::MessageState::Interrupted;
    return messages;
}

void ChatController::refreshView() {
    window_.transcript().refresh(shown());
    refreshComposer();
}

bool ChatController::refreshCut() {
    ShownCut inView;
    for (const ui::MessageContent& message : window_.transcript().messages())
        if (!message.cutBelow.isEmpty()) inView = {message.id, message.cutBelow};
    if (inView == shownCut(*shown_)) return false;
    refreshView();
    return true;
}

void ChatController::refreshGenerating() {
    sidebar_.setGenerating(answers_.generating());
}

void ChatController::refreshComposer() {
    ui::Composer& composer = window_.composer();
    composer.setActivity(answers_.answersIn(shown_->header.id) ? ui::ComposerActivity::Answering
                                                               : ui::ComposerActivity::Idle);
    composer.setSendBlocked(models_.hasModel() ? QString() : tr("Choose a model first."));
    const auto& info = models_.info();
    composer.setReasoning(!info || !info->reasoningSwitchable ? ui::ReasoningSwitch::Hidden
                          : settingsHere().reasoning == engine::ReasoningMode::Off ? ui::ReasoningSwitch::Off
                                                                                   : ui::ReasoningSwitch::On);
    ui::ComposerStatus status;
    if (info) status.contextTokens = info->contextTokens;
    const std::vector<int> path = shown_->activePath();
    if (!path.empty())
        status.tokensPerSecond = shownFigures(shown_->turn(path.back()).answer).tokensPerSecond;
    // While an answer grows, and where one was cut off, the one before it says how full the chat is.
    for (auto number = path.rbegin(); number != path.rend() && status.usedTokens == 0; ++number) {
        const AnswerRecord& answer = shown_->turn(*number).answer;
        status.usedTokens = answer.promptTokens + answer.answerTokens;
    }
    if (answers_.waitsIn(shown_->header.id)) status.note = tr("Waiting for the answer in another chat.");
    if (fitter_.summarises(shown_->header.id)) status.note = tr("Summarising the oldest messages…");
    composer.setStatus(status);
    window_.setEmptyChat(!models_.hasModel()                        ? ui::EmptyChat::NoModel
                         : shown_->keeping == ChatKeeping::InMemory ? ui::EmptyChat::Temporary
                         : models_.isStarter()                      ? ui::EmptyChat::Starter
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

void ChatController::newChat(ChatKeeping keeping) {
    opening_.clear();
    if (!shown_->empty() || shown_->keeping != keeping) show(emptyConversation(keeping));
    shown_->header.folder.clear();
    window_.composer().focusText();
}

void ChatController::keepChat() {
    if (shown_->keeping == ChatKeeping::OnDisk) return;
    shown_->keeping = ChatKeeping::OnDisk;
    window_.setChatKeeping(ui::ChatKeeping::OnDisk);
    drafts_.keep(shown_->empty() ? std::string() : shown_->header.id);
    attachments_.keep(shown_->empty() ? std::string() : shown_->header.id);
    queue_.open(shown_->header.id, ChatKeeping::OnDisk);
    fitter_.open(shown_->header.id, ChatKeeping::OnDisk);
    if (shown_->empty()) return;
    saver_.save(shown_, shown_->turns(), branchChoices(*shown_));
    sidebar_.put(shown_->header);
    sidebar_.setCurrent(shown_->header.id);
    rememberAsLast(shown_->header.id);
}

void ChatController::newChatIn(const std::string& folder) {
    newChat();
    shown_->header.folder = folder;
}

// ---- messages

engine::ChatRequest ChatController::requestFor(const Conversation& conversation, int promptNumber) const {
    engine::ChatRequest request;
    const ChatSettings own = chatSettingsFrom(conversation.header.settings);
    request.messages =
        messagesFor(conversation, conversation.pathTo(promptNumber), pastThoughtsOf(own, settings_));
    applySettings(request, own, settings_);
    if (conversation.keeping == ChatKeeping::OnDisk && settings_.snapshots == Snapshots::Keep)
        request.chat = conversation.header.id;
    return request;
}

void ChatController::submit(const QString& text) {
    const QString prompt = text.trimmed();
    if (prompt.isEmpty() || !models_.hasModel()) {
        window_.composer().setDraft(text); // nothing typed is ever lost
        return;
    }
    const std::string id = shown_->header.id;
    if (answers_.answersIn(id)) {
        queue_.add(id, {prompt, attachments_.attached()});
        attachments_.sent(id);
        drafts_.sent(id);
        return;
    }
    const bool first = shown_->empty();
    addPrompt(shown_, {prompt, attachments_.attached()});
    // After the message, so that a kill in between keeps it twice rather than not at all.
    attachments_.sent(id);
    drafts_.sent(id);
    if (!first || shown_->keeping == ChatKeeping::InMemory) return;
    sidebar_.setCurrent(id);
    rememberAsLast(id);
}

// Adds the prompt at the end of the path that is being read, and asks.
void ChatController::addPrompt(const Chat& chat, const WaitingPrompt& prompt) {
    const std::string text = prompt.text.toStdString();
    if (chat->empty()) {
        chat->header.title = titleFromPrompt(text);
        if (chat->header.system.empty()) chat->header.system = settings_.systemPrompt;
        window_.setChatTitle(QString::fromStdString(chat->header.title));
    }
    const std::vector<int> path = chat->activePath();
    const int parent = path.empty() ? 0 : path.back();
    std::vector<Part> parts = partsOf(prompt.files);
    parts.push_back(textPart(text));
    const int user = chat->add(parent, engine::Role::User, std::move(parts)).number;
    if (chat == shown_) window_.transcript().addMessage(shownMessage(*chat, chat->turn(user)));
    ask(chat, user);
}

// Adds an empty answer below the prompt, shows it and starts on it.
void ChatController::ask(const Chat& chat, int promptNumber) {
    engine::ChatRequest request = requestFor(*chat, promptNumber);
    Turn& turn = chat->add(promptNumber, engine::Role::Assistant, {});
    turn.state = TurnState::Streaming;
    turn.answer.settings = settingsJson(request);
    turn.answer.modelName = models_.currentName();
    const Turn prompt = chat->turn(promptNumber);
    const bool onScreen = window_.transcript().lastMessageId(ui::Role::User) == promptNumber;
    const bool first = chat->siblings(turn.number).size() == 1;
    start(chat, turn.number, std::move(request), {prompt, turn},
          {{prompt.parent, prompt.number}, {prompt.number, turn.number}});
    if (chat != shown_) return;
    if (onScreen && first)
        window_.transcript().beginAnswer(shownMessage(*chat, chat->turn(prompt.activeChild)));
    else
        refreshView(); // another branch than the one on the screen
}

void ChatController::start(const Chat& chat, int turn, engine::ChatRequest request, std::vector<Turn> changed,
                           std::vector<BranchChoice> choices) {
    chat->header.modelPath = models_.current();
    chat->header.updatedMs = nowMilliseconds();
    if (chat->keeping == ChatKeeping::OnDisk) sidebar_.put(chat->header);
    answers_.start(chat, turn, std::move(request), std::move(changed), std::move(choices));
}

void ChatController::connectAnswers() {
    connect(&answers_, &RunningAnswers::changed, this, [this] {
        refreshGenerating();
        refreshComposer();
    });
    connect(&fitter_, &PromptFitter::changed, this, &ChatController::refreshComposer);
    connect(&fitter_, &PromptFitter::fitted, this, [this](const std::string& chat) {
        if (chat == shown_->header.id) refreshCut();
    });
    connect(&fitter_, &PromptFitter::policyChosen, this, &ChatController::policyChosen);
    connect(&answers_, &RunningAnswers::grew, this, &ChatController::onGrew);
    connect(&answers_, &RunningAnswers::closed, this, &ChatController::onClosed);
    const auto fail = [this](const std::string& message) {
        window_.showNotice(ui::NoticeKind::Error, shownFailure(QString::fromStdString(message)));
    };
    connect(&answers_, &RunningAnswers::engineLost, this, fail);
    connect(&answers_, &RunningAnswers::engineGone, this, fail);
    connect(&answers_, &RunningAnswers::engineBack, this, [this] {
        window_.showNotice(ui::NoticeKind::Information, {tr("The engine stopped and has been started again."),
                                                         tr("Press Continue to go on with the answer."),
                                                         {}});
    });
}

void ChatController::onGrew(const std::string& chat, int turn, const engine::AnswerPiece& piece) {
    if (!streamsInView(chat, turn)) return;
    const std::vector<Part>& parts = shown_->turn(turn).parts;
    const bool isFirst = parts.size() == 1 && parts.front().text == piece.text;
    if (isFirst && refreshCut()) return;
    if (piece.kind == engine::PieceKind::TextWasReasoning)
        window_.transcript().refresh(shownMessages(*shown_));
    else
        window_.transcript().appendAnswer(piece.kind == engine::PieceKind::Reasoning ? ui::PartKind::Reasoning
                                                                                     : ui::PartKind::Text,
                                          QString::fromStdString(piece.text));
}

void ChatController::onClosed(const std::string& chat, int turn) {
    const Chat answered = conversation(chat);
    const TurnState state = answered->turn(turn).state;
    if (streamsInView(chat, turn)) window_.transcript().finishAnswer(shownEnd(shown_->turn(turn)));
    judgeReproduction(*answered, turn);
    const auto thinking = answersNow_.extract(chat);
    if (!thinking.empty() && thinking.mapped() == turn && state == TurnState::Stopped)
        return goOn(answered, turn, ThoughtEnd::Closed);
    if (state == TurnState::Complete) emit this->answered(*answered);
    // What was written in the belief that the answer would be there waits for another word.
    if (state == TurnState::Complete)
        sendNext(chat);
    else
        queue_.hold(chat);
}

void ChatController::sendNext(const std::string& chat) {
    const auto prompt = queue_.next(chat);
    const Chat answered = conversation(chat);
    if (!prompt || !answered || answers_.answersIn(chat) || !models_.hasModel()) return;
    addPrompt(answered, *prompt);
    queue_.sent(chat);
}

void ChatController::takeTitle(const std::string& id, const std::string& title) {
    if (const auto chat = conversation(id)) {
        if (chat->header.titleOrigin == TitleOrigin::Person) return;
        chat->header.title = title;
        if (chat == shown_) window_.setChatTitle(QString::fromStdString(title));
    }
    sidebar_.retitle(id, title);
}

void ChatController::stop() {
    if (!answers_.answersIn(shown_->header.id)) return models_.cancelLoading();
    answersNow_.erase(shown_->header.id);
    answers_.stop(shown_->header.id);
}

void ChatController::setReasoning(bool on) {
    ChatSettings settings = settingsHere();
    settings.reasoning = on ? engine::ReasoningMode::On : engine::ReasoningMode::Off;
    changeSettings(shown_->header.system, settings);
}

void ChatController::changeSettings(const std::string& system, const ChatSettings& settings) {
    shown_->header.system = system;
    shown_->header.settings = chatSettingsText(settings);
    if (!shown_->empty()) saver_.save(shown_, {}, {});
    refreshComposer();
}

} // namespace ponder::app
