#include "app/exchange/import_document.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <string_view>

#include "app/atomic_file.h"
#include "engine/engine.h"

namespace ponder::app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestExport = std::size_t{4} << 30;
// Chats pack to a tenth, the dullest JSON to a fiftieth; what unpacks to more than this is meant to fill
// memory.
constexpr std::size_t kMostGrowth = 250;
constexpr std::size_t kAlwaysAllowed = std::size_t{16} << 20;

bool isJson(std::string_view name) {
    return name.ends_with(".json") || name.ends_with(".jsonl");
}

[[noreturn]] void throwTooLarge(const std::string& name) {
    throw engine::Error(name + " holds more than 4 GiB of text. Export fewer chats at a time.");
}

// Each line of a .jsonl file is a value of its own.
std::string asArray(const std::string& lines) {
    std::string array = "[";
    std::size_t start = 0;
    while (start < lines.size()) {
        const std::size_t end = std::min(lines.find('\n', start), lines.size());
        const std::string line = lines.substr(start, end - start);
        if (line.find_first_not_of(" \t\r") != std::string::npos)
            array += (array.size() > 1 ? ",\n" : "") + line;
        start = end + 1;
    }
    return array + "]";
}

class Documents {
public:
    explicit Documents(std::string export_) : export_(std::move(export_)) {}

    void add(std::string name, std::string text) {
        size_ += text.size();
        if (size_ > kLargestExport) throwTooLarge(export_);
        if (name.ends_with(".jsonl")) text = asArray(text);
        found_.push_back({std::move(name), std::move(text)});
    }

    std::size_t room() const { return kLargestExport - size_; }

    std::vector<ImportDocument> take() {
        if (found_.empty())
            throw engine::Error("There is no JSON file in " + export_ +
                                ". Choose the file or folder of an export.");
        std::sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
        return std::move(found_);
    }

private:
    std::string export_;
    std::vector<ImportDocument> found_;
    std::size_t size_ = 0;
};

struct ArchiveCloser {
    void operator()(archive* reader) const { archive_read_free(reader); }
};

[[noreturn]] void throwBroken(const fs::path& zip, archive* reader) {
    const char* detail = archive_error_string(reader);
    throw engine::Error("The zip file " + zip.string() + " is damaged (" +
                        (detail ? detail : "it ends early") + "). Download the export again.");
}

/// How much of a zip file has been read, which is how long the rest takes.
struct ZipProgress {
    archive* reader;
    double size;
    const ImportWatch& watch;

    void report() const {
        watch.report(std::min(1.0, static_cast<double>(archive_filter_bytes(reader, -1)) / size));
    }
};

std::string memberText(archive* reader, const fs::path& zip, std::size_t room, const ZipProgress& progress) {
    std::string text;
    std::string block(std::size_t{1} << 16, '\0');
    for (;;) {
        progress.report();
        const la_ssize_t size = archive_read_data(reader, block.data(), block.size());
        if (size < 0) throwBroken(zip, reader);
        if (size == 0) return text;
        text.append(block.data(), static_cast<std::size_t>(size));
        if (text.size() > room) throwTooLarge(zip.string());
        const auto packed = static_cast<std::size_t>(archive_filter_bytes(reader, -1));
        if (text.size() > kAlwaysAllowed && text.size() / kMostGrowth > packed)
            throw engine::Error("The zip file " + zip.string() +
                                " unpacks to far more than chats do; it may be meant to do harm. Nothing was "
                                "imported.");
    }
}

std::vector<ImportDocument> readZip(const fs::path& zip, const ImportWatch& watch) {
    const std::unique_ptr<archive, ArchiveCloser> reader(archive_read_new());
    archive_read_support_format_zip(reader.get());
    if (archive_read_open_filename(reader.get(), zip.c_str(), std::size_t{1} << 16) != ARCHIVE_OK)
        throwBroken(zip, reader.get());
    Documents documents(zip.string());
    archive_entry* entry = nullptr;
    const ZipProgress progress{reader.get(), static_cast<double>(fs::file_size(zip)) + 1, watch};
    for (;;) {
        progress.report();
        const int code = archive_read_next_header(reader.get(), &entry);
        if (code == ARCHIVE_EOF) return documents.take();
        if (code < ARCHIVE_WARN) throwBroken(zip, reader.get());
        const char* name = archive_entry_pathname(entry);
        if (name && isJson(name))
            documents.add(name, memberText(reader.get(), zip, documents.room(), progress));
    }
}

std::vector<ImportDocument> readFolder(const fs::path& folder, const ImportWatch& watch) {
    Documents documents(folder.string());
    for (const auto& entry :
         fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied)) {
        watch.report(0);
        if (entry.is_regular_file() && isJson(entry.path().string()))
            documents.add(entry.path().lexically_relative(folder).string(),
                          readFile(entry.path(), kLargestExport));
    }
    return documents.take();
}

bool isZip(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    char magic[4] = {};
    stream.read(magic, sizeof magic);
    return std::string_view(magic, sizeof magic) == std::string_view("PK\x03\x04", 4);
}

} // namespace

std::vector<ImportDocument> readDocuments(const fs::path& path, const ImportWatch& watch) {
    if (!fs::exists(path)) throw engine::Error("There is no file " + path.string() + ". Check the name.");
    if (fs::is_directory(path)) return readFolder(path, watch);
    if (isZip(path)) return readZip(path, watch);
    Documents documents(path.string());
    if (fs::file_size(path) > kLargestExport) throwTooLarge(path.string());
    documents.add(path.string(), readFile(path, kLargestExport));
    return documents.take();
}

} // namespace ponder::app
