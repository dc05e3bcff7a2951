#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <variant>
#include <vector>

#include <QObject>
#include <QTimer>

#include "app/downloads/download.h"
#include "app/downloads/fetch_process.h"
#include "app/downloads/rate_meter.h"
#include "app/worker.h"

namespace ponder::app {

struct DownloadQueueOptions {
    std::filesystem::path file;       ///< where the queue is kept, Paths::downloadsFile()
    QString program = fetchProgram(); ///< ponder-fetch
    FetchPatience patience = {};
};

/// The downloads of this window, in order. Each runs as a ponder-fetch of its own, at most `mostAtOnce` of
/// them; nothing is contacted that was not added, resumed or listed by a click. What is unfinished is kept
/// across restarts, as paused. Window's thread; nothing here waits but the destructor, a moment, for programs
/// to keep what they have.
class DownloadQueue : public QObject {
    Q_OBJECT
public:
    using Listing = std::variant<HubListing, FetchProblem>;
    using ListingHandler = std::function<void(const Listing&)>;

    static constexpr std::uint64_t kLeastSpeed = 16'384; // bytes a second; slower looks like a stall

    explicit DownloadQueue(DownloadQueueOptions options, QObject* parent = nullptr);
    ~DownloadQueue() override;

    const std::vector<Download>& downloads() const { return downloads_; }
    const Download* find(const std::string& id) const;

    /// Its id. What is in the queue already is resumed instead of added twice.
    std::string add(const DownloadOrder& order);
    void pause(const std::string& id);
    /// Also tries again what failed.
    void resume(const std::string& id);
    /// Takes it out of the queue and removes what has come of it; finished files stay.
    void cancel(const std::string& id);
    void move(const std::string& id, std::size_t place);
    /// Takes what is done off the list.
    void clearDone();

    /// For all downloads together; 0: as fast as it goes. Takes effect at once.
    void setSpeedLimit(std::uint64_t bytesPerSecond);
    std::uint64_t speedLimit() const { return speedLimit_; }
    void setMostAtOnce(int count);

    /// Asks Hugging Face what a repository holds. `handler` is called once, later, unless the queue goes away
    /// first.
    void list(const ModelLink& link, ListingHandler handler);

signals:
    void changed();
    /// A model has its final name.
    void finished(const QString& id);
    /// The list of downloads could not be kept.
    void failed(const QString& message);

private:
    Download* lookUp(const std::string& id);
    void startNext();
    void begin(Download& download);
    void ask(Download& download);
    void fetch(Download& download);
    void discard(Download& download);
    void run(const std::string& id, FetchRequest request);
    void take(const std::string& id, const FetchEvent& event);
    void takeListing(Download& download, const HubListing& listing);
    void takeProgress(Download& download, const ProgressEvent& progress);
    void takeEnd(Download& download, const FetchEvent& event);
    void fail(Download& download, const FetchProblem& problem);
    void removeEntry(std::string id);
    std::uint64_t speedForEach() const;
    int runningCount() const;
    void spreadSpeed();
    void noteChange();
    void save();

    DownloadQueueOptions options_;
    std::vector<Download> downloads_;
    std::map<std::string, FetchProcess*> processes_;
    std::map<std::string, RateMeter> rates_;
    std::uint64_t speedLimit_ = 0;
    int mostAtOnce_ = 1;
    QTimer saveTimer_;
    Worker writer_;
};

} // namespace ponder::app
