#pragma once

#include <optional>

#include <QObject>

#include "app/downloads/catalogue.h"
#include "app/downloads/download_queue.h"
#include "app/library/library_keeper.h"
#include "app/paths.h"
#include "ui/main_window.h"

namespace ponder::app {

/// The library's pages with models to be had and with what is being downloaded. Nothing is contacted before
/// a person has pressed a button that says so. Window's thread.
class DownloadController : public QObject {
    Q_OBJECT
public:
    DownloadController(LibraryKeeper& library, const Paths& paths, ui::MainWindow& window);

    /// The models found are others now: offers that are here are no offers.
    void showOffers();

signals:
    /// A person wants to see the card of the model at this path.
    void cardWanted(const std::string& path);

private:
    void connectOffers();
    void connectDownloads();
    void readCatalogue();
    void showDownloads();
    void look(const QString& link);
    void takeListing(const QString& link, const DownloadQueue::Listing& listing);
    void wantFile(const QString& link, const QString& file);
    void wantOffer(const QString& id);
    void want(const DownloadOrder& order);
    void showCard(const QString& id);
    void moveUp(const QString& id);

    LibraryKeeper& library_;
    const Paths& paths_;
    ui::MainWindow& window_;
    DownloadQueue queue_;
    std::optional<Catalogue> catalogue_;
    QString looked_;                    ///< the link that was looked at last
    std::optional<HubListing> listing_; ///< its answer
};

} // namespace ponder::app
