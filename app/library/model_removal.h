#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/library/found_model.h"

namespace ponder::app {

/// A name that goes. Told again right before, in case something else has taken its place.
struct RemovalStep {
    std::string path;
    bool isLink = false;
    std::uint64_t device = 0; ///< of the link itself where it is one
    std::uint64_t inode = 0;
    std::uint64_t sizeBytes = 0;
    std::int64_t modifiedNanoseconds = 0;
    std::uint64_t freedBytes = 0; ///< on the disk, when all steps are done
    std::string trash;            ///< where it goes; empty: it is deleted for good
};

/// What removing a model would do, before it is done.
struct RemovalPlan {
    std::string name;
    std::vector<RemovalStep> steps; ///< in this order; empty where there is a refusal
    std::uint64_t freedBytes = 0;   ///< really: with a trash, once that is emptied
    bool toTrash = false;           ///< everything goes to a trash; else it is deleted for good
    bool insideOwnFolders = false;  ///< else a person is to be asked twice
    std::string refusal;            ///< why it cannot be removed, and what to do; empty: it can
    std::vector<std::string> notes; ///< what a person should know before saying yes, one sentence each
};

/// Of a file with several names, which ones go.
enum class RemovalScope { OnePlace, AllNames };

struct RemovalQuestion {
    std::filesystem::path ownFolder; ///< the only one Ponder may write to without asking
    std::string loadedPath = {};     ///< the model in memory, by its first part
    RemovalScope scope = RemovalScope::OnePlace;
};

/// Changes nothing. Reads folders, so not on the window's thread.
RemovalPlan planRemoval(const FoundModel& model, const RemovalQuestion& question);

/// Does what the plan says, after making sure that every file is still the one that was meant. Throws Error
/// that says what has been removed by then, if anything. Requires: no refusal.
void removeModel(const RemovalPlan& plan);

} // namespace ponder::app
