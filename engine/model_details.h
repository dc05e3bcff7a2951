#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ponder::engine {

struct ModelInfo;

/// How much of a model is stored in one type of weights.
struct TypeShare {
    std::string type; ///< "Q4_K"
    int tensors = 0;
    std::uint64_t bytes = 0;
};

/// A token that means something beside its text.
struct SpecialToken {
    std::string role; ///< "begins a text", "ends an answer", …
    std::int32_t id = 0;
    std::string text; ///< cleaned for display
};

struct SamplingDefault {
    std::string name; ///< "temperature"
    double value = 0;
    bool fromFile = false; ///< else what the model's makers published
};

/// Something a file says of where it comes from, in its own words: {"base model", "Qwen3 30B A3B"}.
struct OriginFact {
    std::string name;
    std::string value;
};

enum class TemplateOrigin { File, BuiltIn };

/// Everything a model file says of itself that a person may want to know, beside what ModelInfo has. Texts
/// are cleaned for display, the template is as it stands.
struct ModelDetails {
    std::string name;
    std::string family;                 ///< `general.architecture`
    std::string sizeLabel;              ///< as its makers write it, "30B-A3B"; may be empty
    std::uint64_t parameters = 0;       ///< all
    std::uint64_t activeParameters = 0; ///< at work for one token
    std::vector<TypeShare> types;       ///< most bytes first
    int trainedContextTokens = 0;
    int layers = 0;
    int experts = 0;
    int expertsUsed = 0;
    int vocabularyTokens = 0;
    std::string vocabularyKind;  ///< "byte pairs", "SentencePiece", …
    std::string splittingRule;   ///< `tokenizer.ggml.pre`; may be empty
    std::string reasoningFormat; ///< "none", "think", …
    bool reasoningSwitchable = false;
    std::vector<std::string> reasoningEfforts;
    TemplateOrigin templateOrigin = TemplateOrigin::File;
    std::string chatTemplate;
    std::vector<SpecialToken> specialTokens;
    std::vector<SamplingDefault> sampling;
    std::string license;
    std::string description;
    std::vector<OriginFact> origin;
    std::string identity;              ///< as ModelInfo has it
    std::vector<std::string> problems; ///< odd but not refused, one sentence each
};

/// Reads the headers, the vocabulary and the template. A second for the largest; on a thread of its own.
/// Throws Error with the words `openEngine` would use.
ModelDetails describeModel(const std::string& path);

/// What a list shows of a model, from the headers alone: some milliseconds for the largest file, no tokenizer
/// and no template. Everything of ModelInfo but identity, reasoning, sampling and what is odd about text.
/// Throws Error where the family, the dimensions, a tensor or the kind of vocabulary keep Ponder from running
/// the model; what is wrong deeper in its vocabulary `inspectModel` finds.
ModelInfo summariseModel(const std::string& path);

/// How long a file must be for what its header describes; empty where the header itself is cut off. For
/// telling half a copy from a broken file. Throws Error where it is no model file at all.
std::optional<std::uint64_t> describedBytes(const std::string& path);

} // namespace ponder::engine
