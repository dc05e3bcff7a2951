"""Trains the starter model. `train.py WORK --minutes N [--from FILE.gguf]`; run again with the same WORK folder it goes on where it was.

Muon moves the matrices, AdamW the embedding, head, routers and norms. The learning rate warms up, stays, and falls in the
last part. Each quick test on held-out questions gives the weaker skills a larger share of what comes next.
"""
import argparse
import json
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from data.conversation import SKILLS, sample
from model import Config, Model
from text import PAD, VOCABULARY, Encoder, train_tokenizer

STEP_TOKENS, PARTS = 7000, 3
MATRIX_RATE, REST_RATE, BALANCE = 0.015, 3e-3, 0.01
AVERAGE = 0.99


def orthogonal(g):
    """Newton-Schulz: the nearest half-orthogonal matrices to a stack of gradients, nearly."""
    tall = g.shape[-2] > g.shape[-1]
    x = g.mT if tall else g
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(5):
        a = x @ x.mT
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return x.mT if tall else x


class Muon(torch.optim.Optimizer):
    def __init__(self, parameters, rate):
        super().__init__(parameters, dict(lr=rate))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                momentum = self.state[p].setdefault("momentum", torch.zeros_like(p))
                momentum.mul_(0.95).add_(p.grad)
                update = orthogonal(p.grad.add(momentum, alpha=0.95))
                # Stacked experts are stored [input, output], linear layers [output, input]; scale by output over input.
                ratio = p.shape[-1] / p.shape[-2] if p.dim() == 3 else p.shape[-2] / p.shape[-1]
                p.mul_(1 - group["lr"] * 0.02).add_(update, alpha=-group["lr"] * max(1, ratio) ** 0.5)


def is_matrix(name, p):
    return p.dim() >= 2 and not any(word in name for word in ("embedding", "head", "router"))


def batch(rng, encoder, weights):
    """Conversations of STEP_TOKENS tokens, sorted by length into PARTS rectangles of (ids, rows, columns) with the positions that count."""
    rows, total = [], 0
    while total < STEP_TOKENS:
        one = sample(rng, weights)
        prompt, reply = encoder.prompt(one), encoder.reply(one)
        if len(prompt) + len(reply) <= 512:
            rows.append((prompt + reply, len(prompt)))
            total += len(prompt) + len(reply)
    rows.sort(key=lambda row: len(row[0]))
    pad, parts, at = encoder.special[PAD], [], 0
    for part in range(PARTS):
        share, group = 0, []
        while at < len(rows) and (share < total / PARTS or part == PARTS - 1):
            group.append(rows[at])
            share += len(rows[at][0])
            at += 1
        width = max(len(ids) for ids, _ in group)
        ids = torch.tensor([i + [pad] * (width - len(i)) for i, _ in group])
        counts = torch.zeros_like(ids, dtype=torch.bool)
        for row, (i, start) in enumerate(group):
            counts[row, start:len(i)] = True
        parts.append((ids, counts))
    return parts, total


def loss_sum(model, ids, counts):
    hidden = model(ids[:, :-1])
    wanted = counts[:, 1:]
    return F.cross_entropy(model.head(hidden[wanted]), ids[:, 1:][wanted], reduction="sum")


@torch.no_grad()
def quick_test(model, encoder, count):
    """Share of held-out conversations whose every token is the greedy choice: a lower bound of right answers, without generating."""
    rng, shares = random.Random(99), {}
    for skill in SKILLS:
        rows = [(encoder.prompt(one), encoder.reply(one)) for one in (sample(rng, test=True, skill=skill) for _ in range(count))]
        width = max(len(p) + len(r) for p, r in rows)
        ids = torch.tensor([p + r + [encoder.special[PAD]] * (width - len(p) - len(r)) for p, r in rows])
        best = model.head(model(ids[:, :-1])).argmax(-1)
        right = best == ids[:, 1:]
        shares[skill] = sum(bool(right[i, len(p) - 1:len(p) + len(r) - 1].all()) for i, (p, r) in enumerate(rows)) / count
    return shares


