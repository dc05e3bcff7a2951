#include "engine/timeline/prefix_store.h"

#include "engine/support/check.h"

#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <xxhash.h>

namespace ponder::engine {

namespace {

// Another number with every change of what a file or a row means.
constexpr std::uint32_t kFormat = 1;
// What is carried may be large, and lies in the file for each place it is known at: with more of them than
// these, the file is written anew.
constexpr std::int64_t kMostPlaces = 16;
constexpr std::int64_t kLeastPlaces = 6;
constexpr std::int64_t kCarriedBytes = std::int64_t{512} << 20;

std::int64_t mostPlaces(std::int64_t carriedNumbers) {
    const std::int64_t bytes = std::max<std::int64_t>(1, carriedNumbers * std::int64_t{sizeof(float)});
    return std::clamp(kCarriedBytes / bytes, kLeastPlaces, kMostPlaces);
}
// What an answer to another chat waits at most for the one before to be written.
constexpr std::chrono::milliseconds kPatience{500};
// A header may be the same for other weights; some of them tell.
constexpr std::size_t kSampledTensors = 32;
constexpr std::size_t kSampledBytes = 256;

void addTo(std::string& text, std::span<const std::byte> bytes) {
    text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

void addTo(std::string& text, std::uint64_t number) {
    addTo(text, std::as_bytes(std::span(&number, 1)));
}

SnapshotKey keyOf(const Model& model, const KvCache& cache) {
    std::string text = model.file().identity();
    const auto tensors = model.file().tensors();
    for (std::size_t i = 0; i < std::min(kSampledTensors, tensors.size()); ++i) {
        const auto& tensor = tensors[i * tensors.size() / std::min(kSampledTensors, tensors.size())];
        const std::size_t count = std::min<std::size_t>(kSampledBytes, tensor.sizeBytes);
        addTo(text, std::span(tensor.bytes + (tensor.sizeBytes - count) / 2, count));
    }
    for (const std::uint64_t number : {std::uint64_t{kFormat}, static_cast<std::uint64_t>(cache.type()),
                                       KvCache::bytesPerToken(model.config(), cache.type()),
                                       static_cast<std::uint64_t>(cache.carriedNumbers())})
        addTo(text, number);
    addTo(text, std::as_bytes(std::span(model.ropeFactors(cache.capacity()))));
    // Rows of these layers lie elsewhere.
    if (const std::uint64_t bytes = cache.windowBytes(0, cache.capacity()); bytes > 0) addTo(text, bytes);
    // Which of equals an indexer chooses depends on it.
    if (model.config().indexer.chosen > 0) addTo(text, static_cast<std::uint64_t>(cache.capacity()));
    const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
    return {.high = hash.high64, .low = hash.low64};
}

} // namespace

PrefixStore::PrefixStore(const Model& model, const Timeline& timeline, const PrefixStoreOptions& options)
    : cache_(timeline.cache()), folder_(options.folder, SnapshotFolder::IfMissing::Make),
      mostBytes_(options.mostBytes), leastTokens_(options.leastTokens), leastGain_(options.leastGain) {
    if (!folder_.isOpen()) return;
    key_ = keyOf(model, cache_);
    readFolder();
}

PrefixStore::~PrefixStore() {
    settle();
}

void PrefixStore::readFolder() {
    folder_.removeUnfinished();
    for (const SnapshotFolder::Entry& entry : folder_.entries()) {
        if (!SnapshotFolder::isOf(key_, entry.name)) continue;
        const FileDescriptor descriptor = folder_.open(entry.name);
        auto file = SnapshotFile::read(descriptor.number(), key_, cache_);
        if (file)
            files_.emplace(entry.name, std::move(*file));
        else
            folder_.remove(entry.name);
    }
}

/// The length that can be taken over of a file for these tokens.
int PrefixStore::usable(const SnapshotFile& file, std::span<const TokenId> tokens) const {
    // The last token's numbers are wanted: it is evaluated again.
    const int shared = std::min(file.shared(tokens), static_cast<int>(tokens.size()) - 1);
    if (cache_.returnsAnywhere()) return shared;
    int length = 0;
    for (const SnapshotFile::Segment& segment : file.segments())
        if (segment.carries && segment.end() <= shared) length = segment.end();
    return length;
}

int PrefixStore::reusable(std::span<const TokenId> tokens) const {
    const std::lock_guard lock(mutex_);
    int length = 0;
    for (const auto& [name, file] : files_) length = std::max(length, usable(file, tokens));
    return length;
}

void PrefixStore::load(Timeline& timeline, std::span<const TokenId> tokens, const std::stop_token& stop) {
    // Most of what is being written would have to be evaluated again.
    if (2 * timeline.reusable(tokens) < timeline.cache().length()) waitForWriter();
    release();
    const Files::value_type* best = nullptr;
    int length = timeline.reusable(tokens) + leastGain_ - 1;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& entry : files_) {
            const int found = usable(entry.second, tokens);
            if (found <= length) continue;
            length = found;
            best = &entry;
        }
    }
    if (best) takeOver(timeline, *best, length, stop);
}

