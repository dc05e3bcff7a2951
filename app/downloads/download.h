#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "app/downloads/fetch_protocol.h"
#include "app/downloads/problem_words.h"

namespace ponder::app {

/// What a person asked to be downloaded.
struct DownloadOrder {
    std::string name = {};   ///< as it is listed
    ModelLink link = {};     ///< what on Hugging Face, or the address of a file
    std::string sha256 = {}; ///< that the person, or the catalogue, expects of a single file; may be empty
    /// Where the link's files are, at one commit; found out when it begins, unless a listing was at hand.
    std::vector<FetchFile> files = {};
    std::string folder = {};

    bool operator==(const DownloadOrder&) const = default;
};

/// An order for one model of a listing.
DownloadOrder orderFor(const HubListing& listing, const HubModel& model);
/// The folder below `models` for what comes from `link`: ORG/NAME, or `models` itself.
std::string folderFor(const std::string& models, const ModelLink& link);
/// Whom this would contact first; others may be named by the answers.
std::string firstHost(const ModelLink& link);

enum class DownloadState {
    Waiting,     ///< for its turn
    Asking,      ///< the hub, which files there are
    Downloading, //
    Checking,    ///< bytes on the disk, or the model's header
    Retrying,    ///< the server failed, another try follows
    Paused,
    Cancelling,
    Failed,
    Done,
};

/// Whether a program is at work on it.
bool isRunning(DownloadState state);

/// A download as the window shows it.
struct Download {
    std::string id = {};
    DownloadOrder order = {};
    DownloadState state = DownloadState::Waiting;
    std::vector<std::string> hosts = {}; ///< that were contacted
    std::uint64_t doneBytes = 0;
    std::uint64_t totalBytes = 0; ///< 0: not known yet
    std::uint64_t bytesPerSecond = 0;
    std::optional<std::chrono::seconds> left = {};
    std::optional<FetchProblem> problem =
        {};                              ///< when Failed, and the last one when Retrying; see problemWords
    std::vector<std::string> paths = {}; ///< when Done
    bool verified = false;               ///< when Done: against a hash known beforehand
    std::string notice = {};             ///< when Done: why this version cannot run it, or empty
};

/// The queue as it is kept between two starts. What ran then is paused now: nothing is contacted before the
/// user asks for it.
std::string downloadsText(const std::vector<Download>& downloads);
/// What is damaged is left out.
std::vector<Download> parseDownloads(std::string_view text);

} // namespace ponder::app
