#include "app/downloads/hub_listing.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/downloads/model_link.h"
#include "engine/engine.h"

namespace ponder::app {

namespace {

using nlohmann::json;

constexpr std::size_t kMostFiles = 10'000;
constexpr std::size_t kLongestPath = 1024;
constexpr std::uint64_t kLargestFile = std::uint64_t{1} << 50;
constexpr int kMostParts = 1000;

std::string textAt(const json& object, const char* member, std::size_t longest) {
    if (!object.is_object()) return {};
    const auto found = object.find(member);
    if (found == object.end() || !found->is_string()) return {};
    const auto& text = found->get_ref<const std::string&>();
    return text.size() <= longest ? text : std::string();
}

std::uint64_t sizeAt(const json& object, const char* member) {
    const auto found = object.find(member);
    if (found == object.end() || !found->is_number_unsigned()) return 0;
    const auto size = found->get<std::uint64_t>();
    return size <= kLargestFile ? size : 0;
}

bool isHex(std::string_view text, std::size_t length) {
    return text.size() == length && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool isPlainPath(std::string_view path) {
    if (path.empty() || path.size() > kLongestPath || path.front() == '/') return false;
    if (path.find("..") != std::string_view::npos) return false;
    return std::ranges::none_of(path, [](char letter) {
        const auto byte = static_cast<unsigned char>(letter);
        return byte < 0x20 || byte == 0x7f || letter == '\\';
    });
}

std::optional<HubFile> fileFrom(const json& sibling) {
    if (!sibling.is_object()) return std::nullopt;
    HubFile file{.path = textAt(sibling, "rfilename", kLongestPath)};
    if (!isPlainPath(file.path) || safeFileName(file.path).empty()) return std::nullopt;
    file.sizeBytes = sizeAt(sibling, "size");
    if (const auto lfs = sibling.find("lfs"); lfs != sibling.end() && lfs->is_object()) {
        if (const std::string hash = textAt(*lfs, "sha256", 64); isHex(hash, 64)) file.sha256 = hash;
        if (const std::uint64_t size = sizeAt(*lfs, "size")) file.sizeBytes = size;
    }
    return file;
}

std::string licenseFrom(const json& answer) {
    constexpr std::size_t kLongest = 64;
    constexpr std::string_view kTag = "license:";
    if (const auto card = answer.find("cardData"); card != answer.end()) {
        if (std::string license = textAt(*card, "license", kLongest); !license.empty()) return license;
    }
    const auto tags = answer.find("tags");
    if (tags == answer.end() || !tags->is_array()) return {};
    for (const json& tag : *tags) {
        if (!tag.is_string()) continue;
        const auto& text = tag.get_ref<const std::string&>();
        if (text.starts_with(kTag) && text.size() <= kTag.size() + kLongest) return text.substr(kTag.size());
    }
    return {};
}

bool isGated(const json& answer) {
    const auto gated = answer.find("gated");
    if (gated == answer.end()) return false;
    return gated->is_string() || (gated->is_boolean() && gated->get<bool>());
}

/// "model-00002-of-00003.gguf": what it is a part of, which one, of how many.
struct Part {
    std::string whole;
    int number = 0;
    int count = 0;
};

std::optional<Part> partOf(const std::string& path) {
    constexpr std::string_view kPattern = "-00000-of-00000.gguf";
    if (path.size() <= kPattern.size()) return std::nullopt;
    const std::string_view tail = std::string_view(path).substr(path.size() - kPattern.size());
    for (std::size_t i = 0; i < tail.size(); ++i) {
        const bool isDigit = tail[i] >= '0' && tail[i] <= '9';
        if (kPattern[i] == '0' ? !isDigit : tail[i] != kPattern[i]) return std::nullopt;
    }
    Part part{.whole = path.substr(0, path.size() - kPattern.size()) + ".gguf"};
    std::from_chars(tail.data() + 1, tail.data() + 6, part.number);
    std::from_chars(tail.data() + 10, tail.data() + 15, part.count);
    if (part.count < 1 || part.count > kMostParts || part.number < 1 || part.number > part.count)
        return std::nullopt;
    return part;
}

std::string lastOf(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

std::string upperCase(std::string text) {
    std::ranges::transform(text, text.begin(), [](char letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    return text;
}

/// Whether the name of a file holds the quantisation as a word: "Q4_K" is none of "model-Q4_K_M.gguf".
bool namesQuantisation(const std::string& name, const std::string& quantisation) {
    const std::string text = upperCase(name);
    const std::string word = upperCase(quantisation);
    const auto isInWord = [](char letter) {
        return (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') || letter == '_';
    };
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !isInWord(text[at - 1])) && (end == text.size() || !isInWord(text[end]))) return true;
    }
    return false;
}

} // namespace

std::uint64_t HubModel::sizeBytes() const {
    std::uint64_t total = 0;
    for (const HubFile& file : files) {
        if (file.sizeBytes == 0) return 0;
        total += file.sizeBytes;
    }
    return total;
}

std::vector<HubModel> groupHubFiles(std::vector<HubFile> files) {
    std::ranges::sort(files, {}, &HubFile::path);
    const auto isSame = [](const HubFile& a, const HubFile& b) { return a.path == b.path; };
    files.erase(std::unique(files.begin(), files.end(), isSame), files.end());
    struct Group {
        HubModel model;
        int count = 0; // parts; 0: a file by itself
    };
    std::map<std::string, Group> groups; // the number of parts belongs to the key: two splits of one model
    for (HubFile& file : files) {
        if (lastOf(file.path).starts_with("mmproj")) continue;
        const auto part = partOf(file.path);
        const std::string key = part ? part->whole + "/" + std::to_string(part->count) : file.path;
        Group& group = groups[key];
        group.count = part ? part->count : 0;
        group.model.name = lastOf(part ? part->whole : file.path);
        group.model.files.push_back(std::move(file));
    }
    std::vector<HubModel> models;
    for (auto& [key, group] : groups) {
        const bool complete =
            group.count == 0 || group.model.files.size() == static_cast<std::size_t>(group.count);
        if (complete) models.push_back(std::move(group.model));
    }
    return models;
}

HubListing parseHubListing(std::string_view answer, const std::string& repository) {
    const json document = answer.size() <= kLargestHubAnswer ? json::parse(answer, nullptr, false)
                                                             : json(json::value_t::discarded);
    if (!document.is_object())
        throw engine::Error("The list of files could not be read. Try again later, or give the file's link.");
    const auto siblings = document.find("siblings");
    if (siblings == document.end() || !siblings->is_array())
        throw engine::Error("The list of files is missing. Try again later, or give the file's link.");
    HubListing listing{.repository = repository,
                       .commit = textAt(document, "sha", 40),
                       .license = licenseFrom(document),
                       .gated = isGated(document)};
    if (!isHex(listing.commit, 40))
        throw engine::Error("The list of files names no version. Try again later, or give the file's link.");
    std::vector<HubFile> files;
    for (const json& sibling : *siblings) {
        if (files.size() == kMostFiles) break;
        if (auto file = fileFrom(sibling)) files.push_back(std::move(*file));
    }
    listing.models = groupHubFiles(std::move(files));
    return listing;
}

const HubModel* chooseHubModel(const HubListing& listing, const std::string& path,
                               const std::string& quantisation) {
    if (path.empty() && quantisation.empty())
        return listing.models.size() == 1 ? &listing.models.front() : nullptr;
    const HubModel* chosen = nullptr;
    for (const HubModel& model : listing.models) {
        const bool isMeant =
            path.empty() ? namesQuantisation(model.name, quantisation)
                         : model.name == path ||
                               std::ranges::find(model.files, path, &HubFile::path) != model.files.end();
        if (!isMeant) continue;
        if (chosen) return nullptr;
        chosen = &model;
    }
    return chosen;
}

} // namespace ponder::app
