#include "app/store/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace ponder::app {

namespace {

constexpr int kBusyMilliseconds = 5000;
constexpr int kStepsBetweenLooks = 1000; // of SQLite's machine: well below a millisecond

[[noreturn]] void throwError(int code, sqlite3* database) {
    const std::string detail = database ? sqlite3_errmsg(database) : sqlite3_errstr(code);
    switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        throw DatabaseDamaged("The chat file is damaged (" + detail +
                              "). Ponder sets it aside and saves what it can.");
    case SQLITE_FULL:
    case SQLITE_IOERR: // a full disk shows up as an I/O error while the -shm file grows
        throw engine::Error("The chats could not be written (" + detail +
                            "). Free some space on the disk and try again.");
    case SQLITE_INTERRUPT:
        throw QueryStopped("The search was stopped. Search again.");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        throw engine::Error("Another program is holding the chat file. Close it and try again.");
    case SQLITE_READONLY:
        throw engine::Error(
            "The chats can be read, but nothing new is kept: the chat file cannot be written. "
            "Check the permissions of the data folder, or choose another with --data-dir.");
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        throw engine::Error(
            "The chat file cannot be opened for writing (" + detail +
            "). Check the permissions of the data folder, or choose another with --data-dir.");
    default:
        throw engine::Error("The chat file reports an error (" + detail + "). Restart Ponder and try again.");
    }
}

// A path as the URI that SQLite can take options with.
std::string frozenAddress(const std::string& path) {
    std::string address = "file:";
    for (const char letter : path) {
        if (letter == '?')
            address += "%3f";
        else if (letter == '#')
            address += "%23";
        else if (letter == '%')
            address += "%25";
        else
            address += letter;
    }
    return address + "?immutable=1";
}

// SQLite creates -wal and -shm with the permissions of the database file, so that one decides.
void createPrivateFile(const std::string& path) {
    // A file that is there is not opened: closing it would drop the locks this process may hold on it.
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0 && errno == EEXIST) return;
    if (file < 0)
        throw engine::Error(
            "The chat file " + path + " cannot be opened (" + std::strerror(errno) +
            "). Check the permissions of the data folder, or choose another with --data-dir.");
    ::close(file);
}

} // namespace

Statement::Statement(sqlite3* database, std::string_view sql) : database_(database) {
    sqlite3_stmt* statement = nullptr;
    const int code =
        sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
    statement_.reset(statement);
    if (code != SQLITE_OK) throwError(code, database);
}

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

void Statement::rewind() {
    sqlite3_reset(statement_.get());
}

Statement& Statement::bindRow(const Statement& row, int count) {
    rewind();
    for (int column = 0; column < count; ++column) {
        sqlite3_value* value = sqlite3_column_value(row.statement_.get(), column);
        if (const int code = sqlite3_bind_value(statement_.get(), column + 1, value))
            throwError(code, database_);
    }
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    throwError(code, database_);
}

void Statement::run() {
    while (step()) {
    }
    rewind();
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}
double Statement::real(int column) const {
    return sqlite3_column_double(statement_.get(), column);
}
bool Statement::isNull(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::string Statement::text(int column) const {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    if (!bytes) return {};
    return std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column)));
}

void Statement::bindOne(int position, std::int64_t value) {
    if (const int code = sqlite3_bind_int64(statement_.get(), position, value)) throwError(code, database_);
}

void Statement::bindOne(int position, double value) {
    if (const int code = sqlite3_bind_double(statement_.get(), position, value)) throwError(code, database_);
}

void Statement::bindOne(int position, std::string_view value) {
    const char* bytes = value.empty() ? "" : value.data(); // a null pointer would bind NULL
    if (const int code = sqlite3_bind_text64(statement_.get(), position, bytes, value.size(),
                                             SQLITE_TRANSIENT, SQLITE_UTF8))
        throwError(code, database_);
}

