#pragma once

#include <span>
#include <string>

#include "app/store/database.h"

namespace ponder::app {

/// One step from version n to n + 1 of the chat file; the list's index is n.
using Migration = void (*)(Database&);

/// All steps from an empty file to today's.
std::span<const Migration> migrations();

/// Marks the file as Ponder's, for file(1) and for refusing foreign databases.
inline constexpr int kApplicationId = 0x506f6e64; // "Pond"

/// Deletes the chat's row with all that belongs to it, its words in the search index too: a trigger could
/// not, as the schema of a damaged file is not trusted with the index.
void deleteChat(Database& database, std::int64_t chat);
/// Deleted words stay in the search index's old segments until they are merged, which this does; within the
/// transaction that deleted them.
void forgetDeletedWords(Database& database);
/// Gives the room of deleted chats back, so that no page or log holds what they said; outside a transaction.
void shrinkFile(Database& database);

/// Brings the file at `path` to the newest version, each step in its own transaction; before the first step
/// the old file is copied beside it, and the newest three such copies are kept. Throws Error for files
/// written by a newer Ponder or by another program.
void bringUpToDate(Database& database, const std::string& path, std::span<const Migration> steps);

} // namespace ponder::app
