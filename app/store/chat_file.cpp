#include "app/store/chat_file.h"

#include <unistd.h>

#include <array>
#include <ctime>
#include <filesystem>
#include <optional>

#include "app/conversation.h"
#include "app/store/salvage.h"

namespace ponder::app {

namespace {

namespace fs = std::filesystem;

constexpr int kLockSeconds = 30;
constexpr std::int64_t kTrashMilliseconds = kTrashDays * 24LL * 3600 * 1000;

// SQLite removes the write-ahead log when the last connection closes, so a log without one means a crash.
bool leftInAHurry(const std::string& path) {
    std::error_code ignored;
    return fs::exists(path + "-wal", ignored) && fs::file_size(path + "-wal", ignored) > 0;
}

void checkPages(Database& database) {
    const std::string verdict = database.text("PRAGMA quick_check(1)");
    if (verdict != "ok") throw DatabaseDamaged("The chat file is damaged (" + verdict + ").");
}

std::string setAside(const std::string& path) {
    std::array<char, 32> stamp{};
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    std::strftime(stamp.data(), stamp.size(), "%Y%m%d-%H%M%S", &local);
    std::string aside = path + ".corrupt-" + stamp.data();
    for (int i = 2; fs::exists(aside); ++i)
        aside = path + ".corrupt-" + stamp.data() + "-" + std::to_string(i);
    fs::rename(path, aside);
    std::error_code ignored;
    fs::rename(path + "-wal", aside + "-wal", ignored);
    fs::remove(path + "-shm", ignored);
    return aside;
}

void closeUnfinished(Database& database, std::int64_t nowMs) {
    Transaction transaction(database);
    database.run("UPDATE turns SET state = 'interrupted', finished = ? WHERE state = 'streaming'", nowMs);
    transaction.commit();
}

void eraseExpired(Database& database, std::int64_t nowMs) {
    std::vector<std::int64_t> chats;
    {
        Statement old = database.prepare("SELECT id FROM chats WHERE deleted > 0 AND deleted <= ?");
        old.bind(nowMs - kTrashMilliseconds);
        while (old.step()) chats.push_back(old.integer(0));
    }
    if (chats.empty()) return;
    {
        Transaction transaction(database);
        for (const std::int64_t chat : chats) deleteChat(database, chat);
        forgetDeletedWords(database);
        transaction.commit();
    }
    shrinkFile(database);
}

std::unique_ptr<Database> openAndCheck(const std::string& path, std::span<const Migration> steps,
                                       bool suspicious) {
    auto database = std::make_unique<Database>(path, DatabaseAccess::ReadWrite);
    if (suspicious) checkPages(*database);
    bringUpToDate(*database, path, steps);
    return database;
}

// Chats are there, on a disk or in a folder that takes no changes.
bool isFrozen(const fs::path& file) {
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    return ::access(file.c_str(), R_OK) == 0 &&
           (::access(file.c_str(), W_OK) != 0 || ::access(folder.c_str(), W_OK) != 0);
}

ChatFile openFrozen(const std::string& path, std::span<const Migration> steps) {
    // What a crash left in the log is read as well, which SQLite can do if its other files are there.
    const DatabaseAccess access = leftInAHurry(path) ? DatabaseAccess::ReadOnly : DatabaseAccess::Frozen;
    ChatFile file{.lock = {}, .database = std::make_unique<Database>(path, access), .notices = {}};
    if (file.database->integer("PRAGMA application_id") == kApplicationId &&
        file.database->integer("PRAGMA user_version") < static_cast<std::int64_t>(steps.size()))
        throw engine::Error(
            "The chats in " + path +
            " were written by an older Ponder and have to be brought up to date, but the file "
            "cannot be written. Check the permissions of the data folder, or choose another "
            "with --data-dir.");
    bringUpToDate(*file.database, path, steps);
    file.notices.push_back(
        "The chats can be read, but nothing new is kept: " + path +
        " cannot be written. Check the permissions of the data folder, or choose another with "
        "--data-dir.");
    return file;
}

} // namespace

ChatFile openChatFile(const std::string& path, std::span<const Migration> steps, std::int64_t nowMs) {
    if (isFrozen(path)) return openFrozen(path, steps);
    const fs::path folder = fs::path(path).parent_path();
    if (!folder.empty()) fs::create_directories(folder);
    ChatFile file{.lock = FileLock(path + ".lock"), .database = nullptr, .notices = {}};
    const bool alone = file.lock->tryExclusive();
    if (!alone && !file.lock->waitShared(kLockSeconds))
        throw engine::Error(
            "Another Ponder is still putting the chats in order. Wait a moment and try again.");
    try {
        file.database = openAndCheck(path, steps, alone && leftInAHurry(path));
    } catch (const DatabaseDamaged&) {
        if (!alone) throw;
        const std::string aside = setAside(path);
        file.database = openAndCheck(path, steps, false);
        file.notices.push_back(salvage(aside, *file.database).sentence(aside));
    }
    if (alone) {
        closeUnfinished(*file.database, nowMs);
        eraseExpired(*file.database, nowMs);
        file.lock->waitShared(kLockSeconds);
    } else {
        file.database->leaveCheckpointsToOthers();
    }
    return file;
}

} // namespace ponder::app
