#include "engine/convert/tokenizer_metadata.h"

#include "engine/convert/pre_tokenizer_name.h"
#include "engine/format/gguf_problem.h"
#include "engine/support/error.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

namespace ponder::engine {

namespace {

using nlohmann::json;

// tokenizer.ggml.token_type (gguf.md §2.3).
constexpr std::int32_t kNormal = 1;
constexpr std::int32_t kUnknown = 2;
constexpr std::int32_t kControl = 3;
constexpr std::int32_t kUserDefined = 4;
constexpr std::int32_t kUnused = 5;
constexpr std::int32_t kByte = 6;

constexpr std::int64_t kMostTokens = 4 << 20;
constexpr std::string_view kSpaceMark = "\xE2\x96\x81";

[[noreturn]] void refuse(const std::string& what) {
    throw Error("The folder's tokenizer.json cannot be converted: " + what +
                ". Download the folder again, or choose a GGUF file of this model.");
}

/// A text, or the `content` of an object.
std::string tokenText(const json* value) {
    if (!value) return {};
    if (value->is_string()) return value->get<std::string>();
    const auto content = value->is_object() ? value->find("content") : value->end();
    return content != value->end() && content->is_string() ? content->get<std::string>() : std::string();
}

class Tokens {
public:
    Tokens(const json& tokenizer, std::int64_t rows)
        : names_(static_cast<std::size_t>(rows)), kinds_(static_cast<std::size_t>(rows), kUnused) {
        const auto model = tokenizer.find("model");
        const auto vocabulary = model->find("vocab");
        if (vocabulary == model->end() || !vocabulary->is_object()) refuse("it has no vocabulary");
        for (const auto& [name, id] : vocabulary->items()) set(name, id, kNormal);
        const auto added = tokenizer.find("added_tokens");
        if (added != tokenizer.end() && added->is_array())
            for (const json& token : *added) add(token);
        for (std::size_t i = 0; i < names_.size(); ++i)
            if (kinds_[i] == kUnused) names_[i] = "[PAD" + std::to_string(i) + "]";
        for (std::size_t i = 0; i < names_.size(); ++i)
            ids_.emplace(names_[i], static_cast<std::uint32_t>(i));
    }

    const std::vector<std::string>& names() const { return names_; }
    std::vector<std::int32_t>& kinds() { return kinds_; }

    std::optional<std::uint32_t> find(const std::string& name) const {
        const auto found = ids_.find(name);
        if (found == ids_.end()) return std::nullopt;
        return found->second;
    }

private:
    std::size_t checked(const std::string& name, const json& id) const {
        if (!id.is_number_unsigned()) refuse("the id of the token " + engine::quoted(name) + " is no number");
        const auto value = id.get<std::uint64_t>();
        if (value >= names_.size())
            refuse("the token " + engine::quoted(name) + " has the id " + std::to_string(value) +
                   ", but the embedding has " + std::to_string(names_.size()) + " rows");
        return static_cast<std::size_t>(value);
    }

    void set(const std::string& name, const json& id, std::int32_t kind) {
        const std::size_t at = checked(name, id);
        names_[at] = name;
        kinds_[at] = kind;
    }

    void add(const json& token) {
        if (!token.is_object() || !token.contains("id")) refuse("an added token has no id");
        const auto special = token.find("special");
        const bool isSpecial = special != token.end() && special->is_boolean() && special->get<bool>();
        set(tokenText(&token), token["id"], isSpecial ? kControl : kUserDefined);
    }

