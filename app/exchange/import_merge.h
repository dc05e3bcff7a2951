#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/exchange/import.h"
#include "app/store/chat_store.h"

namespace ponder::app {

/// What an import does to the chats that are there.
struct ImportPlan {
    std::vector<ChatChange> changes;
    int added = 0;
    int grown = 0;     ///< there already, and with more messages now
    int unchanged = 0; ///< there already, with all that the import has
    int trashed = 0;   ///< in the trash, where it stays
    int open = 0;      ///< with new messages, but in somebody's hands
};

/// Compares an import with the store. A chat that is there keeps its title and what was written here;
/// messages it does not have yet are added where they belong. Save `changes` in one go with
/// ChatStore::saveAll. Null: there are no chats yet. `open`: ids of chats that somebody has in memory and
/// would write over; they do not grow.
ImportPlan planImport(ChatStore* store, const std::vector<Conversation>& imported,
                      const std::set<std::string>& open = {}, const ImportWatch& watch = {});

} // namespace ponder::app
