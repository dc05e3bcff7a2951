#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/library/model_library.h"
#include "engine/engine.h"

namespace ponder::app {

/// What a person wants to know of a model found: the file's own words, or why it cannot be used.
struct ModelCard {
    FoundModel found;
    engine::ModelInfo info;
    std::string problem; ///< empty: usable
};

/// Reads a model's header; engine::inspectModel, or a stand-in for tests. Throws Error.
using ModelInspector = std::function<engine::ModelInfo(const std::string& path)>;

/// Makes the cards of all models found. Headers read before are taken from `cacheFile` as long as path, size
/// and date are the same; new ones are added to it. A cache that cannot be read or written costs time only.
std::vector<ModelCard> makeCards(const std::vector<FoundModel>& models,
                                 const std::filesystem::path& cacheFile, const ModelInspector& inspect);

/// One line under a name: "deepseek2 · 4 million parameters · Q8_0 · 8 MB".
std::string cardLine(const engine::ModelInfo& info);

/// "1.5 GB", as a person writes it; powers of ten.
std::string sizeText(std::uint64_t bytes);
/// "4.1 million", "31 billion".
std::string countText(std::uint64_t count);

} // namespace ponder::app