    std::vector<std::string> names_;
    std::vector<std::int32_t> kinds_;
    std::unordered_map<std::string, std::uint32_t> ids_;
};

/// "a b" for each; newer files have lists of two.
std::vector<std::string> mergesOf(const json& model) {
    const auto list = model.find("merges");
    if (list == model.end() || !list->is_array()) refuse("it has no merges");
    std::vector<std::string> merges;
    merges.reserve(list->size());
    for (const json& merge : *list) {
        if (merge.is_string()) {
            merges.push_back(merge.get<std::string>());
            continue;
        }
        if (!merge.is_array() || merge.size() != 2 || !merge[0].is_string() || !merge[1].is_string())
            refuse("merge " + std::to_string(merges.size()) + " is no pair of pieces");
        merges.push_back(merge[0].get<std::string>() + " " + merge[1].get<std::string>());
    }
    return merges;
}

bool isByteName(std::string_view name) {
    return name.size() == 6 && name.starts_with("<0x") && name.ends_with(">");
}

/// Whether a step of the type puts a mark before the text: `Prepend`, or a `Metaspace` that does.
bool addsSpace(const json& step) {
    if (!step.is_object()) return false;
    const auto type = step.find("type");
    if (type == step.end()) return false;
    if (*type == "Prepend") return true;
    if (*type == "Metaspace") {
        const auto scheme = step.find("prepend_scheme");
        if (scheme != step.end()) return *scheme != "never";
        const auto flag = step.find("add_prefix_space");
        return flag == step.end() || *flag == true;
    }
    for (const char* key : {"normalizers", "pretokenizers"}) {
        const auto steps = step.find(key);
        if (steps != step.end() && steps->is_array() && std::any_of(steps->begin(), steps->end(), addsSpace))
            return true;
    }
    return false;
}

/// SentencePiece's vocabularies have no list of merges: a token's score says how early its merge comes.
void addSentencePieces(const json& tokenizer, Tokens& tokens, GgufMetadata& metadata) {
    const std::vector<std::string> merges = mergesOf(tokenizer["model"]);
    std::vector<float> scores(tokens.names().size(), -static_cast<float>(merges.size()));
    std::vector<bool> isScored(scores.size(), false);
    for (std::size_t i = 0; i < merges.size(); ++i) {
        const std::size_t space = merges[i].find(' ', 1);
        if (space == std::string::npos) refuse("merge " + std::to_string(i) + " is no pair of pieces");
        const auto id = tokens.find(merges[i].substr(0, space) + merges[i].substr(space + 1));
        if (!id || isScored[*id]) continue;
        isScored[*id] = true;
        scores[*id] = -static_cast<float>(i);
    }
    for (std::size_t i = 0; i < scores.size(); ++i)
        if (tokens.kinds()[i] == kNormal && isByteName(tokens.names()[i])) tokens.kinds()[i] = kByte;
    const auto unknown = tokenizer["model"].find("unk_token");
    if (unknown != tokenizer["model"].end())
        if (const auto id = tokens.find(tokenText(&*unknown))) {
            tokens.kinds()[*id] = kUnknown;
            metadata.addCount("tokenizer.ggml.unknown_token_id", *id);
        }
    metadata.addText("tokenizer.ggml.model", "llama");
    metadata.addText("tokenizer.ggml.pre", "default");
    metadata.addNumbers("tokenizer.ggml.scores", scores);
    const bool prefix = (tokenizer.contains("normalizer") && addsSpace(tokenizer["normalizer"])) ||
                        (tokenizer.contains("pre_tokenizer") && addsSpace(tokenizer["pre_tokenizer"]));
    metadata.addFlag("tokenizer.ggml.add_space_prefix", prefix);
}

void addBytePairs(const json& tokenizer, GgufMetadata& metadata) {
    metadata.addText("tokenizer.ggml.model", "gpt2");
    metadata.addText("tokenizer.ggml.pre", preTokenizerName(tokenizer));
    metadata.addTexts("tokenizer.ggml.merges", mergesOf(tokenizer["model"]));
}

/// Whether the post-processor puts `token` before a text: its template's first piece is that token.
bool templateBegins(const json& processor, const std::string& token) {
    if (!processor.is_object()) return false;
    const auto steps = processor.find("processors");
    if (steps != processor.end() && steps->is_array())
        return std::any_of(steps->begin(), steps->end(),
                           [&](const json& step) { return templateBegins(step, token); });
    const auto single = processor.find("single");
    if (single == processor.end() || !single->is_array() || single->empty()) return false;
    const json& first = single->front();
    if (!first.is_object() || !first.contains("SpecialToken") || !first["SpecialToken"].is_object())
        return false;
    const auto id = first["SpecialToken"].find("id");
    return id != first["SpecialToken"].end() && *id == token;
}

/// The ids under `key`, one or a list of them.
std::vector<std::uint32_t> idsOf(const SettingsFile& settings, std::string_view key, std::size_t tokens) {
    std::vector<std::uint32_t> ids;
    const json* value = settings.find(key);
    if (!value) return ids;
    const auto take = [&](const json& id) {
        if (!id.is_number_unsigned() || id.get<std::uint64_t>() >= tokens)
            settings.refuse(key, "the id of a token");
        ids.push_back(id.get<std::uint32_t>());
    };
    if (!value->is_array())
        take(*value);
    else
        for (const json& id : *value) take(id);
    return ids;
}

void addSpecialIds(const TokenizerFiles& folder, const Tokens& tokens, GgufMetadata& metadata) {
    const std::size_t size = tokens.names().size();
    const auto idOf = [&](const char* name, const char* idKey) -> std::optional<std::uint32_t> {
        if (const auto id = tokens.find(tokenText(folder.tokenizerConfig.find(name)))) return id;
        for (const SettingsFile* settings : {&folder.generation, &folder.config}) {
            const auto ids = idsOf(*settings, idKey, size);
            if (!ids.empty()) return ids.front();
        }
        return std::nullopt;
    };
    const auto bos = idOf("bos_token", "bos_token_id");
    const auto eos = idOf("eos_token", "eos_token_id");
    if (bos) metadata.addCount("tokenizer.ggml.bos_token_id", *bos);
    if (eos) metadata.addCount("tokenizer.ggml.eos_token_id", *eos);
    // The first other token that ends an answer; more of them have names that are known.
    for (const std::uint32_t id : idsOf(folder.generation, "eos_token_id", size)) {
        if (id == eos) continue;
        metadata.addCount("tokenizer.ggml.eot_token_id", id);
        break;
    }
    if (const auto padding = tokens.find(tokenText(folder.tokenizerConfig.find("pad_token"))))
        metadata.addCount("tokenizer.ggml.padding_token_id", *padding);
    bool addsBos = false;
    if (const json* flag = folder.tokenizerConfig.find("add_bos_token"); flag && flag->is_boolean())
        addsBos = flag->get<bool>();
    else if (bos && folder.tokenizer.has("post_processor"))
        addsBos = templateBegins(*folder.tokenizer.find("post_processor"), tokens.names()[*bos]);
    metadata.addFlag("tokenizer.ggml.add_bos_token", addsBos);
    metadata.addFlag("tokenizer.ggml.add_eos_token",
                     folder.tokenizerConfig.flag("add_eos_token").value_or(false));
}

bool isKeyName(std::string_view name) {
    constexpr std::size_t kLongest = 32;
    return !name.empty() && name.size() <= kLongest && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

void addTemplates(const TokenizerFiles& folder, GgufMetadata& metadata) {
    const json* value = folder.tokenizerConfig.find("chat_template");
    std::string usual(folder.chatTemplate);
    if (usual.empty() && value && value->is_string()) usual = value->get<std::string>();
    if (value && value->is_array()) {
        for (const json& each : *value) {
            if (!each.is_object() || !each.contains("name") || !each["name"].is_string() ||
                !each.contains("template") || !each["template"].is_string())
                folder.tokenizerConfig.refuse("chat_template", "a text or a list of named texts");
            const std::string text = each["template"].get<std::string>();
            const std::string key = "tokenizer.chat_template." + each["name"].get<std::string>();
            if (each["name"] == "default" && usual.empty())
                usual = text;
            else if (each["name"] != "default" && isKeyName(each["name"].get<std::string>()) &&
                     !metadata.has(key))
                metadata.addText(key, text);
        }
    }
    if (!usual.empty()) metadata.addText("tokenizer.chat_template", usual);
}

} // namespace

void addTokenizerMetadata(const TokenizerFiles& folder, std::int64_t rows, GgufMetadata& metadata) {
    const json& tokenizer = folder.tokenizer.value();
    const auto model = tokenizer.find("model");
    if (model == tokenizer.end() || !model->is_object())
        throw Error(
            "The folder has no tokenizer.json, without which the model cannot be asked anything. Download "
            "the folder again.");
    const auto type = model->find("type");
    if (type != model->end() && *type != "BPE")
        refuse("it is of the type " + engine::quoted(tokenText(&*type)) + ", Ponder converts BPE");
    if (rows > kMostTokens) refuse("the embedding has " + std::to_string(rows) + " rows");
    Tokens tokens(tokenizer, rows);
    const auto fallback = model->find("byte_fallback");
    const bool isSentencePiece =
        fallback != model->end() && *fallback == true &&
        std::any_of(tokens.names().begin(), tokens.names().end(),
                    [](const std::string& name) { return name.starts_with(kSpaceMark); });
    if (isSentencePiece)
        addSentencePieces(tokenizer, tokens, metadata);
    else
        addBytePairs(tokenizer, metadata);
    metadata.addTexts("tokenizer.ggml.tokens", tokens.names());
    metadata.addIntegers("tokenizer.ggml.token_type", tokens.kinds());
    addSpecialIds(folder, tokens, metadata);
    addTemplates(folder, metadata);
}

} // namespace ponder::engine
