#include "app/download_controller.h"

#include <algorithm>

#include "app/downloads/download_view.h"
#include "app/shown_message.h"
#include "ui/library/downloads_part.h"
#include "ui/library/library_page.h"
#include "ui/library/offers_part.h"

namespace ponder::app {

namespace {

std::string nameAtEnd(const std::string& name) {
    return name.substr(name.find_last_of('/') + 1);
}

bool isOpen(const Download& download) {
    return download.state != DownloadState::Done;
}

} // namespace

DownloadController::DownloadController(LibraryKeeper& library, const Paths& paths, ui::MainWindow& window)
    : library_(library), paths_(paths), window_(window), queue_({.file = paths.downloadsFile()}) {
    connectOffers();
    connectDownloads();
    connect(&window_.library(), &ui::LibraryPage::opened, this, [this] {
        if (!catalogue_) readCatalogue();
    });
    showDownloads();
}

void DownloadController::connectOffers() {
    using ui::OffersPart;
    OffersPart& part = window_.library().offers();
    connect(&part, &OffersPart::linkEdited, this, [this](const QString& link) {
        window_.library().offers().setContact(
            contactWords(parseModelLink(link.toStdString(), hubEndpoint())));
    });
    connect(&part, &OffersPart::linkAsked, this, &DownloadController::look);
    connect(&part, &OffersPart::fileWanted, this, &DownloadController::wantFile);
    connect(&part, &OffersPart::offerWanted, this, &DownloadController::wantOffer);
}

void DownloadController::connectDownloads() {
    using ui::DownloadsPart;
    DownloadsPart& part = window_.library().downloads();
    connect(&part, &DownloadsPart::pauseRequested, this,
            [this](const QString& id) { queue_.pause(id.toStdString()); });
    connect(&part, &DownloadsPart::resumeRequested, this,
            [this](const QString& id) { queue_.resume(id.toStdString()); });
    connect(&part, &DownloadsPart::cancelRequested, this,
            [this](const QString& id) { queue_.cancel(id.toStdString()); });
    connect(&part, &DownloadsPart::soonerRequested, this, &DownloadController::moveUp);
    connect(&part, &DownloadsPart::cardRequested, this, &DownloadController::showCard);
    connect(&part, &DownloadsPart::speedLimitChosen, this, [this](qint64 limit) {
        queue_.setSpeedLimit(static_cast<std::uint64_t>(limit));
        window_.library().downloads().setSpeedLimit(limit);
    });
    connect(&queue_, &DownloadQueue::changed, this, &DownloadController::showDownloads);
    connect(&queue_, &DownloadQueue::finished, &library_, &LibraryKeeper::rescan);
    connect(&queue_, &DownloadQueue::failed, this, [this](const QString& message) {
        window_.library().showNotice(ui::NoticeKind::Error, shownFailure(message));
    });
}

void DownloadController::readCatalogue() {
    try {
        catalogue_ = loadCatalogue(catalogueFile());
    } catch (const engine::Error& error) {
        window_.library().offers().setOfferProblem(QString::fromStdString(error.what()));
        return;
    }
    showOffers();
}

void DownloadController::showOffers() {
    if (!catalogue_) return;
    OfferedTo person{.memoryBytes = engine::lookAtMachine().memoryBytes};
    for (const ModelCard& card : library_.cards()) person.namesHere.push_back(nameAtEnd(card.found.name));
    std::vector<ui::OfferRow> rows;
    for (const CatalogueEntry& entry : catalogue_->models) rows.push_back(offerRow(entry, person));
    window_.library().offers().setOffers(rows);
}

void DownloadController::showDownloads() {
    std::vector<ui::DownloadRow> rows;
    for (const Download& download : queue_.downloads()) rows.push_back(downloadRow(download));
    window_.library().downloads().setDownloads(rows);
    const auto open = std::count_if(queue_.downloads().begin(), queue_.downloads().end(), isOpen);
    window_.library().setOpenDownloads(static_cast<int>(open));
}

void DownloadController::look(const QString& link) {
    ui::OffersPart& part = window_.library().offers();
    const ParsedLink parsed = parseModelLink(link.toStdString(), hubEndpoint());
    looked_ = link;
    listing_.reset();
    if (parsed.fault != LinkFault::None) return part.setAnswer(linkAnswer(link, problemWords(parsed.fault)));
    if (!parsed.link.onHub()) {
        // The address of a file: there is nothing to look at, and nobody to ask before it is wanted.
        const QString name = QString::fromStdString(safeFileName(parsed.link.url));
        ui::LinkAnswer answer;
        answer.link = link;
        answer.title = tr("A file of %1").arg(QString::fromStdString(firstHost(parsed.link)));
        answer.files = {{name, name, {}}};
        return part.setAnswer(answer);
    }
    ui::LinkAnswer running;
    running.link = link;
    running.isRunning = true;
    part.setAnswer(running);
    queue_.list(parsed.link,
                [this, link](const DownloadQueue::Listing& listing) { takeListing(link, listing); });
}

void DownloadController::takeListing(const QString& link, const DownloadQueue::Listing& listing) {
    if (link != looked_) return;
    if (const auto* problem = std::get_if<FetchProblem>(&listing))
        return window_.library().offers().setAnswer(linkAnswer(link, problemWords(*problem)));
    listing_ = std::get<HubListing>(listing);
    window_.library().offers().setAnswer(linkAnswer(link, *listing_));
}

void DownloadController::wantFile(const QString& link, const QString& file) {
    if (link != looked_) return;
    DownloadOrder order;
    if (listing_) {
        const auto model =
            std::find_if(listing_->models.begin(), listing_->models.end(),
                         [&](const HubModel& each) { return each.name == file.toStdString(); });
        if (model == listing_->models.end()) return;
        order = orderFor(*listing_, *model);
    } else {
        order.link = parseModelLink(link.toStdString(), hubEndpoint()).link;
        order.name = file.toStdString();
    }
    order.folder = folderFor(paths_.modelsFolder().string(), order.link);
    want(order);
}

void DownloadController::wantOffer(const QString& id) {
    for (const CatalogueEntry& entry : catalogue_->models) {
        if (entry.id == id.toStdString()) return want(orderFor(entry, paths_.modelsFolder().string()));
    }
}

void DownloadController::want(const DownloadOrder& order) {
    try {
        makePrivateFolder(order.folder);
    } catch (const engine::Error& error) {
        return window_.library().showNotice(ui::NoticeKind::Error,
                                            shownFailure(QString::fromStdString(error.what())));
    }
    queue_.add(order);
    window_.library().open(ui::LibraryTab::Downloads);
}

void DownloadController::showCard(const QString& id) {
    const Download* download = queue_.find(id.toStdString());
    if (download && !download->paths.empty()) emit cardWanted(download->paths.front());
}

void DownloadController::moveUp(const QString& id) {
    const std::vector<Download>& all = queue_.downloads();
    for (std::size_t place = 1; place < all.size(); ++place) {
        if (all[place].id == id.toStdString()) return queue_.move(id.toStdString(), place - 1);
    }
}

} // namespace ponder::app
