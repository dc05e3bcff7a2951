#include "app/library/model_shelf.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "app/library/card_cache.h"
#include "app/library/modest_thread.h"
#include "app/library/task_pool.h"

namespace ponder::app {

namespace {

constexpr int kHeaderThreads = 16;         // they wait for the disk most of the time
constexpr std::size_t kHeadersAtATime = 8; // for a thread
constexpr std::string_view kWaitOrRepeat = " Wait until it is copied, or download it again.";

bool isReadable(const FoundModel& found) {
    return std::all_of(found.files.begin(), found.files.end(),
                       [](const ModelFile& file) { return ::access(file.path.c_str(), R_OK) == 0; });
}

/// Where a file is shorter than its own header says, that is the problem a person can do something about.
void noteWhatIsMissing(ModelCard& card, const ModelReaders& readers) {
    std::uint64_t needed = 0;
    bool isShort = false;
    bool isCut = false;
    for (const ModelFile& file : card.found.files) {
        std::optional<std::uint64_t> described;
        try {
            described = readers.describedBytes(file.path);
        } catch (const engine::Error&) {
            return;
        }
        isCut = isCut || !described;
        isShort = isShort || (described && *described > file.stamp.sizeBytes);
        needed += std::max(described.value_or(0), file.stamp.sizeBytes);
    }
    if (!isShort && !isCut) return;
    card.found.state = ModelState::Incomplete;
    const std::string there = sizeText(card.found.sizeBytes);
    if (card.found.sizeBytes == 0)
        card.problem = "The file is empty.";
    else if (isCut)
        card.problem = "Not complete: " + there + " are there, not even the whole header.";
    else if (there == sizeText(needed))
        card.problem = "Not complete: the last " + std::to_string(needed - card.found.sizeBytes) +
                       " bytes of " + there + " are missing.";
    else
        card.problem = "Not complete: " + there + " of " + sizeText(needed) + " are there.";
    card.problem += kWaitOrRepeat;
}

void refuse(ModelCard& card, const engine::Error& error, const ModelReaders& readers) {
    card.problem = error.what();
    card.depth = CardDepth::Whole;
    // Permissions are no part of what tells an unchanged file.
    if (!isReadable(card.found))
        card.depth = CardDepth::Place;
    else
        noteWhatIsMissing(card, readers);
}

void readHeader(ModelCard& card, const ModelReaders& readers) {
    try {
        card.info = readers.summarise(card.found.path.string());
        card.depth = CardDepth::Header;
    } catch (const engine::Error& error) {
        refuse(card, error, readers);
    }
}

void readWhole(ModelCard& card, const ModelReaders& readers) {
    try {
        card.info = readers.inspect(card.found.path.string());
        card.depth = CardDepth::Whole;
    } catch (const engine::Error& error) {
        refuse(card, error, readers);
    }
}

/// Calls `work` with every index below `count` on a few threads.
void inParallel(std::size_t count, std::size_t atATime, int threads,
                const std::function<void(std::size_t)>& work) {
    if (count == 0) return;
    TaskPool pool(static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(threads), count)));
    for (std::size_t first = 0; first < count; first += atATime)
        pool.add([&work, first, last = std::min(count, first + atATime)] {
            for (std::size_t i = first; i < last; ++i) work(i);
        });
    pool.finish();
}

/// What is known of a file from the last time.
struct Known {
    const ModelCard* card = nullptr;
    const FoundModel* found = nullptr; ///< the card's own, or one of its copies
};

std::unordered_map<std::string_view, Known> knownByPath(const std::vector<ModelCard>& cards) {
    std::unordered_map<std::string_view, Known> known;
    known.reserve(cards.size());
    for (const ModelCard& card : cards) {
        known.emplace(card.found.files[0].path, Known{&card, &card.found});
        for (const FoundModel& copy : card.copies) known.emplace(copy.files[0].path, Known{&card, &copy});
    }
    return known;
}

bool isSame(const ModelCard& a, const ModelCard& b) {
    return a.depth == b.depth && a.problem == b.problem && a.found == b.found && a.copies == b.copies;
}

} // namespace

ModelShelf::ModelShelf(std::filesystem::path starter, std::filesystem::path cacheFile, ModelReaders readers)
    : starter_(std::move(starter)), cacheFile_(std::move(cacheFile)), readers_(std::move(readers)) {}

void ModelShelf::recall() {
    cards_ = readCards(cacheFile_);
    isKept_ = true;
}

