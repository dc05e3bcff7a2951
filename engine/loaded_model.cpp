#include "engine/loaded_model.h"

#include "engine/convert/model_file.h"
#include "engine/sampling_defaults.h"
#include "engine/support/error.h"
#include "engine/weigh_model.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utf8proc.h>

namespace ponder::engine {

namespace {

constexpr std::size_t kLongestTemplate = std::size_t{1} << 20;
constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestDescription = 2000;
// Read of a text for every byte shown: what is not shown needs room, too.
constexpr std::size_t kReadAhead = 4;

/// The prompt of a chat's first message, as one text.
std::string renderGreeting(const ChatTemplate& chatTemplate, std::optional<bool> enableThinking,
                           const std::string& effort = {}) {
    const TemplateContext context{.messages = {{.role = Role::User, .text = "Hello", .reasoning = {}}},
                                  .addGenerationPrompt = true,
                                  .enableThinking = enableThinking,
                                  .reasoningEffort = effort,
                                  .bosToken = {},
                                  .eosToken = {},
                                  .now = 0};
    std::string prompt;
    for (const PromptSegment& segment : chatTemplate.render(context)) prompt += segment.text;
    return prompt;
}

/// Can the model be asked for an answer with or without thoughts? Templates name the switch differently, so
/// what counts is what they write: another prompt for each wish, or a thought opened for the model, which can
/// be closed.
bool canSwitchReasoning(const ChatTemplate& chatTemplate, const ReasoningFormat& format) {
    if (!format.hasThoughts()) return false;
    try {
        const std::string without = renderGreeting(chatTemplate, false);
        return promptOpensReasoning(format, without) || renderGreeting(chatTemplate, true) != without;
    } catch (const Error&) {
        return false; // the template refuses one of the wishes
    }
}

/// The efforts a template tells apart. The usual three are tried wherever it asks for one; rarer ones count
/// only where it spells them out, for many a template writes down any word it is given.
std::vector<std::string> offeredEfforts(const ChatTemplate& chatTemplate, std::string_view source) {
    if (source.find("reasoning_effort") == std::string_view::npos) return {};
    std::vector<std::string> efforts;
    std::set<std::string> prompts;
    for (const char* effort : {"minimal", "low", "medium", "high", "max"}) {
        const std::string word(effort);
        const bool isRare = word.starts_with("m") && word != "medium";
        const auto isSpelled = [&](const char* quote) {
            return source.find(quote + word + quote) != std::string_view::npos;
        };
        if (isRare && !isSpelled("'") && !isSpelled("\"")) continue;
        try {
            if (prompts.insert(renderGreeting(chatTemplate, true, word)).second) efforts.push_back(word);
        } catch (const Error&) {
            // The template refuses this one.
        }
    }
    return efforts.size() > 1 ? efforts : std::vector<std::string>();
}

/// What a thought is closed with early. Qwen: "Qwen3", user guide, section "Thinking budget".
std::string lastWords(std::string_view architecture) {
    if (!architecture.starts_with("qwen3")) return {};
    return "\n\nConsidering the limited time by the user, I have to give the solution based on the thinking "
           "directly now.";
}

/// The file's template, or the family's own with a notice that says why.
std::string usableTemplate(const GgufFile& file, std::string_view architecture,
                           std::vector<std::string>& notices) {
    const std::string builtIn(ChatTemplate::builtIn(architecture));
    const MetadataEntry* entry = file.find("tokenizer.chat_template");
    const std::string instead = " Ponder's built-in template for this family is used instead.";
    if (!entry) {
        notices.push_back("The file has no chat template." + instead);
        return builtIn;
    }
    if (entry->type != MetadataType::String) {
        notices.push_back("The file's chat template is not a text." + instead);
        return builtIn;
    }
    if (entry->sizeBytes > kLongestTemplate) {
        notices.push_back("The file's chat template is longer than 1 MiB." + instead);
        return builtIn;
    }
    const std::string_view source = *file.string("tokenizer.chat_template");
    try {
        renderGreeting(ChatTemplate(source), {});
        return std::string(source);
    } catch (const Error& error) {
        notices.push_back("The file's chat template cannot be used (" + cleanForDisplay(error.what(), 300) +
                          ")." + instead);
        return builtIn;
    }
}

/// The type that holds most bytes of the model.
std::string mainType(const GgufFile& file) {
    std::map<kernels::TensorType, std::uint64_t> bytes;
    for (const Tensor& tensor : file.tensors()) bytes[tensor.type] += tensor.sizeBytes;
    const auto most = std::max_element(bytes.begin(), bytes.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == bytes.end() ? "" : std::string(kernels::typeLayout(most->first).name);
}

std::string displayText(const GgufFile& file, std::string_view key, std::size_t limit) {
    const MetadataEntry* entry = file.find(key);
    if (!entry || entry->type != MetadataType::String) return {};
    return cleanForDisplay(*file.string(key, kReadAhead * limit), limit);
}

std::string fileName(const std::string& path) {
    return path.substr(path.find_last_of('/') + 1);
}

} // namespace

LoadedModel::LoadedModel(const std::string& path, GgufFile::Access access)
    : model(openModelFile(path, access)), tokenizer(model.file()),
      templateSource(usableTemplate(model.file(), model.config().family->architecture, notices)),
      chatTemplate(templateSource),
      reasoning(detectReasoningFormat(tokenizer, templateSource, model.config().family->architecture)),
      sampling(defaultsFor(model.file())) {
    const auto append = [&](const std::vector<std::string>& more) {
        notices.insert(notices.end(), more.begin(), more.end());
    };
    reasoning.lastWords = lastWords(model.config().family->architecture);
    append(model.file().notices());
    append(model.config().notices);
    append(tokenizer.notices());
}

ModelInfo LoadedModel::describe() const {
    const GgufFile& file = model.file();
    const ModelConfig& config = model.config();
    ModelInfo info;
    info.path = file.path();
    info.name = displayText(file, "general.name", kLongestName);
    if (info.name.empty()) info.name = cleanForDisplay(fileName(file.path()), kLongestName);
    info.architecture = std::string(config.family->architecture);
    info.quantisation = mainType(file);
    info.license = displayText(file, "general.license", kLongestName);
    info.description = displayText(file, "general.description", kLongestDescription);
    info.identity = file.identity();
    info.reasoningFormat = reasoning.name;
    info.reasoningSwitchable = canSwitchReasoning(chatTemplate, reasoning);
    info.sizeBytes = file.sizeBytes();
    info.reasoningBudgetable = reasoning.hasThoughts();
    info.reasoningEfforts = offeredEfforts(chatTemplate, templateSource);
    for (const Tensor& tensor : file.tensors())
        info.parameters += static_cast<std::uint64_t>(tensor.elements());
    info.footprint = weigh(model);
    const std::uint64_t experts = info.footprint.expertBytes;
    info.memory.push_back({"Weights", info.footprint.weightBytes() - experts});
    if (experts > 0) info.memory.push_back({"Experts", experts});
    info.trainedContextTokens = config.trainedContext;
    info.contextTokens = config.trainedContext;
    info.experts = config.mixture.experts;
    info.expertsUsed = config.mixture.used;
    info.sampling = sampling;
    info.notices = notices;
    return info;
}

std::string cleanForDisplay(std::string_view text, std::size_t limit) {
    std::string clean;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    while (left > 0 && clean.size() < limit) {
        utf8proc_int32_t point = -1;
        const utf8proc_ssize_t length = utf8proc_iterate(bytes, left, &point);
        const utf8proc_ssize_t used = length > 0 ? length : 1;
        const bool invisible = length > 0 && (utf8proc_category(point) == UTF8PROC_CATEGORY_CC ||
                                              utf8proc_category(point) == UTF8PROC_CATEGORY_CF);
        if (length <= 0)
            clean += "\xEF\xBF\xBD";
        else if (invisible)
            clean += ' ';
        else
            clean.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(used));
        bytes += used;
        left -= used;
    }
    if (left > 0) clean += "…";
    return clean;
}

} // namespace ponder::engine
