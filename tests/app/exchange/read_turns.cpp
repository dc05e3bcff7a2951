#include "tests/app/exchange/read_turns.h"

namespace ponder::app {

std::string shown(const Turn& turn) {
    std::string text(roleName(turn.role));
    for (const Part& part : turn.parts) {
        text += "[" + std::string(partKindName(part.kind)) + ":";
        if (!part.name.empty()) text += part.name + "/";
        if (!part.input.empty()) text += part.input + "/";
        text += part.text + "]";
    }
    return text;
}

std::vector<std::string> activeTurns(const Conversation& chat) {
    std::vector<std::string> lines;
    for (const int number : chat.activePath()) lines.push_back(shown(chat.turn(number)));
    return lines;
}

std::string errorOf(const std::function<void()>& step) {
    try {
        step();
    } catch (const engine::Error& error) {
        return error.what();
    }
    return {};
}

} // namespace ponder::app
