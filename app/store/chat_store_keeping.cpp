// Where chats are kept: pinned, in folders, in the archive, in the trash.
#include "app/store/chat_store.h"

namespace ponder::app {

namespace {

/// The statement takes a value and a chat's id.
template <typename Value>
void changeEach(Database& database, std::string_view sql, const Value& value, const ChatIds& chats) {
    Transaction transaction(database);
    Statement statement = database.prepare(sql);
    for (const std::string& chat : chats) statement.bind(value, chat).run();
    transaction.commit();
}

bool hasFolder(Database& database, std::string_view name) {
    Statement found = database.prepare("SELECT 1 FROM folders WHERE name = ?");
    found.bind(name);
    return found.step();
}

} // namespace

void ChatStore::setPinned(const ChatIds& chats, bool pinned) {
    changeEach(database_, "UPDATE chats SET pinned = ? WHERE uid = ?", pinned ? 1 : 0, chats);
}

void ChatStore::setArchived(const ChatIds& chats, std::int64_t archivedMs) {
    changeEach(database_, "UPDATE chats SET archived = ? WHERE uid = ?", archivedMs, chats);
}

void ChatStore::setFolder(const ChatIds& chats, std::string_view folder) {
    Transaction transaction(database_);
    if (!folder.empty()) makeFolder(folder);
    Statement statement = database_.prepare("UPDATE chats SET folder = ? WHERE uid = ?");
    for (const std::string& chat : chats) statement.bind(folder, chat).run();
    transaction.commit();
}

void ChatStore::trash(const ChatIds& chats) {
    changeEach(database_, "UPDATE chats SET deleted = ? WHERE uid = ?", nowMilliseconds(), chats);
}

void ChatStore::restore(const ChatIds& chats) {
    changeEach(database_, "UPDATE chats SET deleted = ? WHERE uid = ?", 0, chats);
}

void ChatStore::erase(const ChatIds& chats) {
    std::vector<std::int64_t> rows;
    for (const std::string& chat : chats) {
        Statement found = database_.prepare("SELECT id FROM chats WHERE uid = ?");
        if (found.bind(chat).step()) rows.push_back(found.integer(0));
    }
    eraseRows(rows);
}

void ChatStore::emptyTrash() {
    std::vector<std::int64_t> rows;
    {
        Statement found = database_.prepare("SELECT id FROM chats WHERE deleted > 0");
        while (found.step()) rows.push_back(found.integer(0));
    }
    eraseRows(rows);
}

void ChatStore::eraseRows(const std::vector<std::int64_t>& rows) {
    if (rows.empty()) return;
    {
        Transaction transaction(database_);
        for (const std::int64_t row : rows) deleteChat(database_, row);
        forgetDeletedWords(database_);
        transaction.commit();
    }
    shrinkFile(database_);
}

std::vector<Folder> ChatStore::folders() {
    std::vector<Folder> folders;
    Statement rows = database_.prepare("SELECT name, collapsed FROM folders ORDER BY position, id");
    while (rows.step()) folders.push_back({.name = rows.text(0), .collapsed = rows.integer(1) != 0});
    return folders;
}

void ChatStore::makeFolder(std::string_view name) {
    database_.run("INSERT OR IGNORE INTO folders(name, position) "
                  "VALUES(?, (SELECT coalesce(max(position), 0) + 1 FROM folders))",
                  name);
}

void ChatStore::addFolder(std::string_view name) {
    makeFolder(name);
}

void ChatStore::renameFolder(std::string_view name, std::string_view newName) {
    Transaction transaction(database_);
    if (name == newName || !hasFolder(database_, name)) return;
    if (hasFolder(database_, newName))
        throw engine::Error("There is a folder “" + std::string(newName) + "” already. Choose another name.");
    database_.run("UPDATE folders SET name = ? WHERE name = ?", newName, name);
    database_.run("UPDATE chats SET folder = ? WHERE folder = ?", newName, name);
    transaction.commit();
}

void ChatStore::deleteFolder(std::string_view name) {
    Transaction transaction(database_);
    database_.run("UPDATE chats SET folder = '' WHERE folder = ?", name);
    database_.run("DELETE FROM folders WHERE name = ?", name);
    transaction.commit();
}

void ChatStore::setCollapsed(std::string_view folder, bool collapsed) {
    database_.run("UPDATE folders SET collapsed = ? WHERE name = ?", collapsed ? 1 : 0, folder);
}

void ChatStore::orderFolders(const std::vector<std::string>& names) {
    Transaction transaction(database_);
    database_.run("UPDATE folders SET position = position + ?", static_cast<std::int64_t>(names.size()));
    Statement statement = database_.prepare("UPDATE folders SET position = ? WHERE name = ?");
    int position = 0;
    for (const std::string& name : names) statement.bind(position++, name).run();
    transaction.commit();
}

} // namespace ponder::app
