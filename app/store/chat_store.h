#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/conversation.h"
#include "app/store/chat_file.h"
#include "app/store/search_text.h"

namespace ponder::app {

/// A place for chats. A chat is in one or in none.
struct Folder {
    std::string name;
    bool collapsed = false; ///< only its heading is shown

    bool operator==(const Folder&) const = default;
};

/// Chats by their ids.
using ChatIds = std::vector<std::string>;

/// From now on the path goes from `parent` (0: the chat itself) to `child`.
struct BranchChoice {
    int parent = 0;
    int child = 0;
};

/// What one step of a chat changes; all of it is on the disk when `save` returns, or none.
struct ChatChange {
    ChatHeader header;
    std::vector<Turn> turns; ///< new ones, or new contents of old ones
    std::vector<BranchChoice> choices;
};

/// Every branch last looked at.
std::vector<BranchChoice> branchChoices(const Conversation& chat);
/// The whole chat, as a change to an empty file.
ChatChange wholeChat(const Conversation& chat);

/// The key under which something about one chat is remembered (`ChatStore::remember`): erased with the chat.
std::string chatKey(std::string_view kind, std::string_view chat);

struct SearchHit {
    std::string chat;
    int turn = 0;
    std::string title;
    std::string snippet;
    std::vector<std::pair<std::size_t, std::size_t>> marks; ///< begin and end, in bytes of `snippet`
    engine::Role role = engine::Role::User;
    std::int64_t createdMs = 0;
};

/// Quick: for every letter typed. Where very many messages match, the newest come first and none is ranked.
enum class SearchEffort { Thorough, Quick };

struct SearchResults {
    std::int64_t total = 0;
    bool isMore = false; ///< than `total`: a quick search does not count on
    std::vector<SearchHit> hits;
};

/// Chats on disk: SQLite rows ⇄ values, one transaction a call, durable when the call returns. One thread at
/// a time; several processes may have the same file open. Throws Error with the next step.
class ChatStore {
public:
    /// Opens or creates the file; see openChatFile.
    explicit ChatStore(const std::string& path);

    /// What a person should know of the opening: a damaged file, rows saved from it.
    const std::vector<std::string>& notices() const { return file_.notices; }

    /// Adds or updates the chat and the turns. Title, system prompt, settings, model and dates are taken from
    /// the header; where a chat is kept (folder, pin, archive, trash), its draft and the place of the reader
    /// are taken for new chats only and have calls of their own.
    void save(const ChatChange& change);
    /// The same for many chats: all of them or none.
    void saveAll(std::span<const ChatChange> changes);

    /// Chats outside the trash, archived ones too; pinned first, then the latest first.
    std::vector<ChatHeader> chats();
    std::vector<ChatHeader> trashedChats();
    std::optional<Conversation> load(std::string_view chat);

    void rename(std::string_view chat, std::string_view title);
    /// The same, unless a person gave the title there is.
    void retitle(std::string_view chat, std::string_view title);
    void setSettings(std::string_view chat, std::string_view json);
    void setReadingTurn(std::string_view chat, int turn);

    // Where chats are kept: all of them change or none.
    void setPinned(const ChatIds& chats, bool pinned);
    /// 0: out of the archive.
    void setArchived(const ChatIds& chats, std::int64_t archivedMs);
    /// Makes the folder where it is missing. Empty: out of any.
    void setFolder(const ChatIds& chats, std::string_view folder);
    /// Into the trash, where they stay for kTrashDays.
    void trash(const ChatIds& chats);
    void restore(const ChatIds& chats);
    /// For good, without trace in the file.
    void erase(const ChatIds& chats);
    void emptyTrash();

    /// Every folder, empty ones too, in their order.
    std::vector<Folder> folders();
    /// At the end, unless there is one of this name.
    void addFolder(std::string_view name);
    /// Its chats go with it. Nothing where there is no such folder; throws Error where another one has the
    /// new name.
    void renameFolder(std::string_view name, std::string_view newName);
    /// Its chats stay, in no folder.
    void deleteFolder(std::string_view name);
    void setCollapsed(std::string_view folder, bool collapsed);
    /// Folders that are not named keep their order after those that are.
    void orderFolders(const std::vector<std::string>& names);

    void setDraft(std::string_view chat, std::string_view text);
    std::string draft(std::string_view chat);

    /// Small things the window wants to find again. Empty: never remembered.
    void remember(std::string_view key, std::string_view value);
    std::string remembered(std::string_view key);

    /// Best hits first, of equally good ones the newest. `limit` 0: all. Throws QueryStopped once `stop` is
    /// asked for.
    SearchResults search(const SearchQuery& query, int limit, SearchEffort effort = SearchEffort::Thorough,
                         const std::stop_token& stop = {});
    /// The models that have answered lately, the latest first.
    std::vector<std::string> modelNames();

private:
    std::vector<ChatHeader> headers(const std::string& condition);
    void write(const ChatChange& change);
    void makeFolder(std::string_view name);
    void eraseRows(const std::vector<std::int64_t>& rows);

    ChatFile file_;
    Database& database_;
};

} // namespace ponder::app
