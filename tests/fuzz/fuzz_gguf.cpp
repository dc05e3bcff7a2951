// A model file is hostile until it has been read. Whatever it holds, the whole loader either accepts it or
// throws Error. The first byte of an input says what the rest is: a file as it is, or changes to the fields
// of a sound tiny model, which get much further than bytes that were changed at random.

#include "engine/loaded_model.h"
#include "engine/support/check.h"
#include "engine/support/error.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/support/draft_head.h"
#include "tests/support/tiny_model.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace ponder::fuzz {

namespace {

using tests::GgufImage;

constexpr char kWholeFile = 0;
constexpr int kMostChanges = 8;

// Numbers at which counts, lengths and offsets go wrong.
constexpr std::uint64_t kEdges[] = {0,
                                    1,
                                    2,
                                    3,
                                    4,
                                    5,
                                    7,
                                    8,
                                    13,
                                    15,
                                    16,
                                    31,
                                    32,
                                    33,
                                    63,
                                    64,
                                    65,
                                    255,
                                    256,
                                    270,
                                    271,
                                    272,
                                    512,
                                    65'535,
                                    65'536,
                                    65'537,
                                    (1ull << 31) - 1,
                                    1ull << 31,
                                    (1ull << 32) - 1,
                                    1ull << 32,
                                    1ull << 42,
                                    1ull << 61,
                                    (1ull << 63) - 1,
                                    1ull << 63,
                                    ~0ull - 31,
                                    ~0ull};

/// Draws decisions from an input; zeros when it is used up.
class Choices {
public:
    explicit Choices(std::string_view input) : input_(input) {}

    bool empty() const { return input_.empty(); }

    std::size_t below(std::size_t limit) {
        const std::size_t value = byte() | byte() << 8;
        return limit == 0 ? 0 : value % limit;
    }

    std::uint64_t number() {
        const std::size_t edge = byte() % (std::size(kEdges) + 1);
        if (edge < std::size(kEdges)) return kEdges[edge];
        std::uint64_t value = 0;
        for (int i = 0; i < 8; ++i) value = value << 8 | byte();
        return value;
    }

    std::string bytes() {
        const std::string taken(input_.substr(0, byte()));
        input_.remove_prefix(std::min(input_.size(), taken.size()));
        return taken;
    }

private:
    std::size_t byte() {
        if (input_.empty()) return 0;
        const auto value = static_cast<unsigned char>(input_.front());
        input_.remove_prefix(1);
        return value;
    }

