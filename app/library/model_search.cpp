#include "app/library/model_search.h"

#include <algorithm>
#include <atomic>
#include <set>
#include <tuple>
#include <utility>

#include "app/atomic_file.h"
#include "app/library/folder_listing.h"
#include "app/library/folder_models.h"
#include "app/library/model_names.h"
#include "app/library/ollama_manifest.h"
#include "app/library/task_pool.h"
#include "engine/engine.h"

namespace ponder::app {

namespace {

constexpr int kSearchers = 16; // they wait for the disk most of the time
constexpr std::size_t kLargestManifest = 1 << 20;
constexpr std::size_t kLongestReference = 4096;
constexpr int kFolderDepth = 8;               // below a folder the user named
constexpr std::size_t kMostEntries = 400'000; // a whole disk given by mistake must not hang the search
constexpr std::size_t kShownRevision = 8;
constexpr std::uint64_t kWorthMentioning = 1 << 20; // of a download without a name
constexpr std::string_view kRepositoryMark = "models--";

bool nothing(const std::string&) {
    return false;
}

std::string lastName(const std::string& path) {
    return path.substr(path.find_last_of('/') + 1);
}

/// "models--org--repo" → "org/repo".
std::string repositoryName(const std::string& folderName) {
    std::string name = folderName.substr(kRepositoryMark.size());
    if (const std::size_t mark = name.find("--"); mark != std::string::npos) name.replace(mark, 2, "/");
    return name;
}

std::string readQuietly(const std::string& file, std::size_t limit) {
    try {
        return readFile(file, limit);
    } catch (const engine::Error&) {
        return {}; // as good as a file that is not there
    }
}

class Search {
public:
    Search(const std::vector<ModelRoot>& roots, const SearchWatch& watch)
        : roots_(roots), watch_(watch), pool_(kSearchers) {
        for (const ModelRoot& root : roots) folders_.push_back({root, FolderOutcome::Found});
    }

    ModelSearchResult run() {
        for (std::size_t i = 0; i < roots_.size(); ++i) pool_.add([this, i] { enterRoot(i); });
        pool_.finish();
        // Links last: a folder is named by its own path where it lies below a root, too.
        while (!links_.empty()) {
            for (const Link& link : std::exchange(links_, {}))
                pool_.add([this, link] { enterPlain(link.root, link.folder, link.depth); });
            pool_.finish();
        }
        std::sort(hits_.begin(), hits_.end(), [](const ModelHit& a, const ModelHit& b) {
            return std::tie(a.root, a.rank, a.order, a.model.files[0].path) <
                   std::tie(b.root, b.rank, b.order, b.model.files[0].path);
        });
        return {std::move(hits_), std::move(folders_), entries_};
    }

private:
    struct Link {
        std::size_t root;
        std::string folder;
        int depth;
    };
    struct Revision {
        std::string repository; ///< its folder
        std::string snapshot;   ///< its folder
        int rank = 0;
    };

    FolderListing list(const std::string& folder, const std::function<bool(const std::string&)>& wanted) {
        if (watch_.stop.stop_requested() || entries_ >= kMostEntries) return {};
        if (watch_.folderEntered) watch_.folderEntered(folder);
        FolderListing listing = listFolder(folder, wanted);
        const std::size_t seen = entries_ += listing.entries;
        if (watch_.entriesSeen) watch_.entriesSeen(seen);
        return listing;
    }

    bool isFirstVisit(std::size_t root, const FolderListing& listing) {
        const std::lock_guard lock(mutex_);
        return visited_.insert({root, listing.device, listing.inode}).second;
    }

    void keep(ModelHit hit) {
        hit.order = lowered(hit.model.name);
        const std::lock_guard lock(mutex_);
        hits_.push_back(std::move(hit));
    }

    static ModelHit hitOf(FoundModel model, std::size_t root) {
        ModelHit hit;
        hit.model = std::move(model);
        hit.root = root;
        return hit;
    }

    void enterRoot(std::size_t root) {
        const std::string folder = roots_[root].folder.string();
        switch (roots_[root].source) {
        case ModelSource::LmStudio:
            return enterLmStudio(root, folder, 2);
        case ModelSource::Gpt4All:
            return enterPlain(root, folder, 0);
        default:
            return enterPlain(root, folder, kFolderDepth);
        }
    }

