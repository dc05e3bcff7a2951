// How downloads.json spells a Download.
#include <algorithm>

#include "app/downloads/download.h"
#include "app/downloads/json_members.h"

namespace ponder::app {

namespace {

using nlohmann::json;

constexpr std::string_view kFormat = "ponder-downloads-1";
constexpr std::size_t kMostDownloads = 1000;
constexpr std::size_t kLongestText = 4096;
constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 50;

json toJson(const Download& download) {
    json object{{"id", download.id},
                {"name", download.order.name},
                {"repository", download.order.link.repository},
                {"revision", download.order.link.revision},
                {"path", download.order.link.path},
                {"quantisation", download.order.link.quantisation},
                {"url", download.order.link.url},
                {"sha256", download.order.sha256},
                {"folder", download.order.folder},
                {"doneBytes", download.doneBytes},
                {"totalBytes", download.totalBytes},
                // Checked by whoever checks them before they are fetched.
                {"request", toLine(FetchRequest(GetRequest{.folder = download.order.folder,
                                                           .files = download.order.files}))}};
    if (download.state == DownloadState::Failed && download.problem)
        object["failed"] = toLine(FetchEvent(FailedEvent{*download.problem}));
    return object;
}

std::optional<ModelLink> linkFrom(const json& object) {
    const auto repository = textOf(object, "repository", 200);
    const auto revision = textOf(object, "revision", 100);
    const auto path = textOf(object, "path", kLongestText);
    const auto quantisation = textOf(object, "quantisation", 100);
    const auto url = textOf(object, "url", kLongestText);
    if (!repository || !revision || !path || !quantisation || !url) return std::nullopt;
    if (repository->empty() ? !parseWebAddress(*url)
                            : parseModelLink(*repository, {}).link.repository != *repository)
        return std::nullopt;
    return ModelLink{*repository, *revision, *path, *quantisation, *url};
}

std::optional<Download> downloadFrom(const json& object) {
    const auto id = textOf(object, "id", 64);
    const auto name = textOf(object, "name", kLongestText);
    const auto link = linkFrom(object);
    const auto hash = textOf(object, "sha256", 64);
    const auto folder = textOf(object, "folder", kLongestText);
    const auto done = countOf(object, "doneBytes", kMostBytes);
    const auto total = countOf(object, "totalBytes", kMostBytes);
    if (!id || id->empty() || !name || !link || !hash || !isHashOrEmpty(*hash) || !folder || !done ||
        !total || !folder->starts_with('/'))
        return std::nullopt;
    Download download{
        .id = *id,
        .order = {.name = *name, .link = *link, .sha256 = *hash, .files = {}, .folder = *folder},
        .state = DownloadState::Paused};
    download.doneBytes = *done;
    download.totalBytes = std::max(*done, *total);
    if (const auto text = textOf(object, "request", kLongestFetchLine)) {
        const auto request = parseFetchRequest(*text);
        if (request && std::holds_alternative<GetRequest>(*request))
            download.order.files = std::get<GetRequest>(*request).files;
    }
    if (const auto text = textOf(object, "failed", kLongestFetchLine)) {
        const auto event = parseFetchEvent(*text);
        if (event && std::holds_alternative<FailedEvent>(*event)) {
            download.problem = std::get<FailedEvent>(*event).problem;
            download.state = DownloadState::Failed;
        }
    }
    return download;
}

} // namespace

std::string downloadsText(const std::vector<Download>& downloads) {
    json list = json::array();
    for (const Download& download : downloads)
        if (download.state != DownloadState::Done && download.state != DownloadState::Cancelling)
            list.push_back(toJson(download));
    return json{{"format", kFormat}, {"downloads", list}}.dump(2, ' ', false,
                                                               json::error_handler_t::replace) +
           "\n";
}

std::vector<Download> parseDownloads(std::string_view text) {
    const json document = json::parse(text, nullptr, false);
    const json* list = memberOf(document, "downloads");
    if (textOf(document, "format", 64) != kFormat || !list || !list->is_array()) return {};
    std::vector<Download> downloads;
    for (const json& each : *list) {
        if (downloads.size() == kMostDownloads) break;
        auto download = downloadFrom(each);
        const bool isNew =
            download && std::ranges::find(downloads, download->id, &Download::id) == downloads.end();
        if (isNew) downloads.push_back(std::move(*download));
    }
    return downloads;
}

} // namespace ponder::app
