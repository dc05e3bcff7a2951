#include "app/downloads/download.h"

namespace ponder::app {

DownloadOrder orderFor(const HubListing& listing, const HubModel& model) {
    DownloadOrder order{.name = model.name};
    order.link.repository = listing.repository;
    order.link.revision = listing.commit;
    order.link.path = model.files.front().path;
    for (const HubFile& file : model.files)
        order.files.push_back(
            {.url = hubFileUrl(hubEndpoint(), listing.repository, listing.commit, file.path),
             .name = safeFileName(file.path),
             .sizeBytes = file.sizeBytes,
             .sha256 = file.sha256});
    return order;
}

std::string folderFor(const std::string& models, const ModelLink& link) {
    return link.onHub() ? models + "/" + link.repository : models;
}

std::string firstHost(const ModelLink& link) {
    const auto address = parseWebAddress(link.onHub() ? hubEndpoint() : link.url);
    return address ? address->shown() : std::string();
}

bool isRunning(DownloadState state) {
    return state == DownloadState::Asking || state == DownloadState::Downloading ||
           state == DownloadState::Checking || state == DownloadState::Retrying ||
           state == DownloadState::Cancelling;
}

} // namespace ponder::app
