#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/downloads/hub_listing.h"
#include "app/downloads/model_link.h"

namespace ponder::app {

/// What Ponder and ponder-fetch say to each other: one JSON object a line, either way. Requests go to its
/// input, the first one List, Get or Discard, then Speed and Pause; what it says comes from its output. When
/// its input ends, it pauses. Neither side believes the other: lines are bounded and every value is checked.

constexpr std::size_t kLongestFetchLine = std::size_t{4} << 20; // bytes

enum class ProblemKind {
    BadRequest, ///< a fault of ours
    NotSecure,
    NoSuchHost,
    NoConnection,
    BadCertificate,
    Stalled,
    ConnectionLost,
    RedirectRefused,  ///< detail: "http", "file", "private", "other"
    TooManyRedirects, //
    NeedsAccess,
    NotFound,
    TooManyRequests, ///< amount: seconds to wait, 0 where not said
    ServerFault,     ///< amount: the status
    UnexpectedAnswer,
    UnknownSize,
    WrongSize,  ///< the server's file is not as large as its publisher says
    WrongBytes, ///< the file does not have the expected SHA-256
    Packed,     ///< the server compresses what it sends
    NotAModel,  ///< detail: "web page", "pointer", "other"
    BadModel,   ///< detail: the engine's sentence
    DiskFull,   ///< amount: bytes that are missing
    FolderMissing,
    CannotWrite, ///< detail: the system's reason
    TargetExists,
    TargetIsLink,
    InUse,
    BadListing,
    NoModels,
    AmbiguousModel,
    // Found by Ponder, never sent:
    FetcherMissing,
    FetcherEnded,
};

/// `host` is who was talked to, empty where nobody was.
struct FetchProblem {
    ProblemKind kind = ProblemKind::BadRequest;
    std::string host = {};
    std::string detail = {};
    std::int64_t amount = 0;

    bool operator==(const FetchProblem&) const = default;
};

/// A file to be had. `name` is one of safeFileName's.
struct FetchFile {
    std::string url = {};
    std::string name = {};
    std::uint64_t sizeBytes = 0; ///< 0: the server will say
    std::string sha256 = {};     ///< empty: unknown

    bool operator==(const FetchFile&) const = default;
};

/// How long a server is borne with, and what the disk keeps free.
struct FetchPatience {
    int stallSeconds = 30;                 ///< at less than 1 KiB/s, and to connect
    int tries = 8;                         ///< without progress
    int firstPauseMilliseconds = 1000;     ///< between tries; doubles
    int longestPauseMilliseconds = 60'000; ///< a server that asks for more is left alone
    std::uint64_t spareBytes = std::uint64_t{1} << 30;

    bool operator==(const FetchPatience&) const = default;
};

struct ListRequest {
    ModelLink link = {};
    FetchPatience patience = {};
};
/// Files that become one model: none gets its name before all are whole.
struct GetRequest {
    std::string folder = {}; ///< is there already
    std::vector<FetchFile> files = {};
    std::uint64_t bytesPerSecond = 0; ///< 0: as fast as it goes
    FetchPatience patience = {};
};
/// Removes what is there of a download that is not to go on.
struct DiscardRequest {
    std::string folder = {};
    std::vector<std::string> names = {};
};
struct SpeedRequest {
    std::uint64_t bytesPerSecond = 0;
};
struct PauseRequest {};

using FetchRequest = std::variant<ListRequest, GetRequest, DiscardRequest, SpeedRequest, PauseRequest>;

enum class FetchPhase { Downloading, CheckingDisk, CheckingModel };

struct ContactEvent {
    std::string host = {};
};
struct ListedEvent {
    HubListing listing = {};
};
struct ProgressEvent {
    FetchPhase phase = FetchPhase::Downloading;
    std::uint64_t doneBytes = 0;
    std::uint64_t totalBytes = 0; ///< 0: not known yet
};
/// The server failed; another try follows.
struct WaitEvent {
    int milliseconds = 0;
    FetchProblem problem = {};
};
struct DoneEvent {
    std::vector<std::string> names = {};
    bool alreadyThere = false;
    bool verified = false;   ///< against a hash that was known before
    std::string notice = {}; ///< the engine's sentence where it cannot run the model; cleaned, may be empty
    std::string sha256 = {}; ///< of the first file
};
struct PausedEvent {};
struct DiscardedEvent {};
struct FailedEvent {
    FetchProblem problem = {};
};

using FetchEvent = std::variant<ContactEvent, ListedEvent, ProgressEvent, WaitEvent, DoneEvent, PausedEvent,
                                DiscardedEvent, FailedEvent>;

/// One line with its end.
std::string toLine(const FetchRequest& request);
std::string toLine(const FetchEvent& event);

/// Nothing for a line that is none of theirs.
std::optional<FetchRequest> parseFetchRequest(std::string_view line);
std::optional<FetchEvent> parseFetchEvent(std::string_view line);

} // namespace ponder::app
