#include "app/library/model_removal.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <map>
#include <optional>
#include <set>

#include "app/library/file_use.h"
#include "app/library/model_card.h"
#include "app/library/model_names.h"
#include "app/library/trash.h"
#include "engine/engine.h"

namespace ponder::app {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kFreshNanoseconds = 60'000'000'000; // since the last byte was written
constexpr std::uint64_t kStatBlock = 512;

std::optional<struct stat> statusOf(const std::string& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) return std::nullopt;
    return status;
}

std::int64_t modified(const struct stat& status) {
    return status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec;
}

bool isBelow(const fs::path& path, const fs::path& folder) {
    std::error_code error;
    const fs::path real = fs::canonical(path.parent_path(), error);
    if (error || folder.empty()) return false;
    const fs::path top = fs::canonical(folder, error);
    return !error && std::mismatch(top.begin(), top.end(), real.begin(), real.end()).first == top.end();
}

/// The repository of the Hugging Face cache that a blob belongs to; empty for any other file.
fs::path repositoryOf(const fs::path& blob) {
    const fs::path folder = blob.parent_path();
    const bool isBlob =
        folder.filename() == "blobs" && folder.parent_path().filename().string().starts_with("models--");
    return isBlob ? folder.parent_path() : fs::path();
}

/// Makes the steps of a plan.
class Planner {
public:
    Planner(const FoundModel& model, const RemovalQuestion& question) : model_(model), question_(question) {
        plan_.name = model.name;
    }

    RemovalPlan plan() {
        plan_.refusal = refusal();
        if (!plan_.refusal.empty()) return plan_;
        for (const std::string& path : namesThatGo()) addName(path);
        for (const std::string& blob : unusedBlobs()) addStep(blob);
        if (plan_.refusal.empty() && plan_.steps.empty())
            plan_.refusal = "The files of " + model_.name + " are not there any more. Look for models again.";
        if (!plan_.refusal.empty()) {
            plan_.steps.clear();
            return plan_;
        }
        countFreed();
        noteUsers();
        plan_.toTrash = std::all_of(plan_.steps.begin(), plan_.steps.end(),
                                    [](const RemovalStep& step) { return !step.trash.empty(); });
        plan_.insideOwnFolders =
            std::all_of(plan_.steps.begin(), plan_.steps.end(),
                        [&](const RemovalStep& step) { return isBelow(step.path, question_.ownFolder); });
        return plan_;
    }

private:
    std::string refusal() const {
        if (model_.source == ModelSource::Bundled)
            return "The starter model is a part of Ponder and stays as long as Ponder is installed.";
        const bool isOllamas =
            model_.source == ModelSource::Ollama || (model_.path.parent_path().filename() == "blobs" &&
                                                     model_.path.filename().string().starts_with("sha256-"));
        if (isOllamas)
            return "Ollama keeps account of its models itself. Remove this one with `ollama rm " +
                   model_.name + "`.";
        const auto& others = model_.otherPaths;
        const bool isLoaded = !question_.loadedPath.empty() &&
                              (model_.path.string() == question_.loadedPath ||
                               std::find(others.begin(), others.end(), question_.loadedPath) != others.end());
        if (isLoaded) return "The model is in memory. Choose another one first, then remove it.";
        const std::int64_t now = std::chrono::duration_cast<std::chrono::nanoseconds>(
                                     std::chrono::system_clock::now().time_since_epoch())
                                     .count();
        if (model_.state == ModelState::BeingWritten)
            for (const ModelFile& file : model_.files)
                if (now - file.stamp.modifiedNanoseconds < kFreshNanoseconds)
                    return "It is being written at this moment. Stop its download first.";
        return {};
    }

    /// All parts by every name that is to go.
    std::vector<std::string> namesThatGo() const {
        std::vector<std::string> names;
        for (const ModelFile& file : model_.files) names.push_back(file.path);
        if (question_.scope == RemovalScope::OnePlace) return names;
        for (const fs::path other : model_.otherPaths) {
            const PartName part = partNameOf(other.filename().string());
            names.push_back(other.string());
            for (std::size_t i = 2; i <= model_.files.size(); ++i)
                names.push_back((other.parent_path() / part.fileName(static_cast<int>(i))).string());
        }
        return names;
    }

    void addName(const std::string& path) {
        const auto status = statusOf(path);
        if (!status) return;
        addStep(path);
        if (!S_ISLNK(status->st_mode)) return;
        std::error_code error;
        const fs::path target = fs::canonical(path, error);
        if (error) return;
        if (repositoryOf(target).empty())
            plan_.notes.push_back("Only the link goes; the file itself, " + target.string() + ", stays.");
        else
            blobs_.insert(target.string());
    }

