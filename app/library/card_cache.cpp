#include "app/library/card_cache.h"

#include <algorithm>
#include <optional>

#include "app/atomic_file.h"
#include "app/paths.h"

namespace ponder::app {

namespace {

constexpr std::size_t kLargestCache = 256 << 20;
constexpr std::string_view kMark = "Ponder's model cards 1, " PONDER_VERSION "\n";
constexpr std::string_view kEnd = "end\n";

class Writer {
public:
    void number(std::uint64_t value) {
        // Seven bits a byte, lowest first: most numbers are small.
        while (value >= 0x80) {
            bytes_ += static_cast<char>(value | 0x80);
            value >>= 7;
        }
        bytes_ += static_cast<char>(value);
    }
    void text(std::string_view value) {
        number(value.size());
        bytes_ += value;
    }
    void texts(const std::vector<std::string>& values) {
        number(values.size());
        for (const std::string& value : values) text(value);
    }
    void raw(std::string_view value) { bytes_ += value; }
    std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

/// Reads what Writer wrote; once something does not fit, everything is empty and `failed`.
class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (rest_.empty()) break;
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= std::uint64_t{byte & 0x7Fu} << shift;
            if (byte < 0x80) return value;
        }
        failed = true;
        return 0;
    }
    int smallNumber() {
        const std::uint64_t value = number();
        if (value > INT32_MAX) failed = true;
        return failed ? 0 : static_cast<int>(value);
    }
    bool flag() { return number() != 0; }
    std::string text() {
        const std::string_view value = raw(number());
        return std::string(value);
    }
    std::vector<std::string> texts() {
        std::vector<std::string> values(count());
        for (std::string& value : values) value = text();
        return values;
    }
    /// A number of things, each at least a byte long.
    std::size_t count() {
        const std::uint64_t value = number();
        if (value > rest_.size()) failed = true;
        return failed ? 0 : value;
    }
    template <typename Enum>
    Enum choice(Enum last) {
        const std::uint64_t value = number();
        if (value > static_cast<std::uint64_t>(last)) failed = true;
        return failed ? Enum{} : static_cast<Enum>(value);
    }
    std::string_view raw(std::uint64_t size) {
        if (size > rest_.size()) failed = true;
        if (failed) return {};
        const std::string_view value = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return value;
    }
    bool atEnd() const { return rest_.empty(); }

    bool failed = false;

private:
    std::string_view rest_;
};

void write(Writer& writer, const FoundModel& found) {
    writer.text(found.name);
    writer.text(found.path.native());
    writer.number(static_cast<std::uint64_t>(found.source));
    writer.number(found.sizeBytes);
    writer.text(found.problem);
    writer.number(static_cast<std::uint64_t>(found.state));
    writer.number(found.files.size());
    for (const ModelFile& file : found.files) {
        writer.text(file.path);
        writer.number(file.stamp.device);
        writer.number(file.stamp.inode);
        writer.number(file.stamp.sizeBytes);
        writer.number(static_cast<std::uint64_t>(file.stamp.modifiedNanoseconds));
        writer.number(file.stamp.links);
        writer.number(file.stamp.allocatedBytes);
    }
    writer.texts(found.otherNames);
    writer.texts(found.otherPaths);
}

FoundModel readFound(Reader& reader) {
    FoundModel found;
    found.name = reader.text();
    found.path = reader.text();
    found.source = reader.choice(ModelSource::Folder);
    found.sizeBytes = reader.number();
    found.problem = reader.text();
    found.state = reader.choice(ModelState::Unusable);
    const std::size_t files = reader.count();
    for (std::size_t i = 0; i < files && !reader.failed; ++i) {
        ModelFile& file = found.files.emplace_back();
        file.path = reader.text();
        file.stamp.device = reader.number();
        file.stamp.inode = reader.number();
        file.stamp.sizeBytes = reader.number();
        file.stamp.modifiedNanoseconds = static_cast<std::int64_t>(reader.number());
        file.stamp.links = reader.number();
        file.stamp.allocatedBytes = reader.number();
    }
    if (found.files.empty()) reader.failed = true; // there is no model of no file
    found.otherNames = reader.texts();
    found.otherPaths = reader.texts();
    return found;
}

void write(Writer& writer, const engine::ModelInfo& info) {
    for (const std::string* text : {&info.name, &info.architecture, &info.quantisation, &info.license,
                                    &info.identity, &info.reasoningFormat})
        writer.text(*text);
    writer.number(info.reasoningSwitchable ? 1 : 0);
    writer.number(info.reasoningBudgetable ? 1 : 0);
    writer.texts(info.reasoningEfforts);
    writer.number(info.sizeBytes);
    writer.number(info.parameters);
    for (const int number : {info.contextTokens, info.trainedContextTokens, info.experts, info.expertsUsed})
        writer.number(static_cast<std::uint64_t>(std::max(number, 0)));
    writer.texts(info.notices);
}

engine::ModelInfo readInfo(Reader& reader) {
    engine::ModelInfo info;
    for (std::string* text : {&info.name, &info.architecture, &info.quantisation, &info.license,
                              &info.identity, &info.reasoningFormat})
        *text = reader.text();
    info.reasoningSwitchable = reader.flag();
    info.reasoningBudgetable = reader.flag();
    info.reasoningEfforts = reader.texts();
    info.sizeBytes = reader.number();
    info.parameters = reader.number();
    for (int* number : {&info.contextTokens, &info.trainedContextTokens, &info.experts, &info.expertsUsed})
        *number = reader.smallNumber();
    info.notices = reader.texts();
    return info;
}

} // namespace

std::string cardBytes(const std::vector<ModelCard>& cards) {
    Writer writer;
    writer.raw(kMark);
    writer.number(cards.size());
    for (const ModelCard& card : cards) {
        write(writer, card.found);
        write(writer, card.info);
        writer.text(card.problem);
        writer.number(static_cast<std::uint64_t>(card.depth));
        writer.number(card.copies.size());
        for (const FoundModel& copy : card.copies) write(writer, copy);
    }
    writer.raw(kEnd);
    return writer.take();
}

std::vector<ModelCard> cardsFrom(std::string_view bytes) {
    if (!bytes.starts_with(kMark)) return {};
    Reader reader(bytes.substr(kMark.size()));
    std::vector<ModelCard> cards;
    const std::size_t count = reader.count();
    for (std::size_t i = 0; i < count && !reader.failed; ++i) {
        ModelCard& card = cards.emplace_back();
        card.found = readFound(reader);
        card.info = readInfo(reader);
        card.info.path = card.found.path.string();
        card.problem = reader.text();
        card.depth = reader.choice(CardDepth::Whole);
        const std::size_t copies = reader.count();
        for (std::size_t j = 0; j < copies && !reader.failed; ++j) card.copies.push_back(readFound(reader));
    }
    const bool isWhole = reader.raw(kEnd.size()) == kEnd && reader.atEnd() && !reader.failed;
    return isWhole ? cards : std::vector<ModelCard>();
}

std::vector<ModelCard> readCards(const std::filesystem::path& file) {
    try {
        return cardsFrom(readFile(file, kLargestCache));
    } catch (const std::exception&) {
        return {}; // made anew
    }
}

void writeCards(const std::filesystem::path& file, const std::vector<ModelCard>& cards) {
    try {
        makePrivateFolder(file.parent_path());
        writeFileAtomically(file, cardBytes(cards));
    } catch (const engine::Error&) {
        // Next time the headers are read again.
    }
}

} // namespace ponder::app