class Training:
    def __init__(self, folder, source):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "tokenizer.json").exists():
            train_tokenizer().save(str(folder / "tokenizer.json"))
        self.encoder = Encoder(Tokenizer.from_file(str(folder / "tokenizer.json")))
        torch.manual_seed(1)
        self.model, self.average = Model(Config(vocabulary=VOCABULARY)), Model(Config(vocabulary=VOCABULARY))
        named = list(self.model.named_parameters())
        self.muon = Muon([p for n, p in named if is_matrix(n, p)], MATRIX_RATE)
        self.adam = torch.optim.AdamW([p for n, p in named if not is_matrix(n, p)], REST_RATE, (0.9, 0.95), weight_decay=0.0)
        self.state = dict(step=0, tokens=0, seconds=0.0, weights=dict(SKILLS))
        checkpoint = folder / "checkpoint.pt"
        if checkpoint.exists():
            saved = torch.load(checkpoint, weights_only=True)
            self.model.load_state_dict(saved["model"])
            self.average.load_state_dict(saved["average"])
            self.muon.load_state_dict(saved["muon"])
            self.adam.load_state_dict(saved["adam"])
            self.state = saved["state"]
            self.state["weights"] = {skill: self.state["weights"].get(skill, share) for skill, share in SKILLS.items()}
        elif source:
            from export import read_weights
            self.model.load_state_dict(read_weights(source))
        if not checkpoint.exists():
            self.average.load_state_dict(self.model.state_dict())

    def save(self):
        part = self.folder / "checkpoint.part"
        torch.save(dict(model=self.model.state_dict(), average=self.average.state_dict(), muon=self.muon.state_dict(),
                        adam=self.adam.state_dict(), state=self.state), part)
        part.replace(self.folder / "checkpoint.pt")

    def say(self, text):
        s = self.state
        line = f"[{time.strftime('%H:%M')} {s['seconds'] / 60:.1f} min, {s['tokens'] / 1e6:.2f} M tokens, step {s['step']}] {text}"
        print(line, flush=True)
        with open(self.folder / "log.txt", "a") as log:
            log.write(line + "\n")

    def test(self, count=40):
        shares = quick_test(self.average, self.encoder, count)
        self.state["weights"] = {skill: SKILLS[skill] * (0.3 + 1 - share) for skill, share in shares.items()}
        self.say("exact " + json.dumps({k: round(v, 2) for k, v in shares.items()}) + f" mean {sum(shares.values()) / len(shares):.3f}")

    def step(self, rate):
        rng = random.Random(self.state["step"] * 7919 + 1)
        parts, total = batch(rng, self.encoder, self.state["weights"])
        counted, loss = sum(int(c[:, 1:].sum()) for _, c in parts), 0.0
        for ids, counts in parts:
            part = loss_sum(self.model, ids, counts) / counted
            (part + BALANCE / PARTS * self.model.balance()).backward()
            loss += float(part.detach())
        for optimizer, base in ((self.muon, MATRIX_RATE), (self.adam, REST_RATE)):
            for group in optimizer.param_groups:
                group["lr"] = base * rate
            optimizer.step()
            optimizer.zero_grad()
        with torch.no_grad():
            torch._foreach_lerp_(list(self.average.parameters()), list(self.model.parameters()), 1 - AVERAGE)
        self.state["step"] += 1
        self.state["tokens"] += total
        return loss

    def run(self, minutes, decay):
        smooth, saved, tested, last = None, time.time(), time.time(), time.time()
        while self.state["seconds"] < minutes * 60:
            left = minutes * 60 - self.state["seconds"]
            rate = min(1, (self.state["step"] + 1) / 60, max(0.02, left / (decay * 60)))
            loss = self.step(rate)
            smooth = loss if smooth is None else 0.97 * smooth + 0.03 * loss
            now = time.time()
            self.state["seconds"] += now - last
            last = now
            if self.state["step"] in (10, 30) or self.state["step"] % 50 == 0:
                self.say(f"loss {smooth:.4f} rate {rate:.3f} balance {float(self.model.balance()):.3f}")
            if now - tested > 480:
                self.test()
                tested = time.time()
            if now - saved > 180:
                self.save()
                saved = time.time()
        self.save()
        self.test(80)
        self.save()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path, help="folder for the tokenizer, the checkpoint and the log")
    parser.add_argument("--minutes", type=float, default=120, help="training time in all, counted over restarts")
    parser.add_argument("--decay", type=float, default=36, help="minutes of falling learning rate at the end")
    parser.add_argument("--from", dest="source", type=Path, help="start from the weights of an exported GGUF")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.set_flush_denormal(True)
    Training(arguments.work, arguments.source).run(arguments.minutes, arguments.decay)


if __name__ == "__main__":
    main()
