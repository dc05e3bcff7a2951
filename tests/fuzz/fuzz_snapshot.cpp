// A snapshot of a conversation lies on the disk for a while. Whatever the file holds by then, it is read as
// one that makes sense or not at all, and rows are taken over only if they are those that were written.

#include "engine/support/check.h"
#include "engine/support/file_descriptor.h"
#include "engine/timeline/snapshot_file.h"
#include "tests/fuzz/fuzz_target.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>

namespace ponder::engine {

namespace {

constexpr SnapshotKey kKey{.high = 1, .low = 2};
constexpr int kCapacity = 600;

/// A convolution, which carries numbers, an attention layer, and one with a window that gives rows back.
KvCache emptyCache() {
    static const ModelConfig config = [] {
        ModelConfig small;
        small.family = findModelFamily("lfm2");
        small.width = 2;
        small.heads = 1;
        small.keyLength = small.valueLength = 2;
        small.convolutionLength = 3;
        small.layer = {
            {.kind = LayerKind::Convolution}, {.keyValueHeads = 1}, {.keyValueHeads = 1, .window = 4}};
        return small;
    }();
    return {config, kernels::CacheType::F16, kCapacity, CacheOf::Trunk, {.slack = 16, .stride = 8}};
}

FileDescriptor fileWith(std::string_view content) {
    FileDescriptor file(::memfd_create("snapshot", MFD_CLOEXEC));
    CHECK(file.open());
    CHECK(::pwrite(file.number(), content.data(), content.size(), 0) == static_cast<ssize_t>(content.size()));
    return file;
}

std::string contentOf(int descriptor) {
    std::string content(static_cast<std::size_t>(::lseek(descriptor, 0, SEEK_END)), '\0');
    CHECK(::pread(descriptor, content.data(), content.size(), 0) == static_cast<ssize_t>(content.size()));
    return content;
}

void tryFile(std::string_view content) {
    const FileDescriptor descriptor = fileWith(content);
    KvCache cache = emptyCache();
    const auto file = SnapshotFile::read(descriptor.number(), kKey, cache);
    if (!file) return;
    CHECK(file->length() > 0 && file->length() <= kCapacity && file->bytes() <= content.size());
    int length = 0;
    int place = 0;
    for (const SnapshotFile::Segment& segment : file->segments()) {
        CHECK(segment.first == length);
        length = segment.end();
        std::vector<float> carried(segment.carries ? static_cast<std::size_t>(cache.carriedNumbers()) : 0);
        std::vector<std::span<std::byte>> rows = cache.room(segment.first, segment.count);
        if (segment.carries) {
            const auto windows = cache.windowRoom(place, segment.end());
            rows.insert(rows.end(), windows.begin(), windows.end());
            place = segment.end();
        }
        file->load(descriptor.number(), segment, rows, carried);
    }
    CHECK(length == file->length() && place == file->lastPlace());
}

} // namespace

} // namespace ponder::engine

void ponder::fuzz::tryInput(std::string_view input) {
    engine::tryFile(input);
}

std::vector<std::string> ponder::fuzz::seeds() {
    using namespace engine;
    std::vector<std::string> seeds;
    for (const int segments : {1, 2, 5}) {
        const FileDescriptor descriptor = fileWith({});
        KvCache cache = emptyCache();
        auto file = SnapshotFile::create(descriptor.number(), kKey);
        CHECK(file.has_value() && cache.windowBytes(0, kCapacity) > 0);
        for (int i = 0; i < segments; ++i) {
            const std::vector<TokenId> tokens(static_cast<std::size_t>(3 + i), 40 + i);
            const std::vector<float> carried(static_cast<std::size_t>(cache.carriedNumbers()), 0.5f);
            cache.restore(static_cast<int>(tokens.size()), carried);
            CHECK(file->append(descriptor.number(), tokens, cache, i % 2 == 0));
        }
        seeds.push_back(contentOf(descriptor.number()));
    }
    return seeds;
}
