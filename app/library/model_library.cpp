#include "app/library/model_library.h"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <regex>
#include <set>

#include "app/atomic_file.h"
#include "engine/engine.h"

namespace ponder::app {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kLargestManifest = 1 << 20;
constexpr int kFolderDepth = 4;               // below a folder the user named
constexpr std::size_t kMostEntries = 200'000; // a home folder given by mistake must not hang the search

fs::path environmentPath(const char* name) {
    const char* value = std::getenv(name);
    return value ? fs::path(value) : fs::path();
}

std::string lowered(std::string text) {
    for (char& letter : text) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return text;
}

bool isModelFile(const std::string& fileName) {
    const std::string name = lowered(fileName);
    return name.ends_with(".gguf") && !name.starts_with("incomplete-") && !name.starts_with("mmproj") &&
           !name.starts_with(".");
}

struct PartName {
    std::string stem;
    int number = 1;
    int count = 1;
};

/// "name-00002-of-00003.gguf" → {"name", 2, 3}.
PartName partNameOf(const std::string& fileName) {
    static const std::regex pattern("(.*)-([0-9]{5})-of-([0-9]{5})\\.gguf", std::regex::icase);
    std::smatch match;
    if (std::regex_match(fileName, match, pattern))
        return {match[1].str(), std::stoi(match[2].str()), std::stoi(match[3].str())};
    return {fileName.substr(0, fileName.size() - std::string(".gguf").size()), 1, 1};
}

std::string partFileName(const PartName& part, int number) {
    char numbers[32];
    std::snprintf(numbers, sizeof numbers, "-%05d-of-%05d.gguf", number, part.count);
    return part.stem + numbers;
}

/// The model that `file` is, or is the first part of; nothing for later parts and other files.
std::optional<FoundModel> modelAt(const fs::path& file, ModelSource source) {
    const std::string fileName = file.filename().string();
    std::error_code error;
    if (!isModelFile(fileName) || !fs::is_regular_file(file, error)) return std::nullopt;
    const PartName part = partNameOf(fileName);
    if (part.number != 1) return std::nullopt;
    FoundModel model{.name = part.stem, .path = file, .source = source, .sizeBytes = 0, .problem = {}};
    model.sizeBytes = fs::file_size(file, error);
    for (int number = 2; number <= part.count; ++number) {
        const fs::path next = file.parent_path() / partFileName(part, number);
        const auto size = fs::file_size(next, error);
        if (error) {
            model.problem = "The part " + next.filename().string() + " is missing. Download it again.";
            return model;
        }
        model.sizeBytes += size;
    }
    return model;
}

/// Entries of a folder by name; empty where it cannot be read.
std::vector<fs::path> entriesOf(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code error;
    for (fs::directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error), end;
         !error && entry != end && entries.size() < kMostEntries; entry.increment(error))
        entries.push_back(entry->path());
    std::sort(entries.begin(), entries.end());
    return entries;
}

void addBelow(const fs::path& folder, int depth, ModelSource source, std::vector<FoundModel>& found) {
    std::error_code error;
    for (const fs::path& entry : entriesOf(folder)) {
        if (entry.filename().string().starts_with(".")) continue;
        if (fs::is_directory(entry, error)) {
            // Links to folders may lead round in circles.
            if (depth > 0 && !fs::is_symlink(entry, error)) addBelow(entry, depth - 1, source, found);
        } else if (auto model = modelAt(entry, source)) {
            found.push_back(std::move(*model));
        }
    }
}

