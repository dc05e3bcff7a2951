#include "app/store/chat_store.h"

namespace ponder::app {

namespace {

constexpr std::string_view kChatColumns = "uid, title, title_by_person, system, model_path, folder, created, "
                                          "updated, deleted, pinned, active_root, "
                                          "archived, settings, reading";
constexpr int kChatColumnCount = 14;

ChatHeader headerFrom(const Statement& row) {
    ChatHeader header;
    header.id = row.text(0);
    header.title = row.text(1);
    header.titleOrigin = row.integer(2) ? TitleOrigin::Person : TitleOrigin::Automatic;
    header.system = row.text(3);
    header.modelPath = row.text(4);
    header.folder = row.text(5);
    header.createdMs = row.integer(6);
    header.updatedMs = row.integer(7);
    header.deletedMs = row.integer(8);
    header.pinned = row.integer(9) != 0;
    header.activeRoot = static_cast<int>(row.integer(10));
    header.archivedMs = row.integer(11);
    header.settings = row.text(12);
    header.readingTurn = static_cast<int>(row.integer(13));
    return header;
}

bool isNew(Database& database, std::string_view chat) {
    Statement found = database.prepare("SELECT 1 FROM chats WHERE uid = ?");
    found.bind(chat);
    return !found.step();
}

std::int64_t saveHeader(Database& database, const ChatHeader& header) {
    Statement statement = database.prepare(
        "INSERT INTO chats(" + std::string(kChatColumns) +
        ") VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(uid) DO UPDATE SET title = "
        "excluded.title, title_by_person = excluded.title_by_person, system = excluded.system, settings = "
        "excluded.settings, model_path = excluded.model_path, updated = excluded.updated RETURNING id");
    statement.bind(header.id, header.title, header.titleOrigin == TitleOrigin::Person ? 1 : 0, header.system,
                   header.modelPath, header.folder, header.createdMs, header.updatedMs, header.deletedMs,
                   header.pinned ? 1 : 0, header.activeRoot, header.archivedMs, header.settings,
                   header.readingTurn);
    statement.step();
    const std::int64_t chat = statement.integer(0);
    statement.step();
    return chat;
}

std::int64_t saveTurn(Database& database, std::int64_t chat, const Turn& turn) {
    Statement statement = database.prepare(
        "INSERT INTO turns(chat, number, parent, active_child, role, state, created, finished, model_name, "
        "model_identity, model_path, engine_version, settings, stop, failure, prompt_tokens, reused_tokens, "
        "reasoning_tokens, answer_tokens, load_seconds, prompt_seconds, answer_seconds) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT(chat, number) DO UPDATE SET state = excluded.state, finished = excluded.finished, "
        "model_name = excluded.model_name, model_identity = excluded.model_identity, "
        "model_path = excluded.model_path, engine_version = excluded.engine_version, settings = "
        "excluded.settings, "
        "stop = excluded.stop, failure = excluded.failure, prompt_tokens = excluded.prompt_tokens, "
        "reused_tokens = excluded.reused_tokens, reasoning_tokens = excluded.reasoning_tokens, "
        "answer_tokens = excluded.answer_tokens, load_seconds = excluded.load_seconds, "
        "prompt_seconds = excluded.prompt_seconds, answer_seconds = excluded.answer_seconds RETURNING id");
    const AnswerRecord& answer = turn.answer;
    statement.bind(chat, turn.number, turn.parent, turn.activeChild, roleName(turn.role),
                   turnStateName(turn.state), turn.createdMs, turn.finishedMs, answer.modelName,
                   answer.modelIdentity, answer.modelPath, answer.engineVersion, answer.settings, answer.stop,
                   answer.failure, answer.promptTokens, answer.reusedTokens, answer.reasoningTokens,
                   answer.answerTokens, answer.loadSeconds, answer.promptSeconds, answer.answerSeconds);
    statement.step();
    const std::int64_t id = statement.integer(0);
    statement.step();
    return id;
}

// A checkpoint rewrites the part that grows; the thoughts before it are left alone.
void saveParts(Database& database, std::int64_t turnId, const std::vector<Part>& parts) {
    Statement statement = database.prepare(
        "INSERT INTO parts(turn, position, kind, text, name, input, tokens, started, ended) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(turn, position) DO UPDATE SET kind = excluded.kind, "
        "text = excluded.text, name = excluded.name, input = excluded.input, tokens = excluded.tokens, "
        "started = excluded.started, ended = excluded.ended WHERE text != excluded.text OR kind != "
        "excluded.kind "
        "OR ended != excluded.ended OR tokens != excluded.tokens OR name != excluded.name OR input != "
        "excluded.input");
    int position = 0;
    for (const Part& part : parts)
        statement
            .bind(turnId, position++, partKindName(part.kind), part.text, part.name, part.input, part.tokens,
                  part.startedMs, part.endedMs)
            .run();
    database.run("DELETE FROM parts WHERE turn = ? AND position >= ?", turnId, position);
}

void indexTurn(Database& database, std::int64_t turnId, const Turn& turn) {
    std::string thoughts;
    std::string words;
    for (const Part& part : turn.parts) {
        std::string& text = part.kind == PartKind::Reasoning ? thoughts : words;
        for (const std::string* piece : {&part.name, &part.input, &part.text})
            if (!piece->empty()) text += (text.empty() ? "" : "\n") + searchText(*piece);
    }
    database.run("DELETE FROM search WHERE rowid = ?", turnId);
    database.run("INSERT INTO search(rowid, thoughts, words) VALUES(?, ?, ?)", turnId, thoughts, words);
}

Turn turnFrom(const Statement& row) {
    Turn turn;
    turn.number = static_cast<int>(row.integer(0));
    turn.parent = static_cast<int>(row.integer(1));
    turn.activeChild = static_cast<int>(row.integer(2));
    turn.role = roleFromName(row.text(3));
    turn.state = turnStateFromName(row.text(4));
    turn.createdMs = row.integer(5);
    turn.finishedMs = row.integer(6);
    AnswerRecord& answer = turn.answer;
    answer.modelName = row.text(7);
    answer.modelIdentity = row.text(8);
    answer.modelPath = row.text(9);
    answer.engineVersion = row.text(10);
    answer.settings = row.text(11);
    answer.stop = row.text(12);
    answer.failure = row.text(13);
    answer.promptTokens = static_cast<int>(row.integer(14));
    answer.reusedTokens = static_cast<int>(row.integer(15));
    answer.reasoningTokens = static_cast<int>(row.integer(16));
    answer.answerTokens = static_cast<int>(row.integer(17));
    answer.loadSeconds = row.real(18);
    answer.promptSeconds = row.real(19);
    answer.answerSeconds = row.real(20);
    return turn;
}

Part partFrom(const Statement& row) {
    Part part;
    part.kind = partKindFromName(row.text(1));
    part.text = row.text(2);
    part.name = row.text(3);
    part.input = row.text(4);
    part.tokens = static_cast<int>(row.integer(5));
    part.startedMs = row.integer(6);
    part.endedMs = row.integer(7);
    return part;
}

} // namespace

ChatStore::ChatStore(const std::string& path) : file_(openChatFile(path)), database_(*file_.database) {}

std::vector<BranchChoice> branchChoices(const Conversation& chat) {
    std::vector<BranchChoice> choices{{0, chat.header.activeRoot}};
    for (const Turn& turn : chat.turns())
        if (turn.activeChild != 0) choices.push_back({turn.number, turn.activeChild});
    return choices;
}

std::string chatKey(std::string_view kind, std::string_view chat) {
    return std::string(kind).append("/").append(chat);
}

ChatChange wholeChat(const Conversation& chat) {
    return {chat.header, chat.turns(), branchChoices(chat)};
}

void ChatStore::save(const ChatChange& change) {
    saveAll({&change, 1});
}

void ChatStore::saveAll(std::span<const ChatChange> changes) {
    Transaction transaction(database_);
    for (const ChatChange& change : changes) write(change);
    transaction.commit();
}

void ChatStore::write(const ChatChange& change) {
    if (!change.header.folder.empty() && isNew(database_, change.header.id)) makeFolder(change.header.folder);
    const std::int64_t chat = saveHeader(database_, change.header);
    for (const Turn& turn : change.turns) {
        const std::int64_t id = saveTurn(database_, chat, turn);
        saveParts(database_, id, turn.parts);
        // A growing answer is indexed once, when it ends: ten thousand tokens would be indexed fifty times.
        if (turn.state != TurnState::Streaming) indexTurn(database_, id, turn);
    }
    for (const BranchChoice& choice : change.choices) {
        if (choice.parent == 0)
            database_.run("UPDATE chats SET active_root = ? WHERE id = ?", choice.child, chat);
        else
            database_.run("UPDATE turns SET active_child = ? WHERE chat = ? AND number = ?", choice.child,
                          chat, choice.parent);
    }
}

std::vector<ChatHeader> ChatStore::headers(const std::string& condition) {
    std::vector<ChatHeader> found;
    Statement rows =
        database_.prepare("SELECT " + std::string(kChatColumns) + " FROM chats WHERE " + condition);
    while (rows.step()) found.push_back(headerFrom(rows));
    return found;
}

std::vector<ChatHeader> ChatStore::chats() {
    return headers("deleted = 0 ORDER BY pinned DESC, updated DESC, id DESC");
}

std::vector<ChatHeader> ChatStore::trashedChats() {
    return headers("deleted > 0 ORDER BY deleted DESC, id DESC");
}

std::optional<Conversation> ChatStore::load(std::string_view chat) {
    Statement chatRow =
        database_.prepare("SELECT " + std::string(kChatColumns) + ", id FROM chats WHERE uid = ?");
    chatRow.bind(chat);
    if (!chatRow.step()) return std::nullopt;
    const std::int64_t id = chatRow.integer(kChatColumnCount);

    Statement partRows = database_.prepare(
        "SELECT turns.number, kind, text, name, input, tokens, started, ended FROM parts JOIN turns ON "
        "turns.id = parts.turn WHERE turns.chat = ? ORDER BY turns.number, parts.position");
    partRows.bind(id);
    bool morePart = partRows.step();

    std::vector<Turn> turns;
    Statement turnRows = database_.prepare(
        "SELECT number, parent, active_child, role, state, created, finished, model_name, model_identity, "
        "model_path, engine_version, settings, stop, failure, prompt_tokens, reused_tokens, "
        "reasoning_tokens, "
        "answer_tokens, load_seconds, prompt_seconds, answer_seconds FROM turns WHERE chat = ? ORDER BY "
        "number");
    turnRows.bind(id);
    while (turnRows.step()) {
        turns.push_back(turnFrom(turnRows));
        // In a file that cannot be written, what a crash left unfinished could not be marked so.
        if (!file_.lock && turns.back().state == TurnState::Streaming)
            turns.back().state = TurnState::Interrupted;
        for (; morePart && partRows.integer(0) == turns.back().number; morePart = partRows.step())
            turns.back().parts.push_back(partFrom(partRows));
    }
    return Conversation(headerFrom(chatRow), std::move(turns));
}

void ChatStore::rename(std::string_view chat, std::string_view title) {
    database_.run("UPDATE chats SET title = ?, title_by_person = 1 WHERE uid = ?", title, chat);
}

void ChatStore::setSettings(std::string_view chat, std::string_view json) {
    database_.run("UPDATE chats SET settings = ? WHERE uid = ?", json, chat);
}

void ChatStore::retitle(std::string_view chat, std::string_view title) {
    database_.run("UPDATE chats SET title = ? WHERE uid = ? AND title_by_person = 0", title, chat);
}

void ChatStore::setReadingTurn(std::string_view chat, int turn) {
    database_.run("UPDATE chats SET reading = ? WHERE uid = ?", turn, chat);
}

void ChatStore::setDraft(std::string_view chat, std::string_view text) {
    database_.run("UPDATE chats SET draft = ? WHERE uid = ?", text, chat);
}

std::string ChatStore::draft(std::string_view chat) {
    Statement statement = database_.prepare("SELECT draft FROM chats WHERE uid = ?");
    statement.bind(chat);
    return statement.step() ? statement.text(0) : std::string();
}

void ChatStore::remember(std::string_view key, std::string_view value) {
    database_.run("INSERT OR REPLACE INTO remembered(key, value) VALUES(?, ?)", key, value);
}

std::string ChatStore::remembered(std::string_view key) {
    Statement statement = database_.prepare("SELECT value FROM remembered WHERE key = ?");
    statement.bind(key);
    return statement.step() ? statement.text(0) : std::string();
}

} // namespace ponder::app
