#pragma once

#include <filesystem>
#include <string>
#include <vector>

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

std::vector<int> readTokens(const std::filesystem::path& path);
std::vector<float> readFloats(const std::filesystem::path& path);

/// The largest difference, as a share of the largest of what is expected; infinite where a number is none or
/// missing.
double relativeDifference(const std::vector<float>& expected, const std::vector<float>& got);

} // namespace ponder::engine
