#include "engine/model_details.h"

#include "engine/convert/model_file.h"
#include "engine/engine.h"
#include "engine/format/gguf_problem.h"
#include "engine/format/header_reader.h"
#include "engine/format/input_file.h"
#include "engine/format/metadata_parser.h"
#include "engine/format/metadata_values.h"
#include "engine/format/tensor_parser.h"
#include "engine/loaded_model.h"

#include <algorithm>
#include <map>
#include <set>

namespace ponder::engine {

namespace {

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestText = 2000;
constexpr std::size_t kReadAhead = 4; // bytes read for one shown: what is not shown needs room, too
constexpr std::int64_t kMostBaseModels = 8;
constexpr std::uint64_t kMostWords = 64; // of a list of languages or tags
// A header that ends behind this was not cut off in the middle of a copy: it is broken.
constexpr std::uint64_t kLargestHeader = std::uint64_t{64} << 20;

std::string displayText(const GgufFile& file, std::string_view key, std::size_t limit) {
    const MetadataEntry* entry = file.find(key);
    if (!entry || entry->type != MetadataType::String) return {};
    return cleanForDisplay(*file.string(key, kReadAhead * limit), limit);
}

std::string displayName(const GgufFile& file) {
    const std::string name = displayText(file, "general.name", kLongestName);
    const std::string& path = file.path();
    return name.empty() ? cleanForDisplay(path.substr(path.find_last_of('/') + 1), kLongestName) : name;
}

bool isExpert(const Tensor& tensor) {
    return tensor.name.find("_exps.") != std::string::npos;
}

std::vector<TypeShare> typeShares(const GgufFile& file) {
    std::map<kernels::TensorType, TypeShare> byType;
    for (const Tensor& tensor : file.tensors()) {
        TypeShare& share = byType[tensor.type];
        ++share.tensors;
        share.bytes += tensor.sizeBytes;
    }
    std::vector<TypeShare> shares;
    for (auto& [type, share] : byType) {
        share.type = std::string(kernels::typeLayout(type).name);
        shares.push_back(std::move(share));
    }
    std::stable_sort(shares.begin(), shares.end(),
                     [](const TypeShare& a, const TypeShare& b) { return a.bytes > b.bytes; });
    return shares;
}

struct ParameterCount {
    std::uint64_t all = 0;
    std::uint64_t active = 0;
};

ParameterCount countParameters(const GgufFile& file, const MixtureSettings& mixture) {
    std::uint64_t experts = 0;
    std::uint64_t others = 0;
    for (const Tensor& tensor : file.tensors())
        (isExpert(tensor) ? experts : others) += static_cast<std::uint64_t>(tensor.elements());
    if (mixture.experts == 0) return {others + experts, others + experts};
    const double part = static_cast<double>(mixture.used) / mixture.experts;
    return {others + experts, others + static_cast<std::uint64_t>(static_cast<double>(experts) * part)};
}

std::string vocabularyKind(const GgufFile& file) {
    const std::string_view model = file.string("tokenizer.ggml.model").value_or("");
    if (model == "gpt2") return "byte pairs";
    if (model == "gemma4") return "SentencePiece with ranked pairs";
    return "SentencePiece";
}

/// The names that files have for their special tokens, and what a person is told of them.
constexpr std::pair<std::string_view, const char*> kTokenRoles[] = {
    {"bos", "begins a text"},    {"eos", "ends a text"},      {"eot", "ends a turn"},
    {"eom", "ends a message"},   {"unknown", "unknown text"}, {"padding", "padding"},
    {"seperator", "separator"},  {"separator", "separator"},  {"mask", "mask"},
    {"fim_pre", "before a gap"}, {"fim_suf", "behind a gap"}, {"fim_mid", "fills a gap"},
};

std::vector<SpecialToken> specialTokens(const LoadedModel& loaded) {
    std::vector<SpecialToken> tokens;
    std::set<TokenId> listed;
    const Tokenizer& tokenizer = loaded.tokenizer;
    const auto add = [&](const char* role, TokenId id) {
        listed.insert(id);
        tokens.push_back({role, id, cleanForDisplay(tokenizer.bytes(id), kLongestName)});
    };
    for (const auto& [name, role] : kTokenRoles) {
        const std::string key = "tokenizer.ggml." + std::string(name) + "_token_id";
        const auto id = loaded.model.file().integer(key, INT64_MIN, INT64_MAX);
        if (id && *id >= 0 && *id < tokenizer.size()) add(role, static_cast<TokenId>(*id));
    }
    for (const auto& [mark, role] : {std::pair(&loaded.reasoning.opener, "opens a thought"),
                                     std::pair(&loaded.reasoning.closer, "closes a thought")}) {
        const TokenId id = mark->empty() ? -1 : tokenizer.find(*mark);
        if (id >= 0) add(role, id);
    }
    for (TokenId id = 0; id < tokenizer.size(); ++id)
        if (tokenizer.endsAnswer(id) && !listed.contains(id)) add("ends an answer", id);
    return tokens;
}

std::vector<SamplingDefault> samplingDefaults(const GgufFile& file, const SamplingSettings& sampling) {
    std::vector<SamplingDefault> defaults;
    const auto add = [&](const char* name, const char* key, const auto& value) {
        if (value)
            defaults.push_back(
                {name, static_cast<double>(*value), file.has(std::string("general.sampling.") + key)});
    };
    add("temperature", "temp", sampling.temperature);
    add("top k", "top_k", sampling.topK);
    add("top p", "top_p", sampling.topP);
    add("min p", "min_p", sampling.minP);
    add("repetition penalty", "penalty_repeat", sampling.repetitionPenalty);
    add("penalty tokens", "penalty_last_n", sampling.penaltyTokens);
    return defaults;
}

constexpr std::pair<std::string_view, const char*> kOriginKeys[] = {
    {"general.organization", "publisher"},
    {"general.author", "author"},
    {"general.version", "version"},
    {"general.finetune", "fine-tuned for"},
    {"general.quantized_by", "quantised by"},
    {"general.url", "address"},
    {"general.repo_url", "repository"},
    {"general.doi", "DOI"},
    {"general.source.url", "made from"},
    {"general.source.repo_url", "made from"},
    {"general.source.huggingface.repository", "made from"},
    {"general.license.name", "licence by name"},
    {"general.license.link", "licence text"},
};

std::string words(const GgufFile& file, std::string_view key) {
    const MetadataEntry* entry = file.find(key);
    if (!entry || entry->type != MetadataType::Array || entry->elementType != MetadataType::String) return {};
    if (entry->count > kMostWords || entry->sizeBytes > kMostWords * kLongestName) return {};
    std::string list;
    const std::vector<std::string_view> texts = *file.strings(key);
    for (const std::string_view text : texts)
        list += (list.empty() ? "" : ", ") + cleanForDisplay(text, kLongestName);
    return list;
}

std::vector<OriginFact> originFacts(const GgufFile& file) {
    std::vector<OriginFact> facts;
    const auto add = [&](const char* name, std::string value) {
        if (!value.empty()) facts.push_back({name, std::move(value)});
    };
    for (const auto& [key, name] : kOriginKeys) add(name, displayText(file, key, kLongestName));
    std::int64_t count = 0;
    if (const MetadataEntry* entry = file.find("general.base_model.count");
        entry && entry->type != MetadataType::String && entry->type != MetadataType::Array)
        count = static_cast<std::int64_t>(file.number("general.base_model.count").value_or(0));
    for (std::int64_t i = 0; i < std::min(count, kMostBaseModels); ++i) {
        const std::string base = "general.base_model." + std::to_string(i) + ".";
        add("base model", displayText(file, base + "name", kLongestName));
        add("base model's publisher", displayText(file, base + "organization", kLongestName));
        add("base model's repository", displayText(file, base + "repo_url", kLongestName));
    }
    add("languages", words(file, "general.languages"));
    add("tags", words(file, "general.tags"));
    return facts;
}

/// Problems of a header that a copy which has only just begun shows, too.
bool mayBeCutOff(const GgufError& error) {
    return error.problem() == GgufProblem::Truncated || error.problem() == GgufProblem::Count ||
           error.problem() == GgufProblem::Length;
}

std::uint64_t endOfData(const InputFile& file) {
    HeaderReader reader(file);
    const std::string_view magic = reader.take(std::min<std::uint64_t>(4, reader.remaining()), "the magic");
    if (!std::string_view("GGUF").starts_with(magic))
        reader.refuse(GgufProblem::Magic, "it is not a GGUF file", 0);
    if (magic.size() < 4) reader.refuse(GgufProblem::Truncated, "it ends within the magic", 0);
    reader.u32("the version");
    const std::uint64_t tensorCount = reader.u64("the number of tensors");
    const std::uint64_t entryCount = reader.u64("the number of metadata entries");
    checkTensorCount(reader, tensorCount);
    const MetadataValues metadata(file, parseMetadata(reader, entryCount));
    const auto alignment =
        static_cast<std::uint64_t>(metadata.integer("general.alignment", 8, 64 * 1024).value_or(32));
    const std::vector<Tensor> tensors = parseTensors(reader, tensorCount);
    const std::uint64_t start = (reader.position() + alignment - 1) / alignment * alignment;
    std::uint64_t end = start;
    for (const Tensor& tensor : tensors) {
        std::uint64_t last = 0;
        if (__builtin_add_overflow(start, tensor.fileOffset, &last) ||
            __builtin_add_overflow(last, tensor.sizeBytes, &last))
            reader.refuse(GgufProblem::Bounds, "a tensor ends where no file can", reader.position());
        end = std::max(end, last);
    }
    return tensors.empty() ? reader.position() : end;
}

} // namespace

ModelInfo summariseModel(const std::string& path) {
    const Model model(openModelFile(path, GgufFile::Access::Header));
    const GgufFile& file = model.file();
    const ModelConfig& config = model.config();
    ModelInfo info;
    info.path = file.path();
    info.name = displayName(file);
    info.architecture = std::string(config.family->architecture);
    const std::vector<TypeShare> types = typeShares(file);
    info.quantisation = types.empty() ? std::string() : types.front().type;
    info.license = displayText(file, "general.license", kLongestName);
    info.description = displayText(file, "general.description", kLongestText);
    info.sizeBytes = file.sizeBytes();
    info.parameters = countParameters(file, config.mixture).all;
    info.contextTokens = config.trainedContext;
    info.trainedContextTokens = config.trainedContext;
    info.experts = config.mixture.experts;
    info.expertsUsed = config.mixture.used;
    info.notices = file.notices();
    info.notices.insert(info.notices.end(), config.notices.begin(), config.notices.end());
    return info;
}

ModelDetails describeModel(const std::string& path) {
    const LoadedModel loaded(path, GgufFile::Access::Header);
    const ModelInfo info = loaded.describe();
    const GgufFile& file = loaded.model.file();
    const ModelConfig& config = loaded.model.config();
    const ParameterCount parameters = countParameters(file, config.mixture);
    ModelDetails details;
    details.name = info.name;
    details.family = info.architecture;
    details.sizeLabel = displayText(file, "general.size_label", kLongestName);
    details.parameters = parameters.all;
    details.activeParameters = parameters.active;
    details.types = typeShares(file);
    details.trainedContextTokens = info.trainedContextTokens;
    details.layers = config.layers;
    details.experts = info.experts;
    details.expertsUsed = info.expertsUsed;
    details.vocabularyTokens = loaded.tokenizer.size();
    details.vocabularyKind = vocabularyKind(file);
    details.splittingRule = displayText(file, "tokenizer.ggml.pre", kLongestName);
    details.reasoningFormat = info.reasoningFormat;
    details.reasoningSwitchable = info.reasoningSwitchable;
    details.reasoningEfforts = info.reasoningEfforts;
    const MetadataEntry* own = file.find("tokenizer.chat_template");
    const bool usesOwn = own && own->type == MetadataType::String &&
                         own->sizeBytes == loaded.templateSource.size() &&
                         *file.string("tokenizer.chat_template") == loaded.templateSource;
    details.templateOrigin = usesOwn ? TemplateOrigin::File : TemplateOrigin::BuiltIn;
    details.chatTemplate = loaded.templateSource;
    details.specialTokens = specialTokens(loaded);
    details.sampling = samplingDefaults(file, info.sampling);
    details.license = info.license;
    details.description = info.description;
    details.origin = originFacts(file);
    details.identity = info.identity;
    details.problems = info.notices;
    return details;
}

std::optional<std::uint64_t> describedBytes(const std::string& path) {
    const InputFile file(path);
    try {
        return endOfData(file);
    } catch (const GgufError& error) {
        if (!mayBeCutOff(error) || file.sizeBytes() > kLargestHeader) throw;
        return std::nullopt;
    }
}

} // namespace ponder::engine
