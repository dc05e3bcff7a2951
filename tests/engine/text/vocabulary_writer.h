#pragma once

#include "engine/format/gguf_file.h"
#include "engine/text/tokenizer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ponder::engine {

/// A small vocabulary to be written as a model file; what is empty is left out of it.
struct WrittenVocabulary {
    std::string model = "gpt2";
    std::optional<std::string> pre;
    std::vector<std::string> tokens;
    std::vector<std::int32_t> types; ///< 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte
    std::vector<float> scores;
    std::vector<std::string> merges;
    std::vector<std::pair<std::string, std::uint32_t>> numbers; ///< full keys
    std::vector<std::pair<std::string, bool>> switches;         ///< full keys

    void add(const std::string& token, std::int32_t type = 1, float score = 0) {
        tokens.push_back(token);
        types.push_back(type);
        scores.push_back(score);
    }
};

/// All 256 byte tokens of the byte alphabet, so that every text can be written.
WrittenVocabulary byteVocabulary();
/// All 256 `<0x00>` tokens behind `<unk>`, `<s>`, `</s>`.
WrittenVocabulary sentencePieceVocabulary();

std::string vocabularyFileBytes(const WrittenVocabulary& vocabulary);

/// A file that lives in memory, for as long as this does.
class MemoryFile {
public:
    explicit MemoryFile(std::string_view bytes);
    ~MemoryFile();
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    const std::string& path() const { return path_; }

private:
    int descriptor_ = -1;
    std::string path_;
};

/// The tokenizer of a written vocabulary. Throws what reading it throws.
Tokenizer tokenizerOf(const WrittenVocabulary& vocabulary);

} // namespace ponder::engine
