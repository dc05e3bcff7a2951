#include "app/library/folder_models.h"

#include <map>
#include <set>

#include "app/library/model_names.h"

namespace ponder::app {

namespace {

constexpr std::string_view kSafetensors = ".safetensors";
constexpr std::string_view kSettingsFile = "config.json";
// The list of what aria2 has got so far, beside the file it is writing.
constexpr std::string_view kAriaList = ".aria2";

std::string joined(const std::string& folder, const std::string& name) {
    return folder.ends_with('/') ? folder + name : folder + "/" + name;
}

/// Makes models of the names of one folder.
class Grouping {
public:
    Grouping(const std::string& folder, const FolderListing& listing, ModelSource source)
        : folder_(folder), listing_(listing), source_(source) {
        for (const ListedFile& file : listing.files) {
            const std::string whole = finalNameOf(file.name);
            if (!whole.empty()) unfinished_.emplace(whole, &file);
        }
    }

    std::vector<FoundModel> models() {
        for (const ListedFile& file : listing_.files)
            if (isModelFileName(file.name)) addFile(file);
        for (const auto& [name, file] : unfinished_) addUnfinished(name, *file);
        addSafetensors();
        return std::move(models_);
    }

private:
    FoundModel begun(const std::string& name, const ListedFile& first) const {
        return {.name = name,
                .path = joined(folder_, first.name),
                .source = source_,
                .sizeBytes = first.stamp.sizeBytes,
                .problem = {},
                .state = ModelState::Ready,
                .files = {{joined(folder_, first.name), first.stamp}},
                .otherNames = {},
                .otherPaths = {}};
    }

    void addFile(const ListedFile& file) {
        const PartName part = partNameOf(file.name);
        if (part.number != 1) return addLaterPart(part, file);
        FoundModel model = begun(part.stem, file);
        if (listing_.file(file.name + std::string(kAriaList))) {
            model.state = ModelState::BeingWritten;
            model.problem = "It is still being downloaded. It appears here as a model when that is done.";
        }
        addOtherParts(part, model);
        models_.push_back(std::move(model));
    }

    void addOtherParts(const PartName& part, FoundModel& model) {
        for (int number = 2; number <= part.count; ++number) {
            const std::string name = part.fileName(number);
            if (const ListedFile* file = listing_.file(name)) {
                model.files.push_back({joined(folder_, name), file->stamp});
                model.sizeBytes += file->stamp.sizeBytes;
            } else if (unfinished_.contains(name)) {
                splits_.insert(name);
                model.state = ModelState::BeingWritten;
                model.problem = "Its part " + name + " is still being written.";
            } else if (model.state == ModelState::Ready) {
                model.state = ModelState::Incomplete;
                model.problem = "The part " + name + " is missing. Download it again.";
            }
        }
    }

    /// Parts of a model whose first one is not there are shown once, so that their space is not hidden.
    void addLaterPart(const PartName& part, const ListedFile& file) {
        const std::string first = part.fileName(1);
        if (listing_.file(first) || unfinished_.contains(first)) return;
        for (int number = 2; number < part.number; ++number)
            if (listing_.file(part.fileName(number))) return;
        FoundModel model = begun(part.stem, file);
        model.state = ModelState::Incomplete;
        model.problem = "The part " + first + " is missing. Download it again.";
        models_.push_back(std::move(model));
    }

    void addUnfinished(const std::string& name, const ListedFile& file) {
        if (splits_.contains(name)) return; // told with the part that is there
        const PartName part = partNameOf(name);
        for (int number = 2; number < part.number; ++number)
            if (unfinished_.contains(part.fileName(number))) return;
        if (part.number > 1 && unfinished_.contains(part.fileName(1))) return;
        FoundModel model = begun(part.stem, file);
        model.state = ModelState::BeingWritten;
        model.problem = "It is still being written. It appears here as a model when that is done.";
        models_.push_back(std::move(model));
    }

    void addSafetensors() {
        const ListedFile* settings = listing_.file(std::string(kSettingsFile));
        if (!settings) return;
        FoundModel model;
        for (const ListedFile& file : listing_.files)
            if (lowered(file.name).ends_with(kSafetensors)) {
                if (model.files.empty())
                    model = begun({}, file);
                else
                    model.files.push_back({joined(folder_, file.name), file.stamp});
                if (model.files.size() > 1) model.sizeBytes += file.stamp.sizeBytes;
            }
        if (model.files.empty()) return;
        model.path = folder_;
        model.name = model.path.filename().string();
        models_.push_back(std::move(model));
    }

    const std::string& folder_;
    const FolderListing& listing_;
    ModelSource source_;
    std::map<std::string, const ListedFile*> unfinished_; // by the name they will have
    std::set<std::string> splits_;                        // unfinished parts told with their first part
    std::vector<FoundModel> models_;
};

} // namespace

bool mayBelongToAModel(const std::string& fileName) {
    const std::string name = lowered(fileName);
    return isModelFileName(fileName) || !finalNameOf(fileName).empty() || name.ends_with(kSafetensors) ||
           name == kSettingsFile || name.ends_with(".gguf" + std::string(kAriaList));
}

std::vector<FoundModel> modelsIn(const std::string& folder, const FolderListing& listing,
                                 ModelSource source) {
    return Grouping(folder, listing, source).models();
}

} // namespace ponder::app
