#include "engine/backend/cpu_backend.h"
#include "engine/model/decoder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "tests/places.h"

namespace ponder::engine {
namespace {

// Where the recorded two best logits are closer than this, rounding may choose the other.
constexpr double kCloseCall = 0.05;

std::string cacheFolder() {
    if (const char* folder = std::getenv("XDG_CACHE_HOME")) return std::string(folder) + "/ponder-real";
    const char* home = std::getenv("HOME");
    return std::string(home ? home : "/tmp") + "/.cache/ponder-real";
}

/// Path of the model, fetched if need be; empty when it cannot be had.
std::optional<std::string> fetchModel() {
    const std::string command =
        std::string(PONDER_SOURCE_DIR) + "/tests/engine/real/fetch_smollm2.sh '" + cacheFolder() + "'";
    FILE* pipe = popen(command.c_str(), "r");
    if (!pipe) return std::nullopt;
    std::string path;
    std::array<char, 512> buffer{};
    while (std::fgets(buffer.data(), buffer.size(), pipe)) path += buffer.data();
    if (pclose(pipe) != 0) return std::nullopt;
    while (!path.empty() && path.back() == '\n') path.pop_back();
    return path;
}

class RealModel {
public:
    explicit RealModel(const std::string& path) : model_(GgufFile::open(path, GgufFile::Access::Weights)) {}

    /// Logits after every token, [tokens][vocabulary].
    std::span<const float> logits(const std::vector<TokenId>& tokens) {
        const int length = static_cast<int>(tokens.size());
        KvCache cache(model_.config(), kernels::CacheType::F32, length);
        decoder_.forward(tokens, cache, LogitsOf::EveryToken, {});
        return decoder_.logits();
    }
    std::size_t vocabulary() const { return static_cast<std::size_t>(model_.config().vocabulary); }

private:
    Model model_;
    CpuBackend backend_{2};
    Decoder decoder_{model_, backend_, 2048};
};

double logProbability(std::span<const float> logits, TokenId token) {
    const double largest = *std::max_element(logits.begin(), logits.end());
    double sum = 0;
    for (float logit : logits) sum += std::exp(logit - largest);
    return logits[static_cast<std::size_t>(token)] - largest - std::log(sum);
}

TEST(RealModel, SmolLM2AnswersAsRecordedWithFloatArithmetic) {
    const auto path = fetchModel();
    if (!path) {
        std::cout << "The network refused SmolLM2-135M-Instruct: nothing was compared with it\n";
        return;
    }
    std::ifstream file(PONDER_SOURCE_DIR "/tests/golden/real/smollm2-135m-instruct-q4_1.json");
    const auto recorded = nlohmann::json::parse(file);
    RealModel model(*path);

    std::vector<TokenId> tokens = recorded["prompt_ids"];
    const std::size_t promptTokens = tokens.size();
    for (const auto& step : recorded["greedy"]) tokens.push_back(step["id"]);
    const auto logits = model.logits(tokens);
    int compared = 0;
    for (std::size_t i = promptTokens; i < tokens.size(); ++i) {
        const auto& top = recorded["greedy"][i - promptTokens]["top"];
        if (top[0][1].get<double>() - top[1][1].get<double>() <= kCloseCall) continue;
        const auto row = logits.subspan((i - 1) * model.vocabulary(), model.vocabulary());
        EXPECT_EQ(std::max_element(row.begin(), row.end()) - row.begin(), tokens[i])
            << "step " << i - promptTokens;
        ++compared;
    }
    EXPECT_GT(compared, 40);

    const std::vector<TokenId> text = recorded["text_ids"];
    const auto textLogits = model.logits(text);
    double sum = 0;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        sum -= logProbability(textLogits.subspan(i * model.vocabulary(), model.vocabulary()), text[i + 1]);
    }
    const double mean = sum / static_cast<double>(text.size() - 1);
    const double expected = recorded["mean_nll_float32"];
    EXPECT_NEAR(mean / expected, 1, 0.01);
}

} // namespace
} // namespace ponder::engine
