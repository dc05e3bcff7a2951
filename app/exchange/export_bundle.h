#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/exchange/export_formats.h"
#include "app/exchange/zip_writer.h"

namespace ponder::app {

/// One file with all chats, or a file for each in a folder or a zip, with manifest.json that says which is
/// which.
enum class ExportShape { OneFile, Folder, Zip };

/// What `out` asks for: several chats become a folder, unless the name ends in .zip or as one file would, or
/// the format is JSON.
ExportShape exportShape(const std::filesystem::path& out, const ExportFormat& format, std::size_t chats);

/// Writes chats to a place a person named, all of them or nothing: what is not finished is not there. Files
/// are replaced, folders are not. One thread at a time. Throws Error.
class ExportBundle {
public:
    ExportBundle(const ExportFormat& format, ExportShape shape, std::filesystem::path out,
                 std::int64_t nowMs);
    ~ExportBundle();
    ExportBundle(const ExportBundle&) = delete;
    ExportBundle& operator=(const ExportBundle&) = delete;

    void add(Conversation chat);
    void finish();

private:
    struct File {
        std::string name;
        ChatHeader chat;
    };
    std::string freeName(const std::string& title);
    std::string manifest() const;
    void put(const std::string& name, const std::string& content);

    const ExportFormat& format_;
    ExportShape shape_;
    std::filesystem::path out_;
    std::filesystem::path unfinished_; // the folder while it is being filled
    std::int64_t nowMs_ = 0;
    std::vector<Conversation> chats_; // of one file
    std::vector<File> files_;
    std::set<std::string> taken_; // names in small letters
    std::optional<ZipWriter> zip_;
};

} // namespace ponder::app
