"""The starter model: DeepSeek-V2-Lite in small. Latent attention, a dense first layer, then mixtures of experts with a shared expert.

Every parameter corresponds to one tensor of a GGUF file of architecture `deepseek2`; export.py holds the table of names.
"""
import math
from dataclasses import dataclass

import torch
import torch.nn as nn
import torch.nn.functional as F


@dataclass
class Config:
    vocabulary: int = 768
    width: int = 192
    layers: int = 5
    heads: int = 4
    latent: int = 64
    head_plain: int = 32
    head_rotary: int = 32
    head_value: int = 32
    dense_width: int = 512
    experts: int = 8
    experts_used: int = 2
    expert_width: int = 128
    shared_width: int = 128
    expert_scale: float = 2.0
    context: int = 2048
    rope_base: float = 10000.0
    epsilon: float = 1e-6


class Norm(nn.Module):
    def __init__(self, width, epsilon):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x):
        return F.rms_norm(x, x.shape[-1:], self.weight, self.epsilon)


def rotate(x, cos, sin):
    """Rotary position on the pairs (2i, 2i+1), GGUF's NORM order."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2)


class Attention(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c = c
        self.q = nn.Linear(c.width, c.heads * (c.head_plain + c.head_rotary), bias=False)
        self.kv_a = nn.Linear(c.width, c.latent + c.head_rotary, bias=False)
        self.kv_norm = Norm(c.latent, c.epsilon)
        self.kv_b = nn.Linear(c.latent, c.heads * (c.head_plain + c.head_value), bias=False)
        self.o = nn.Linear(c.heads * c.head_value, c.width, bias=False)
        nn.init.normal_(self.o.weight, std=(c.heads * c.head_value) ** -0.5 / math.sqrt(2 * c.layers))

    def forward(self, x, cos, sin, mask, cache):
        c, (batch, length, _) = self.c, x.shape
        q = self.q(x).view(batch, length, c.heads, -1).transpose(1, 2)
        latent, k_rotary = self.kv_a(x).split((c.latent, c.head_rotary), -1)
        kv = self.kv_b(self.kv_norm(latent)).view(batch, length, c.heads, -1).transpose(1, 2)
        q_plain, q_rotary = q.split((c.head_plain, c.head_rotary), -1)
        k_plain, v = kv.split((c.head_plain, c.head_value), -1)
        k_rotary = rotate(k_rotary[:, None], cos, sin).expand(-1, c.heads, -1, -1)
        q = torch.cat((q_plain, rotate(q_rotary, cos, sin)), -1)
        k = torch.cat((k_plain, k_rotary), -1)
        if cache is not None:
            k, v = cache.extend(self, k, v)
        # One head size for keys and values lets PyTorch choose its fused kernel.
        v = F.pad(v, (0, k.shape[-1] - c.head_value))
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=mask is None)
        return self.o(y[..., :c.head_value].transpose(1, 2).reshape(batch, length, -1))


class SwiGLU(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.gate = nn.Linear(width, hidden, bias=False)
        self.up = nn.Linear(width, hidden, bias=False)
        self.down = nn.Linear(hidden, width, bias=False)

    def forward(self, x):
        return self.down(F.silu(self.gate(x)) * self.up(x))


class Experts(torch.autograd.Function):
    """Runs each expert on its slice of rows; one gradient buffer per weight instead of one per expert and step."""

    @staticmethod
    def forward(context, rows, counts, gate, up, down):
        g, u = torch.empty(len(rows), gate.shape[2]), torch.empty(len(rows), gate.shape[2])
        out = torch.empty_like(rows)
        start = 0
        for i, count in enumerate(counts):
            part = slice(start, start + count)
            torch.mm(rows[part], gate[i], out=g[part])
            torch.mm(rows[part], up[i], out=u[part])
            start += count
        hidden = F.silu(g).mul_(u)
        start = 0
        for i, count in enumerate(counts):
            part = slice(start, start + count)
            torch.mm(hidden[part], down[i], out=out[part])
            start += count
        context.save_for_backward(rows, gate, up, down, g, u, hidden)
        context.counts = counts
        return out

    @staticmethod
    def backward(context, grad):
        rows, gate, up, down, g, u, hidden = context.saved_tensors
        grad = grad.contiguous()
        d_hidden, d_rows = torch.empty_like(hidden), torch.empty_like(rows)
        d_gate, d_up, d_down = torch.zeros_like(gate), torch.zeros_like(up), torch.zeros_like(down)
        start = 0
        for i, count in enumerate(context.counts):
            part = slice(start, start + count)
            torch.mm(grad[part], down[i].T, out=d_hidden[part])
            torch.mm(hidden[part].T, grad[part], out=d_down[i])
            start += count
        s = torch.sigmoid(g)
        silu = g * s
        d_u = d_hidden * silu
        d_g = d_hidden.mul_(u).mul_(s.add_(silu * (1 - s)))
        start = 0
        for i, count in enumerate(context.counts):
            part = slice(start, start + count)
            torch.mm(d_g[part], gate[i].T, out=d_rows[part])
            d_rows[part].addmm_(d_u[part], up[i].T)
            torch.mm(rows[part].T, d_g[part], out=d_gate[i])
            torch.mm(rows[part].T, d_u[part], out=d_up[i])
            start += count
        return d_rows, None, d_gate, d_up, d_down


class Mixture(nn.Module):
    """Softmax router, the best experts weighted by their probability times `expert_scale`, plus a shared expert."""

    def __init__(self, c):
        super().__init__()
        self.c = c
        self.router = nn.Linear(c.width, c.experts, bias=False)
        self.shared = SwiGLU(c.width, c.shared_width)
        self.gate = nn.Parameter(torch.randn(c.experts, c.width, c.expert_width) * c.width ** -0.5)
        self.up = nn.Parameter(torch.randn(c.experts, c.width, c.expert_width) * c.width ** -0.5)
        self.down = nn.Parameter(torch.randn(c.experts, c.expert_width, c.width)
                                 * c.expert_width ** -0.5 / math.sqrt(2 * c.layers))
        self.balance = 0.0

    def forward(self, x):
        c, shape = self.c, x.shape
        x = x.reshape(-1, c.width)
        probability = F.softmax(self.router(x), -1)
        weight, chosen = probability.topk(c.experts_used, -1)
        counts = torch.bincount(chosen.flatten(), minlength=c.experts)
        self.balance = c.experts * (counts / chosen.numel() * probability.mean(0)).sum()
        order = chosen.flatten().argsort(stable=True)
        token = order // c.experts_used
        y = Experts.apply(x[token], counts.tolist(), self.gate, self.up, self.down)
        y = y * (weight.flatten()[order, None] * c.expert_scale)
        return self.shared(x).index_add(0, token, y).view(shape)


class Layer(nn.Module):
    def __init__(self, c, index):
        super().__init__()
        self.attention_norm, self.attention = Norm(c.width, c.epsilon), Attention(c)
        self.feed_norm = Norm(c.width, c.epsilon)
        self.feed = SwiGLU(c.width, c.dense_width) if index == 0 else Mixture(c)

    def forward(self, x, *position):
        x = x + self.attention(self.attention_norm(x), *position)
        return x + self.feed(self.feed_norm(x))


class Cache:
    """Keys and values of the tokens seen so far, for generation."""

    def __init__(self):
        self.seen = {}

    def extend(self, owner, k, v):
        if owner in self.seen:
            old_k, old_v = self.seen[owner]
            k, v = torch.cat((old_k, k), 2), torch.cat((old_v, v), 2)
        self.seen[owner] = k, v
        return k, v


class Model(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c = c
        self.embedding = nn.Embedding(c.vocabulary, c.width)
        self.layers = nn.ModuleList(Layer(c, i) for i in range(c.layers))
        self.norm = Norm(c.width, c.epsilon)
        self.head = nn.Linear(c.width, c.vocabulary, bias=False)
        nn.init.normal_(self.embedding.weight, std=0.1)
        frequency = c.rope_base ** (-torch.arange(0, c.head_rotary, 2).float() / c.head_rotary)
        angle = torch.outer(torch.arange(c.context).float(), frequency)
        self.register_buffer("cos", angle.cos(), False)
        self.register_buffer("sin", angle.sin(), False)

    def forward(self, ids, mask=None, cache=None, start=0):
        """ids [batch, length] -> hidden states [batch, length, width], already normalised; `head` turns them into logits."""
        x = self.embedding(ids)
        part = slice(start, start + ids.shape[1])
        for layer in self.layers:
            x = layer(x, self.cos[part], self.sin[part], mask, cache)
        return self.norm(x)

    def balance(self):
        return sum(layer.feed.balance for layer in self.layers[1:]) / (len(self.layers) - 1)


@torch.no_grad()
def generate(model, prompts, end, pad, limit=400):
    """Greedy answers for a batch of prompts (lists of token ids). Returns (ids, ended) per prompt; padding stands on the left."""
    width = max(map(len, prompts))
    ids = torch.tensor([[pad] * (width - len(p)) + p for p in prompts])
    real = ids.new_zeros(len(prompts), width).bool()
    for row, p in enumerate(prompts):
        real[row, width - len(p):] = True
    # A padded position may look at itself, or its softmax would be over nothing.
    mask = (real[:, None, :] & torch.tril(torch.ones(width, width, dtype=torch.bool)))
    mask = (mask | torch.eye(width, dtype=torch.bool))[:, None]
    cache, answers = Cache(), [[] for _ in prompts]
    rows, hidden, position = list(range(len(prompts))), model(ids, mask, cache), width
    while rows and position < width + limit:
        token = model.head(hidden[:, -1]).argmax(-1)
        going = [i for i, t in enumerate(token.tolist()) if t != end]
        for i in range(len(rows)):
            answers[rows[i]].append(int(token[i]))
        if len(going) < len(rows):
            keep = torch.tensor(going, dtype=torch.long)
            rows, token, real = [rows[i] for i in going], token[keep], real[keep]
            cache.seen = {owner: (k[keep], v[keep]) for owner, (k, v) in cache.seen.items()}
        if not rows:
            break
        real = F.pad(real, (0, 1), value=True)
        hidden = model(token[:, None], real[:, None, None, :], cache, position)
        position += 1
    return [(a[:-1] if a and a[-1] == end else a, bool(a) and a[-1] == end) for a in answers]
