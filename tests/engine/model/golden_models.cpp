#include "tests/engine/model/golden_models.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>

#include "engine/backend/cpu_backend.h"
#include "engine/model/decoder.h"
#include "tests/places.h"

namespace ponder::engine {

namespace {

std::vector<GoldenModel> modelsIn(const std::filesystem::path& folder) {
    std::vector<GoldenModel> models;
    if (!std::filesystem::is_directory(folder)) return models;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (std::filesystem::exists(entry.path() / "model.gguf")) {
            models.push_back({entry.path().filename().string(), entry.path()});
        }
    }
    std::sort(models.begin(), models.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return models;
}

std::filesystem::path folderOfMore() {
    const char* named = std::getenv("PONDER_GOLDEN");
    return named ? named : PONDER_GOLDEN_DEFAULT;
}

} // namespace

std::vector<GoldenModel> goldenModels() {
    return modelsIn(std::filesystem::path(PONDER_SOURCE_DIR) / "tests/golden/models");
}

std::vector<GoldenModel> quantisedModels() {
    return modelsIn(std::filesystem::path(PONDER_SOURCE_DIR) / "tests/golden/models_quantised");
}

std::vector<GoldenModel> moreQuantisedModels() {
    return modelsIn(folderOfMore() / "models_quantised");
}

std::vector<GoldenModel> moreGoldenModels() {
    std::vector<GoldenModel> models;
    for (const char* family : {"deepseek2-lite-27", "deepseek32-dense", "ernie4_5-moe", "glm4moe",
                               "glm4moelite", "hunyuan-moe", "lfm2moe", "minimax-m2", "qwen2moe"}) {
        const auto path = folderOfMore() / "models" / family;
        if (std::filesystem::exists(path / "model.gguf")) models.push_back({family, path});
    }
    return models;
}

std::vector<int> readTokens(const std::filesystem::path& path) {
    std::ifstream file(path);
    return nlohmann::json::parse(file).get<std::vector<int>>();
}

std::vector<float> readFloats(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    std::vector<float> values(static_cast<std::size_t>(file.tellg()) / sizeof(float));
    file.seekg(0);
    file.read(reinterpret_cast<char*>(values.data()),
              static_cast<std::streamsize>(values.size() * sizeof(float)));
    return values;
}

std::vector<float> logitsOf(const Model& model, const std::vector<int>& tokens, std::size_t chunk,
                            int threads) {
    CpuBackend backend(threads);
    const int length = static_cast<int>(tokens.size());
    Decoder decoder(model, backend, length);
    KvCache cache(model.config(), kernels::CacheType::F32, length);
    std::vector<float> logits;
    for (std::size_t at = 0; at < tokens.size(); at += chunk) {
        const auto part = std::span(tokens).subspan(at, std::min(chunk, tokens.size() - at));
        decoder.forward(part, cache, LogitsOf::EveryToken, {});
        logits.insert(logits.end(), decoder.logits().begin(), decoder.logits().end());
    }
    return logits;
}

double relativeDifference(const std::vector<float>& expected, const std::vector<float>& got) {
    if (expected.empty() || got.size() != expected.size()) return INFINITY;
    double difference = 0;
    double largest = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (!std::isfinite(got[i])) return INFINITY;
        difference = std::max(difference, std::abs(static_cast<double>(expected[i]) - got[i]));
        largest = std::max(largest, std::abs(static_cast<double>(expected[i])));
    }
    return difference / largest;
}

} // namespace ponder::engine
