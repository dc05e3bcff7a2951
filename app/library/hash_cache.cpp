#include "app/library/hash_cache.h"

#include <nlohmann/json.hpp>

#include "app/atomic_file.h"
#include "app/library/model_names.h"
#include "app/paths.h"
#include "engine/engine.h"

namespace ponder::app {

namespace {

using nlohmann::json;

constexpr std::size_t kLargestFile = 64 << 20;
constexpr int kVersion = 1;

template <typename Number>
Number numberIn(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? found->get<Number>() : Number{};
}

} // namespace

HashCache::HashCache(std::filesystem::path file) : file_(std::move(file)) {
    try {
        hashes_ = parse(readFile(file_, kLargestFile));
    } catch (const engine::Error&) {
        // The first time there is none.
    }
}

std::map<std::string, FileHash> HashCache::parse(std::string_view text) {
    std::map<std::string, FileHash> hashes;
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object() || numberIn<int>(object, "version") != kVersion) return hashes;
    const auto files = object.find("files");
    if (files == object.end() || !files->is_object()) return hashes;
    for (const auto& [path, entry] : files->items()) {
        if (!entry.is_object()) continue;
        const auto text64 = entry.find("sha256");
        FileHash hash;
        if (text64 != entry.end() && text64->is_string()) hash.sha256 = sha256In(text64->get<std::string>());
        hash.stamp.sizeBytes = numberIn<std::uint64_t>(entry, "size");
        hash.stamp.modifiedNanoseconds = numberIn<std::int64_t>(entry, "modified");
        hash.stamp.inode = numberIn<std::uint64_t>(entry, "inode");
        if (!hash.sha256.empty()) hashes.emplace(path, std::move(hash));
    }
    return hashes;
}

std::string HashCache::find(const std::string& path, const FileStamp& stamp) const {
    const auto found = hashes_.find(path);
    return found != hashes_.end() && stamp.isUnchangedSince(found->second.stamp) ? found->second.sha256
                                                                                 : std::string();
}

void HashCache::add(const std::string& path, const FileHash& hash) {
    hashes_[path] = hash;
    json files = json::object();
    for (const auto& [each, known] : hashes_)
        files[each] = {{"sha256", known.sha256},
                       {"size", known.stamp.sizeBytes},
                       {"modified", known.stamp.modifiedNanoseconds},
                       {"inode", known.stamp.inode}};
    try {
        makePrivateFolder(file_.parent_path());
        const json object{{"version", kVersion}, {"files", files}};
        writeFileAtomically(file_, object.dump(-1, ' ', false, json::error_handler_t::replace));
    } catch (const engine::Error&) {
        // It is computed again next time.
    }
}

} // namespace ponder::app
