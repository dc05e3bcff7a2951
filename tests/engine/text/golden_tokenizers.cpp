#include "tests/engine/text/golden_tokenizers.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <unistd.h>

#include "tests/places.h"

namespace ponder::engine {

namespace {

const std::filesystem::path kOwn = std::filesystem::path(PONDER_SOURCE_DIR) / "tests/golden/tokenizers";

std::vector<GoldenTokenizer> tokenizersIn(const std::filesystem::path& folder) {
    constexpr std::string_view kEnd = ".cases.json";
    std::vector<GoldenTokenizer> found;
    if (!std::filesystem::is_directory(folder)) return found;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::string name = entry.path().filename().string();
        if (!name.ends_with(kEnd)) continue;
        name.resize(name.size() - kEnd.size());
        found.push_back({name, folder / (name + ".gguf.xz"), entry.path()});
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return found;
}

} // namespace

std::vector<GoldenTokenizer::Case> GoldenTokenizer::readCases() const {
    std::ifstream file(cases);
    std::vector<Case> read;
    for (const auto& entry : nlohmann::json::parse(file)) {
        read.push_back({entry.at("text"),
                        entry.at("parse_special") ? SpecialTokens::Allowed : SpecialTokens::AsText,
                        entry.at("ids")});
    }
    return read;
}

std::vector<GoldenTokenizer> goldenTokenizers() {
    return tokenizersIn(kOwn);
}

std::vector<GoldenTokenizer> moreGoldenTokenizers() {
    const char* named = std::getenv("PONDER_GOLDEN");
    const std::filesystem::path folder = named ? named : PONDER_GOLDEN_DEFAULT;
    std::vector<GoldenTokenizer> more = tokenizersIn(folder / "tokenizers");
    std::erase_if(more, [](const GoldenTokenizer& one) {
        return std::filesystem::exists(kOwn / one.cases.filename());
    });
    return more;
}

UnpackedVocabulary::UnpackedVocabulary(const std::filesystem::path& packed) {
    std::string path = (std::filesystem::temp_directory_path() / "ponder-vocabulary-XXXXXX").string();
    const int file = mkstemp(path.data());
    if (file < 0) throw std::runtime_error("no temporary file");
    close(file);
    path_ = path;
    const std::string command = "xz -dc '" + packed.string() + "' > '" + path_ + "'";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
    file_ = std::make_unique<GgufFile>(GgufFile::open(path_, GgufFile::Access::Vocabulary));
    tokenizer_ = std::make_unique<Tokenizer>(*file_);
}

UnpackedVocabulary::~UnpackedVocabulary() {
    std::filesystem::remove(path_);
}

const UnpackedVocabulary& goldenVocabulary(const std::string& name) {
    static std::map<std::string, std::unique_ptr<UnpackedVocabulary>> unpacked;
    auto& vocabulary = unpacked[name];
    if (!vocabulary) vocabulary = std::make_unique<UnpackedVocabulary>(kOwn / (name + ".gguf.xz"));
    return *vocabulary;
}

} // namespace ponder::engine
