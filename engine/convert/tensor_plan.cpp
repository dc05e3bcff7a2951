#include "engine/convert/tensor_plan.h"

#include "engine/format/gguf_problem.h"
#include "engine/support/error.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>

namespace ponder::engine {

namespace {

/// A tensor's name in Hugging Face's models, and in GGUF files.
struct NamePair {
    std::string_view theirs;
    std::string_view ours;
};

constexpr NamePair kGlobals[] = {
    {"model.embed_tokens.weight", "token_embd.weight"},
    {"model.norm.weight", "output_norm.weight"},
    {"lm_head.weight", "output.weight"},
};

// Behind `model.layers.N.` and `blk.N.`.
constexpr NamePair kOfLayer[] = {
    {"input_layernorm.weight", "attn_norm.weight"},
    {"self_attn.q_proj.weight", "attn_q.weight"},
    {"self_attn.q_proj.bias", "attn_q.bias"},
    {"self_attn.k_proj.weight", "attn_k.weight"},
    {"self_attn.k_proj.bias", "attn_k.bias"},
    {"self_attn.v_proj.weight", "attn_v.weight"},
    {"self_attn.v_proj.bias", "attn_v.bias"},
    {"self_attn.q_norm.weight", "attn_q_norm.weight"},
    {"self_attn.k_norm.weight", "attn_k_norm.weight"},
    {"self_attn.q_a_proj.weight", "attn_q_a.weight"},
    {"self_attn.q_a_layernorm.weight", "attn_q_a_norm.weight"},
    {"self_attn.q_b_proj.weight", "attn_q_b.weight"},
    {"self_attn.kv_a_proj_with_mqa.weight", "attn_kv_a_mqa.weight"},
    {"self_attn.kv_a_layernorm.weight", "attn_kv_a_norm.weight"},
    {"self_attn.o_proj.weight", "attn_output.weight"},
    {"self_attn.o_proj.bias", "attn_output.bias"},
    {"post_attention_layernorm.weight", "ffn_norm.weight"},
    {"mlp.gate_proj.weight", "ffn_gate.weight"},
    {"mlp.gate_proj.bias", "ffn_gate.bias"},
    {"mlp.up_proj.weight", "ffn_up.weight"},
    {"mlp.up_proj.bias", "ffn_up.bias"},
    {"mlp.down_proj.weight", "ffn_down.weight"},
    {"mlp.down_proj.bias", "ffn_down.bias"},
    {"mlp.gate.weight", "ffn_gate_inp.weight"},
    {"block_sparse_moe.gate.weight", "ffn_gate_inp.weight"},
    {"mlp.gate.e_score_correction_bias", "exp_probs_b.bias"},
    {"mlp.shared_experts.gate_proj.weight", "ffn_gate_shexp.weight"},
    {"mlp.shared_experts.up_proj.weight", "ffn_up_shexp.weight"},
    {"mlp.shared_experts.down_proj.weight", "ffn_down_shexp.weight"},
};

/// What every layer has: one of each line.
constexpr std::string_view kNeeded[][2] = {
    {"attn_norm.weight", ""},
    {"ffn_norm.weight", ""},
    {"attn_output.weight", ""},
    {"attn_q.weight", "attn_q_b.weight"},
    {"attn_k.weight", "attn_k_b.weight"},
    {"attn_v.weight", "attn_v_b.weight"},
    {"ffn_gate.weight", "ffn_gate_exps.weight"},
    {"ffn_up.weight", "ffn_up_exps.weight"},
    {"ffn_down.weight", "ffn_down_exps.weight"},
};

/// A matrix of every expert: what stands before and behind its number.
struct ExpertNames {
    std::string_view before;
    std::string_view behind;
    std::string_view ours;
};

constexpr ExpertNames kOfExperts[] = {
    {"mlp.experts.", ".gate_proj.weight", "ffn_gate_exps.weight"},
    {"mlp.experts.", ".up_proj.weight", "ffn_up_exps.weight"},
    {"mlp.experts.", ".down_proj.weight", "ffn_down_exps.weight"},
    {"block_sparse_moe.experts.", ".w1.weight", "ffn_gate_exps.weight"},
    {"block_sparse_moe.experts.", ".w3.weight", "ffn_up_exps.weight"},
    {"block_sparse_moe.experts.", ".w2.weight", "ffn_down_exps.weight"},
};

class Planner {
public:
    Planner(const FamilySettings& family, const FolderTensors& folder) : family_(family), folder_(folder) {}