void Statement::bindOne(int position, std::nullptr_t) {
    if (const int code = sqlite3_bind_null(statement_.get(), position)) throwError(code, database_);
}

void Database::Closer::operator()(sqlite3* database) const {
    sqlite3_close_v2(database);
}

Database::Database(const std::string& path, DatabaseAccess access) {
    if (access == DatabaseAccess::ReadWrite) createPrivateFile(path);
    const int flags = (access == DatabaseAccess::ReadWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
                      SQLITE_OPEN_NOMUTEX;
    sqlite3* database = nullptr;
    const bool frozen = access == DatabaseAccess::Frozen;
    const int code = sqlite3_open_v2(frozen ? frozenAddress(path).c_str() : path.c_str(), &database,
                                     frozen ? flags | SQLITE_OPEN_URI : flags, nullptr);
    database_.reset(database);
    if (code != SQLITE_OK) throwError(code, database);
    sqlite3_extended_result_codes(database, 1);
    sqlite3_busy_timeout(database, kBusyMilliseconds);
    // A damaged page must not be able to run code or reach outside the file.
    const bool lenient = access == DatabaseAccess::Salvage;
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, lenient ? 0 : 1, nullptr);
    if (lenient) execute("PRAGMA writable_schema = ON"); // what makes SQLite overlook a wrong length
    execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
            "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;");
    if (access != DatabaseAccess::ReadWrite) return;
    // Some network disks refuse WAL; every commit still reaches the disk with a rollback journal.
    execute("PRAGMA synchronous = FULL;");
    if (text("PRAGMA journal_mode = WAL") != "wal") text("PRAGMA journal_mode = DELETE");
}

void Database::execute(const std::string& sql) {
    if (const int code = sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr))
        throwError(code, database_.get());
}

Statement Database::prepare(std::string_view sql) {
    return Statement(database_.get(), sql);
}

std::int64_t Database::lastRowId() const {
    return sqlite3_last_insert_rowid(database_.get());
}

int Database::changes() const {
    return sqlite3_changes(database_.get());
}

std::int64_t Database::integer(std::string_view sql) {
    Statement statement = prepare(sql);
    return statement.step() ? statement.integer(0) : 0;
}

std::string Database::text(std::string_view sql) {
    Statement statement = prepare(sql);
    return statement.step() ? statement.text(0) : std::string();
}

void Database::leaveCheckpointsToOthers() {
    execute("PRAGMA wal_autocheckpoint = 0");
    sqlite3_db_config(database_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

void Database::backUpTo(const std::string& path) {
    createPrivateFile(path);
    sqlite3* target = nullptr;
    int code = sqlite3_open_v2(path.c_str(), &target, SQLITE_OPEN_READWRITE, nullptr);
    const std::unique_ptr<sqlite3, Closer> closer(target);
    if (code != SQLITE_OK) throwError(code, target);
    sqlite3_backup* backup = sqlite3_backup_init(target, "main", database_.get(), "main");
    if (!backup) throwError(sqlite3_errcode(target), target);
    code = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE) throwError(code, target);
}

StoppableQueries::StoppableQueries(Database& database, std::stop_token stop)
    : database_(database), stop_(std::move(stop)) {
    sqlite3_progress_handler(
        database_.database_.get(), kStepsBetweenLooks,
        [](void* self) { return static_cast<StoppableQueries*>(self)->stop_.stop_requested() ? 1 : 0; },
        this);
}

StoppableQueries::~StoppableQueries() {
    sqlite3_progress_handler(database_.database_.get(), 0, nullptr, nullptr);
}

Transaction::Transaction(Database& database) : database_(database) {
    database_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    if (!open_) return;
    try {
        database_.execute("ROLLBACK");
    } catch (const engine::Error&) {
        // SQLite has already rolled back by itself after a full disk or an I/O error.
    }
}

void Transaction::commit() {
    database_.execute("COMMIT");
    open_ = false;
}

} // namespace ponder::app