// models--<org>--<repo>/snapshots/<commit>/<file> → ../../blobs/<hash>; the current snapshot is named by
// refs/main.
void addHuggingFace(const fs::path& hub, std::vector<FoundModel>& found) {
    for (const fs::path& repository : entriesOf(hub)) {
        if (!repository.filename().string().starts_with("models--")) continue;
        std::string current;
        try {
            current = readFile(repository / "refs" / "main", 4096);
        } catch (const engine::Error&) {
            // Without the reference, any snapshot is as good as the other.
        }
        std::vector<fs::path> snapshots = entriesOf(repository / "snapshots");
        std::stable_partition(snapshots.begin(), snapshots.end(), [&](const fs::path& snapshot) {
            return !current.empty() && current.starts_with(snapshot.filename().string());
        });
        std::set<std::string> taken; // an older snapshot may hold files the current one does not
        for (const fs::path& snapshot : snapshots) {
            std::vector<FoundModel> here;
            addBelow(snapshot, kFolderDepth, ModelSource::HuggingFace, here);
            for (FoundModel& model : here)
                if (taken.insert(model.path.lexically_relative(snapshot).string()).second)
                    found.push_back(std::move(model));
        }
    }
}

void addLmStudio(const fs::path& models, std::vector<FoundModel>& found) {
    for (const fs::path& publisher : entriesOf(models))
        for (const fs::path& repository : entriesOf(publisher))
            for (const fs::path& file : entriesOf(repository))
                if (auto model = modelAt(file, ModelSource::LmStudio)) found.push_back(std::move(*model));
}

/// The blob a manifest names as the model; the digest is untrusted text and must be one.
std::optional<fs::path> ollamaBlob(const fs::path& models, const fs::path& manifest) {
    static const std::regex digestPattern("sha256:[0-9a-f]{64}");
    std::string text;
    try {
        text = readFile(manifest, kLargestManifest);
    } catch (const engine::Error&) {
        return std::nullopt;
    }
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object() || !object.contains("layers") || !object["layers"].is_array())
        return std::nullopt;
    for (const json& layer : object["layers"]) {
        if (!layer.is_object() || layer.value("mediaType", json()) != "application/vnd.ollama.image.model")
            continue;
        const json digest = layer.value("digest", json());
        if (!digest.is_string() || !std::regex_match(digest.get<std::string>(), digestPattern)) continue;
        std::string blob = digest.get<std::string>();
        blob[6] = '-';
        return models / "blobs" / blob;
    }
    return std::nullopt;
}

// manifests/<registry>/<owner>/<name>/<tag>; "library" is the owner of what has no owner.
void addOllama(const fs::path& models, std::vector<FoundModel>& found) {
    std::error_code error;
    for (const fs::path& registry : entriesOf(models / "manifests"))
        for (const fs::path& owner : entriesOf(registry))
            for (const fs::path& name : entriesOf(owner))
                for (const fs::path& tag : entriesOf(name)) {
                    const auto blob = ollamaBlob(models, tag);
                    if (!blob || !fs::is_regular_file(*blob, error)) continue;
                    const std::string prefix =
                        owner.filename() == "library" ? std::string() : owner.filename().string() + "/";
                    found.push_back(
                        {.name = prefix + name.filename().string() + ":" + tag.filename().string(),
                         .path = *blob,
                         .source = ModelSource::Ollama,
                         .sizeBytes = fs::file_size(*blob, error),
                         .problem = {}});
                }
}

std::vector<FoundModel> modelsIn(const ModelRoot& root) {
    std::vector<FoundModel> found;
    switch (root.source) {
    case ModelSource::HuggingFace:
        addHuggingFace(root.folder, found);
        break;
    case ModelSource::LmStudio:
        addLmStudio(root.folder, found);
        break;
    case ModelSource::Ollama:
        addOllama(root.folder, found);
        break;
    case ModelSource::Gpt4All:
        addBelow(root.folder, 0, root.source, found);
        break;
    case ModelSource::Bundled:
    case ModelSource::Ponder:
    case ModelSource::Folder:
        addBelow(root.folder, kFolderDepth, root.source, found);
        break;
    }
    std::stable_sort(found.begin(), found.end(), [](const FoundModel& a, const FoundModel& b) {
        return lowered(a.name) < lowered(b.name);
    });
    return found;
}

void makeNamesUnique(std::vector<FoundModel>& models) {
    std::set<std::string> taken;
    for (FoundModel& model : models) {
        if (taken.insert(lowered(model.name)).second) continue;
        // Two files of one name usually lie in folders that tell them apart.
        const std::string name = model.name;
        model.name = model.path.parent_path().filename().string() + "/" + name;
        for (int i = 2; !taken.insert(lowered(model.name)).second; ++i)
            model.name = name + " (" + std::to_string(i) + ")";
    }
}

} // namespace