    std::vector<PlannedTensor> plan() {
        planGlobals();
        for (int layer = 0; layer < family_.layers; ++layer) planLayer(layer);
        checkNothingIsLeft();
        return std::move(planned_);
    }

private:
    void planGlobals() {
        for (const NamePair& pair : kGlobals) {
            const SafetensorsEntry* entry = take(pair.theirs);
            // A tied head is the embedding once more.
            if (entry && !(family_.tiesHead && pair.ours == "output.weight")) addPlain(pair.ours, *entry, -1);
        }
        if (!folder_.find(kGlobals[0].theirs)) folder_.need(kGlobals[0].theirs);
        if (family_.ropeFactors.empty()) return;
        planned_.push_back({.name = "rope_freqs.weight",
                            .shape = {static_cast<std::int64_t>(family_.ropeFactors.size())},
                            .arrangement = Arrangement::Constants,
                            .sources = {},
                            .values = family_.ropeFactors});
    }

    void planLayer(int layer) {
        const std::string theirs = "model.layers." + std::to_string(layer) + ".";
        const std::string ours = "blk." + std::to_string(layer) + ".";
        for (const NamePair& pair : kOfLayer) {
            const SafetensorsEntry* entry = take(theirs + std::string(pair.theirs));
            if (entry) addPlain(ours + std::string(pair.ours), *entry, layer);
        }
        if (family_.isLatent) planLatent(theirs, ours, layer);
        for (const ExpertNames& names : kOfExperts) planExperts(names, theirs, ours, layer);
        // Computed by everybody who needs them; old checkpoints have them.
        take(theirs + "self_attn.rotary_emb.inv_freq");
        checkLayerIsWhole(ours, layer);
    }

    void checkLayerIsWhole(const std::string& prefix, int layer) const {
        const auto has = [&](std::string_view name) {
            return std::any_of(planned_.rbegin(), planned_.rend(), [&](const PlannedTensor& tensor) {
                return tensor.layer == layer && std::string_view(tensor.name).substr(prefix.size()) == name;
            });
        };
        for (const auto& [usual, other] : kNeeded) {
            if (has(usual) || has(other)) continue;
            throw Error("Layer " + std::to_string(layer) + " has no tensor that becomes " + prefix +
                        std::string(usual) + ". The folder is not whole; download it again.");
        }
    }

    void planLatent(const std::string& theirs, const std::string& ours, int layer) {
        const SafetensorsEntry* both = take(theirs + "self_attn.kv_b_proj.weight");
        if (!both) folder_.need(theirs + "self_attn.kv_b_proj.weight");
        const std::int64_t keyRows = family_.unrotatedLength;
        const std::int64_t valueRows = family_.valueLength;
        if (both->shape.size() != 2 || both->shape[0] != family_.heads * (keyRows + valueRows))
            refuseShape(*both, std::to_string(family_.heads * (keyRows + valueRows)) + " rows");
        PlannedTensor part{.name = ours + "attn_k_b.weight",
                           .shape = {keyRows, both->shape[1], family_.heads},
                           .arrangement = Arrangement::KeyUp,
                           .sources = {both},
                           .heads = family_.heads,
                           .keyRows = keyRows,
                           .valueRows = valueRows,
                           .layer = layer};
        planned_.push_back(part);
        part.name = ours + "attn_v_b.weight";
        part.shape = {both->shape[1], valueRows, family_.heads};
        part.arrangement = Arrangement::ValueUp;
        planned_.push_back(std::move(part));
    }