    void note(std::size_t root, const std::string& folder, const FolderListing& listing) {
        if (listing.outcome == FolderListing::Outcome::Read || folder != roots_[root].folder.string()) return;
        const std::lock_guard lock(mutex_);
        folders_[root].outcome = listing.outcome == FolderListing::Outcome::NotThere
                                     ? FolderOutcome::NotThere
                                     : FolderOutcome::NotReadable;
    }

    void enterPlain(std::size_t root, const std::string& folder, int depth) {
        const FolderListing listing = list(folder, mayBelongToAModel);
        note(root, folder, listing);
        if (listing.entries == 0 || !isFirstVisit(root, listing)) return;
        if (listing.hasFolder("manifests") && listing.hasFolder("blobs")) {
            pool_.add([this, root, folder] { enterOllama(root, folder); });
            return;
        }
        for (FoundModel& model : modelsIn(folder, listing, roots_[root].source))
            keep(hitOf(std::move(model), root));
        for (const ListedFolder& below : listing.folders) {
            const std::string path = folder + "/" + below.name;
            if (below.name.starts_with(".") || depth == 0) continue;
            if (below.name.starts_with(kRepositoryMark)) {
                pool_.add([this, root, path] { enterRepository(root, path); });
            } else if (roots_[root].source == ModelSource::HuggingFace) {
                continue; // data sets, spaces
            } else if (below.isLink) {
                const std::lock_guard lock(mutex_);
                links_.push_back({root, path, depth - 1});
            } else {
                pool_.add([this, root, path, depth] { enterPlain(root, path, depth - 1); });
            }
        }
    }

    // <publisher>/<repository>/<file>
    void enterLmStudio(std::size_t root, const std::string& folder, int levels) {
        const FolderListing listing = list(folder, levels == 0 ? mayBelongToAModel : nothing);
        note(root, folder, listing);
        if (levels == 0) {
            for (FoundModel& model : modelsIn(folder, listing, ModelSource::LmStudio))
                keep(hitOf(std::move(model), root));
            return;
        }
        for (const ListedFolder& below : listing.folders) {
            if (below.name.starts_with(".")) continue;
            pool_.add([this, root, path = folder + "/" + below.name, levels] {
                enterLmStudio(root, path, levels - 1);
            });
        }
    }

    // <repository>/snapshots/<commit>/<file> → ../../blobs/<hash>; the current snapshot is named by
    // refs/main.
    void enterRepository(std::size_t root, const std::string& repository) {
        if (list(repository, nothing).entries == 0) return;
        const std::string current = readQuietly(repository + "/refs/main", kLongestReference);
        FolderListing snapshots = list(repository + "/snapshots", nothing);
        std::stable_partition(snapshots.folders.begin(), snapshots.folders.end(),
                              [&](const ListedFolder& snapshot) {
                                  return !current.empty() && current.starts_with(snapshot.name);
                              });
        int rank = 0;
        for (const ListedFolder& snapshot : snapshots.folders) {
            const std::string folder = repository + "/snapshots/" + snapshot.name;
            const Revision revision{repository, folder, rank++};
            pool_.add(
                [this, root, folder, revision] { enterSnapshot(root, folder, revision, kFolderDepth); });
        }
        addUnfinishedBlobs(root, repository);
    }

    void enterSnapshot(std::size_t root, const std::string& folder, const Revision& revision, int depth) {
        const FolderListing listing = list(folder, mayBelongToAModel);
        if (listing.entries == 0 || !isFirstVisit(root, listing)) return;
        for (FoundModel& model : modelsIn(folder, listing, ModelSource::HuggingFace)) {
            ModelHit hit = hitOf(std::move(model), root);
            hit.rank = revision.rank;
            hit.revision = lastName(revision.snapshot).substr(0, kShownRevision);
            if (hit.model.path.string() == revision.snapshot)
                hit.model.name = repositoryName(lastName(revision.repository)); // a folder of safetensors
            hit.place = revision.repository + hit.model.path.string().substr(revision.snapshot.size());
            keep(std::move(hit));
        }
        for (const ListedFolder& below : listing.folders)
            if (depth > 0 && !below.isLink && !below.name.starts_with("."))
                pool_.add([this, root, path = folder + "/" + below.name, revision, depth] {
                    enterSnapshot(root, path, revision, depth - 1);
                });
    }