    /// Blobs that no link of their repository leads to once the steps are done.
    std::set<std::string> unusedBlobs() {
        std::set<std::string> unused = blobs_;
        // By inode: a link may be reached by several paths.
        std::set<std::pair<std::uint64_t, std::uint64_t>> going;
        for (const RemovalStep& step : plan_.steps) going.insert({step.device, step.inode});
        std::set<fs::path> repositories;
        for (const std::string& blob : blobs_) repositories.insert(repositoryOf(blob));
        bool isAllSeen = true;
        for (const fs::path& repository : repositories) {
            std::error_code error;
            for (fs::recursive_directory_iterator entry(repository / "snapshots", error), end;
                 !error && entry != end; entry.increment(error)) {
                std::error_code gone;
                const auto status = statusOf(entry->path().string());
                if (!status || !S_ISLNK(status->st_mode) || going.contains({status->st_dev, status->st_ino}))
                    continue;
                const std::string target = fs::canonical(entry->path(), gone).string();
                if (!gone && unused.erase(target) > 0)
                    plan_.notes.push_back(
                        "Another revision uses the file, so it stays: " + entry->path().string() + ".");
            }
            isAllSeen = isAllSeen && !error;
        }
        if (!isAllSeen) unused.clear(); // what cannot be read may need them
        return unused;
    }

    void addStep(const std::string& path) {
        const auto status = statusOf(path);
        if (!status || (!S_ISREG(status->st_mode) && !S_ISLNK(status->st_mode))) return;
        for (const RemovalStep& step : plan_.steps)
            if (step.path == path) return;
        const std::string folder = fs::absolute(path).parent_path().string();
        if (::access(folder.c_str(), W_OK | X_OK) != 0)
            plan_.refusal = "Nothing can be removed from " + folder + " (" + std::strerror(errno) +
                            "). Ask whoever owns it.";
        plan_.steps.push_back({.path = path,
                               .isLink = S_ISLNK(status->st_mode),
                               .device = status->st_dev,
                               .inode = status->st_ino,
                               .sizeBytes = static_cast<std::uint64_t>(status->st_size),
                               .modifiedNanoseconds = modified(*status),
                               .freedBytes = 0,
                               .trash = trashFor(path).value_or("")});
    }

    /// A file's space comes back with the last of its names.
    void countFreed() {
        std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint64_t> going;
        for (const RemovalStep& step : plan_.steps) ++going[{step.device, step.inode}];
        std::set<std::pair<std::uint64_t, std::uint64_t>> counted;
        for (RemovalStep& step : plan_.steps) {
            const auto status = statusOf(step.path);
            if (!status || step.isLink || !counted.insert({step.device, step.inode}).second) continue;
            const std::uint64_t names = going[{step.device, step.inode}];
            if (status->st_nlink <= names) {
                step.freedBytes = static_cast<std::uint64_t>(status->st_blocks) * kStatBlock;
                plan_.freedBytes += step.freedBytes;
                continue;
            }
            const std::uint64_t left = status->st_nlink - names;
            plan_.notes.push_back("The file has " + std::to_string(left) +
                                  (left == 1 ? " other name" : " other names") +
                                  " (a hard link), so its space stays in use: " + step.path + ".");
        }
    }

    void noteUsers() {
        std::vector<std::string> files;
        for (const RemovalStep& step : plan_.steps) files.push_back(step.path);
        for (const std::string& program : programsUsing(files))
            plan_.notes.push_back("The program " + program +
                                  " is using it; the space is free when it lets go.");
    }

    const FoundModel& model_;
    const RemovalQuestion& question_;
    RemovalPlan plan_;
    std::set<std::string> blobs_; // of the Hugging Face cache, that links of the plan lead to
};

bool isStillMeant(const RemovalStep& step) {
    const auto status = statusOf(step.path);
    return status && S_ISLNK(status->st_mode) == step.isLink && status->st_dev == step.device &&
           status->st_ino == step.inode && static_cast<std::uint64_t>(status->st_size) == step.sizeBytes &&
           modified(*status) == step.modifiedNanoseconds;
}

} // namespace

RemovalPlan planRemoval(const FoundModel& model, const RemovalQuestion& question) {
    return Planner(model, question).plan();
}

void removeModel(const RemovalPlan& plan) {
    for (const RemovalStep& step : plan.steps)
        if (!isStillMeant(step))
            throw engine::Error("The file " + step.path +
                                " is another one now, so nothing was removed. Look for models again.");
    std::size_t done = 0;
    for (const RemovalStep& step : plan.steps) {
        const std::string before = done == 0 ? std::string()
                                             : " Removed before that: " + std::to_string(done) + " of " +
                                                   std::to_string(plan.steps.size()) + " files.";
        // Links in between may have been exchanged for something else a moment ago.
        if (!isStillMeant(step))
            throw engine::Error("The file " + step.path + " is another one now and was left." + before +
                                " Look for models again.");
        if (plan.toTrash) {
            try {
                moveToTrash(step.path, step.trash);
            } catch (const engine::Error& error) {
                throw engine::Error(error.what() + before);
            }
        } else if (::unlink(step.path.c_str()) != 0) {
            throw engine::Error("The file " + step.path + " could not be removed (" + std::strerror(errno) +
                                ")." + before + " Check the folder's permissions.");
        }
        ++done;
    }
}

} // namespace ponder::app
