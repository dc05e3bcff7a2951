#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/model/model.h"

namespace ponder::engine {

/// A tiny model with the logits another implementation computes for it (tests/golden/README.md).
struct GoldenModel {
    std::string name;
    std::filesystem::path folder;
};

/// Those in the tree, always there.
std::vector<GoldenModel> goldenModels();
/// Those of other families in the folder PONDER_GOLDEN names; empty where it is absent.
std::vector<GoldenModel> moreGoldenModels();
/// Those with quantised weights: in the tree, and all in the folder PONDER_GOLDEN names.
std::vector<GoldenModel> quantisedModels();
std::vector<GoldenModel> moreQuantisedModels();

std::vector<int> readTokens(const std::filesystem::path& path);
std::vector<float> readFloats(const std::filesystem::path& path);

/// Logits of all tokens, evaluated `chunk` at a time with a float cache.
std::vector<float> logitsOf(const Model& model, const std::vector<int>& tokens, std::size_t chunk,
                            int threads = 2);

/// The largest difference, as a share of the largest of what is expected; infinite where a number is none or
/// missing.
double relativeDifference(const std::vector<float>& expected, const std::vector<float>& got);

} // namespace ponder::engine
