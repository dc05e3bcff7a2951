#include "app/answer_watch.h"

namespace ponder::app {

void AnswerWatch::takeAt(const std::set<std::string>& chats, Clock::time_point now) {
    std::set<std::string> ended;
    for (const auto& [chat, begun] : begun_)
        if (!chats.contains(chat) && now - begun > kLong) ended.insert(chat);
    std::erase_if(begun_, [&](const auto& entry) { return !chats.contains(entry.first); });
    for (const std::string& chat : chats) begun_.try_emplace(chat, now);
    for (const std::string& chat : ended) emit longAnswerEnded(chat);
}

} // namespace ponder::app
