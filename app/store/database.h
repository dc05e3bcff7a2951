#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "engine/engine.h"

struct sqlite3;
struct sqlite3_stmt;

namespace ponder::app {

/// The file is not the database we wrote: caught by ChatStore, which sets it aside and salvages it.
class DatabaseDamaged : public engine::Error {
public:
    using Error::Error;
};

/// A query was ended by StoppableQueries.
class QueryStopped : public engine::Error {
public:
    using Error::Error;
};

/// A prepared statement. Values are bound in order, then `step` walks the rows. Belongs to its Database's
/// thread.
class Statement {
public:
    template <typename... Values>
    Statement& bind(const Values&... values) {
        rewind();
        int position = 0;
        (bindOne(++position, values), ...);
        return *this;
    }

    /// Binds one value, counted from 1, where the number of values is not known before.
    template <typename Value>
    void bindAt(int position, const Value& value) {
        bindOne(position, value);
    }

    /// Binds the first `count` columns of another statement's row, types and all.
    Statement& bindRow(const Statement& row, int count);

    /// True while there is a row. Throws Error.
    bool step();
    /// Steps to the end, for statements that change something.
    void run();

    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string text(int column) const;
    bool isNull(int column) const;

private:
    friend class Database;
    Statement(sqlite3* database, std::string_view sql);

    void rewind();
    void bindOne(int position, std::int64_t value);
    void bindOne(int position, int value) { bindOne(position, static_cast<std::int64_t>(value)); }
    void bindOne(int position, double value);
    void bindOne(int position, std::string_view value);
    void bindOne(int position, std::nullptr_t);

    struct Finalizer {
        void operator()(sqlite3_stmt* statement) const;
    };
    sqlite3* database_;
    std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
};

enum class DatabaseAccess {
    ReadWrite,
    ReadOnly,
    Frozen,  ///< read-only, of a file that nobody can write: read without the lock and log files that SQLite
             ///< would have to create next to it
    Salvage, ///< read-only and lenient, for a damaged file: one that is shorter than it says is read as far
             ///< as it goes
};

/// An open SQLite file: WAL, every commit on the disk before it returns, foreign keys, readable by its owner
/// only. One thread at a time. Throws Error with the next step, DatabaseDamaged when the file is broken.
class Database {
public:
    Database(const std::string& path, DatabaseAccess access);

    /// Runs statements that take no values and return nothing.
    void execute(const std::string& sql);
    Statement prepare(std::string_view sql);

    template <typename... Values>
    void run(std::string_view sql, const Values&... values) {
        prepare(sql).bind(values...).run();
    }

    std::int64_t lastRowId() const;
    /// Rows the last statement changed.
    int changes() const;
    /// The first column of the first row, 0 without one.
    std::int64_t integer(std::string_view sql);
    /// The first column of the first row, empty without one.
    std::string text(std::string_view sql);

    /// Leaves moving the log into the file to the other process that has it open: SQLite before 3.51.3 can
    /// lose pages when two of them do it at the same instant.
    void leaveCheckpointsToOthers();

    /// Copies the whole database, as it is in this moment, into a new file.
    void backUpTo(const std::string& path);

private:
    friend class StoppableQueries;
    struct Closer {
        void operator()(sqlite3* database) const;
    };
    std::unique_ptr<sqlite3, Closer> database_;
};

/// While it lives, queries end with QueryStopped soon after `stop` is asked for, from whatever thread.
class StoppableQueries {
public:
    StoppableQueries(Database& database, std::stop_token stop);
    ~StoppableQueries();
    StoppableQueries(const StoppableQueries&) = delete;
    StoppableQueries& operator=(const StoppableQueries&) = delete;

private:
    Database& database_;
    std::stop_token stop_;
};

/// Everything between construction and `commit` happens or none of it.
class Transaction {
public:
    explicit Transaction(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void commit();

private:
    Database& database_;
    bool open_ = true;
};

} // namespace ponder::app
