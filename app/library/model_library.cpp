#include "app/library/model_library.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/library/folder_models.h"
#include "app/library/model_names.h"
#include "engine/engine.h"

namespace ponder::app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostCandidates = 10;

FoundModel modelAt(const fs::path& file, ModelSource source, const FileStamp& stamp) {
    FoundModel model;
    model.name = partNameOf(file.filename().string()).stem;
    model.path = file;
    model.source = source;
    model.sizeBytes = stamp.sizeBytes;
    model.files = {{file.string(), stamp}};
    return model;
}

/// A file in none of the folders that are searched, with its other parts if it has any.
FoundModel unlistedModel(const fs::path& file, const FileStamp& stamp) {
    const PartName part = partNameOf(file.filename().string());
    if (isModelFileName(file.filename().string()) && part.count > 1) {
        const std::string folder = file.has_parent_path() ? file.parent_path().string() : ".";
        for (FoundModel& model :
             modelsIn(folder, listFolder(folder, mayBelongToAModel), ModelSource::Folder)) {
            if (model.path.filename() != file.filename()) continue;
            model.path = file;
            return std::move(model);
        }
    }
    FoundModel model = modelAt(file, ModelSource::Folder, stamp);
    model.name = file.stem().string();
    return model;
}

/// A folder of safetensors files, named by its path.
std::optional<FoundModel> unlistedFolder(const std::string& wanted) {
    fs::path folder = fs::path(wanted).lexically_normal();
    if (!folder.has_filename()) folder = folder.parent_path();
    std::error_code error;
    if (wanted.empty() || !fs::is_directory(folder, error)) return std::nullopt;
    const std::string path = folder.string();
    for (FoundModel& model : modelsIn(path, listFolder(path, mayBelongToAModel), ModelSource::Folder))
        if (model.path == folder) return std::move(model);
    return std::nullopt;
}

/// Joins the ways that lead to one file, the first of them is the model's path.
std::vector<FoundModel> joinLinks(std::vector<ModelHit> hits, std::vector<FoundModel> models) {
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::size_t> byFile;
    std::set<std::string> places;
    for (std::size_t i = 0; i < models.size(); ++i)
        byFile.emplace(std::pair(models[i].files[0].stamp.device, models[i].files[0].stamp.inode), i);
    for (ModelHit& hit : hits) {
        const FileStamp& stamp = hit.model.files[0].stamp;
        const auto [at, isNew] = byFile.emplace(std::pair(stamp.device, stamp.inode), models.size());
        if (isNew) {
            // Another file of an older revision, under the same name.
            if (!hit.place.empty() && !places.insert(hit.place).second) hit.model.name += "@" + hit.revision;
            models.push_back(std::move(hit.model));
            continue;
        }
        FoundModel& known = models[at->second];
        const std::string path = hit.model.path.string();
        if (path != known.path.string()) known.otherPaths.push_back(path);
        if (lowered(hit.model.name) != lowered(known.name)) known.otherNames.push_back(hit.model.name);
    }
    return models;
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
    for (FoundModel& model : models)
        std::erase_if(model.otherNames,
                      [&](const std::string& name) { return !taken.insert(lowered(name)).second; });
}

std::vector<const FoundModel*> modelsNamed(const std::string& wanted, const std::vector<FoundModel>& models) {
    std::string name = lowered(wanted);
    const std::string whole = name;
    if (name.ends_with(".gguf")) name.resize(name.size() - 5);
    const auto means = [&](const std::string& listed) {
        return lowered(listed) == name || lowered(listed) == whole;
    };
    std::vector<const FoundModel*> begun;
    for (const FoundModel& model : models) {
        if (means(model.name) || std::any_of(model.otherNames.begin(), model.otherNames.end(), means))
            return {&model};
        const auto begins = [&](const std::string& listed) { return lowered(listed).starts_with(name); };
        if (begins(model.name) || std::any_of(model.otherNames.begin(), model.otherNames.end(), begins))
            begun.push_back(&model);
    }
    return begun;
}

[[noreturn]] void refuseSeveral(const std::string& wanted, const std::vector<const FoundModel*>& models) {
    std::string names;
    for (std::size_t i = 0; i < std::min(models.size(), kMostCandidates); ++i)
        names += (i > 0 ? ", " : "") + models[i]->name;
    if (models.size() > kMostCandidates)
        names += " and " + std::to_string(models.size() - kMostCandidates) + " more";
    throw engine::Error("Several models begin with " + wanted + ": " + names + ". Write more of the name.");
}

} // namespace

LibraryContents lookForModels(const fs::path& starter, const std::vector<ModelRoot>& roots,
                              const SearchWatch& watch) {
    std::vector<FoundModel> bundled;
    if (!starter.empty())
        if (const auto stamp = stampOf(starter.string()))
            bundled.push_back(modelAt(starter, ModelSource::Bundled, *stamp));
    ModelSearchResult result = searchFolders(roots, watch);
    LibraryContents contents{.models = joinLinks(std::move(result.hits), std::move(bundled)),
                             .folders = std::move(result.folders),
                             .entries = result.entries};
    makeNamesUnique(contents.models);
    return contents;
}

std::vector<FoundModel> findModels(const fs::path& starter, const std::vector<ModelRoot>& roots) {
    return lookForModels(starter, roots, {}).models;
}

FoundModel chooseListed(const std::string& wanted, const std::vector<FoundModel>& models) {
    const auto isAt = [&](const FoundModel& model) {
        const auto& others = model.otherPaths;
        return model.path.string() == wanted ||
               std::find(others.begin(), others.end(), wanted) != others.end();
    };
    if (const auto found = std::find_if(models.begin(), models.end(), isAt); found != models.end())
        return *found;
    if (const auto stamp = stampOf(wanted)) return unlistedModel(wanted, *stamp);
    if (auto folder = unlistedFolder(wanted)) return std::move(*folder);
    if (wanted.empty()) throw engine::Error("A model's name is missing. See `ponder models`.");
    const std::vector<const FoundModel*> named = modelsNamed(wanted, models);
    if (named.size() > 1) refuseSeveral(wanted, named);
    if (named.size() == 1) return *named.front();
    if (wanted.find('/') != std::string::npos || lowered(wanted).ends_with(".gguf"))
        throw engine::Error("There is no model file " + wanted + ". Check the path, or see `ponder models`.");
    throw engine::Error("There is no model named " + wanted +
                        ". See `ponder models` for those that were found.");
}

FoundModel chooseModel(const std::string& wanted, const std::vector<FoundModel>& models) {
    FoundModel model = chooseListed(wanted, models);
    if (!model.problem.empty())
        throw engine::Error("The model " + model.name + " cannot be used. " + model.problem);
    return model;
}

} // namespace ponder::app
