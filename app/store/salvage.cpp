#include "app/store/salvage.h"

#include <algorithm>
#include <functional>
#include <vector>

#include "app/conversation.h"
#include "app/store/search_text.h"

namespace ponder::app {

namespace {

constexpr std::int64_t kLargestRow = std::int64_t{1} << 40;
constexpr int kFailuresInARow = 20'000; // more than any stretch of broken pages makes: nothing follows

/// Reads one table by ranges of row numbers; where a page is broken, the range is halved until single rows
/// remain.
class TableReader {
public:
    TableReader(Database& damaged, std::string columns, std::string table)
        : damaged_(damaged),
          select_("SELECT id, " + columns + " FROM " + table + " WHERE id >= ? AND id < ?"),
          largest_("SELECT max(id) FROM " + table) {}

    /// True if no row was skipped.
    bool read(const std::function<void(Statement&)>& row) {
        row_ = &row;
        next_ = 1;
        std::int64_t end = kLargestRow;
        try {
            damaged_.prepare(select_);
        } catch (const engine::Error&) {
            return false; // not even the list of tables can be read
        }
        try {
            end = damaged_.integer(largest_) + 1;
        } catch (const engine::Error&) {
            whole_ = false;
        }
        readRange(1, end);
        return whole_;
    }

private:
    void readRange(std::int64_t begin, std::int64_t end) {
        begin = std::max(begin, next_); // rows already taken before an error
        if (begin >= end || failuresInARow_ >= kFailuresInARow) return;
        try {
            Statement statement = damaged_.prepare(select_);
            statement.bind(begin, end);
            while (statement.step()) {
                (*row_)(statement);
                next_ = statement.integer(0) + 1;
                failuresInARow_ = 0;
            }
            next_ = end;
        } catch (const engine::Error&) {
            whole_ = false;
            ++failuresInARow_;
            begin = std::max(begin, next_);
            if (end - begin <= 1) return;
            const std::int64_t middle = begin + (end - begin) / 2;
            readRange(begin, middle);
            readRange(middle, end);
        }
    }

