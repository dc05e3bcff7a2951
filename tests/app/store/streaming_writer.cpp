// Streams made-up answers into the chat file of a folder until it is killed, and tells on its standard output
// what is safe and what has come; see kill_loop.h.

#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "app/answer_builder.h"
#include "app/store/chat_store.h"

namespace {

using namespace ponder;
using namespace ponder::app;
using Clock = std::chrono::steady_clock;

constexpr auto kCheckpointEvery = std::chrono::milliseconds(200);
constexpr int kPiecesOfAnAnswer = 300;

void tell(const std::string& line) {
    const std::string whole = line + "\n";
    if (::write(STDOUT_FILENO, whole.data(), whole.size()) < 0) ::_exit(1);
}

void stream(ChatStore& store, Conversation& chat, Turn& turn, const std::string& prompt) {
    auto saved = Clock::now();
    std::size_t bytes = 0;
    for (int piece = 0; piece < kPiecesOfAnAnswer; ++piece) {
        std::this_thread::sleep_for(std::chrono::milliseconds(3));
        const std::string text = "piece " + std::to_string(piece) + " ";
        appendPiece(turn, {piece < 50 ? engine::PieceKind::Reasoning : engine::PieceKind::Text, text, 1});
        bytes += text.size();
        tell("T " + std::to_string(nowMilliseconds()) + " " + std::to_string(bytes) + " " + prompt);
        if (Clock::now() - saved < kCheckpointEvery) continue;
        store.save({chat.header, {turn}, {}});
        saved = Clock::now();
    }
    finishAnswer(turn, {});
    store.save({chat.header, {turn}, {}});
}

void converse(ChatStore& store, int number) {
    Conversation chat;
    chat.header.id = newChatId();
    chat.header.title = "chat " + std::to_string(number);
    for (int question = 0; question < 3; ++question) {
        const std::string text = "prompt " + std::to_string(::getpid()) + " " + std::to_string(number) + " " +
                                 std::to_string(question);
        const auto path = chat.activePath();
        const int parent = path.empty() ? 0 : path.back();
        const Turn prompt = chat.add(parent, engine::Role::User, {textPart(text)});
        Turn& turn = chat.add(prompt.number, engine::Role::Assistant, {});
        turn.state = TurnState::Streaming;
        store.save({chat.header, {prompt, turn}, {{parent, prompt.number}, {prompt.number, turn.number}}});
        tell("P " + text);
        stream(store, chat, turn, text);
    }
}

} // namespace

int main(int, char** arguments) {
    ChatStore store(std::string(arguments[1]) + "/chats.db");
    for (int number = 0;; ++number) converse(store, number);
}
