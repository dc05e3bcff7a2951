#include "app/downloads/download_queue.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <QUuid>

#include "app/atomic_file.h"
#include "app/paths.h"
#include "engine/engine.h"
#include "ui/run_later.h"

namespace ponder::app {

namespace {

constexpr int kSaveAfterMilliseconds = 300;
constexpr std::size_t kLargestFile = std::size_t{16} << 20;

std::vector<Download> keptDownloads(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) return {};
    try {
        return parseDownloads(readFile(file, kLargestFile));
    } catch (const engine::Error&) {
        return {}; // the unfinished files stay, and are found again when the same model is asked for
    }
}

/// The name of its first file, where that is known already.
std::string targetOf(const DownloadOrder& order) {
    return order.files.empty() ? safeFileName(order.link.path) : order.files.front().name;
}

bool isSame(const DownloadOrder& one, const DownloadOrder& other) {
    if (one.folder != other.folder) return false;
    const std::string target = targetOf(one);
    return one.link == other.link || (!target.empty() && target == targetOf(other));
}

} // namespace

DownloadQueue::DownloadQueue(DownloadQueueOptions options, QObject* parent)
    : QObject(parent), options_(std::move(options)), downloads_(keptDownloads(options_.file)),
      writer_([this](const std::exception& error) {
          const QString message = QString::fromUtf8(error.what());
          ui::runLater(this, [this, message] { emit failed(message); });
      }) {
    saveTimer_.setSingleShot(true);
    saveTimer_.setInterval(kSaveAfterMilliseconds);
    connect(&saveTimer_, &QTimer::timeout, this, &DownloadQueue::save);
}

DownloadQueue::~DownloadQueue() {
    // All are asked to go before the first one is waited for.
    for (const auto& [id, process] : processes_) process->pause();
    for (const auto& [id, process] : processes_) delete process;
    if (saveTimer_.isActive()) save();
}

Download* DownloadQueue::lookUp(const std::string& id) {
    const auto found = std::ranges::find(downloads_, id, &Download::id);
    return found == downloads_.end() ? nullptr : &*found;
}

const Download* DownloadQueue::find(const std::string& id) const {
    const auto found = std::ranges::find(downloads_, id, &Download::id);
    return found == downloads_.end() ? nullptr : &*found;
}

std::string DownloadQueue::add(const DownloadOrder& order) {
    const auto same = std::ranges::find_if(downloads_, [&](const Download& download) {
        return download.state != DownloadState::Done && download.state != DownloadState::Cancelling &&
               isSame(download.order, order);
    });
    if (same != downloads_.end()) {
        const std::string id = same->id;
        resume(id);
        return id;
    }
    Download download{.id = QUuid::createUuid().toString(QUuid::Id128).toStdString(), .order = order};
    const bool allKnown =
        std::ranges::all_of(order.files, [](const FetchFile& file) { return file.sizeBytes > 0; });
    if (allKnown)
        for (const FetchFile& file : order.files) download.totalBytes += file.sizeBytes;
    const std::string id = download.id;
    downloads_.push_back(std::move(download));
    startNext();
    noteChange();
    return id;
}

void DownloadQueue::pause(const std::string& id) {
    Download* download = lookUp(id);
    if (!download) return;
    if (const auto process = processes_.find(id); process != processes_.end()) {
        if (download->state != DownloadState::Cancelling) process->second->pause();
        return;
    }
    if (download->state == DownloadState::Waiting) download->state = DownloadState::Paused;
    noteChange();
}

void DownloadQueue::resume(const std::string& id) {
    Download* download = lookUp(id);
    if (!download || (download->state != DownloadState::Paused && download->state != DownloadState::Failed))
        return;
    download->state = DownloadState::Waiting;
    download->problem.reset();
    startNext();
    noteChange();
}

void DownloadQueue::cancel(const std::string& id) {
    Download* download = lookUp(id);
    if (!download || download->state == DownloadState::Cancelling) return;
    const auto process = processes_.find(id);
    if (download->state == DownloadState::Done ||
        (process == processes_.end() && download->order.files.empty())) {
        removeEntry(id);
        return;
    }
    download->state = DownloadState::Cancelling;
    download->problem.reset();
    if (process != processes_.end())
        process->second->pause();
    else
        discard(*download);
    noteChange();
}