void PrefixStore::takeOver(Timeline& timeline, const Files::value_type& found, int wanted,
                           const std::stop_token& stop) {
    const auto& [name, file] = found; // only this thread takes any away
    const FileDescriptor descriptor = folder_.open(name);
    const std::vector<SnapshotFile::Segment>& segments = file.segments();
    // Up to here the timeline has the same: segments begin where others end, windows at places.
    const bool anywhere = cache_.returnsAnywhere();
    const int known = std::min(file.shared(timeline.tokens()), timeline.cache().length());
    int from = 0;
    for (const SnapshotFile::Segment& segment : segments)
        if (segment.end() <= known && (segment.carries || anywhere)) from = segment.end();
    timeline.rewind(from);
    if (timeline.cache().length() != from) timeline.rewind(0);

    std::vector<float> carried;
    for (const SnapshotFile::Segment& segment : segments) {
        if (segment.end() <= timeline.cache().length()) continue;
        if (segment.first >= wanted || stop.stop_requested()) return;
        const int begin = timeline.cache().length();
        carried.resize(segment.carries ? static_cast<std::size_t>(cache_.carriedNumbers()) : 0);
        std::vector<std::span<std::byte>> rows = timeline.room(segment.first, segment.count);
        if (segment.carries) {
            const auto windows = timeline.windowRoom(begin, segment.end());
            rows.insert(rows.end(), windows.begin(), windows.end());
        }
        if (!file.load(descriptor.number(), segment, rows, carried)) {
            // Gone, or damaged: what was taken over before it is right.
            const std::lock_guard lock(mutex_);
            if (descriptor.open()) folder_.remove(name);
            files_.erase(std::string(name));
            return;
        }
        if (segment.carries || anywhere)
            timeline.adopt(std::span(file.tokens())
                               .subspan(static_cast<std::size_t>(begin),
                                        static_cast<std::size_t>(segment.end() - begin)),
                           carried);
    }
}

/// What there is to write of the cache behind `length`: segments end at its places, and at the end.
std::vector<PrefixStore::Part> PrefixStore::partsBehind(int length) const {
    std::vector<Part> parts;
    const auto upTo = [&](int end, bool carries) {
        while (length < end) {
            length = std::min(end, length + SnapshotFile::kSegmentTokens);
            parts.push_back({.end = length, .carries = carries && length == end});
        }
    };
    for (const int known : cache_.places()) upTo(known, true);
    upTo(cache_.length(), false);
    return parts;
}

/// What the disk has of these tokens under this name; it is not in `files_` any more.
SnapshotFile PrefixStore::startingWith(const std::string& name, const std::vector<TokenId>& tokens) {
    const std::lock_guard lock(mutex_);
    auto known = files_.extract(name);
    if (known.empty()) return {};
    SnapshotFile& file = known.mapped();
    file.cut(file.shared(tokens));
    const auto places = std::count_if(file.segments().begin(), file.segments().end(),
                                      [](const auto& segment) { return segment.carries; });
    const auto more = static_cast<std::int64_t>(cache_.places().size());
    if (places + more > mostPlaces(cache_.carriedNumbers())) file.cut(0);
    return std::move(file);
}

