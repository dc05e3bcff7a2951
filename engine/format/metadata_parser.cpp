#include "engine/format/metadata_parser.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace ponder::engine {

namespace {

constexpr std::uint64_t kMostMetadata = std::uint64_t{256} << 20;
constexpr std::uint64_t kMostEntries = 65'536;
constexpr std::uint64_t kLeastEntry = 13; // key length, no key, type, one byte of value
constexpr std::uint64_t kMostKey = 65'535;
constexpr std::uint64_t kMostKeys = std::uint64_t{16} << 20; // all together: keys are kept in memory
constexpr std::uint64_t kMostText = std::uint64_t{16} << 20;
constexpr std::uint64_t kMostNumbers = std::uint64_t{16} << 20;
constexpr std::uint64_t kMostTexts = std::uint64_t{4} << 20;
constexpr std::uint32_t kTypes = 13;

std::string bytesLeft(std::uint64_t count) {
    return std::to_string(count) + (count == 1 ? " byte is left" : " bytes are left");
}

class MetadataParser {
public:
    MetadataParser(HeaderReader& reader, std::uint64_t count) : reader_(reader), count_(count) {}

    std::vector<MetadataEntry> parse() {
        checkCount();
        entries_.reserve(count_); // keys_ points into the entries
        keys_.reserve(count_);
        for (std::uint64_t i = 0; i < count_; ++i) parseEntry();
        return std::move(entries_);
    }

private:
    void checkCount() const {
        const std::uint64_t fitting = reader_.remaining() / kLeastEntry;
        const std::uint64_t place = reader_.position() - sizeof count_;
        if (count_ > fitting) {
            reader_.refuse(GgufProblem::Count,
                           "it claims " + std::to_string(count_) + " metadata entries, but only " +
                               bytesLeft(reader_.remaining()),
                           place);
        }
        if (count_ > kMostEntries) {
            reader_.refuse(GgufProblem::Limit,
                           "it has " + std::to_string(count_) + " metadata entries, at most " +
                               std::to_string(kMostEntries) + " are allowed",
                           place);
        }
    }

    void parseEntry() {
        MetadataEntry& entry = entries_.emplace_back();
        entry.key = parseKey();
        what_ = "the value of " + quoted(entry.key);
        if (!keys_.insert(entry.key).second) {
            reader_.refuse(GgufProblem::KeyDuplicate, "the key " + quoted(entry.key) + " occurs twice",
                           reader_.position() - entry.key.size());
        }
        entry.type = parseType();
        if (entry.type == MetadataType::String) {
            entry.sizeBytes = parseLength();
            checkTextLength(entry);
            entry.fileOffset = reader_.position();
            skip(entry.sizeBytes);
        } else if (entry.type == MetadataType::Array) {
            parseArray(entry);
        } else {
            entry.sizeBytes = scalarBytes(entry.type);
            entry.fileOffset = reader_.position();
            if (entry.type == MetadataType::Bool)
                checkBool();
            else
                skip(entry.sizeBytes);
        }
    }

    std::string parseKey() {
        what_ = "metadata entry " + std::to_string(entries_.size()) + " of " + std::to_string(count_);
        const std::uint64_t place = reader_.position();
        const std::uint64_t length = reader_.u64(what_);
        if (length == 0) reader_.refuse(GgufProblem::KeyEmpty, "the key of " + what_ + " is empty", place);
        if (length > reader_.remaining()) refuseLength("the key of " + what_, length, place);
        if (length > kMostKey) {
            reader_.refuse(GgufProblem::KeyTooLong,
                           "the key of " + what_ + " is " + std::to_string(length) + " bytes long, at most " +
                               std::to_string(kMostKey) + " are allowed",
                           place);
        }
        keyBytes_ += length;
        if (keyBytes_ > kMostKeys) {
            reader_.refuse(GgufProblem::Limit,
                           "its keys take more than " + std::to_string(kMostKeys) + " bytes", place);
        }
        requireRoom(length);
        std::string key(reader_.take(length, what_));
        const auto isOdd = [](char c) { return c < ' ' || c > '~'; };
        const auto odd = std::find_if(key.begin(), key.end(), isOdd);
        if (odd != key.end()) {
            reader_.refuse(GgufProblem::KeyCharacters,
                           "the key " + quoted(key) + " holds characters that keys cannot have",
                           place + sizeof length + static_cast<std::uint64_t>(odd - key.begin()));
        }
        return key;
    }

    MetadataType parseType() {
        const std::uint64_t place = reader_.position();
        const std::uint32_t type = reader_.u32(what_);
        if (type < kTypes) return static_cast<MetadataType>(type);
        reader_.refuse(GgufProblem::Type,
                       what_ + " has the type " + std::to_string(type) + ", known are 0 to " +
                           std::to_string(kTypes - 1),
                       place);
    }

    std::uint64_t parseLength() {
        const std::uint64_t place = reader_.position();
        const std::uint64_t length = reader_.u64(what_);
        if (length > reader_.remaining()) refuseLength(what_, length, place);
        return length;
    }

