#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/exchange/export.h"

namespace ponder::app {

/// A kind of file that chats can be written to.
struct ExportFormat {
    std::string_view extension; ///< also its name in the terminal
    std::string (*write)(const std::vector<Conversation>& chats, std::int64_t nowMs);
    bool isDrawn = false; ///< writing it needs a QGuiApplication, for its fonts
};

/// Null where there is none.
const ExportFormat* exportFormat(std::string_view extension);

/// "Sums_2026-11-24.md": the title without what a file name cannot have, at most 100 characters of it, the
/// local date.
std::string exportFileName(std::string_view title, std::int64_t nowMs, std::string_view extension);

} // namespace ponder::app
