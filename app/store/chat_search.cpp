// How ChatStore finds messages.
#include <algorithm>
#include <variant>

#include "app/store/chat_store.h"

namespace ponder::app {

namespace {

// Ranking looks at every message that matches: of very many, a quick search shows the newest.
constexpr int kMostRanked = 500;
constexpr int kTurnsLookedAt = 20000; // for the names of models

constexpr char kMarkBegin = '\x02';
constexpr char kMarkEnd = '\x03';

void takeMarks(std::string_view marked, SearchHit& hit) {
    for (const char letter : marked) {
        if (letter == kMarkBegin)
            hit.marks.emplace_back(hit.snippet.size(), hit.snippet.size());
        else if (letter == kMarkEnd && !hit.marks.empty())
            hit.marks.back().second = hit.snippet.size();
        else
            hit.snippet += letter == '\n' || letter == '\t' ? ' ' : letter;
    }
}

/// The FROM and WHERE of a search, with the values for its question marks.
struct SearchCondition {
    std::string sql;
    std::string id;           ///< that of the turn, in the table that is walked
    bool isMatchOnly = false; ///< nothing is asked but the words
    std::vector<std::variant<std::int64_t, std::string>> values;

    explicit SearchCondition(const SearchQuery& query)
        : id(query.match.empty() ? "turns.id" : "search.rowid") {
        // The newest first without sorting: SQLite walks the first table, CROSS keeps the order it is given.
        sql = query.match.empty() ? " FROM turns CROSS JOIN chats ON chats.id = turns.chat "
                                    "CROSS JOIN search ON search.rowid = turns.id WHERE chats.deleted = 0"
                                  : " FROM search CROSS JOIN turns ON turns.id = search.rowid "
                                    "CROSS JOIN chats ON chats.id = turns.chat WHERE chats.deleted = 0";
        if (!query.match.empty()) add(" AND search MATCH ?", query.match);
        isMatchOnly = !query.match.empty(); // so far
        if (query.archived) restrict(" AND chats.archived > 0");
        if (query.role) add(" AND turns.role = ?", std::string(roleName(*query.role)));
        if (query.place == SearchPlace::Answers) add(" AND turns.role = ?", std::string("assistant"));
        if (query.place == SearchPlace::Thoughts && query.match.empty())
            restrict(" AND search.thoughts != ''");
        if (!query.model.empty()) add(" AND instr(lower(turns.model_name), lower(?)) > 0", query.model);
        if (query.afterMs) add(" AND turns.created >= ?", query.afterMs);
        if (query.beforeMs) add(" AND turns.created < ?", query.beforeMs);
    }

    Statement prepare(Database& database, const std::string& what, const std::string& how) const {
        Statement statement = database.prepare("SELECT " + what + sql + how);
        statement.bind();
        int position = 0;
        for (const auto& value : values)
            std::visit([&](const auto& v) { statement.bindAt(++position, v); }, value);
        return statement;
    }

private:
    void restrict(const char* condition) {
        sql += condition;
        isMatchOnly = false;
    }
    void add(const char* condition, std::variant<std::int64_t, std::string> value) {
        restrict(condition);
        values.push_back(std::move(value));
    }
};

SearchHit hitFrom(const Statement& row) {
    SearchHit hit;
    hit.chat = row.text(0);
    hit.turn = static_cast<int>(row.integer(1));
    hit.title = row.text(2);
    takeMarks(shownText(row.text(3)), hit);
    hit.role = roleFromName(row.text(4));
    hit.createdMs = row.integer(5);
    return hit;
}

} // namespace

SearchResults ChatStore::search(const SearchQuery& query, int limit, SearchEffort effort,
                                const std::stop_token& stop) {
    SearchResults results;
    if (query.impossible) return results;
    const StoppableQueries stoppable(database_, stop);
    const SearchCondition condition(query);
    std::string how;
    bool many = false;
    if (effort == SearchEffort::Quick) {
        const int most = std::max(kMostRanked, limit);
        std::int64_t oldest = 0;
        Statement newest = condition.prepare(
            database_, condition.id, " ORDER BY " + condition.id + " DESC LIMIT " + std::to_string(most + 1));
        while (newest.step()) {
            oldest = newest.integer(0);
            ++results.total;
        }
        many = results.isMore = results.total > most;
        if (many) how = " AND " + condition.id + " >= " + std::to_string(oldest);
    }
    const bool trash = database_.integer("SELECT EXISTS(SELECT 1 FROM chats WHERE deleted > 0)") != 0;
    if (effort == SearchEffort::Thorough) {
        Statement count = condition.prepare(database_, "count(*)", "");
        count.step();
        results.total = count.integer(0);
    } else if (results.isMore && condition.isMatchOnly && !trash) {
        Statement count = database_.prepare("SELECT count(*) FROM search WHERE search MATCH ?");
        count.bind(query.match);
        count.step();
        results.total = count.integer(0);
        results.isMore = false;
    }
    const bool ranked = !query.match.empty() && !many;
    how += std::string(" ORDER BY ") + (ranked ? "round(bm25(search), 1), " : "") +
           "turns.created DESC, turns.id DESC";
    if (limit > 0) how += " LIMIT " + std::to_string(limit);
    const std::string snippet = !query.match.empty() ? "snippet(search, -1, char(2), char(3), '…', 32)"
                                                     : "substr(search.words, 1, 160)";
    Statement rows = condition.prepare(
        database_, "chats.uid, turns.number, chats.title, " + snippet + ", turns.role, turns.created", how);
    while (rows.step()) results.hits.push_back(hitFrom(rows));
    return results;
}

std::vector<std::string> ChatStore::modelNames() {
    std::vector<std::string> names;
    Statement rows = database_.prepare(
        "SELECT model_name FROM (SELECT id, model_name FROM turns ORDER BY id DESC LIMIT ?) "
        "WHERE model_name != '' GROUP BY model_name ORDER BY max(id) DESC");
    rows.bind(kTurnsLookedAt);
    while (rows.step()) names.push_back(rows.text(0));
    return names;
}

} // namespace ponder::app