    void parseArray(MetadataEntry& entry) {
        entry.elementType = parseType();
        const std::uint64_t place = reader_.position();
        if (entry.elementType == MetadataType::Array) {
            reader_.refuse(GgufProblem::Nested, what_ + " is a list of lists, which is not supported",
                           place - sizeof(std::uint32_t));
        }
        const bool isText = entry.elementType == MetadataType::String;
        const std::uint64_t elementBytes = isText ? sizeof(std::uint64_t) : scalarBytes(entry.elementType);
        entry.count = reader_.u64(what_);
        std::uint64_t least = 0;
        if (__builtin_mul_overflow(entry.count, elementBytes, &least) || least > reader_.remaining()) {
            reader_.refuse(GgufProblem::Length,
                           what_ + " claims " + std::to_string(entry.count) + " elements, but only " +
                               bytesLeft(reader_.remaining()),
                           place);
        }
        const std::uint64_t most = isText ? kMostTexts : kMostNumbers;
        if (entry.count > most) {
            reader_.refuse(GgufProblem::Limit,
                           what_ + " has " + std::to_string(entry.count) + " elements, at most " +
                               std::to_string(most) + " are allowed",
                           place);
        }
        entry.fileOffset = reader_.position();
        if (isText)
            skipTexts(entry.count);
        else if (entry.elementType == MetadataType::Bool)
            checkBools(entry.count);
        else
            skip(least);
        entry.sizeBytes = reader_.position() - entry.fileOffset;
    }

    void skipTexts(std::uint64_t count) {
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::uint64_t length = parseLength();
            if (length > kMostText) refuseLongText(length);
            skip(length);
        }
    }

    void checkBools(std::uint64_t count) {
        requireRoom(count);
        for (std::uint64_t i = 0; i < count; ++i) checkBool();
    }

    void checkBool() {
        const std::uint8_t value = reader_.u8(what_);
        if (value <= 1) return;
        reader_.refuse(GgufProblem::Value,
                       what_ + " is " + std::to_string(value) + ", where only 0 and 1 are allowed",
                       reader_.position() - 1);
    }

    void checkTextLength(const MetadataEntry& entry) const {
        // A template that is too long is replaced, not a reason to refuse the model.
        if (entry.sizeBytes > kMostText && !entry.key.starts_with("tokenizer.chat_template")) {
            refuseLongText(entry.sizeBytes);
        }
    }

    void skip(std::uint64_t bytes) {
        requireRoom(bytes);
        reader_.skip(bytes, what_);
    }

    void requireRoom(std::uint64_t bytes) const {
        if (reader_.position() <= kMostMetadata && bytes <= kMostMetadata - reader_.position()) return;
        reader_.refuse(GgufProblem::Limit,
                       "its metadata take more than " + std::to_string(kMostMetadata) + " bytes with " +
                           what_,
                       reader_.position());
    }

    [[noreturn]] void refuseLength(const std::string& what, std::uint64_t length, std::uint64_t place) const {
        reader_.refuse(GgufProblem::Length,
                       what + " claims " + std::to_string(length) + " bytes, but only " +
                           bytesLeft(reader_.remaining()),
                       place);
    }

    [[noreturn]] void refuseLongText(std::uint64_t length) const {
        reader_.refuse(GgufProblem::Limit,
                       what_ + " is a text of " + std::to_string(length) + " bytes, at most " +
                           std::to_string(kMostText) + " are allowed",
                       reader_.position() - sizeof length);
    }

    HeaderReader& reader_;
    std::uint64_t count_;
    std::uint64_t keyBytes_ = 0;
    std::string what_; // the field that is read now, for messages
    std::vector<MetadataEntry> entries_;
    std::unordered_set<std::string_view> keys_;
};

} // namespace

std::vector<MetadataEntry> parseMetadata(HeaderReader& reader, std::uint64_t count) {
    return MetadataParser(reader, count).parse();
}

std::uint64_t scalarBytes(MetadataType type) {
    switch (type) {
    case MetadataType::U8:
    case MetadataType::I8:
    case MetadataType::Bool:
        return 1;
    case MetadataType::U16:
    case MetadataType::I16:
        return 2;
    case MetadataType::U32:
    case MetadataType::I32:
    case MetadataType::F32:
        return 4;
    case MetadataType::U64:
    case MetadataType::I64:
    case MetadataType::F64:
        return 8;
    case MetadataType::String:
    case MetadataType::Array:
        break;
    }
    return 0;
}

std::string_view typeName(MetadataType type) {
    constexpr std::string_view kNames[kTypes] = {"an 8-bit unsigned integer",
                                                 "an 8-bit integer",
                                                 "a 16-bit unsigned integer",
                                                 "a 16-bit integer",
                                                 "a 32-bit unsigned integer",
                                                 "a 32-bit integer",
                                                 "a 32-bit floating-point number",
                                                 "true or false",
                                                 "a text",
                                                 "a list",
                                                 "a 64-bit unsigned integer",
                                                 "a 64-bit integer",
                                                 "a 64-bit floating-point number"};
    return kNames[static_cast<std::uint32_t>(type)];
}

} // namespace ponder::engine
