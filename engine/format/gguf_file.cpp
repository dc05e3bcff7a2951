#include "engine/format/gguf_file.h"

#include "engine/format/gguf_part.h"
#include "engine/format/gguf_problem.h"
#include "engine/format/sha256.h"
#include "engine/format/split_model.h"

#include <algorithm>
#include <functional>
#include <mutex>
#include <unordered_map>

namespace ponder::engine {

namespace {

constexpr std::uint64_t kWindow = 256 * 1024;

using Parts = std::vector<std::unique_ptr<GgufPart>>;

FilePlace placeOf(const GgufPart& part, std::uint64_t offset) {
    return {.path = part.file.path(), .sizeBytes = part.file.sizeBytes(), .offset = offset};
}

std::string identityOf(const Parts& parts) {
    Sha256 hash;
    std::vector<std::byte> window;
    for (const auto& part : parts) {
        for (std::uint64_t at = 0; at < part->headerEnd; at += window.size()) {
            window.resize(std::min(kWindow, part->headerEnd - at));
            part->file.read(at, window);
            hash.add(window);
        }
        const std::uint64_t size = part->file.sizeBytes();
        hash.add(std::as_bytes(std::span(&size, 1)));
    }
    return hash.hex();
}

} // namespace

struct GgufFile::State {
    Parts parts;
    std::vector<Tensor> tensors;
    std::unordered_map<std::string_view, const Tensor*> tensorByName;
    std::vector<std::string> notices;
    std::once_flag identified;
    std::string identity; // takes a while, so it is computed when it is asked for

    const GgufPart& first() const { return *parts.front(); }
    const MetadataValues& metadata() const { return *first().metadata; }

    void gatherTensors() {
        std::size_t count = 0;
        for (const auto& part : parts) count += part->tensors.size();
        tensors.reserve(count);
        tensorByName.reserve(count);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            for (Tensor& tensor : parts[i]->tensors) {
                tensor.part = static_cast<int>(i);
                tensors.push_back(std::move(tensor));
                if (tensorByName.emplace(tensors.back().name, &tensors.back()).second) continue;
                refuseFile(placeOf(*parts[i], tensors.back().fileOffset), GgufProblem::Name,
                           "tensor " + quoted(tensors.back().name) + " is in an earlier part, too");
            }
            parts[i]->tensors = {};
            notices.insert(notices.end(), parts[i]->notices.begin(), parts[i]->notices.end());
        }
    }

    void mapWeights() {
        for (Tensor& tensor : tensors) {
            tensor.bytes = parts[static_cast<std::size_t>(tensor.part)]->file.map() + tensor.fileOffset;
        }
    }
};

GgufFile::GgufFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
GgufFile::~GgufFile() = default;
GgufFile::GgufFile(GgufFile&&) noexcept = default;
GgufFile& GgufFile::operator=(GgufFile&&) noexcept = default;

GgufFile GgufFile::open(const std::string& path, Access access) {
    return openParts(InputFile(path), access);
}

GgufFile GgufFile::open(ComposedFile file, Access access) {
    return openParts(InputFile(std::move(file)), access);
}

GgufFile GgufFile::openParts(InputFile first, Access access) {
    auto state = std::make_unique<State>();
    state->parts.push_back(openPart(std::move(first)));
    if (access != Access::Vocabulary) {
        for (auto& part : openOtherParts(state->first())) state->parts.push_back(std::move(part));
    }
    state->gatherTensors();
    if (access != Access::Vocabulary && state->tensors.empty()) {
        refuseFile(placeOf(state->first(), state->first().headerEnd), GgufProblem::NoTensors,
                   "it has no tensors, it is a vocabulary-only file", "Choose a file that holds a model.");
    }
    if (access == Access::Weights) state->mapWeights();
    for (const auto& part : state->parts) part->file.checkUnchanged();
    return GgufFile(std::move(state));
}

const std::string& GgufFile::path() const {
    return state_->first().file.path();
}

std::uint64_t GgufFile::sizeBytes() const {
    std::uint64_t total = 0;
    for (const auto& part : state_->parts) total += part->file.sizeBytes();
    return total;
}

std::uint32_t GgufFile::version() const {
    return state_->first().version;
}

std::string GgufFile::identity() const {
    std::call_once(state_->identified, [this] { state_->identity = identityOf(state_->parts); });
    return state_->identity;
}

const std::vector<std::string>& GgufFile::notices() const {
    return state_->notices;
}

std::span<const MetadataEntry> GgufFile::metadata() const {
    return state_->metadata().entries();
}
bool GgufFile::has(std::string_view key) const {
    return find(key) != nullptr;
}
const MetadataEntry* GgufFile::find(std::string_view key) const {
    return state_->metadata().find(key);
}

std::optional<std::int64_t> GgufFile::integer(std::string_view key, std::int64_t minimum,
                                              std::int64_t maximum) const {
    return state_->metadata().integer(key, minimum, maximum);
}

std::optional<double> GgufFile::number(std::string_view key) const {
    return state_->metadata().number(key);
}
std::optional<bool> GgufFile::boolean(std::string_view key) const {
    return state_->metadata().boolean(key);
}

std::optional<std::string_view> GgufFile::string(std::string_view key, std::uint64_t most) const {
    return state_->metadata().string(key, most);
}

std::optional<std::vector<std::int64_t>> GgufFile::integers(std::string_view key) const {
    return state_->metadata().integers(key);
}

std::optional<std::vector<bool>> GgufFile::booleans(std::string_view key) const {
    return state_->metadata().booleans(key);
}

std::optional<std::vector<float>> GgufFile::numbers(std::string_view key) const {
    return state_->metadata().numbers(key);
}

std::optional<std::vector<std::string_view>> GgufFile::strings(std::string_view key) const {
    return state_->metadata().strings(key);
}

std::span<const Tensor> GgufFile::tensors() const {
    return state_->tensors;
}

const Tensor* GgufFile::findTensor(std::string_view name) const {
    const auto found = state_->tensorByName.find(name);
    return found == state_->tensorByName.end() ? nullptr : found->second;
}

void GgufFile::release(const std::byte* bytes, std::uint64_t count) const {
    for (const auto& part : state_->parts) {
        const std::byte* map = part->file.map();
        const bool isHere = !std::less<>()(bytes, map) && std::less<>()(bytes, map + part->file.sizeBytes());
        if (isHere) return part->file.release(static_cast<std::uint64_t>(bytes - map), count);
    }
}

bool GgufFile::canBeReadAgain() const {
    return std::none_of(state_->parts.begin(), state_->parts.end(),
                        [](const auto& part) { return part->file.isComposed(); });
}

void GgufFile::forgetPages() const {
    for (const auto& part : state_->parts) part->file.forgetPages();
}

} // namespace ponder::engine