void DownloadQueue::move(const std::string& id, std::size_t place) {
    const auto found = std::ranges::find(downloads_, id, &Download::id);
    if (found == downloads_.end()) return;
    Download download = std::move(*found);
    downloads_.erase(found);
    place = std::min(place, downloads_.size());
    downloads_.insert(downloads_.begin() + static_cast<std::ptrdiff_t>(place), std::move(download));
    noteChange();
}

void DownloadQueue::clearDone() {
    std::erase_if(downloads_, [](const Download& download) { return download.state == DownloadState::Done; });
    noteChange();
}

void DownloadQueue::setSpeedLimit(std::uint64_t bytesPerSecond) {
    speedLimit_ = bytesPerSecond == 0 ? 0 : std::max(bytesPerSecond, kLeastSpeed);
    spreadSpeed();
}

void DownloadQueue::setMostAtOnce(int count) {
    mostAtOnce_ = std::max(count, 1);
    startNext();
    noteChange();
}

void DownloadQueue::list(const ModelLink& link, ListingHandler handler) {
    const auto process = std::make_shared<FetchProcess*>(nullptr);
    *process = new FetchProcess(
        options_.program, ListRequest{link, options_.patience},
        [process, handler = std::move(handler)](const FetchEvent& event) {
            if (!FetchProcess::isLast(event)) return;
            (*process)->deleteLater();
            if (const auto* listed = std::get_if<ListedEvent>(&event))
                handler(listed->listing);
            else if (const auto* failure = std::get_if<FailedEvent>(&event))
                handler(failure->problem);
            else
                handler(FetchProblem{.kind = ProblemKind::FetcherEnded});
        },
        this);
}

int DownloadQueue::runningCount() const {
    return static_cast<int>(std::ranges::count_if(downloads_, [](const Download& download) {
        return isRunning(download.state) && download.state != DownloadState::Cancelling;
    }));
}

void DownloadQueue::startNext() {
    for (;;) {
        if (runningCount() >= mostAtOnce_) break;
        const auto next = std::ranges::find(downloads_, DownloadState::Waiting, &Download::state);
        if (next == downloads_.end()) break;
        begin(*next);
    }
    spreadSpeed();
}

void DownloadQueue::begin(Download& download) {
    download.problem.reset();
    rates_[download.id].startOver();
    if (download.order.files.empty() && download.order.link.onHub()) return ask(download);
    if (download.order.files.empty())
        download.order.files.push_back({.url = download.order.link.url,
                                        .name = safeFileName(download.order.link.path),
                                        .sizeBytes = 0,
                                        .sha256 = download.order.sha256});
    fetch(download);
}

void DownloadQueue::ask(Download& download) {
    download.state = DownloadState::Asking;
    run(download.id, ListRequest{download.order.link, options_.patience});
}

void DownloadQueue::fetch(Download& download) {
    try {
        makePrivateFolder(download.order.folder);
    } catch (const engine::Error&) {
        return fail(download, {.kind = ProblemKind::FolderMissing});
    }
    download.state = DownloadState::Downloading;
    run(download.id, GetRequest{.folder = download.order.folder,
                                .files = download.order.files,
                                .bytesPerSecond = speedForEach(),
                                .patience = options_.patience});
}

void DownloadQueue::discard(Download& download) {
    DiscardRequest request{.folder = download.order.folder, .names = {}};
    for (const FetchFile& file : download.order.files) request.names.push_back(file.name);
    run(download.id, std::move(request));
}

void DownloadQueue::run(const std::string& id, FetchRequest request) {
    processes_[id] = new FetchProcess(
        options_.program, std::move(request), [this, id](const FetchEvent& event) { take(id, event); }, this);
}

void DownloadQueue::take(const std::string& id, const FetchEvent& event) {
    const bool isLast = FetchProcess::isLast(event);
    if (isLast) {
        const auto process = processes_.find(id);
        process->second->deleteLater();
        processes_.erase(process);
    }
    Download* download = lookUp(id);
    if (!download) return;
    if (isLast) {
        takeEnd(*download, event);
        startNext();
    } else if (const auto* contact = std::get_if<ContactEvent>(&event)) {
        if (std::ranges::find(download->hosts, contact->host) == download->hosts.end())
            download->hosts.push_back(contact->host);
    } else if (const auto* progress = std::get_if<ProgressEvent>(&event)) {
        takeProgress(*download, *progress);
    } else if (const auto* wait = std::get_if<WaitEvent>(&event)) {
        if (download->state != DownloadState::Cancelling) download->state = DownloadState::Retrying;
        download->problem = wait->problem;
    }
    noteChange();
}

