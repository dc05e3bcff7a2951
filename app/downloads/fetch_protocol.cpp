#include "app/downloads/fetch_protocol.h"

#include <algorithm>
#include <array>

#include "app/downloads/json_members.h"

namespace ponder::app {

namespace {

using nlohmann::json;

constexpr std::size_t kLongestPath = 4096;
constexpr std::size_t kLongestDetail = 2000;
constexpr std::size_t kLongestHost = 270;
constexpr std::size_t kMostFiles = 1000;
constexpr std::size_t kMostModels = 10'000;
constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 50;
constexpr std::uint64_t kMostMilliseconds = 3'600'000;

constexpr std::array<std::string_view, 31> kProblemNames{
    "badRequest",  "notSecure",       "noSuchHost",      "noConnection",     "badCertificate",
    "stalled",     "connectionLost",  "redirectRefused", "tooManyRedirects", "needsAccess",
    "notFound",    "tooManyRequests", "serverFault",     "unexpectedAnswer", "unknownSize",
    "wrongSize",   "wrongBytes",      "packed",          "notAModel",        "badModel",
    "diskFull",    "folderMissing",   "cannotWrite",     "targetExists",     "targetIsLink",
    "inUse",       "badListing",      "noModels",        "ambiguousModel",   "fetcherMissing",
    "fetcherEnded"};
static_assert(static_cast<std::size_t>(ProblemKind::FetcherEnded) + 1 == kProblemNames.size());

constexpr std::array<std::string_view, 3> kPhaseNames{"downloading", "checkingDisk", "checkingModel"};

/// Place of the member's text in a list of names.
template <std::size_t N>
std::optional<std::size_t> placeOf(const json& object, const char* member,
                                   const std::array<std::string_view, N>& names) {
    const auto text = textOf(object, member, 64);
    if (!text) return std::nullopt;
    const auto found = std::ranges::find(names, *text);
    if (found == names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
}

std::string line(const json& object) {
    return object.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

json toJson(const FetchPatience& patience) {
    return {{"stallSeconds", patience.stallSeconds},
            {"tries", patience.tries},
            {"firstPauseMilliseconds", patience.firstPauseMilliseconds},
            {"longestPauseMilliseconds", patience.longestPauseMilliseconds},
            {"spareBytes", patience.spareBytes}};
}

std::optional<FetchPatience> patienceOf(const json& object) {
    const json* member = memberOf(object, "patience");
    if (!member) return std::nullopt;
    const auto stall = countOf(*member, "stallSeconds", 3600);
    const auto tries = countOf(*member, "tries", 1000);
    const auto first = countOf(*member, "firstPauseMilliseconds", kMostMilliseconds);
    const auto longest = countOf(*member, "longestPauseMilliseconds", kMostMilliseconds);
    const auto spare = countOf(*member, "spareBytes", kMostBytes);
    if (!stall || !tries || !first || !longest || !spare || *stall == 0) return std::nullopt;
    return FetchPatience{.stallSeconds = static_cast<int>(*stall),
                         .tries = static_cast<int>(*tries),
                         .firstPauseMilliseconds = static_cast<int>(*first),
                         .longestPauseMilliseconds = static_cast<int>(*longest),
                         .spareBytes = *spare};
}

json toJson(const FetchFile& file) {
    return {{"url", file.url}, {"name", file.name}, {"sizeBytes", file.sizeBytes}, {"sha256", file.sha256}};
}

std::optional<FetchFile> fileOf(const json& object) {
    const auto url = textOf(object, "url", kLongestPath);
    const auto name = textOf(object, "name", kLongestPath);
    const auto size = countOf(object, "sizeBytes", kMostBytes);
    const auto hash = textOf(object, "sha256", 64);
    if (!url || !name || !size || !hash) return std::nullopt;
    if (!parseWebAddress(*url) || !isSafeFileName(*name) || !isHashOrEmpty(*hash)) return std::nullopt;
    return FetchFile{.url = *url, .name = *name, .sizeBytes = *size, .sha256 = *hash};
}

std::optional<std::string> folderOf(const json& object) {
    auto folder = textOf(object, "folder", kLongestPath);
    if (!folder || !folder->starts_with('/')) return std::nullopt;
    return folder;
}

std::optional<FetchRequest> parseList(const json& object) {
    const auto repository = textOf(object, "repository", 200);
    const auto revision = textOf(object, "revision", 100);
    const auto patience = patienceOf(object);
    if (!repository || !revision || !patience) return std::nullopt;
    // Read again as what a person might have typed, so that it has been checked here too.
    const ParsedLink parsed = parseModelLink(*repository, {});
    if (parsed.fault != LinkFault::None || parsed.link.repository != *repository) return std::nullopt;
    const ParsedLink atRevision = parseModelLink("hf.co/" + *repository + "/tree/" + *revision, {});
    if (atRevision.fault != LinkFault::None || atRevision.link.revision != *revision) return std::nullopt;
    return ListRequest{atRevision.link, *patience};
}

std::optional<FetchRequest> parseGet(const json& object) {
    GetRequest request;
    const auto folder = folderOf(object);
    const auto speed = countOf(object, "bytesPerSecond", kMostBytes);
    const auto patience = patienceOf(object);
    const json* files = memberOf(object, "files");
    if (!folder || !speed || !patience || !files || !files->is_array()) return std::nullopt;
    if (files->empty() || files->size() > kMostFiles) return std::nullopt;
    for (const json& each : *files) {
        const auto file = fileOf(each);
        if (!file || std::ranges::find(request.files, file->name, &FetchFile::name) != request.files.end())
            return std::nullopt;
        request.files.push_back(*file);
    }
    request.folder = *folder;
    request.bytesPerSecond = *speed;
    request.patience = *patience;
    return request;
}

/// The names in `object`'s list, if they are all ones of ours.
std::optional<std::vector<std::string>> namesOf(const json& object) {
    const json* list = memberOf(object, "names");
    if (!list || !list->is_array() || list->size() > kMostFiles) return std::nullopt;
    std::vector<std::string> names;
    for (const json& name : *list) {
        if (!name.is_string() || !isSafeFileName(name.get_ref<const std::string&>())) return std::nullopt;
        names.push_back(name.get<std::string>());
    }
    return names;
}

std::optional<FetchRequest> parseDiscard(const json& object) {
    const auto folder = folderOf(object);
    const auto names = namesOf(object);
    if (!folder || !names) return std::nullopt;
    return DiscardRequest{*folder, *names};
}

json toJson(const FetchProblem& problem) {
    return {{"kind", kProblemNames[static_cast<std::size_t>(problem.kind)]},
            {"host", problem.host},
            {"detail", problem.detail.substr(0, kLongestDetail)},
            {"amount", problem.amount}};
}

std::optional<FetchProblem> problemOf(const json& object) {
    const json* member = memberOf(object, "problem");
    if (!member) return std::nullopt;
    const auto kind = placeOf(*member, "kind", kProblemNames);
    const auto host = textOf(*member, "host", kLongestHost);
    // A cut letter at its end is replaced by one of three bytes.
    const auto detail = textOf(*member, "detail", kLongestDetail + 16);
    const auto amount = countOf(*member, "amount", kMostBytes);
    if (!kind || !host || !detail || !amount) return std::nullopt;
    return FetchProblem{static_cast<ProblemKind>(*kind), *host, *detail, static_cast<std::int64_t>(*amount)};
}

json toJson(const HubListing& listing) {
    json models = json::array();
    for (const HubModel& model : listing.models) {
        json files = json::array();
        for (const HubFile& file : model.files)
            files.push_back({{"path", file.path}, {"sizeBytes", file.sizeBytes}, {"sha256", file.sha256}});
        models.push_back({{"name", model.name}, {"files", files}});
    }
    return {{"repository", listing.repository},
            {"commit", listing.commit},
            {"license", listing.license},
            {"gated", listing.gated},
            {"models", models}};
}

std::optional<HubModel> modelOf(const json& object) {
    const auto name = textOf(object, "name", kLongestPath);
    const json* files = memberOf(object, "files");
    if (!name || !files || !files->is_array() || files->empty() || files->size() > kMostFiles)
        return std::nullopt;
    HubModel model{.name = *name, .files = {}};
    for (const json& each : *files) {
        const auto path = textOf(each, "path", kLongestPath);
        const auto size = countOf(each, "sizeBytes", kMostBytes);
        const auto hash = textOf(each, "sha256", 64);
        if (!path || !size || !hash || safeFileName(*path).empty() || !isHashOrEmpty(*hash))
            return std::nullopt;
        model.files.push_back({*path, *size, *hash});
    }
    return model;
}

std::optional<FetchEvent> parseListed(const json& object) {
    const auto repository = textOf(object, "repository", 200);
    const auto commit = textOf(object, "commit", 40);
    const auto license = textOf(object, "license", 64);
    const json* models = memberOf(object, "models");
    if (!repository || !commit || !license || !models || !models->is_array() || models->size() > kMostModels)
        return std::nullopt;
    if (commit->size() != 40 || commit->find_first_not_of("0123456789abcdef") != std::string::npos)
        return std::nullopt;
    HubListing listing{.repository = *repository,
                       .commit = *commit,
                       .license = *license,
                       .gated = flagOf(object, "gated"),
                       .models = {}};
    for (const json& each : *models) {
        auto model = modelOf(each);
        if (!model) return std::nullopt;
        listing.models.push_back(std::move(*model));
    }
    return ListedEvent{std::move(listing)};
}

std::optional<FetchEvent> parseProgress(const json& object) {
    const auto phase = placeOf(object, "phase", kPhaseNames);
    const auto done = countOf(object, "doneBytes", kMostBytes);
    const auto total = countOf(object, "totalBytes", kMostBytes);
    if (!phase || !done || !total) return std::nullopt;
    return ProgressEvent{static_cast<FetchPhase>(*phase), *done, *total};
}

std::optional<FetchEvent> parseDone(const json& object) {
    const auto names = namesOf(object);
    const auto notice = textOf(object, "notice", kLongestDetail + 16);
    const auto hash = textOf(object, "sha256", 64);
    if (!names || !notice || !hash || !isHashOrEmpty(*hash)) return std::nullopt;
    return DoneEvent{*names, flagOf(object, "alreadyThere"), flagOf(object, "verified"), *notice, *hash};
}

std::optional<FetchEvent> parseWait(const json& object) {
    const auto wait = countOf(object, "milliseconds", kMostMilliseconds);
    const auto problem = problemOf(object);
    if (!wait || !problem) return std::nullopt;
    return WaitEvent{static_cast<int>(*wait), *problem};
}

struct RequestWriter {
    json operator()(const ListRequest& request) const {
        return {{"request", "list"},
                {"repository", request.link.repository},
                {"revision", request.link.revision},
                {"patience", toJson(request.patience)}};
    }
    json operator()(const GetRequest& request) const {
        json files = json::array();
        for (const FetchFile& file : request.files) files.push_back(toJson(file));
        return {{"request", "get"},
                {"folder", request.folder},
                {"files", files},
                {"bytesPerSecond", request.bytesPerSecond},
                {"patience", toJson(request.patience)}};
    }
    json operator()(const DiscardRequest& request) const {
        return {{"request", "discard"}, {"folder", request.folder}, {"names", request.names}};
    }
    json operator()(const SpeedRequest& request) const {
        return {{"request", "speed"}, {"bytesPerSecond", request.bytesPerSecond}};
    }
    json operator()(const PauseRequest&) const { return {{"request", "pause"}}; }
};

struct EventWriter {
    json operator()(const ContactEvent& event) const { return {{"event", "contact"}, {"host", event.host}}; }
    json operator()(const ListedEvent& event) const {
        json object = toJson(event.listing);
        object["event"] = "listed";
        return object;
    }
    json operator()(const ProgressEvent& event) const {
        return {{"event", "progress"},
                {"phase", kPhaseNames[static_cast<std::size_t>(event.phase)]},
                {"doneBytes", event.doneBytes},
                {"totalBytes", event.totalBytes}};
    }
    json operator()(const WaitEvent& event) const {
        return {{"event", "wait"}, {"milliseconds", event.milliseconds}, {"problem", toJson(event.problem)}};
    }
    json operator()(const DoneEvent& event) const {
        return {{"event", "done"},
                {"names", event.names},
                {"alreadyThere", event.alreadyThere},
                {"verified", event.verified},
                {"notice", event.notice.substr(0, kLongestDetail)},
                {"sha256", event.sha256}};
    }
    json operator()(const PausedEvent&) const { return {{"event", "paused"}}; }
    json operator()(const DiscardedEvent&) const { return {{"event", "discarded"}}; }
    json operator()(const FailedEvent& event) const {
        return {{"event", "failed"}, {"problem", toJson(event.problem)}};
    }
};

/// The object of a line, or null.
json objectOf(std::string_view line) {
    if (line.size() > kLongestFetchLine) return {};
    json object = json::parse(line, nullptr, false);
    return object.is_object() ? object : json();
}

} // namespace

std::string toLine(const FetchRequest& request) {
    return line(std::visit(RequestWriter{}, request));
}

std::string toLine(const FetchEvent& event) {
    return line(std::visit(EventWriter{}, event));
}

std::optional<FetchRequest> parseFetchRequest(std::string_view line) {
    const json object = objectOf(line);
    const auto kind = textOf(object, "request", 16);
    if (kind == "list") return parseList(object);
    if (kind == "get") return parseGet(object);
    if (kind == "discard") return parseDiscard(object);
    if (kind == "pause") return PauseRequest{};
    if (kind != "speed") return std::nullopt;
    const auto speed = countOf(object, "bytesPerSecond", kMostBytes);
    return speed ? std::optional<FetchRequest>(SpeedRequest{*speed}) : std::nullopt;
}

std::optional<FetchEvent> parseFetchEvent(std::string_view line) {
    const json object = objectOf(line);
    const auto kind = textOf(object, "event", 16);
    if (kind == "listed") return parseListed(object);
    if (kind == "progress") return parseProgress(object);
    if (kind == "wait") return parseWait(object);
    if (kind == "done") return parseDone(object);
    if (kind == "paused") return PausedEvent{};
    if (kind == "discarded") return DiscardedEvent{};
    if (kind == "contact") {
        const auto host = textOf(object, "host", kLongestHost);
        return host ? std::optional<FetchEvent>(ContactEvent{*host}) : std::nullopt;
    }
    if (kind != "failed") return std::nullopt;
    const auto problem = problemOf(object);
    return problem ? std::optional<FetchEvent>(FailedEvent{*problem}) : std::nullopt;
}

} // namespace ponder::app