/// Opens the file to write to: the one there is, cut to what holds, or a new one.
bool PrefixStore::openFor(Writing& writing) {
    if (writing.file.length() > 0) {
        writing.descriptor = folder_.open(writing.name);
        if (writing.descriptor.open())
            return ::ftruncate(writing.descriptor.number(), static_cast<off_t>(writing.file.bytes())) == 0;
    }
    writing.isNew = true;
    writing.descriptor = folder_.create(writing.name);
    if (!writing.descriptor.open()) return false;
    auto file = SnapshotFile::create(writing.descriptor.number(), key_);
    if (file) writing.file = std::move(*file);
    return file.has_value();
}

/// Makes room for what is to be written; leaves parts out where there is not enough.
void PrefixStore::fitIntoLimit(Writing& writing) {
    const std::uint64_t limit = folder_.limit(mostBytes_);
    std::uint64_t bytes = writing.file.bytes();
    int begin = writing.file.length();
    int place = writing.file.lastPlace();
    std::size_t fitting = 0;
    for (const Part& part : writing.parts) {
        const int count = part.end - begin;
        const std::uint64_t more =
            segmentHeadBytes(count) +
            segmentBytes(cache_, begin, count, part.carries ? std::optional(place) : std::nullopt);
        if (bytes + more > limit) break;
        bytes += more;
        begin = part.end;
        if (part.carries) place = part.end;
        ++fitting;
    }
    writing.parts.resize(fitting);
    const std::lock_guard lock(mutex_);
    for (const std::string& name : folder_.makeRoom(writing.name, bytes, limit)) files_.erase(name);
}

void PrefixStore::keep(const Timeline& timeline, const std::string& chat) {
    CHECK(&timeline.cache() == &cache_);
    if (!folder_.isOpen() || chat.empty() || cache_.length() < leastTokens_) return;
    if (writer_.joinable()) writer_.join();
    Writing writing{.name = SnapshotFolder::nameOf(key_, chat)};
    std::vector<TokenId> tokens = timeline.tokens();
    tokens.resize(static_cast<std::size_t>(cache_.length()));
    writing.file = startingWith(writing.name, tokens);
    // Before it returns: what is forgotten from now on stays forgotten.
    if (!openFor(writing)) {
        if (writing.isNew) folder_.abandon(writing.name);
        return;
    }
    writing.parts = partsBehind(writing.file.length());
    fitIntoLimit(writing);
    writing.tokens = std::move(tokens);
    reading_ = writing_ = true;
    try {
        writer_ = std::jthread([this, writing = std::move(writing)](const std::stop_token& stop) mutable {
            write(writing, stop);
        });
    } catch (const std::system_error&) {
        reading_ = writing_ = false; // no thread to be had: then nothing is kept
    }
}

void PrefixStore::write(Writing& writing, const std::stop_token& stop) {
    const int descriptor = writing.descriptor.number();
    for (const Part& part : writing.parts) {
        if (stop.stop_requested()) break;
        const auto begin = static_cast<std::size_t>(writing.file.length());
        const auto tokens =
            std::span(writing.tokens).subspan(begin, static_cast<std::size_t>(part.end) - begin);
        if (!writing.file.append(descriptor, tokens, cache_, part.carries)) break;
    }
    reading_ = false;
    reading_.notify_all();

    const bool isOnDisk = writing.file.length() > 0 && ::fdatasync(descriptor) == 0;
    if (isOnDisk && (!writing.isNew || folder_.publish(writing.name))) {
        const std::lock_guard lock(mutex_);
        files_.insert_or_assign(writing.name, std::move(writing.file));
    } else if (writing.isNew) {
        folder_.abandon(writing.name);
    }
    writing_ = false;
    writing_.notify_all();
}

/// Lets the writer come to its end, but not for long: somebody waits for an answer.
void PrefixStore::waitForWriter() const {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (reading_ && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

/// Ends the writing as far as the cache is concerned; the disk may still be busy.
void PrefixStore::release() {
    writer_.request_stop();
    reading_.wait(true);
}

void PrefixStore::settle() const {
    writing_.wait(true);
}

} // namespace ponder::engine