bool ModelShelf::scan(const std::vector<ModelRoot>& roots, const SearchWatch& watch) {
    LibraryContents contents = lookForModels(starter_, roots, watch);
    if (watch.stop.stop_requested()) return false;
    const auto known = knownByPath(cards_);
    std::vector<ModelCard> cards(contents.models.size());
    std::vector<std::size_t> unread;
    for (std::size_t i = 0; i < cards.size(); ++i) {
        ModelCard& card = cards[i];
        card.found = std::move(contents.models[i]);
        card.problem = card.found.problem;
        if (!card.problem.empty()) continue;
        const auto before = known.find(card.found.files[0].path);
        const bool isKnown = before != known.end() && before->second.card->depth != CardDepth::Place &&
                             card.found.isUnchangedSince(*before->second.found);
        if (!isKnown) {
            unread.push_back(i);
            continue;
        }
        const ModelCard& earlier = *before->second.card;
        card.info = earlier.info;
        card.info.path = card.found.path.string();
        card.problem = earlier.problem;
        card.depth = earlier.depth;
        card.found.state = before->second.found->state;
    }
    inParallel(unread.size(), kHeadersAtATime, kHeaderThreads, [&](std::size_t i) {
        if (!watch.stop.stop_requested()) readHeader(cards[unread[i]], readers_);
    });
    if (watch.stop.stop_requested()) return false;
    std::vector<ModelCard> before = std::exchange(cards_, std::move(cards));
    joinCopies();
    const bool isSameList = std::equal(before.begin(), before.end(), cards_.begin(), cards_.end(), isSame);
    const bool areSameFolders = folders_ == contents.folders;
    folders_ = std::move(contents.folders);
    isKept_ = isKept_ && isSameList;
    return !isSameList || !areSameFolders;
}

std::size_t ModelShelf::unread() const {
    return static_cast<std::size_t>(std::count_if(
        cards_.begin(), cards_.end(), [](const ModelCard& card) { return card.depth == CardDepth::Header; }));
}

bool ModelShelf::readOn(std::chrono::milliseconds time, ReadingPace pace, std::stop_token stop) {
    std::vector<ModelCard*> rest;
    for (ModelCard& card : cards_)
        if (card.depth == CardDepth::Header) rest.push_back(&card);
    if (rest.empty()) return false;
    const auto until = std::chrono::steady_clock::now() + time;
    std::atomic<bool> hasBegun = false; // one at least, however short the time
    const bool isQuick = pace == ReadingPace::Quick;
    const int threads = isQuick ? static_cast<int>(std::max(1U, std::thread::hardware_concurrency())) : 1;
    inParallel(rest.size(), 1, threads, [&](std::size_t i) {
        if (stop.stop_requested() || (hasBegun && std::chrono::steady_clock::now() >= until)) return;
        hasBegun = true;
        if (pace == ReadingPace::Modest) makeThisThreadModest();
        readWhole(*rest[i], readers_);
    });
    joinCopies();
    isKept_ = isKept_ && !hasBegun;
    return hasBegun;
}

void ModelShelf::setDigest(const std::string& path, const std::string& sha256) {
    digests_[path] = sha256;
    joinCopies();
}

bool ModelShelf::areCopies(const ModelCard& a, const FoundModel& b) const {
    if (a.found.files.size() != b.files.size()) return false;
    for (std::size_t i = 0; i < b.files.size(); ++i) {
        const auto one = digests_.find(a.found.files[i].path);
        const auto other = digests_.find(b.files[i].path);
        if (one != digests_.end() && other != digests_.end() && one->second != other->second) return false;
    }
    return true;
}

void ModelShelf::joinCopies() {
    std::vector<ModelCard> apart;
    for (ModelCard& card : cards_) {
        std::vector<FoundModel> copies = std::exchange(card.copies, {});
        apart.push_back(std::move(card));
        const std::size_t like = apart.size() - 1;
        for (FoundModel& copy : copies) {
            ModelCard own = apart[like];
            own.info.path = copy.path.string();
            own.found = std::move(copy);
            apart.push_back(std::move(own));
        }
    }
    cards_.clear();
    std::unordered_map<std::string, std::vector<std::size_t>> byIdentity;
    for (ModelCard& card : apart) {
        if (card.info.identity.empty() || !card.problem.empty()) {
            cards_.push_back(std::move(card));
            continue;
        }
        std::vector<std::size_t>& alike = byIdentity[card.info.identity];
        const auto home = std::find_if(alike.begin(), alike.end(), [&](std::size_t other) {
            return areCopies(cards_[other], card.found);
        });
        if (home != alike.end()) {
            cards_[*home].copies.push_back(std::move(card.found));
            continue;
        }
        alike.push_back(cards_.size());
        cards_.push_back(std::move(card));
    }
}

void ModelShelf::keep() {
    if (isKept_) return;
    writeCards(cacheFile_, cards_);
    isKept_ = true;
}

} // namespace ponder::app
