#pragma once

#include <filesystem>
#include <string>

namespace ponder::app {

/// Where Ponder's files live: the XDG folders, or one folder for everything where the user named it.
struct Paths {
    std::filesystem::path data;   ///< chats and downloaded models; never a cache
    std::filesystem::path config; ///< settings
    std::filesystem::path cache;  ///< what can be made again
    std::filesystem::path state;  ///< logs, snapshots
    std::filesystem::path home;

    std::filesystem::path chatFile() const { return data / "chats.db"; }
    std::filesystem::path windowLock() const { return data / "window.lock"; }
    std::filesystem::path modelsFolder() const { return data / "models"; }
    std::filesystem::path downloadsFile() const { return data / "downloads.json"; }
    std::filesystem::path runChoices() const { return data / "run_choices.json"; }
    std::filesystem::path planRecords() const { return data / "plan_records.json"; }
    std::filesystem::path settingsFile() const { return config / "settings.json"; }
    std::filesystem::path modelCards() const { return cache / "model_cards"; }
    std::filesystem::path snapshots() const { return state / "snapshots"; }
    std::filesystem::path machineSpeed() const { return cache / "machine_speed.json"; }
    std::filesystem::path modelHashes() const { return cache / "model_hashes.json"; }

    /// `dataFolder` is what --data-dir says, empty without it; PONDER_DATA_DIR comes next, then XDG. Relative
    /// XDG folders are ignored, as their specification asks. Throws Error when there is no home folder
    /// either.
    static Paths find(const std::string& dataFolder);
};

/// Creates the folder and those above it, readable by their owner only. Throws Error.
void makePrivateFolder(const std::filesystem::path& folder);

/// The folder of the running program.
std::filesystem::path programFolder();

/// The starter model: PONDER_STARTER, beside the installed program, or in the source tree. Empty: not there.
std::filesystem::path starterModel();

/// The list of models that can be had, beside the installed program or in the source tree; its signature lies
/// beside it as catalogue.json.sig. Empty: not there.
std::filesystem::path catalogueFile();

} // namespace ponder::app
