// What the model library reads beside models: manifests of Ollama, its own cache of cards and its own list of
// hashes. Whatever they hold, what comes out is sound or empty. The first byte of an input says which it is.

#include "app/library/card_cache.h"
#include "app/library/hash_cache.h"
#include "app/library/model_names.h"
#include "app/library/ollama_manifest.h"
#include "engine/support/check.h"
#include "tests/fuzz/fuzz_target.h"

namespace {

using namespace ponder::app;

constexpr char kManifest = 0;
constexpr char kCards = 1;
constexpr char kHashes = 2;
constexpr char kNames = 3;

bool isDigest(const std::string& text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

void tryCards(std::string_view bytes) {
    const std::vector<ModelCard> cards = cardsFrom(bytes);
    if (cards.empty()) return;
    for (const ModelCard& card : cards) CHECK(!card.found.files.empty());
    const std::string again = cardBytes(cards);
    CHECK(cardBytes(cardsFrom(again)) == again);
}

void tryNames(const std::string& name) {
    const std::string whole = finalNameOf(name);
    CHECK(whole.size() <= name.size());
    if (!isModelFileName(name)) return;
    const PartName part = partNameOf(name);
    CHECK(part.number >= 1 && part.number <= part.count && part.stem.size() < name.size());
}

std::string sampleCards() {
    ModelCard card;
    card.found.name = "a";
    card.found.path = "/m/a.gguf";
    card.found.files = {{"/m/a.gguf", {.device = 1, .inode = 2, .sizeBytes = 3, .modifiedNanoseconds = -4}}};
    card.found.otherNames = {"b"};
    card.found.otherPaths = {"/n/a.gguf"};
    card.info.name = "A";
    card.info.notices = {"Odd."};
    card.copies = {card.found};
    return cardBytes({card, card});
}

} // namespace

void ponder::fuzz::tryInput(std::string_view input) {
    if (input.empty()) return;
    const std::string_view rest = input.substr(1);
    switch (input.front()) {
    case kManifest:
        if (const std::string digest = modelDigestOf(rest); !digest.empty()) CHECK(isDigest(digest));
        break;
    case kCards:
        tryCards(rest);
        break;
    case kHashes:
        for (const auto& [path, hash] : HashCache::parse(rest)) CHECK(isDigest(hash.sha256));
        break;
    case kNames:
        tryNames(std::string(rest));
        break;
    default:
        break;
    }
}

std::vector<std::string> ponder::fuzz::seeds() {
    const std::string digest(64, 'a');
    const auto with = [](char kind, const std::string& text) { return std::string(1, kind) + text; };
    return {
        with(
            kManifest,
            R"({"schemaVersion":2,"layers":[{"mediaType":"application/vnd.ollama.image.model","digest":"sha256:)" +
                digest + R"("}]})"),
        with(kManifest, std::string(2000, '[')),
        with(kCards, sampleCards()),
        with(kHashes, R"({"version":1,"files":{"/a":{"sha256":")" + digest +
                          R"(","size":1,"modified":-2,"inode":3}}})"),
        with(kNames, "model-00002-of-00003.gguf"),
        with(kNames, "downloading_model.gguf.part")};
}
