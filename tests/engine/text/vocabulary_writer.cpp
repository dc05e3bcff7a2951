#include "tests/engine/text/vocabulary_writer.h"

#include <cstdio>
#include <stdexcept>
#include <sys/mman.h>
#include <unistd.h>

namespace ponder::engine {

namespace {

class Bytes {
public:
    template <typename Number>
    void number(Number value) {
        text_.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    void string(std::string_view value) {
        number(static_cast<std::uint64_t>(value.size()));
        text_.append(value);
    }
    void entry(std::string_view key, MetadataType type) {
        ++entries_;
        string(key);
        number(static_cast<std::uint32_t>(type));
    }
    void list(std::string_view key, MetadataType element, std::size_t count) {
        entry(key, MetadataType::Array);
        number(static_cast<std::uint32_t>(element));
        number(static_cast<std::uint64_t>(count));
    }
    std::string file() const {
        Bytes whole;
        whole.text_ = "GGUF";
        whole.number(std::uint32_t{3});
        whole.number(std::uint64_t{0});
        whole.number(entries_);
        return whole.text_ + text_;
    }

private:
    std::string text_;
    std::uint64_t entries_ = 0;
};

/// The character that stands for a byte in GPT-2's alphabet.
std::string alphabetCharacter(int byte) {
    const auto isPrintable = [](int b) {
        return (b >= 0x21 && b <= 0x7E) || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
    };
    int point = byte;
    if (!isPrintable(byte)) {
        point = 0x100;
        for (int b = 0; b < byte; ++b) point += !isPrintable(b);
    }
    if (point < 0x80) return {static_cast<char>(point)};
    return {static_cast<char>(0xC0 | (point >> 6)), static_cast<char>(0x80 | (point & 0x3F))};
}

} // namespace

WrittenVocabulary byteVocabulary() {
    WrittenVocabulary vocabulary;
    vocabulary.pre = "gpt-2";
    for (int byte = 0; byte < 256; ++byte) vocabulary.add(alphabetCharacter(byte));
    return vocabulary;
}

WrittenVocabulary sentencePieceVocabulary() {
    WrittenVocabulary vocabulary;
    vocabulary.model = "llama";
    vocabulary.add("<unk>", 2);
    vocabulary.add("<s>", 3);
    vocabulary.add("</s>", 3);
    for (int byte = 0; byte < 256; ++byte) {
        char name[8];
        std::snprintf(name, sizeof name, "<0x%02X>", static_cast<unsigned>(byte));
        vocabulary.add(name, 6);
    }
    return vocabulary;
}

std::string vocabularyFileBytes(const WrittenVocabulary& vocabulary) {
    Bytes bytes;
    const auto text = [&](std::string_view key, std::string_view value) {
        bytes.entry(key, MetadataType::String);
        bytes.string(value);
    };
    const auto texts = [&](std::string_view key, const std::vector<std::string>& values) {
        bytes.list(key, MetadataType::String, values.size());
        for (const std::string& value : values) bytes.string(value);
    };
    text("general.architecture", "llama");
    text("tokenizer.ggml.model", vocabulary.model);
    if (vocabulary.pre) text("tokenizer.ggml.pre", *vocabulary.pre);
    texts("tokenizer.ggml.tokens", vocabulary.tokens);
    if (!vocabulary.types.empty()) {
        bytes.list("tokenizer.ggml.token_type", MetadataType::I32, vocabulary.types.size());
        for (const std::int32_t type : vocabulary.types) bytes.number(type);
    }
    if (!vocabulary.scores.empty()) {
        bytes.list("tokenizer.ggml.scores", MetadataType::F32, vocabulary.scores.size());
        for (const float score : vocabulary.scores) bytes.number(score);
    }
    if (vocabulary.model != "llama") texts("tokenizer.ggml.merges", vocabulary.merges);
    for (const auto& [key, value] : vocabulary.numbers) {
        bytes.entry(key, MetadataType::U32);
        bytes.number(value);
    }
    for (const auto& [key, value] : vocabulary.switches) {
        bytes.entry(key, MetadataType::Bool);
        bytes.number(static_cast<std::uint8_t>(value));
    }
    return bytes.file();
}

MemoryFile::MemoryFile(std::string_view bytes) : descriptor_(memfd_create("ponder-vocabulary", MFD_CLOEXEC)) {
    if (descriptor_ < 0 ||
        write(descriptor_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) {
        throw std::runtime_error("no file in memory");
    }
    path_ = "/proc/self/fd/" + std::to_string(descriptor_);
}

MemoryFile::~MemoryFile() {
    close(descriptor_);
}

Tokenizer tokenizerOf(const WrittenVocabulary& vocabulary) {
    const MemoryFile memory(vocabularyFileBytes(vocabulary));
    const GgufFile file = GgufFile::open(memory.path(), GgufFile::Access::Vocabulary);
    return Tokenizer(file);
}

} // namespace ponder::engine
