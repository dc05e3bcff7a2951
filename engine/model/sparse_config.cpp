#include "engine/model/sparse_config.h"

namespace ponder::engine {

namespace {

constexpr int kMostStreams = 16;
constexpr int kMostIterations = 1000;
constexpr int kMostGroups = 4096;
// Larger ones limit nothing that float32 weights bring forth.
constexpr float kMostBranchLimit = 1e6f;

constexpr std::string_view kNoIndexer =
    "The file holds no indexer, so every token reads all positions: long conversations are slower than with "
    "this model's sparse attention.";

IndexerSettings readIndexer(const ConfigReader& reader, const ModelConfig& config) {
    return {.heads = reader.neededCount("attention.indexer.head_count", 1, kMostHeads),
            .keyLength =
                reader.neededCount("attention.indexer.key_length", config.rope.dimensions, kMostWidth),
            .chosen = reader.neededCount("attention.indexer.top_k", 1, kMostContext)};
}

void readCompression(const ConfigReader& reader, ModelConfig& config) {
    const auto ratios = reader.perLayer("attention.compress_ratios", config.layers, 0, 0, kMostContext);
    const int window = reader.neededCount("attention.sliding_window", 1, kMostContext);
    bool indexed = false;
    for (std::size_t i = 0; i < config.layer.size(); ++i) {
        LayerSettings& layer = config.layer[i];
        if (ratios[i] != 0 && ratios[i] != kOverlappingRatio && ratios[i] != kPlainRatio)
            reader.refuse("attention.compress_ratios", ratios[i], "0, 4 or 128 for each layer");
        if (layer.keyValueHeads != 1) reader.refuse("attention.head_count_kv", layer.keyValueHeads, "1");
        layer.window = window;
        layer.compression = ratios[i];
        layer.indexed = ratios[i] == kOverlappingRatio;
        layer.localRope = ratios[i] == 0;
        indexed = indexed || layer.indexed;
    }
    if (indexed) config.indexer = readIndexer(reader, config);
    // Layers that see a window only rotate by the usual base, the others by one made for long contexts.
    config.localRope = config.rope;
    config.localRope.scaling = RopeScaling::None;
    config.localRope.magnitude = 1;
    config.rope.base = reader.number("attention.compress_rope_freq_base", config.rope.base, 0, 1e12);
}

void readHyperConnections(const ConfigReader& reader, ModelConfig& config) {
    config.hyper.streams = reader.neededCount("hyper_connection.count", 2, kMostStreams);
    config.hyper.iterations = reader.neededCount("hyper_connection.sinkhorn_iterations", 1, kMostIterations);
    config.hyper.epsilon = static_cast<float>(reader.number("hyper_connection.epsilon", 1e-6, 0, 1));
}

} // namespace

void readSparseAttention(const ConfigReader& reader, ModelConfig& config) {
    if (!reader.hasTensorNamed(".indexer.")) {
        config.notices.emplace_back(kNoIndexer);
        return;
    }
    config.indexer = readIndexer(reader, config);
    for (LayerSettings& layer : config.layer) layer.indexed = true;
}

void readCompressedAttention(const ConfigReader& reader, ModelConfig& config) {
    readCompression(reader, config);
    readHyperConnections(reader, config);
    config.outputGroups = reader.neededCount("attention.output_group_count", 1, kMostGroups);
    if (config.heads % config.outputGroups != 0) {
        reader.refuse("attention.output_group_count", config.outputGroups,
                      "a divisor of the number of heads, " + std::to_string(config.heads));
    }
    config.outputRank = reader.neededCount("attention.output_lora_rank", 1, kMostWidth);

    const int hashed = reader.count("hash_layer_count", 0, config.layers).value_or(0);
    const auto limits = reader.numberPerLayer("swiglu_clamp_exp", config.layers, kMostBranchLimit);
    const auto sharedLimits = reader.numberPerLayer("swiglu_clamp_shexp", config.layers, kMostBranchLimit);
    for (std::size_t i = 0; i < config.layer.size(); ++i) {
        LayerSettings& layer = config.layer[i];
        layer.hashed = layer.mixture && i < static_cast<std::size_t>(hashed);
        layer.branchLimit = limits[i];
        layer.sharedBranchLimit = sharedLimits[i];
    }
}

} // namespace ponder::engine