    void planExperts(const ExpertNames& names, const std::string& theirs, const std::string& ours,
                     int layer) {
        const auto nameOf = [&](int expert) {
            return theirs + std::string(names.before) + std::to_string(expert) + std::string(names.behind);
        };
        if (family_.experts == 0 || !folder_.find(nameOf(0))) return;
        PlannedTensor stack{.name = ours + std::string(names.ours),
                            .shape = {},
                            .arrangement = Arrangement::Stacked,
                            .sources = {},
                            .layer = layer};
        for (int expert = 0; expert < family_.experts; ++expert) {
            const SafetensorsEntry* entry = take(nameOf(expert));
            if (!entry) folder_.need(nameOf(expert));
            if (entry->shape.size() != 2) refuseShape(*entry, "two dimensions");
            if (!stack.sources.empty() && entry->shape != stack.sources.front()->shape)
                refuseShape(*entry, "the shape of the other experts");
            stack.sources.push_back(entry);
        }
        const auto& shape = stack.sources.front()->shape;
        stack.shape = {shape[1], shape[0], family_.experts};
        planned_.push_back(std::move(stack));
    }

    void addPlain(std::string_view name, const SafetensorsEntry& entry, int layer) {
        if (entry.shape.empty() || entry.shape.size() > 2) refuseShape(entry, "one or two dimensions");
        PlannedTensor tensor{.name = std::string(name),
                             .shape = {entry.shape.rbegin(), entry.shape.rend()},
                             .sources = {&entry},
                             .layer = layer};
        const bool isQuery = name.ends_with("attn_q.weight") || name.ends_with("attn_q.bias");
        const bool isKey = name.ends_with("attn_k.weight") || name.ends_with("attn_k.bias");
        if (family_.pairsRows && (isQuery || isKey)) {
            tensor.arrangement = Arrangement::PairedRows;
            tensor.heads = isQuery ? family_.heads : family_.keyValueHeads;
            if (entry.shape[0] % (2 * tensor.heads) != 0)
                refuseShape(entry, std::to_string(tensor.heads) + " heads of an even number of rows");
        }
        planned_.push_back(std::move(tensor));
    }

    /// Null where there is none.
    const SafetensorsEntry* take(std::string_view name) {
        const SafetensorsEntry* entry = folder_.find(name);
        if (!entry) return nullptr;
        taken_.insert(entry);
        if (const SafetensorsEntry* scales = folder_.find(std::string(name) + "_scale_inv"))
            taken_.insert(scales);
        if (entry->elements() == 0) refuseShape(*entry, "at least one number");
        return entry;
    }

    /// A tensor nobody asked for changes what the model computes: better no file than a wrong one.
    void checkNothingIsLeft() const {
        for (const auto& [name, entry] : folder_.byName()) {
            if (taken_.contains(entry) || isBehindTheTrunk(name)) continue;
            throw Error("The tensor " + engine::quoted(name) + " is none that models of the architecture " +
                        family_.architecture +
                        " are known to have, so nothing was converted. Choose a GGUF file of this model.");
        }
    }

    /// Blocks for multi-token prediction come behind the last layer; Ponder does not use them.
    bool isBehindTheTrunk(std::string_view name) const {
        constexpr std::string_view kPrefix = "model.layers.";
        if (!name.starts_with(kPrefix)) return false;
        const std::string digits(name.substr(kPrefix.size(), 4));
        const std::size_t length = digits.find('.');
        if (length == 0 || length == std::string::npos) return false;
        const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
        if (!std::all_of(digits.begin(), digits.begin() + static_cast<std::ptrdiff_t>(length), isDigit))
            return false;
        return std::stoi(digits.substr(0, length)) >= family_.layers;
    }

    [[noreturn]] static void refuseShape(const SafetensorsEntry& entry, const std::string& must) {
        std::string shape;
        for (const std::int64_t length : entry.shape)
            shape += (shape.empty() ? "" : " × ") + std::to_string(length);
        throw Error("The tensor " + engine::quoted(entry.name) + " has the shape [" + shape +
                    "], it must have " + must +
                    ". config.json belongs to another model, or the file is damaged; download the "
                    "folder again.");
    }

    const FamilySettings& family_;
    const FolderTensors& folder_;
    std::vector<PlannedTensor> planned_;
    std::set<const SafetensorsEntry*> taken_;
};

} // namespace

std::vector<PlannedTensor> planTensors(const FamilySettings& family, const FolderTensors& folder) {
    return Planner(family, folder).plan();
}

} // namespace ponder::engine
