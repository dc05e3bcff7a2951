#include "app/exchange/export_bundle.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "app/atomic_file.h"

namespace ponder::app {

namespace {

namespace fs = std::filesystem;

constexpr const char* kManifest = "manifest.json";

std::string inSmallLetters(std::string text) {
    for (char& letter : text) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return text;
}

bool endsAs(const fs::path& path, std::string_view ending) {
    return inSmallLetters(path.extension().string()) == "." + std::string(ending);
}

/// Folders that are made anew must not swallow what is there.
void refuseFilled(const fs::path& folder) {
    if (fs::exists(folder) && (!fs::is_directory(folder) || !fs::is_empty(folder)))
        throw engine::Error(folder.string() +
                            " exists already. Name a new folder for the chats, or a zip file.");
}

} // namespace

ExportShape exportShape(const fs::path& out, const ExportFormat& format, std::size_t chats) {
    if (endsAs(out, "zip")) return ExportShape::Zip;
    if (format.extension == "json" || chats == 1 || endsAs(out, format.extension))
        return ExportShape::OneFile;
    return ExportShape::Folder;
}

ExportBundle::ExportBundle(const ExportFormat& format, ExportShape shape, fs::path out, std::int64_t nowMs)
    : format_(format), shape_(shape), out_(std::move(out)), nowMs_(nowMs) {
    taken_.insert(kManifest);
    switch (shape_) {
    case ExportShape::OneFile:
        if (fs::is_directory(out_)) throw engine::Error(out_.string() + " is a folder. Name a file in it.");
        break;
    case ExportShape::Zip:
        zip_.emplace();
        break;
    case ExportShape::Folder:
        if (!out_.has_filename()) out_ = out_.parent_path(); // "chats/"
        refuseFilled(out_);
        unfinished_ = out_.string() + ".new-" + std::to_string(::getpid());
        fs::remove_all(unfinished_);
        fs::create_directories(unfinished_);
        ::chmod(unfinished_.c_str(), 0700);
        break;
    }
}

ExportBundle::~ExportBundle() {
    std::error_code ignored;
    if (!unfinished_.empty()) fs::remove_all(unfinished_, ignored);
}

void ExportBundle::add(Conversation chat) {
    if (shape_ == ExportShape::OneFile) {
        chats_.push_back(std::move(chat));
        return;
    }
    const std::string name = freeName(chat.header.title);
    files_.push_back({name, chat.header});
    std::vector<Conversation> one;
    one.push_back(std::move(chat));
    put(name, format_.write(one, nowMs_));
}

void ExportBundle::finish() {
    if (shape_ == ExportShape::OneFile) return writeFileAtomically(out_, format_.write(chats_, nowMs_));
    put(kManifest, manifest());
    if (shape_ == ExportShape::Zip) return writeFileAtomically(out_, zip_->finish());
    refuseFilled(out_);
    fs::rename(unfinished_, out_); // over an empty folder, too
    unfinished_.clear();
}

void ExportBundle::put(const std::string& name, const std::string& content) {
    if (zip_)
        zip_->add(name, content, nowMs_);
    else
        writeFileAtomically(unfinished_ / name, content);
}

// Other systems take "a.md" and "A.md" for the same file.
std::string ExportBundle::freeName(const std::string& title) {
    const std::string name = exportFileName(title, nowMs_, format_.extension);
    std::string candidate = name;
    for (int number = 2; !taken_.insert(inSmallLetters(candidate)).second; ++number) {
        const std::size_t dot = name.rfind('.');
        candidate = name.substr(0, dot) + "-" + std::to_string(number) + name.substr(dot);
    }
    return candidate;
}

std::string ExportBundle::manifest() const {
    nlohmann::ordered_json files = nlohmann::ordered_json::array();
    for (const File& file : files_)
        files.push_back({{"file", file.name},
                         {"chat", file.chat.id},
                         {"title", file.chat.title},
                         {"created", dateText(file.chat.createdMs)},
                         {"updated", dateText(file.chat.updatedMs)}});
    const nlohmann::ordered_json document{{"format", "ponder-export"},
                                          {"version", 1},
                                          {"app", "Ponder " PONDER_VERSION},
                                          {"exported_at", dateText(nowMs_)},
                                          {"files", files}};
    return document.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

} // namespace ponder::app
