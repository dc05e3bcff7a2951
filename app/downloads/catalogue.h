#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <QString>

#include "app/downloads/download.h"

namespace ponder::app {

/// A model that Ponder suggests.
struct CatalogueEntry {
    std::string id = {};
    std::string name = {};
    std::string publisher = {};
    std::string repository = {};           ///< on Hugging Face
    std::string quantisation = {};         ///< which of its files
    std::string license = {};              ///< as Hugging Face spells it: "apache-2.0"
    std::string parameters = {};           ///< "4B", or "30B, 3B active"
    std::string reasoning = {};            ///< "none", "always" or "switchable"
    std::vector<std::string> goodFor = {}; ///< see goodForWords
    int memoryGigabytes = 0;               ///< about what it needs to run well, a short chat included
    std::uint64_t sizeBytes = 0;           ///< 0: found out when it is downloaded
    std::string sha256 = {};               ///< empty: the publisher's, found out when it is downloaded

    bool operator==(const CatalogueEntry&) const = default;
};

struct Catalogue {
    std::string issued = {}; ///< "2026-11-26"
    std::vector<CatalogueEntry> models = {};
};

/// Ponder's own list of models, which is read without any network. Throws Error, one sentence and what to do:
/// it is not there, it is damaged, or it is not signed by who released this Ponder.
Catalogue loadCatalogue(const std::filesystem::path& file);
/// The same for bytes; `signature` and `publicKey` (Ed25519) in hex.
Catalogue readCatalogue(std::string_view text, std::string_view signature, std::string_view publicKey);

DownloadOrder orderFor(const CatalogueEntry& entry, const std::string& modelsFolder);
/// "Writing and answering questions", …: one of the entry's goodFor; empty for a word this version does not
/// know.
QString goodForWords(const std::string& goodFor);

} // namespace ponder::app
