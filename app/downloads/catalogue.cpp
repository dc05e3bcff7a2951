#include "app/downloads/catalogue.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>

#include <QCoreApplication>

#include "app/atomic_file.h"
#include "app/downloads/catalogue_key.h"
#include "app/downloads/json_members.h"
#include "engine/engine.h"

namespace ponder::app {

namespace {

using nlohmann::json;

constexpr std::string_view kFormat = "ponder-catalogue-1";
constexpr std::size_t kLargestCatalogue = std::size_t{1} << 20;
constexpr std::size_t kMostModels = 1000;
constexpr std::size_t kLongestText = 200;
constexpr std::size_t kKeySize = 32;
constexpr std::size_t kSignatureSize = 64;

struct CatalogueWords {
    Q_DECLARE_TR_FUNCTIONS(CatalogueWords)
};

[[noreturn]] void refuse(const QString& what) {
    throw engine::Error(
        (what + QLatin1Char(' ') + CatalogueWords::tr("Install Ponder again, or add a model from a link."))
            .toStdString());
}

/// Bytes of exactly `size`, or nothing.
std::vector<unsigned char> bytesOf(std::string_view hex, std::size_t size) {
    while (hex.ends_with('\n') || hex.ends_with('\r') || hex.ends_with(' ')) hex.remove_suffix(1);
    if (hex.size() != 2 * size || hex.find_first_not_of("0123456789abcdef") != std::string_view::npos)
        return {};
    const auto digit = [](char letter) { return letter <= '9' ? letter - '0' : letter - 'a' + 10; };
    std::vector<unsigned char> bytes;
    for (std::size_t at = 0; at < hex.size(); at += 2)
        bytes.push_back(static_cast<unsigned char>(digit(hex[at]) * 16 + digit(hex[at + 1])));
    return bytes;
}

bool isSigned(std::string_view text, std::string_view signature, std::string_view publicKey) {
    const auto key = bytesOf(publicKey, kKeySize);
    const auto mark = bytesOf(signature, kSignatureSize);
    if (key.empty() || mark.empty()) return false;
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> ed25519(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()), &EVP_PKEY_free);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    return ed25519 && context &&
           EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, ed25519.get()) == 1 &&
           EVP_DigestVerify(context.get(), mark.data(), mark.size(),
                            reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
}

std::vector<std::string> wordsOf(const json& object, const char* member) {
    std::vector<std::string> words;
    const json* list = memberOf(object, member);
    if (!list || !list->is_array()) return words;
    for (const json& word : *list)
        if (word.is_string() && words.size() < 16 &&
            word.get_ref<const std::string&>().size() <= kLongestText)
            words.push_back(word.get<std::string>());
    return words;
}

std::optional<CatalogueEntry> entryFrom(const json& object) {
    const auto text = [&](const char* member) { return textOf(object, member, kLongestText).value_or(""); };
    CatalogueEntry entry{.id = text("id"),
                         .name = text("name"),
                         .publisher = text("publisher"),
                         .repository = text("repository"),
                         .quantisation = text("quantisation"),
                         .license = text("license"),
                         .parameters = text("parameters"),
                         .reasoning = text("reasoning"),
                         .goodFor = wordsOf(object, "goodFor"),
                         .memoryGigabytes =
                             static_cast<int>(countOf(object, "memoryGigabytes", 100'000).value_or(0)),
                         .sizeBytes = countOf(object, "sizeBytes", std::uint64_t{1} << 50).value_or(0),
                         .sha256 = text("sha256")};
    const ParsedLink link = parseModelLink(entry.repository, {});
    const bool isSound = !entry.id.empty() && !entry.name.empty() && !entry.quantisation.empty() &&
                         link.fault == LinkFault::None && link.link.repository == entry.repository &&
                         isHashOrEmpty(entry.sha256);
    return isSound ? std::optional(entry) : std::nullopt;
}

} // namespace

Catalogue readCatalogue(std::string_view text, std::string_view signature, std::string_view publicKey) {
    // The signature comes first: nothing else of a stranger's list is looked at.
    if (!isSigned(text, signature, publicKey))
        refuse(CatalogueWords::tr("The list of models is not signed by who released this Ponder."));
    const json document = json::parse(text, nullptr, false);
    const json* models = memberOf(document, "models");
    if (textOf(document, "format", 64) != kFormat || !models || !models->is_array())
        refuse(CatalogueWords::tr("The list of models is damaged."));
    Catalogue catalogue{.issued = textOf(document, "issued", 10).value_or(""), .models = {}};
    for (const json& each : *models) {
        if (catalogue.models.size() == kMostModels) break;
        if (auto entry = entryFrom(each)) catalogue.models.push_back(std::move(*entry));
    }
    return catalogue;
}

Catalogue loadCatalogue(const std::filesystem::path& file) {
    std::error_code error;
    const std::filesystem::path signature = file.string() + ".sig";
    if (!std::filesystem::exists(file, error) || !std::filesystem::exists(signature, error))
        refuse(CatalogueWords::tr("The list of models is missing."));
    return readCatalogue(readFile(file, kLargestCatalogue), readFile(signature, 1024), kCatalogueKey);
}

DownloadOrder orderFor(const CatalogueEntry& entry, const std::string& modelsFolder) {
    DownloadOrder order{.name = entry.name, .link = {}, .sha256 = entry.sha256, .files = {}, .folder = {}};
    order.link.repository = entry.repository;
    order.link.quantisation = entry.quantisation;
    order.folder = folderFor(modelsFolder, order.link);
    return order;
}

QString goodForWords(const std::string& goodFor) {
    if (goodFor == "chat") return CatalogueWords::tr("Writing and answering questions");
    if (goodFor == "reasoning") return CatalogueWords::tr("Thinking a problem through");
    if (goodFor == "code") return CatalogueWords::tr("Programming");
    if (goodFor == "languages") return CatalogueWords::tr("Many languages");
    if (goodFor == "long") return CatalogueWords::tr("Long texts");
    if (goodFor == "small") return CatalogueWords::tr("Computers with little memory");
    if (goodFor == "fast") return CatalogueWords::tr("Quick answers without a graphics card");
    return {};
}

} // namespace ponder::app