std::string_view sourceName(ModelSource source) {
    switch (source) {
    case ModelSource::Bundled:
        return "Ponder (bundled)";
    case ModelSource::Ponder:
        return "Ponder";
    case ModelSource::HuggingFace:
        return "Hugging Face";
    case ModelSource::LmStudio:
        return "LM Studio";
    case ModelSource::Ollama:
        return "Ollama";
    case ModelSource::Gpt4All:
        return "GPT4All";
    case ModelSource::Folder:
        return "folder";
    }
    return "folder";
}

std::vector<ModelRoot> modelRoots(const fs::path& ownFolder, const std::vector<std::string>& folders,
                                  const fs::path& home) {
    std::vector<ModelRoot> roots{{ModelSource::Ponder, ownFolder}};
    for (const std::string& folder : folders) roots.push_back({ModelSource::Folder, folder});

    fs::path hub = environmentPath("HF_HUB_CACHE");
    if (hub.empty() && !environmentPath("HF_HOME").empty()) hub = environmentPath("HF_HOME") / "hub";
    if (hub.empty() && !home.empty()) hub = home / ".cache" / "huggingface" / "hub";
    if (!hub.empty()) roots.push_back({ModelSource::HuggingFace, hub});

    if (!home.empty()) {
        roots.push_back({ModelSource::LmStudio, home / ".lmstudio" / "models"});
        roots.push_back({ModelSource::LmStudio, home / ".cache" / "lm-studio" / "models"});
    }
    if (const fs::path named = environmentPath("OLLAMA_MODELS"); !named.empty()) {
        roots.push_back({ModelSource::Ollama, named});
    } else {
        if (!home.empty()) roots.push_back({ModelSource::Ollama, home / ".ollama" / "models"});
        roots.push_back({ModelSource::Ollama, "/usr/share/ollama/.ollama/models"});
    }
    if (!home.empty())
        roots.push_back({ModelSource::Gpt4All, home / ".local" / "share" / "nomic.ai" / "GPT4All"});
    return roots;
}

std::vector<FoundModel> findModels(const fs::path& starter, const std::vector<ModelRoot>& roots) {
    std::vector<FoundModel> models;
    if (!starter.empty())
        if (auto model = modelAt(starter, ModelSource::Bundled)) models.push_back(std::move(*model));
    for (const ModelRoot& root : roots)
        for (FoundModel& model : modelsIn(root)) models.push_back(std::move(model));

    std::set<fs::path> seen;
    std::erase_if(models, [&](const FoundModel& model) {
        std::error_code error;
        const fs::path real = fs::canonical(model.path, error);
        return !seen.insert(error ? model.path : real).second;
    });
    makeNamesUnique(models);
    return models;
}

FoundModel chooseModel(const std::string& wanted, const std::vector<FoundModel>& models) {
    std::error_code error;
    const fs::path path(wanted);
    if (fs::is_regular_file(path, error)) {
        FoundModel model{.name = path.stem().string(),
                         .path = path,
                         .source = ModelSource::Folder,
                         .sizeBytes = 0,
                         .problem = {}};
        model.sizeBytes = fs::file_size(path, error);
        return model;
    }
    std::string name = lowered(wanted);
    if (name.ends_with(".gguf")) name.resize(name.size() - 5);
    for (const FoundModel& model : models) {
        if (lowered(model.name) != name && lowered(model.name) != lowered(wanted)) continue;
        if (!model.problem.empty())
            throw engine::Error("The model " + model.name + " is not complete. " + model.problem);
        return model;
    }
    if (wanted.find('/') != std::string::npos || lowered(wanted).ends_with(".gguf"))
        throw engine::Error("There is no model file " + wanted + ". Check the path, or see `ponder models`.");
    throw engine::Error("There is no model named " + wanted +
                        ". See `ponder models` for those that were found.");
}

} // namespace ponder::app
