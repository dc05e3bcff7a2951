#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/conversation.h"

namespace ponder::app {

/// Our own format: everything there is of the chats, branches included; `exported_at` alone differs between
/// two exports of the same chats.
std::string exportJson(const std::vector<Conversation>& chats, std::int64_t nowMs);
/// The branch last looked at, thoughts folded away.
std::string exportMarkdown(const std::vector<Conversation>& chats, std::int64_t nowMs);
/// The branch last looked at, as one page that looks like the window, light or dark, and fetches nothing.
std::string exportHtml(const std::vector<Conversation>& chats, std::int64_t nowMs);
/// The branch last looked at, as a document to read and print: A4 or Letter as the country has it, text that
/// can be selected, thoughts in small print. Needs a QGuiApplication.
std::string exportPdf(const std::vector<Conversation>& chats, std::int64_t nowMs);
/// The branch last looked at, without thoughts and without Markdown's signs.
std::string exportText(const std::vector<Conversation>& chats);

/// "2026-11-24T02:15:09.120Z"; empty for 0.
std::string dateText(std::int64_t milliseconds);
/// "2026-11-24", local time.
std::string dayText(std::int64_t milliseconds);

} // namespace ponder::app