void DownloadQueue::takeProgress(Download& download, const ProgressEvent& progress) {
    if (download.state == DownloadState::Cancelling) return;
    download.problem.reset();
    download.state =
        progress.phase == FetchPhase::Downloading ? DownloadState::Downloading : DownloadState::Checking;
    download.left.reset();
    download.bytesPerSecond = 0;
    if (progress.phase != FetchPhase::Downloading) return;
    download.doneBytes = progress.doneBytes;
    download.totalBytes = std::max(progress.totalBytes, progress.doneBytes);
    RateMeter& rate = rates_[download.id];
    rate.add(progress.doneBytes, RateMeter::Clock::now());
    download.bytesPerSecond = rate.bytesPerSecond();
    if (download.bytesPerSecond > 0 && progress.totalBytes > 0)
        download.left =
            std::chrono::seconds((download.totalBytes - download.doneBytes + download.bytesPerSecond - 1) /
                                 download.bytesPerSecond);
}

void DownloadQueue::takeListing(Download& download, const HubListing& listing) {
    const ModelLink& link = download.order.link;
    const HubModel* model = chooseHubModel(listing, link.path, link.quantisation);
    if (!model) {
        const bool named = !link.path.empty();
        return fail(download, {.kind = named ? ProblemKind::NotFound : ProblemKind::AmbiguousModel,
                               .host = firstHost(link),
                               .detail = listing.repository});
    }
    DownloadOrder resolved = orderFor(listing, *model);
    std::vector<FetchFile>& files = resolved.files;
    const std::string& wanted = download.order.sha256;
    if (!wanted.empty() && files.size() == 1) {
        if (!files.front().sha256.empty() && files.front().sha256 != wanted)
            return fail(download, {.kind = ProblemKind::WrongBytes, .host = firstHost(link)});
        files.front().sha256 = wanted;
    }
    download.order.files = std::move(files);
    download.totalBytes = model->sizeBytes();
    fetch(download);
}

void DownloadQueue::takeEnd(Download& download, const FetchEvent& event) {
    download.bytesPerSecond = 0;
    download.left.reset();
    if (download.state == DownloadState::Cancelling) {
        // First the program that was at work ends, then another removes what it left.
        const bool isOver = std::holds_alternative<DiscardedEvent>(event) || download.order.files.empty() ||
                            std::holds_alternative<DoneEvent>(event) || download.problem.has_value();
        if (isOver) return removeEntry(download.id);
        if (const auto* failure = std::get_if<FailedEvent>(&event)) download.problem = failure->problem;
        return discard(download);
    }
    if (const auto* listed = std::get_if<ListedEvent>(&event)) return takeListing(download, listed->listing);
    if (const auto* failure = std::get_if<FailedEvent>(&event)) return fail(download, failure->problem);
    if (const auto* done = std::get_if<DoneEvent>(&event)) {
        download.state = DownloadState::Done;
        download.problem.reset();
        download.doneBytes = download.totalBytes;
        for (const std::string& name : done->names)
            download.paths.push_back(download.order.folder + "/" + name);
        download.verified = done->verified;
        download.notice = done->notice;
        emit finished(QString::fromStdString(download.id));
        return;
    }
    download.state = DownloadState::Paused;
}

void DownloadQueue::fail(Download& download, const FetchProblem& problem) {
    download.state = DownloadState::Failed;
    download.problem = problem;
    // The commit may have gone: the next try asks anew what there is.
    if (problem.kind == ProblemKind::NotFound && download.order.link.onHub()) download.order.files.clear();
}

// A copy, as callers give the id of the entry itself.
void DownloadQueue::removeEntry(std::string id) {
    std::erase_if(downloads_, [&](const Download& download) { return download.id == id; });
    rates_.erase(id);
    noteChange();
}

std::uint64_t DownloadQueue::speedForEach() const {
    if (speedLimit_ == 0) return 0;
    return std::max(speedLimit_ / static_cast<std::uint64_t>(std::max(runningCount(), 1)), kLeastSpeed);
}

void DownloadQueue::spreadSpeed() {
    for (const auto& [id, process] : processes_) process->setSpeed(speedForEach());
}

void DownloadQueue::noteChange() {
    if (!saveTimer_.isActive()) saveTimer_.start();
    emit changed();
}

void DownloadQueue::save() {
    saveTimer_.stop();
    writer_.post(
        [file = options_.file, text = downloadsText(downloads_)] { writeFileAtomically(file, text); });
}

} // namespace ponder::app
