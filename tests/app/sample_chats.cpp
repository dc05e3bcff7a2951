#include "tests/app/sample_chats.h"

namespace ponder::app {

Conversation chatOf(const std::string& title, const std::vector<std::string>& texts) {
    Conversation chat;
    chat.header.id = newChatId();
    chat.header.title = title;
    chat.header.createdMs = 1'700'000'000'000;
    chat.header.updatedMs = chat.header.createdMs;
    int last = 0;
    for (std::size_t i = 0; i < texts.size(); ++i)
        last = chat.add(last, i % 2 == 0 ? engine::Role::User : engine::Role::Assistant, {textPart(texts[i])})
                   .number;
    return chat;
}

} // namespace ponder::app
