"""Writes the trained model as one GGUF file. `export.py WORK FILE.gguf [--current]`

Architecture `deepseek2` without query compression, keys and values split per head, matrices as Q8_0, norms and routers as F32.
"""
import argparse
import json
from pathlib import Path

import gguf
import numpy as np
import torch

from model import Config
from text import END, PAD, SPECIAL, TEMPLATE, THINK, THOUGHT

DESCRIPTION = ("A very small reasoning model trained for Ponder on synthetic text: sums, comparing, sorting, letters, word problems, "
               "and questions about Ponder. It knows nothing else.")
PLAIN = {"attention_norm": "attn_norm", "attention.q": "attn_q", "attention.kv_a": "attn_kv_a_mqa", "attention.kv_norm": "attn_kv_a_norm",
         "attention.o": "attn_output", "feed_norm": "ffn_norm", "feed.router": "ffn_gate_inp",
         "feed.shared.gate": "ffn_gate_shexp", "feed.shared.up": "ffn_up_shexp", "feed.shared.down": "ffn_down_shexp"}
DENSE = {"feed.gate": "ffn_gate", "feed.up": "ffn_up", "feed.down": "ffn_down"}
WHOLE = {"embedding": "token_embd", "norm": "output_norm", "head": "output"}


def layer_names(layer):
    names = dict(PLAIN, **(DENSE if layer == 0 else {}))
    return {f"layers.{layer}.{ours}.weight": f"blk.{layer}.{theirs}.weight" for ours, theirs in names.items()}


def to_gguf(state, c):
    """(name, array) of every tensor, arrays as rows of contiguous inputs."""
    names = {f"{ours}.weight": f"{theirs}.weight" for ours, theirs in WHOLE.items()}
    for layer in range(c.layers):
        names.update(layer_names(layer))
        block, ours = f"blk.{layer}", f"layers.{layer}"
        # Rows of kv_b are, head by head, the plain keys and then the values.
        both = state[f"{ours}.attention.kv_b.weight"].view(c.heads, c.head_plain + c.head_value, c.latent)
        yield f"{block}.attn_k_b.weight", both[:, :c.head_plain].transpose(1, 2)
        yield f"{block}.attn_v_b.weight", both[:, c.head_plain:]
        if layer:
            for part in ("gate", "up", "down"):
                yield f"{block}.ffn_{part}_exps.weight", state[f"{ours}.feed.{part}"].transpose(1, 2)
    for ours, theirs in names.items():
        if ours in state:
            yield theirs, state[ours]


def read_weights(path, c=Config()):
    """The state dictionary of model.Model from an exported file."""
    tensors = {t.name: torch.from_numpy(gguf.dequantize(t.data, t.tensor_type).reshape(tuple(reversed(t.shape.tolist()))).copy())
               for t in gguf.GGUFReader(path).tensors}
    state = {f"{ours}.weight": tensors[f"{theirs}.weight"] for ours, theirs in WHOLE.items()}
    for layer in range(c.layers):
        state.update({ours: tensors[theirs] for ours, theirs in layer_names(layer).items() if theirs in tensors})
        block, ours = f"blk.{layer}", f"layers.{layer}"
        keys, values = tensors[f"{block}.attn_k_b.weight"].transpose(1, 2), tensors[f"{block}.attn_v_b.weight"]
        state[f"{ours}.attention.kv_b.weight"] = torch.cat((keys, values), 1).reshape(-1, c.latent)
        if layer:
            for part in ("gate", "up", "down"):
                state[f"{ours}.feed.{part}"] = tensors[f"{block}.ffn_{part}_exps.weight"].transpose(1, 2).contiguous()
    return state


def write_metadata(writer, c, tokenizer, parameters):
    writer.add_type("model")
    writer.add_name("Ponder Starter")
    writer.add_description(DESCRIPTION)
    writer.add_license("MIT")
    writer.add_author("Ponder authors")
    writer.add_size_label(f"{parameters / 1e6:.1f}M")
    writer.add_languages(["en"])
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    writer.add_float32("general.sampling.temp", 0.0)
    writer.add_block_count(c.layers)
    writer.add_context_length(c.context)
    writer.add_embedding_length(c.width)
    writer.add_feed_forward_length(c.dense_width)
    writer.add_vocab_size(c.vocabulary)
    writer.add_head_count(c.heads)
    writer.add_head_count_kv(1)
    writer.add_layer_norm_rms_eps(c.epsilon)
    writer.add_rope_freq_base(c.rope_base)
    writer.add_rope_dimension_count(c.head_rotary)
    writer.add_kv_lora_rank(c.latent)
    writer.add_key_length(c.latent + c.head_rotary)
    writer.add_value_length(c.latent)
    writer.add_key_length_mla(c.head_plain + c.head_rotary)
    writer.add_value_length_mla(c.head_value)
    writer.add_leading_dense_block_count(1)
    writer.add_expert_count(c.experts)
    writer.add_expert_used_count(c.experts_used)
    writer.add_expert_shared_count(1)
    writer.add_expert_feed_forward_length(c.expert_width)
    writer.add_expert_weights_scale(c.expert_scale)
    writer.add_expert_weights_norm(False)
    writer.add_expert_gating_func(gguf.ExpertGatingFuncType.SOFTMAX)

    ids = {entry["content"]: entry["id"] for entry in tokenizer["added_tokens"]}
    tokens = [None] * c.vocabulary
    for token, i in list(tokenizer["model"]["vocab"].items()) + list(ids.items()):
        tokens[i] = token
    for i, token in enumerate(tokens):
        if token is None:
            tokens[i] = f"<|unused{i}|>"
    kinds = {THINK: gguf.TokenType.USER_DEFINED, THOUGHT: gguf.TokenType.USER_DEFINED}
    kinds.update({name: gguf.TokenType.CONTROL for name in SPECIAL if name not in kinds})
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types([kinds.get(t, gguf.TokenType.UNUSED if t.startswith("<|unused") else gguf.TokenType.NORMAL) for t in tokens])
    writer.add_token_merges([m if isinstance(m, str) else " ".join(m) for m in tokenizer["model"]["merges"]])
    writer.add_bos_token_id(ids[END])
    writer.add_eos_token_id(ids[END])
    writer.add_pad_token_id(ids[PAD])
    writer.add_add_bos_token(False)
    writer.add_add_eos_token(False)
    writer.add_chat_template(TEMPLATE)


def export(work, path, current=False):
    saved = torch.load(work / "checkpoint.pt", weights_only=True)
    state, c = saved["model" if current else "average"], Config()
    writer = gguf.GGUFWriter(path, "deepseek2")
    write_metadata(writer, c, json.loads((work / "tokenizer.json").read_text()), sum(t.numel() for t in state.values()))
    for name, tensor in to_gguf(state, c):
        data = np.ascontiguousarray(tensor.float().numpy())
        if data.ndim == 1 or "ffn_gate_inp" in name:
            writer.add_tensor(name, data)
        else:
            kind = gguf.GGMLQuantizationType.Q8_0
            writer.add_tensor(name, gguf.quantize(data, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    print(f"{path}: {Path(path).stat().st_size / 1e6:.2f} MB after {saved['state']['step']} steps, {saved['state']['tokens'] / 1e6:.1f} M tokens")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("file")
    parser.add_argument("--current", action="store_true", help="the last weights instead of their running average")
    arguments = parser.parse_args()
    export(arguments.work, arguments.file, arguments.current)
