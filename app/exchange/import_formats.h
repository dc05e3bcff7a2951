#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "app/conversation.h"

namespace ponder::app {

/// How one program writes a chat. To add a program: a file import_PROGRAM.cpp with its format, a line below
/// and one in `chatFormats`.
struct ChatFormat {
    const char* name;
    bool (*recognises)(const nlohmann::json& chat);
    /// Throws Error for a chat without the fields that make it one; what else is odd goes to `notes`.
    Conversation (*read)(const nlohmann::json& chat, std::vector<std::string>& notes);
};

std::span<const ChatFormat> chatFormats();

extern const ChatFormat kPonderFormat;
extern const ChatFormat kDeepSeekFormat;
extern const ChatFormat kChatGptFormat;
extern const ChatFormat kClaudeFormat;
extern const ChatFormat kOpenWebUiFormat;
extern const ChatFormat kLmStudioFormat;
extern const ChatFormat kLlamaCppFormat;
extern const ChatFormat kJanFormat;

} // namespace ponder::app
