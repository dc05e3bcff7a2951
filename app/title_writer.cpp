#include "app/title_writer.h"

#include "app/chat_title.h"

namespace ponder::app {

namespace {

// Of each message: the gist of a chat stands at its beginning.
constexpr std::size_t kMostBytes = 1000;
constexpr std::size_t kMostSystemBytes = 400;
constexpr int kMostTokens = 96;
// Of a model that will not be kept from thinking.
constexpr int kThoughtTokens = 48;
constexpr int kMostAttempts = 8;

constexpr const char* kQuestion = "Write a title for this conversation: at most six words, in the language "
                                  "of my first message. Answer with "
                                  "the title alone.";

std::string beginning(const std::string& text, std::size_t mostBytes) {
    if (text.size() <= mostBytes) return text;
    std::size_t end = mostBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return text.substr(0, end);
}

/// The first answer, if it is the only one and done.
const Turn* onlyAnswer(const Conversation& chat) {
    const Turn* only = nullptr;
    for (const Turn& turn : chat.turns()) {
        if (turn.role != engine::Role::Assistant) continue;
        if (only) return nullptr;
        only = &turn;
    }
    return only && only->state == TurnState::Complete && !joinedText(*only, PartKind::Text).empty() ? only
                                                                                                    : nullptr;
}

engine::ChatRequest titleRequest(const Conversation& chat) {
    engine::ChatRequest request;
    // As the chat's own prompt begins: what the engine has evaluated of it, it need not evaluate again.
    request.messages = messagesFor(chat, chat.activePath(), PastThoughts::LeaveOut);
    for (engine::Message& message : request.messages)
        message.text =
            beginning(message.text, message.role == engine::Role::System ? kMostSystemBytes : kMostBytes);
    request.messages.emplace_back().text = kQuestion;
    request.reasoning = engine::ReasoningMode::Off;
    request.reasoningBudget = kThoughtTokens;
    request.sampling.temperature = 0.3f;
    request.maximumTokens = kMostTokens;
    return request;
}

} // namespace

TitleWriter::TitleWriter(EngineClient& engine, const ModelController& models, const Settings& settings)
    : engine_(engine), models_(models), settings_(settings) {
    connect(&engine_, &EngineClient::frameEnded, this, &TitleWriter::tryNow);
}

void TitleWriter::consider(const Conversation& chat) {
    if (settings_.chatTitles != ChatTitles::ByModel || models_.isStarter()) return;
    if (chat.header.titleOrigin != TitleOrigin::Automatic || !onlyAnswer(chat)) return;
    wish_ = Wish{chat.header.id, models_.engineOptions(), titleRequest(chat), 0, {}};
    if (asking_ != 0) engine_.cancel(asking_);
    tryNow();
}

void TitleWriter::tryNow() {
    if (!wish_ || asking_ != 0 || engine_.busy()) return;
    if (++wish_->attempts > kMostAttempts || wish_->options.modelPath != models_.current()) {
        wish_.reset();
        return;
    }
    wish_->answer.clear();
    asking_ = engine_.ask(wish_->options, wish_->request,
                          [this, chat = wish_->chat](const EngineEvent& event) { onEvent(chat, event); });
}

void TitleWriter::onEvent(const std::string& chat, const EngineEvent& event) {
    if (std::holds_alternative<RequestDone>(event)) asking_ = 0;
    if (!wish_ || wish_->chat != chat) return;
    if (const auto* piece = std::get_if<engine::AnswerPiece>(&event)) {
        if (piece->kind == engine::PieceKind::TextWasReasoning) wish_->answer.clear();
        if (piece->kind == engine::PieceKind::Text) wish_->answer += piece->text;
    } else if (std::holds_alternative<AnswerFailed>(event)) {
        wish_.reset();
    } else if (const auto* finished = std::get_if<AnswerFinished>(&event)) {
        if (finished->summary.stop == engine::StopReason::Cancelled)
            return; // once more, when the engine is idle
        const std::string title = titleFromAnswer(wish_->answer, kQuestion);
        wish_.reset();
        if (!title.empty()) emit written(chat, title);
    }
}

} // namespace ponder::app
