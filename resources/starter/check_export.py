"""Checks an exported file against PyTorch: `check_export.py WORK FILE.gguf`.

The file is run by a second, independent forward pass in numpy, which follows the absorbed form of latent attention straight
from the tensors and keys of the file, and its logits are compared with those of the PyTorch model on the file's own weights.
"""
import sys
from pathlib import Path

import gguf
import numpy as np
import torch
from jinja2 import Environment
from tokenizers import Tokenizer

from data.conversation import Conversation
from export import read_weights
from model import Config, Model
from text import Encoder


def norm(x, weight, epsilon):
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + epsilon) * weight


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def swiglu(x, gate, up, down):
    g = x @ gate.T
    return (g / (1 + np.exp(-g)) * (x @ up.T)) @ down.T


def rotate(x, base):
    """x [positions, …, pairs·2], pairs (2i, 2i+1)."""
    pairs = x.shape[-1] // 2
    angle = np.arange(len(x))[:, None] * base ** (-np.arange(pairs) / pairs)
    angle = angle.reshape(len(x), *([1] * (x.ndim - 2)), pairs)
    even, odd = x[..., 0::2], x[..., 1::2]
    return np.stack((even * np.cos(angle) - odd * np.sin(angle), even * np.sin(angle) + odd * np.cos(angle)), -1).reshape(x.shape)


def forward(path, ids):
    """Logits [positions, vocabulary]."""
    reader = gguf.GGUFReader(path)
    w = {t.name.removesuffix(".weight"): gguf.dequantize(t.data, t.tensor_type).astype(np.float64).reshape(tuple(reversed(t.shape.tolist()))) for t in reader.tensors}
    key = lambda name: reader.fields[f"deepseek2.{name}"].contents()
    heads, latent, rotary, epsilon, base = (key(k) for k in ("attention.head_count", "attention.kv_lora_rank", "rope.dimension_count", "attention.layer_norm_rms_epsilon", "rope.freq_base"))
    x = w["token_embd"][ids]
    n = len(ids)
    for layer in range(key("block_count")):
        t = lambda name: w[f"blk.{layer}.{name}"]
        h = norm(x, t("attn_norm"), epsilon)
        q = (h @ t("attn_q").T).reshape(n, heads, -1)
        kv = h @ t("attn_kv_a_mqa").T
        c, k_rotary = norm(kv[:, :latent], t("attn_kv_a_norm"), epsilon), rotate(kv[:, latent:], base)
        q_latent = np.einsum("nhd,hcd->nhc", q[..., :-rotary], t("attn_k_b"))
        score = np.einsum("nhc,mc->hnm", q_latent, c) + np.einsum("nhr,mr->hnm", rotate(q[..., -rotary:], base), k_rotary)
        score = score / np.sqrt(key("attention.key_length_mla")) + np.triu(np.full((n, n), -np.inf), 1)
        y = np.einsum("hnm,mc->nhc", softmax(score), c)
        x = x + np.einsum("nhc,hvc->nhv", y, t("attn_v_b")).reshape(n, -1) @ t("attn_output").T
        h = norm(x, t("ffn_norm"), epsilon)
        if layer < key("leading_dense_block_count"):
            x = x + swiglu(h, t("ffn_gate"), t("ffn_up"), t("ffn_down"))
            continue
        probability = softmax(h @ t("ffn_gate_inp").T)
        x = x + swiglu(h, t("ffn_gate_shexp"), t("ffn_up_shexp"), t("ffn_down_shexp"))
        for i, p in enumerate(probability):
            for e in np.argsort(-p)[:key("expert_used_count")]:
                x[i] += p[e] * key("expert_weights_scale") * swiglu(h[i], t("ffn_gate_exps")[e], t("ffn_up_exps")[e], t("ffn_down_exps")[e])
    return norm(x, w["output_norm"], epsilon) @ w["output"].T


def main():
    work, path = Path(sys.argv[1]), sys.argv[2]
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    encoder = Encoder(tokenizer)
    one = Conversation("", [("What is 3 + 4?", "3 + 4 = 7")], "Now add 5 to that.", "The last result is 7.\n7 + 5\n7+5=12\n= 12", "7 + 5 = 12")
    ids = encoder.prompt(one) + encoder.reply(one)
    model = Model(Config())
    model.load_state_dict(read_weights(path))
    with torch.no_grad():
        ours = model.head(model(torch.tensor([ids])))[0].numpy()
    theirs = forward(path, ids)
    print(f"largest logit {np.abs(theirs).max():.3f}, largest difference {np.abs(ours - theirs).max():.2e}")
    assert np.abs(ours - theirs).max() < 1e-3 * np.abs(theirs).max()
    template = gguf.GGUFReader(path).fields["tokenizer.chat_template"].contents()
    messages = [dict(role="user", content="What is 3 + 4?"), dict(role="assistant", content="<think>\n3+4=7\n</think>\n\n3 + 4 = 7"), dict(role="user", content="Now add 5 to that.")]
    for thinking in (True, False):
        text = Environment(trim_blocks=True, lstrip_blocks=True).from_string(template).render(messages=messages, add_generation_prompt=True, enable_thinking=thinking)
        one.thinking = thinking
        assert tokenizer.encode(text, add_special_tokens=False).ids == encoder.prompt(one), text
    print("template and encoder agree")


if __name__ == "__main__":
    main()