    void addUnfinishedBlobs(std::size_t root, const std::string& repository) {
        const std::string folder = repository + "/blobs";
        const FolderListing blobs =
            list(folder, [](const std::string& name) { return name.ends_with(".incomplete"); });
        for (const ListedFile& blob : blobs.files)
            addUnfinished(root, {repositoryName(lastName(repository)), folder + "/" + blob.name, blob.stamp});
    }

    struct Unfinished {
        std::string name;
        std::string path;
        FileStamp stamp;
    };
    void addUnfinished(std::size_t root, const Unfinished& file) {
        if (file.stamp.sizeBytes < kWorthMentioning) return;
        FoundModel model;
        model.name = file.name;
        model.path = file.path;
        model.source = roots_[root].source;
        model.sizeBytes = file.stamp.sizeBytes;
        model.files = {{file.path, file.stamp}};
        model.state = ModelState::BeingWritten;
        model.problem = "It is still being downloaded. It appears here as a model when that is done.";
        keep(hitOf(std::move(model), root));
    }

    void enterOllama(std::size_t root, const std::string& models) {
        const FolderListing blobs = list(models + "/blobs", [](const std::string& name) {
            return !sha256In(name).empty() || name.ends_with("-partial");
        });
        for (const ListedFile& blob : blobs.files)
            if (blob.name.ends_with("-partial"))
                addUnfinished(root, {"a model of Ollama", models + "/blobs/" + blob.name, blob.stamp});
        const auto shared = std::make_shared<const FolderListing>(blobs);
        pool_.add([this, root, models, shared] { enterManifests(root, models, shared, {}); });
    }

    // manifests/<registry>/<owner>/<name>/<tag>; "library" is the owner of what has no owner.
    void enterManifests(std::size_t root, const std::string& models,
                        const std::shared_ptr<const FolderListing>& blobs,
                        const std::vector<std::string>& names) {
        std::string folder = models + "/manifests";
        for (const std::string& name : names) folder += "/" + name;
        constexpr std::size_t kNamesBeforeTag = 3;
        const FolderListing listing =
            list(folder, [&](const std::string&) { return names.size() == kNamesBeforeTag; });
        if (names.size() < kNamesBeforeTag) {
            for (const ListedFolder& below : listing.folders) {
                std::vector<std::string> deeper = names;
                deeper.push_back(below.name);
                pool_.add(
                    [this, root, models, blobs, deeper] { enterManifests(root, models, blobs, deeper); });
            }
            return;
        }
        for (const ListedFile& tag : listing.files) {
            const std::string hex = modelDigestOf(readQuietly(folder + "/" + tag.name, kLargestManifest));
            const ListedFile* blob = hex.empty() ? nullptr : blobs->file("sha256-" + hex);
            if (!blob) continue;
            FoundModel model;
            model.name = ollamaName(names) + ":" + tag.name;
            model.path = models + "/blobs/" + blob->name;
            model.source = ModelSource::Ollama;
            model.sizeBytes = blob->stamp.sizeBytes;
            model.files = {{model.path.string(), blob->stamp}};
            keep(hitOf(std::move(model), root));
        }
    }

    static std::string ollamaName(const std::vector<std::string>& names) {
        if (names[1] == "library") return names[2];
        const std::string owned = names[1] + "/" + names[2];
        return names[0] == "registry.ollama.ai" ? owned : names[0] + "/" + owned;
    }

    const std::vector<ModelRoot>& roots_;
    const SearchWatch& watch_;
    std::atomic<std::size_t> entries_ = 0;
    std::mutex mutex_; // guards what follows
    std::vector<ModelHit> hits_;
    std::vector<FolderState> folders_;
    std::vector<Link> links_;
    std::set<std::tuple<std::size_t, std::uint64_t, std::uint64_t>> visited_;
    TaskPool pool_; // last: its threads use the rest
};

} // namespace

ModelSearchResult searchFolders(const std::vector<ModelRoot>& roots, const SearchWatch& watch) {
    return Search(roots, watch).run();
}

} // namespace ponder::app