    std::string_view input_;
};

void changeEntry(GgufImage& image, Choices& choices) {
    if (image.entries.empty()) return;
    tests::GgufEntry& entry = image.entries[choices.below(image.entries.size())];
    std::string& bytes = entry.value.bytes;
    switch (choices.below(8)) {
    case 0:
        entry.value.type = static_cast<std::uint32_t>(choices.number());
        break;
    case 1: // a length, count or value within
        bytes.replace(choices.below(bytes.size() + 1), sizeof(std::uint64_t),
                      tests::littleEndian(choices.number()));
        break;
    case 2:
        bytes = choices.bytes();
        break;
    case 3:
        entry.keyLength = choices.number();
        break;
    case 4:
        entry.key = image.entries[choices.below(image.entries.size())].key;
        break;
    case 5:
        image.remove(std::string(entry.key));
        break;
    case 6:
        entry.value = tests::scalar(static_cast<std::uint32_t>(choices.number()));
        break;
    case 7:
        entry.value = tests::text(choices.bytes());
        break;
    }
}

void changeTensor(GgufImage& image, Choices& choices) {
    if (image.tensors.empty()) return;
    tests::GgufTensor& tensor = image.tensors[choices.below(image.tensors.size())];
    switch (choices.below(7)) {
    case 0:
        tensor.shape[choices.below(tensor.shape.size())] = choices.number();
        break;
    case 1:
        tensor.type = static_cast<std::uint32_t>(choices.below(48));
        break;
    case 2:
        tensor.offset = choices.number();
        break;
    case 3:
        tensor.dimensions = static_cast<std::uint32_t>(choices.number());
        break;
    case 4:
        tensor.nameLength = choices.number();
        break;
    case 5:
        tensor.name = image.tensors[choices.below(image.tensors.size())].name;
        break;
    case 6:
        image.removeTensor(std::string(tensor.name));
        break;
    }
}

void changeHeader(GgufImage& image, Choices& choices) {
    switch (choices.below(4)) {
    case 0:
        image.version = static_cast<std::uint32_t>(choices.number());
        break;
    case 1:
        image.tensorCount = choices.number();
        break;
    case 2:
        image.entryCount = choices.number();
        break;
    case 3:
        image.set("general.alignment", tests::scalar(static_cast<std::uint32_t>(choices.number())));
        break;
    }
}

struct Bytes {
    std::string start;
    std::uint64_t sizeBytes; ///< the rest is zeros
};

GgufImage modelWithDraftHead() {
    GgufImage image = tests::tinyModel({.family = tests::TinyFamily::Glm4Moe});
    tests::addDraftHead(image, {.ownHead = true, .ownEmbedding = true});
    return image;
}

Bytes changedModel(std::string_view input) {
    static const std::array models{tests::tinyModel(),
                                   tests::tinyModel({.family = tests::TinyFamily::Deepseek2}),
                                   tests::tinyModel({.family = tests::TinyFamily::Deepseek32}),
                                   tests::tinyModel({.family = tests::TinyFamily::Deepseek4}),
                                   tests::tinyModel({.family = tests::TinyFamily::Qwen3Next}),
                                   modelWithDraftHead()};
    static const auto sizes = [] {
        std::array<std::uint64_t, models.size()> bytes{};
        std::ranges::transform(models, bytes.begin(), [](const GgufImage& m) { return m.bytes().size(); });
        return bytes;
    }();
    Choices choices(input);
    const std::size_t family = choices.below(models.size());
    GgufImage image = models[family];
    const std::size_t headerBytes = image.header().size();
    for (int i = 0; i < kMostChanges && !choices.empty(); ++i) {
        switch (choices.below(8)) {
        case 0:
            changeHeader(image, choices);
            break;
        case 1:
        case 2:
        case 3:
            changeTensor(image, choices);
            break;
        default:
            changeEntry(image, choices);
            break;
        }
    }
    // The data move with a header of another length, so that its end is where it should be.
    const std::string header = image.header();
    const std::uint64_t dataStart = (header.size() + 31) / 32 * 32;
    return {header, dataStart + sizes[family] - (headerBytes + 31) / 32 * 32};
}

/// A file in memory that has a path.
class MemoryFile {
public:
    explicit MemoryFile(const Bytes& content) : descriptor_(::memfd_create("model", MFD_CLOEXEC)) {
        CHECK(descriptor_ >= 0);
        CHECK(::pwrite(descriptor_, content.start.data(), content.start.size(), 0) ==
              static_cast<ssize_t>(content.start.size()));
        CHECK(::ftruncate(descriptor_, static_cast<off_t>(content.sizeBytes)) == 0);
    }
    ~MemoryFile() { ::close(descriptor_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

private:
    int descriptor_;
};

} // namespace

void tryInput(std::string_view input) {
    if (input.empty()) return;
    const std::string_view rest = input.substr(1);
    const MemoryFile file(input[0] == kWholeFile ? Bytes{std::string(rest), rest.size()}
                                                 : changedModel(rest));
    try {
        const engine::LoadedModel model(file.path(), engine::GgufFile::Access::Weights);
        CHECK(model.describe().trainedContextTokens > 0);
        CHECK(model.tokenizer.size() == model.model.config().vocabulary);
    } catch (const engine::Error&) {
        // Refused, as it should be.
    }
}

std::vector<std::string> seeds() {
    std::vector<std::string> seeds{kWholeFile + tests::tinyModel().header()};
    for (char family : {'\0', '\1', '\2', '\3', '\4', '\5'}) {
        // Changes to a model that is refused anyway would try nothing.
        const MemoryFile sound(changedModel(std::string{family, '\0'}));
        CHECK(engine::LoadedModel(sound.path(), engine::GgufFile::Access::Weights).notices.empty());
        // No change at all; then one of every kind to every third entry and tensor.
        seeds.push_back(std::string{'\1', family, '\0'});
        for (char part : {'\0', '\1', '\4'}) {
            for (char kind = 0; kind < 8; ++kind) {
                for (char index = 0; index < 24; index += 3) {
                    seeds.push_back(
                        std::string{'\1', family, '\0', part, '\0', index, '\0', kind, '\0', '\5', '\40'});
                }
            }
        }
    }
    return seeds;
}

} // namespace ponder::fuzz
