#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/conversation.h"
#include "app/file_lock.h"
#include "app/store/database.h"
#include "app/store/schema.h"

namespace ponder::app {

/// Deleted chats can be had back for so long.
inline constexpr int kTrashDays = 30;

/// The chat database, opened, of today's version and in order.
struct ChatFile {
    std::optional<FileLock>
        lock; ///< shared by all processes that have the file open; none: nobody can write it
    std::unique_ptr<Database> database;
    std::vector<std::string> notices; ///< what a person should know of the opening, a sentence or two each
};

/// Opens or creates the chat file. The first process to open it also looks after it: checks it when the last
/// exit was not a clean one, sets a damaged file aside as "….corrupt-DATE" and salvages what is readable,
/// marks answers that were being written as interrupted, and, by the clock that says `nowMs`, erases what
/// has been in the trash for 30 days.
/// A file that is there and cannot be written is opened for reading, with a notice that says so.
/// Throws Error: newer version, foreign file, no permission, disk full.
ChatFile openChatFile(const std::string& path, std::span<const Migration> steps = migrations(),
                      std::int64_t nowMs = nowMilliseconds());

} // namespace ponder::app
