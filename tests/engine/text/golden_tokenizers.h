#pragma once

#include "engine/format/gguf_file.h"
#include "engine/text/tokenizer.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace ponder::engine {

/// A vocabulary and what another implementation makes of texts with it.
struct GoldenTokenizer {
    struct Case {
        std::string text;
        SpecialTokens special = SpecialTokens::AsText;
        std::vector<TokenId> ids;
    };
    std::string name;
    std::filesystem::path vocabulary; ///< NAME.gguf.xz
    std::filesystem::path cases;      ///< NAME.cases.json

    std::vector<Case> readCases() const;
};

/// Those of this repository, and those of the golden folder that are not; empty where it is absent.
std::vector<GoldenTokenizer> goldenTokenizers();
std::vector<GoldenTokenizer> moreGoldenTokenizers();

/// A vocabulary-only model file, unpacked for as long as this lives.
class UnpackedVocabulary {
public:
    explicit UnpackedVocabulary(const std::filesystem::path& packed);
    ~UnpackedVocabulary();

    const std::string& path() const { return path_; }
    const Tokenizer& tokenizer() const { return *tokenizer_; }

private:
    std::string path_;
    std::unique_ptr<GgufFile> file_;
    std::unique_ptr<Tokenizer> tokenizer_;
};

/// The unpacked vocabulary of this name in the repository; one for all tests of a program.
const UnpackedVocabulary& goldenVocabulary(const std::string& name);

} // namespace ponder::engine
