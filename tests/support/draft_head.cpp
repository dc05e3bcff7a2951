#include "tests/support/draft_head.h"

#include "tests/support/tiny_model.h"

#include <cstring>
#include <functional>

namespace ponder::tests {

namespace {

const GgufValue& valueOf(const GgufImage& image, const std::string& ending) {
    for (const GgufEntry& entry : image.entries)
        if (entry.key.ends_with(ending)) return entry.value;
    std::abort();
}

std::uint32_t blocksOf(const GgufImage& image) {
    std::uint32_t blocks = 0;
    std::memcpy(&blocks, valueOf(image, ".block_count").bytes.data(), sizeof blocks);
    return blocks;
}

std::string architectureOf(const GgufImage& image) {
    return valueOf(image, "general.architecture").bytes.substr(sizeof(std::uint64_t));
}

void eachNumber(GgufTensor& tensor, const std::function<float(std::size_t, float)>& changed) {
    for (std::size_t i = 0; i < tensor.data.size() / sizeof(float); ++i) {
        float number = 0;
        std::memcpy(&number, tensor.data.data() + i * sizeof number, sizeof number);
        number = changed(i, number);
        std::memcpy(tensor.data.data() + i * sizeof number, &number, sizeof number);
    }
}

bool isOutward(const std::string& name) {
    return name.find("attn_output.") != std::string::npos || name.find("ffn_down") != std::string::npos;
}

} // namespace

void addDraftHead(GgufImage& image, const DraftHeadOptions& options) {
    const std::uint32_t blocks = blocksOf(image);
    const std::string last = "blk." + std::to_string(blocks - 1) + ".";
    const std::string added = "blk." + std::to_string(blocks) + ".";
    std::uint32_t seed = 1000 * options.seed;
    const bool byTokens = options.guesses == Guesses::AsIfByTokens;

    std::vector<GgufTensor> tensors;
    for (const GgufTensor& tensor : image.tensors) {
        if (!tensor.name.starts_with(last)) continue;
        GgufTensor like = randomTensor(added + tensor.name.substr(last.size()), tensor.shape, seed++);
        // Norms stay near one.
        if (like.name.find("norm") != std::string::npos)
            eachNumber(like, [](std::size_t, float number) { return 1 + number; });
        if (byTokens && isOutward(like.name)) eachNumber(like, [](std::size_t, float) { return 0.0f; });
        tensors.push_back(std::move(like));
    }
    const std::vector<std::uint64_t> table = image.tensor("token_embd.weight").shape;
    const std::uint64_t width = table[0];
    const auto add = [&](const std::string& name, std::vector<std::uint64_t> shape) -> GgufTensor& {
        tensors.push_back(randomTensor(added + "nextn." + name + ".weight", std::move(shape), seed++));
        return tensors.back();
    };
    for (const char* name : {"enorm", "hnorm", "shared_head_norm"})
        eachNumber(add(name, {width}), [&](std::size_t, float number) { return byTokens ? 1 : 1 + number; });
    GgufTensor& join = add("eh_proj", {2 * width, width});
    if (byTokens)
        eachNumber(join,
                   [&](std::size_t i, float) { return i % (2 * width) == i / (2 * width) ? 1.0f : 0.0f; });
    if (options.ownHead) add("shared_head_head", table);
    if (options.ownEmbedding) add("embed_tokens", table);
    image.tensors.insert(image.tensors.end(), tensors.begin(), tensors.end());
    image.set(architectureOf(image) + ".block_count", scalar(blocks + 1));
    image.set(architectureOf(image) + ".nextn_predict_layers", scalar(std::uint32_t{1}));
}

std::string draftPrefix(const GgufImage& image) {
    return "blk." + std::to_string(blocksOf(image) - 1) + ".";
}

void dampBlocks(GgufImage& image, float share) {
    for (GgufTensor& tensor : image.tensors)
        if (isOutward(tensor.name))
            eachNumber(tensor, [share](std::size_t, float number) { return share * number; });
}

} // namespace ponder::tests
