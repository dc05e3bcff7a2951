#include "app/library/library_keeper.h"

#include <atomic>
#include <chrono>
#include <utility>

#include "ui/run_later.h"

namespace ponder::app {

namespace {

using namespace std::chrono_literals;

constexpr auto kSlice = 300ms;         // of reading on; a scan that is wanted meanwhile waits no longer
constexpr auto kShownAgain = 1s;       // how often the list is shown while it is read on
constexpr auto kProgressShown = 100ms; // how often the number of files seen is

} // namespace

struct LibraryKeeper::Background {
    Background(ModelShelf models, LibraryKeeper& owner) : shelf(std::move(models)), keeper(owner) {}

    ModelShelf shelf;
    LibraryKeeper& keeper;
    LibraryKeeper::State state;
    std::atomic<bool> isScanWaiting = false;
    std::chrono::steady_clock::time_point shown = {};
    bool hasMore = false; // than was shown

    void showList() {
        shown = std::chrono::steady_clock::now();
        hasMore = false;
        ui::runLater(&keeper, [&keeper = keeper, cards = shelf.cards(), folders = shelf.folders()]() mutable {
            keeper.cards_ = std::move(cards);
            keeper.folders_ = std::move(folders);
            emit keeper.changed();
        });
    }

    void showState() {
        ui::runLater(&keeper, [&keeper = keeper, state = state] { keeper.showState(state); });
    }

    void scan(const std::vector<ModelRoot>& roots, const std::stop_token& stop, LibraryWatch& watch) {
        isScanWaiting = false;
        if (stop.stop_requested()) return;
        state.scanning = true;
        state.entriesSeen = 0;
        showState();
        for (const ModelRoot& root : roots) watch.watchFor(root.folder.string());
        std::atomic<std::size_t> seen = 0;
        std::atomic<std::int64_t> nextShown = 0;
        const SearchWatch search{
            .stop = stop,
            .folderEntered = [&](const std::string& folder) { watch.watch(folder); },
            .entriesSeen =
                [&](std::size_t entries) {
                    seen = std::max<std::size_t>(seen, entries);
                    const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
                    std::int64_t due = nextShown;
                    const auto pause = std::chrono::nanoseconds(kProgressShown).count();
                    if (now < due || !nextShown.compare_exchange_strong(due, now + pause)) return;
                    LibraryKeeper::State soFar{
                        .scanning = true, .readingOn = false, .entriesSeen = entries, .trouble = {}};
                    ui::runLater(&keeper, [&keeper = keeper, soFar] { keeper.showState(soFar); });
                }};
        const bool isNew = shelf.scan(roots, search);
        if (stop.stop_requested()) return;
        watch.forgetOthers();
        if (isNew) showList();
        shelf.keep();
        state = {.scanning = false,
                 .readingOn = shelf.unread() > 0,
                 .entriesSeen = seen,
                 .trouble = watch.trouble()};
        showState();
        if (state.readingOn) keeper.worker_.post([this, stop] { readOn(stop); });
    }

    void readOn(const std::stop_token& stop) {
        if (stop.stop_requested()) return;
        hasMore = shelf.readOn(kSlice, ReadingPace::Modest, stop) || hasMore;
        const bool isDone = shelf.unread() == 0;
        if (hasMore && (isDone || std::chrono::steady_clock::now() - shown >= kShownAgain)) showList();
        if (!isDone) {
            if (!isScanWaiting) keeper.worker_.post([this, stop] { readOn(stop); });
            return; // else the scan goes on from here
        }
        shelf.keep();
        if (!state.readingOn) return;
        state.readingOn = false;
        showState();
    }
};

LibraryKeeper::LibraryKeeper(Places places, ModelReaders readers, QObject* parent)
    : QObject(parent),
      background_(std::make_unique<Background>(
          ModelShelf(std::move(places.starter), std::move(places.cacheFile), std::move(readers)), *this)),
      watch_([this] { ui::runLater(this, [this] { rescan(); }); }), worker_([](const std::exception&) {}) {}

LibraryKeeper::~LibraryKeeper() {
    stop_.request_stop();
}

void LibraryKeeper::setRoots(std::vector<ModelRoot> roots) {
    roots_ = std::move(roots);
    if (!std::exchange(hasRecalled_, true))
        worker_.post([this] {
            background_->shelf.recall();
            if (!background_->shelf.cards().empty()) background_->showList();
        });
    background_->isScanWaiting = true;
    beginScan();
}

void LibraryKeeper::rescan() {
    if (hasRecalled_ && !background_->isScanWaiting.exchange(true)) beginScan();
}

void LibraryKeeper::beginScan() {
    worker_.post(
        [this, roots = roots_, stop = stop_.get_token()] { background_->scan(roots, stop, watch_); });
}

void LibraryKeeper::noteDigest(const std::string& path, const std::string& sha256) {
    worker_.post([this, path, sha256] {
        const std::size_t before = background_->shelf.cards().size();
        background_->shelf.setDigest(path, sha256);
        if (background_->shelf.cards().size() != before) background_->showList();
    });
}

void LibraryKeeper::showState(const State& state) {
    if (state == state_) return;
    state_ = state;
    emit stateChanged();
}

} // namespace ponder::app