    Database& damaged_;
    std::string select_;
    std::string largest_;
    const std::function<void(Statement&)>* row_ = nullptr;
    std::int64_t next_ = 1;
    bool whole_ = true;
    int failuresInARow_ = 0;
};

struct Table {
    std::string name;
    std::string columns;
    int count;
};

/// Whether the file's list of tables has this one, with all its columns.
bool canRead(Database& damaged, const Table& table) {
    try {
        damaged.prepare("SELECT id, " + table.columns + " FROM " + table.name);
        return true;
    } catch (const engine::Error&) {
        return false;
    }
}

/// Copies a row as it is; the column lists of both statements are the same.
void copyRow(Statement& from, Database& into, const std::string& table, const std::string& columns,
             int count) {
    std::string places = "?";
    for (int i = 0; i < count; ++i) places += ", ?";
    Statement insert =
        into.prepare("INSERT OR IGNORE INTO " + table + "(id, " + columns + ") VALUES(" + places + ")");
    insert.bindRow(from, count + 1);
    insert.run();
}

void adoptOrphans(Database& into) {
    if (into.integer("SELECT count(*) FROM turns WHERE chat NOT IN (SELECT id FROM chats)") == 0 &&
        into.integer("SELECT count(*) FROM parts WHERE turn NOT IN (SELECT id FROM turns)") == 0)
        return;
    into.run("INSERT INTO chats(uid, title, created, updated) VALUES(?, 'Recovered', ?, ?)", newChatId(),
             nowMilliseconds(), nowMilliseconds());
    const std::int64_t chat = into.lastRowId();
    into.run("INSERT INTO turns(id, chat, number, parent, role, state, created) "
             "SELECT DISTINCT turn, ?, turn + 1000000000, 0, 'assistant', 'interrupted', 0 FROM parts "
             "WHERE turn NOT IN (SELECT id FROM turns)",
             chat);
    into.run("UPDATE turns SET chat = ?, number = id + 1000000000 WHERE chat NOT IN (SELECT id FROM chats)",
             chat);
    // One straight line, in the order of the rows.
    into.run("UPDATE turns SET number = (SELECT count(*) FROM turns AS earlier WHERE earlier.chat = "
             "turns.chat AND "
             "earlier.id <= turns.id) WHERE chat = ?",
             chat);
    into.run("UPDATE turns SET parent = number - 1, active_child = number + 1 WHERE chat = ?", chat);
}

/// A turn whose parent is lost hangs on the nearest earlier turn of its chat.
void mendBranches(Database& into) {
    into.execute(
        "UPDATE turns SET parent = coalesce((SELECT max(earlier.number) FROM turns AS earlier WHERE "
        "earlier.chat = turns.chat AND earlier.number < turns.number), 0) WHERE parent != 0 AND NOT EXISTS "
        "(SELECT 1 FROM turns AS p WHERE p.chat = turns.chat AND p.number = turns.parent)");
}

void indexForSearch(Database& into) {
    Statement insert = into.prepare("INSERT INTO search(rowid, thoughts, words) VALUES(?, ?, ?)");
    Statement rows = into.prepare(
        "SELECT turn, coalesce(group_concat(CASE WHEN kind = 'reasoning' THEN text END, char(10)), ''), "
        "coalesce(group_concat(CASE WHEN kind != 'reasoning' THEN text END, char(10)), '') FROM parts GROUP "
        "BY turn");
    rows.bind();
    while (rows.step())
        insert.bind(rows.integer(0), searchText(rows.text(1)), searchText(rows.text(2))).run();
}

} // namespace

std::string SalvageReport::sentence(const std::string& keptAs) const {
    const std::string what = std::to_string(chats) + (chats == 1 ? " chat" : " chats") + " with " +
                             std::to_string(turns) + (turns == 1 ? " message" : " messages");
    return "The chat file was damaged. " + what +
           (complete ? " were saved, as far as can be told all of them." : " could be saved.") +
           " The damaged file is kept as " + keptAs + ".";
}

SalvageReport salvage(const std::string& damagedPath, Database& into) {
    const std::string chatColumns =
        "uid, title, title_by_person, system, model_path, folder, created, updated, "
        "deleted, pinned, active_root, draft";
    const std::vector<Table> tables{
        {"chats", chatColumns + ", archived, settings, reading", 15},
        {"turns",
         "chat, number, parent, active_child, role, state, created, finished, model_name, model_identity, "
         "model_path, engine_version, settings, stop, failure, prompt_tokens, reused_tokens, "
         "reasoning_tokens, "
         "answer_tokens, load_seconds, prompt_seconds, answer_seconds",
         22},
        {"parts", "turn, position, kind, text, name, input, tokens, started, ended", 9},
        {"folders", "name, position, collapsed", 3},
    };
    const std::vector<Table> tablesOfVersion1{{"chats", chatColumns, 12}, tables[1], tables[2]};
    SalvageReport report{.chats = 0, .turns = 0, .complete = true};
    into.execute("PRAGMA foreign_keys = OFF");
    {
        Transaction transaction(into);
        try {
            Database damaged(damagedPath, DatabaseAccess::Salvage);
            const bool isVersion1 = !canRead(damaged, tables[0]) && canRead(damaged, tablesOfVersion1[0]);
            for (const Table& table : isVersion1 ? tablesOfVersion1 : tables) {
                TableReader reader(damaged, table.columns, table.name);
                const bool all = reader.read(
                    [&](Statement& row) { copyRow(row, into, table.name, table.columns, table.count); });
                report.complete = report.complete && all;
            }
        } catch (const engine::Error&) {
            report.complete = false; // not even the file can be opened
        }
        adoptOrphans(into);
        into.execute("INSERT OR IGNORE INTO folders(name, position) SELECT DISTINCT folder, 1000000000 FROM "
                     "chats WHERE folder != ''");
        mendBranches(into);
        indexForSearch(into);
        transaction.commit();
    }
    into.execute("PRAGMA foreign_keys = ON");
    report.chats = into.integer("SELECT count(*) FROM chats");
    report.turns = into.integer("SELECT count(*) FROM turns");
    return report;
}

} // namespace ponder::app
