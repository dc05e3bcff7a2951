#pragma once

#include <cstdint>
#include <vector>

#include "app/downloads/catalogue.h"
#include "app/downloads/download_queue.h"
#include "ui/library/library_values.h"

namespace ponder::app {

ui::DownloadRow downloadRow(const Download& download);

/// What the offers are compared with.
struct OfferedTo {
    std::uint64_t memoryBytes = 0;
    std::vector<std::string> namesHere = {}; ///< of the models found on this computer
};
ui::OfferRow offerRow(const CatalogueEntry& entry, const OfferedTo& person);

/// The files of a listing; their ids are the models' names.
ui::LinkAnswer linkAnswer(const QString& link, const HubListing& listing);
ui::LinkAnswer linkAnswer(const QString& link, const DownloadProblem& problem);
/// Whom "Look" would contact, in a sentence; empty for what is no link.
QString contactWords(const ParsedLink& link);

} // namespace ponder::app
