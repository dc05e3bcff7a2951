#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/conversation.h"
#include "app/exchange/import_document.h"

namespace ponder::app {

/// What was read from an export of this or another program.
struct ImportedChats {
    std::string source; ///< "ChatGPT", "Claude", …
    std::vector<Conversation> chats;
    std::vector<std::string> notes; ///< what could not be taken over as it was, a sentence each
    int unreadable = 0;             ///< chats that had to be left out
};

/// Reads the chats of a JSON file, of a zip with such files, or of a folder. The same chat has the same id in
/// every import. Throws Error, with the place, for files that are not what they should be and for unknown
/// formats.
ImportedChats readChats(const std::filesystem::path& path, const ImportWatch& watch = {});
/// The same for documents in memory; `name` is what errors call them together.
ImportedChats readChats(const std::vector<ImportDocument>& documents, const std::string& name,
                        const ImportWatch& watch = {});

} // namespace ponder::app
