#include "app/store/schema.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <vector>

namespace ponder::app {

namespace {

constexpr std::size_t kKeptBackups = 3;

void createTables(Database& database) {
    database.execute(R"sql(
        CREATE TABLE chats(
            id INTEGER PRIMARY KEY,
            uid TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            title_by_person INTEGER NOT NULL DEFAULT 0,
            system TEXT NOT NULL DEFAULT '',
            model_path TEXT NOT NULL DEFAULT '',
            folder TEXT NOT NULL DEFAULT '',
            created INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            deleted INTEGER NOT NULL DEFAULT 0,
            pinned INTEGER NOT NULL DEFAULT 0,
            active_root INTEGER NOT NULL DEFAULT 0,
            draft TEXT NOT NULL DEFAULT ''
        );
        CREATE INDEX chats_by_date ON chats(updated);

        CREATE TABLE turns(
            id INTEGER PRIMARY KEY,
            chat INTEGER NOT NULL REFERENCES chats(id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            parent INTEGER NOT NULL,
            active_child INTEGER NOT NULL DEFAULT 0,
            role TEXT NOT NULL,
            state TEXT NOT NULL,
            created INTEGER NOT NULL,
            finished INTEGER NOT NULL DEFAULT 0,
            model_name TEXT NOT NULL DEFAULT '',
            model_identity TEXT NOT NULL DEFAULT '',
            model_path TEXT NOT NULL DEFAULT '',
            engine_version TEXT NOT NULL DEFAULT '',
            settings TEXT NOT NULL DEFAULT '',
            stop TEXT NOT NULL DEFAULT '',
            failure TEXT NOT NULL DEFAULT '',
            prompt_tokens INTEGER NOT NULL DEFAULT 0,
            reused_tokens INTEGER NOT NULL DEFAULT 0,
            reasoning_tokens INTEGER NOT NULL DEFAULT 0,
            answer_tokens INTEGER NOT NULL DEFAULT 0,
            load_seconds REAL NOT NULL DEFAULT 0,
            prompt_seconds REAL NOT NULL DEFAULT 0,
            answer_seconds REAL NOT NULL DEFAULT 0,
            UNIQUE(chat, number)
        );
        CREATE INDEX turns_unfinished ON turns(state) WHERE state = 'streaming';

        CREATE TABLE parts(
            id INTEGER PRIMARY KEY,
            turn INTEGER NOT NULL REFERENCES turns(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            kind TEXT NOT NULL,
            text TEXT NOT NULL,
            name TEXT NOT NULL DEFAULT '',
            input TEXT NOT NULL DEFAULT '',
            tokens INTEGER NOT NULL DEFAULT 0,
            started INTEGER NOT NULL DEFAULT 0,
            ended INTEGER NOT NULL DEFAULT 0,
            UNIQUE(turn, position)
        );

        -- What the window wants to find again: its place, the open chat, the draft of a chat not yet begun.
        CREATE TABLE remembered(key TEXT PRIMARY KEY, value TEXT NOT NULL);

        -- rowid is turns.id; the texts went through searchText().
        CREATE VIRTUAL TABLE search USING fts5(thoughts, words, tokenize = 'unicode61 remove_diacritics 2');
    )sql");
}

// Archive, a chat's own settings, the place where it was being read; folders that are there without a chat.
void addKeeping(Database& database) {
    database.execute(R"sql(
        ALTER TABLE chats ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE chats ADD COLUMN settings TEXT NOT NULL DEFAULT '';
        ALTER TABLE chats ADD COLUMN reading INTEGER NOT NULL DEFAULT 0;

        CREATE TABLE folders(
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            position INTEGER NOT NULL,
            collapsed INTEGER NOT NULL DEFAULT 0
        );
        INSERT INTO folders(name, position)
            SELECT folder, row_number() OVER (ORDER BY folder) FROM (SELECT DISTINCT folder FROM chats)
            WHERE folder != '';
    )sql");
}

// The first letters of a word find it as fast as the whole word does: what one types while one searches.
void addSearchBeginnings(Database& database) {
    database.execute(R"sql(
        CREATE TEMP TABLE indexed AS SELECT rowid AS turn, thoughts, words FROM search;
        DROP TABLE search;
        CREATE VIRTUAL TABLE search USING
            fts5(thoughts, words, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2');
        INSERT INTO search(rowid, thoughts, words) SELECT turn, thoughts, words FROM indexed;
        DROP TABLE indexed;
    )sql");
}

// Files that took the step above when it was new know the first two letters only.
void addSearchFirstLetters(Database& database) {
    const std::string index = database.text("SELECT sql FROM sqlite_master WHERE name = 'search'");
    if (index.find("prefix = '1 2'") == std::string::npos) addSearchBeginnings(database);
}

constexpr std::array<Migration, 4> kMigrations{createTables, addKeeping, addSearchBeginnings,
                                               addSearchFirstLetters};

void backUp(Database& database, const std::string& path, std::int64_t version) {
    namespace fs = std::filesystem;
    const fs::path file(path);
    fs::remove(path + ".before-version-" + std::to_string(version + 1));
    database.backUpTo(path + ".before-version-" + std::to_string(version + 1));

    std::vector<fs::path> backups;
    for (const auto& entry : fs::directory_iterator(file.parent_path()))
        if (entry.path().filename().string().starts_with(file.filename().string() + ".before-version-"))
            backups.push_back(entry.path());
    std::sort(backups.begin(), backups.end(), [](const fs::path& a, const fs::path& b) {
        return fs::last_write_time(a) > fs::last_write_time(b);
    });
    for (std::size_t i = kKeptBackups; i < backups.size(); ++i) fs::remove(backups[i]);
}

} // namespace

void deleteChat(Database& database, std::int64_t chat) {
    database.run("DELETE FROM search WHERE rowid IN (SELECT id FROM turns WHERE chat = ?)", chat);
    // Everything under chatKey(): files of its draft, messages that were waiting.
    database.run("DELETE FROM remembered WHERE instr(key, '/') > 0 AND substr(key, instr(key, '/') + 1) = "
                 "(SELECT uid FROM chats WHERE id = ?)",
                 chat);
    database.run("DELETE FROM chats WHERE id = ?", chat);
}

void forgetDeletedWords(Database& database) {
    database.execute("INSERT INTO search(search) VALUES('optimize')");
}

void shrinkFile(Database& database) {
    database.execute("VACUUM");
    database.text("PRAGMA wal_checkpoint(TRUNCATE)");
}

std::span<const Migration> migrations() {
    return kMigrations;
}

void bringUpToDate(Database& database, const std::string& path, std::span<const Migration> steps) {
    const std::int64_t version = database.integer("PRAGMA user_version");
    const std::int64_t newest = static_cast<std::int64_t>(steps.size());
    const bool fresh = database.integer("SELECT count(*) FROM sqlite_master") == 0;
    if (!fresh && database.integer("PRAGMA application_id") != kApplicationId)
        throw engine::Error("The file " + path +
                            " belongs to another program. Move it away, or choose another data "
                            "folder with --data-dir.");
    if (version > newest)
        throw engine::Error("The chats in " + path + " were written by a newer Ponder (version " +
                            std::to_string(version) + " of the file, this Ponder knows " +
                            std::to_string(newest) +
                            "). Install the newer Ponder again; nothing was changed.");
    if (version == newest) return;
    if (!fresh) backUp(database, path, version);
    for (std::int64_t step = version; step < newest; ++step) {
        Transaction transaction(database);
        // Another process may have taken this step while we waited for the lock.
        if (database.integer("PRAGMA user_version") > step) continue;
        steps[static_cast<std::size_t>(step)](database);
        database.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
        database.execute("PRAGMA user_version = " + std::to_string(step + 1));
        transaction.commit();
    }
}

} // namespace ponder::app
