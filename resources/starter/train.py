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
import torch.multiprocessing as multiprocessing
import torch.nn.functional as F
from tokenizers import Tokenizer

from data.conversation import SKILLS, sample
from export import read_weights
from model import Config, Model
from text import PAD, VOCABULARY, Encoder, read_tokenizer, train_tokenizer

WORKERS, POOL, RECTANGLE, PARTS = 2, 420, 1000, 2
MATRIX_RATE, REST_RATE, BALANCE = 0.015, 3e-3, 0.01
AVERAGE = 0.99


def orthogonal(g):
    """Newton-Schulz: the nearest half-orthogonal matrices to a stack of gradients, nearly."""
    tall = g.shape[-2] > g.shape[-1]
    x = g.mT if tall else g
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(4):
        a = x @ x.mT
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return x.mT if tall else x


@torch.no_grad()
def muon(p, grad, momentum, rate):
    momentum.mul_(0.95).add_(grad)
    update = orthogonal(grad.add(momentum, alpha=0.95))
    # Stacked experts are stored [input, output], linear layers [output, input]; scale by output over input.
    ratio = p.shape[-1] / p.shape[-2] if p.dim() == 3 else p.shape[-2] / p.shape[-1]
    p.mul_(1 - rate * 0.02).add_(update, alpha=-rate * max(1, ratio) ** 0.5)


def is_matrix(name, p):
    return p.dim() >= 2 and not any(word in name for word in ("embedding", "head", "router"))


def rectangles(rng, encoder, weights):
    """A pool of conversations, sorted by length and cut into rectangles of about RECTANGLE tokens: (ids, positions that count), in random order."""
    pool = []
    while len(pool) < POOL:
        one = sample(rng, weights)
        prompt, reply = encoder.prompt(one), encoder.reply(one)
        if len(prompt) + len(reply) <= 512:
            pool.append((prompt + reply, len(prompt)))
    pool.sort(key=lambda row: len(row[0]))
    out, group = [], []
    for at, row in enumerate(pool):
        group.append(row)
        if len(group) * len(row[0]) < RECTANGLE and at + 1 < len(pool):
            continue
        ids = torch.full((len(group), len(row[0])), encoder.special[PAD])
        counts = torch.zeros_like(ids, dtype=torch.bool)
        for i, (tokens, start) in enumerate(group):
            ids[i, :len(tokens)] = torch.tensor(tokens)
            counts[i, start:len(tokens)] = True
        out.append((ids, counts))
        group = []
    rng.shuffle(out)
    return out


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


class Shared:
    """What the two workers see together: weights, their running average, momentum, one set of gradients each, and the control row.

    Two workers of one thread each are far quicker than one of two threads, above all when other programs want the cores:
    they wait for each other twice a step instead of at every product.
    """

    def __init__(self, context):
        torch.manual_seed(1)
        self.model, self.average = (Model(Config(vocabulary=VOCABULARY)).share_memory() for _ in range(2))
        parameters = [p.detach() for p in self.model.parameters()]
        self.momentum = [torch.zeros_like(p).share_memory_() for p in parameters]
        self.grads = [[torch.zeros_like(p).share_memory_() for p in parameters] for _ in range(WORKERS)]
        self.control = torch.zeros(2 + len(SKILLS), dtype=torch.float64).share_memory_()  # step (negative: stop), rate, weights
        self.results = torch.zeros(WORKERS, 2, dtype=torch.float64).share_memory_()  # loss, tokens
        self.barrier = context.Barrier(WORKERS)


class Worker:
    """Computes a share of each batch, then moves its own share of the matrices."""

    def __init__(self, rank, shared, folder):
        torch.set_num_threads(1)
        torch.set_flush_denormal(True)
        self.rank, self.shared, self.waiting = rank, shared, []
        self.encoder = Encoder(Tokenizer.from_file(str(folder / "tokenizer.json")))
        named = list(shared.model.named_parameters())
        for (_, p), grad in zip(named, shared.grads[rank]):
            p.grad = grad
        matrices = sorted((i for i, (n, p) in enumerate(named) if is_matrix(n, p)), key=lambda i: -named[i][1].numel())
        self.matrices = matrices[rank::WORKERS]
        self.rest = [] if rank else [i for i, (n, p) in enumerate(named) if not is_matrix(n, p)]
        self.parameters = [p for _, p in named]
        self.adam = torch.optim.AdamW([self.parameters[i] for i in self.rest], REST_RATE, (0.9, 0.95), weight_decay=0.0) if self.rest else None

    def step(self):
        """False when there is nothing more to do."""
        shared = self.shared
        shared.barrier.wait()
        step, rate, *weights = shared.control.tolist()
        if step < 0:
            return False
        if len(self.waiting) < PARTS:
            self.waiting = rectangles(random.Random(int(step) * WORKERS + self.rank), self.encoder, dict(zip(SKILLS, weights)))
        parts, self.waiting = self.waiting[:PARTS], self.waiting[PARTS:]
        counted, loss = sum(int(c.sum()) for _, c in parts), 0.0
        for ids, counts in parts:
            part = loss_sum(shared.model, ids, counts) / counted
            ((part + BALANCE / PARTS * shared.model.balance()) / WORKERS).backward()
            loss += float(part.detach())
        shared.results[self.rank] = torch.tensor([loss, sum(ids.numel() for ids, _ in parts)])
        shared.barrier.wait()
        self.update(rate)
        return True

    @torch.no_grad()
    def update(self, rate):
        mine = self.matrices + self.rest
        for i in mine:
            self.parameters[i].grad = sum(grads[i] for grads in self.shared.grads)
        for i in self.matrices:
            muon(self.parameters[i], self.parameters[i].grad, self.shared.momentum[i], MATRIX_RATE * rate)
        if self.adam:
            self.adam.param_groups[0]["lr"] = REST_RATE * rate
            self.adam.step()
        for i in mine:
            for grads in self.shared.grads:
                grads[i].zero_()
            self.parameters[i].grad = self.shared.grads[self.rank][i]
        averages = list(self.shared.average.parameters())
        torch._foreach_lerp_([averages[i] for i in mine], [self.parameters[i] for i in mine], 1 - AVERAGE)


def follow(shared, folder):
    worker = Worker(1, shared, folder)
    while worker.step():
        pass


class Training:
    def __init__(self, folder, source):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "tokenizer.json").exists():
            (read_tokenizer(source) if source else train_tokenizer()).save(str(folder / "tokenizer.json"))
        context = multiprocessing.get_context("spawn")
        self.shared = Shared(context)
        self.model, self.average = self.shared.model, self.shared.average
        self.worker = Worker(0, self.shared, folder)
        self.state = dict(step=0, tokens=0, seconds=0.0, weights=dict(SKILLS))
        checkpoint = folder / "checkpoint.pt"
        if checkpoint.exists():
            saved = torch.load(checkpoint, weights_only=True)
            self.model.load_state_dict(saved["model"])
            self.average.load_state_dict(saved["average"])
            for ours, theirs in zip(self.shared.momentum, saved["momentum"]):
                ours.copy_(theirs)
            self.worker.adam.load_state_dict(saved["adam"])
            self.state = saved["state"]
            self.state["weights"] = {skill: self.state["weights"].get(skill, share) for skill, share in SKILLS.items()}
        elif source:
            self.model.load_state_dict(read_weights(source))
        if not checkpoint.exists():
            self.average.load_state_dict(self.model.state_dict())
        self.follower = context.Process(target=follow, args=(self.shared, folder), daemon=True)
        self.follower.start()

    def save(self):
        part = self.folder / "checkpoint.part"
        torch.save(dict(model=self.model.state_dict(), average=self.average.state_dict(), momentum=self.shared.momentum,
                        adam=self.worker.adam.state_dict(), state=self.state), part)
        part.replace(self.folder / "checkpoint.pt")

    def say(self, text):
        s = self.state
        line = f"[{time.strftime('%H:%M')} {s['seconds'] / 60:.1f} min, {s['tokens'] / 1e6:.2f} M tokens, step {s['step']}] {text}"
        print(line, flush=True)
        with open(self.folder / "log.txt", "a") as log:
            log.write(line + "\n")

    def test(self, count=24):
        shares = quick_test(self.average, self.worker.encoder, count)
        self.state["weights"] = {skill: SKILLS[skill] * (0.3 + 1 - share) for skill, share in shares.items()}
        self.say("exact " + json.dumps({k: round(v, 2) for k, v in shares.items()}) + f" mean {sum(shares.values()) / len(shares):.3f}")

    def step(self, rate):
        state, shared = self.state, self.shared
        shared.control.copy_(torch.tensor([state["step"], rate] + [state["weights"][skill] for skill in SKILLS], dtype=torch.float64))
        self.worker.step()
        loss, tokens = shared.results.sum(0).tolist()
        state["step"] += 1
        state["tokens"] += int(tokens)
        return loss / WORKERS

    def run(self, minutes, decay):
        smooth, saved, tested, last = None, time.time(), time.time(), time.time()
        while self.state["seconds"] < minutes * 60:
            left = minutes * 60 - self.state["seconds"]
            rate = min(1, (self.state["step"] + 1) / 60, max(0.02, left / (decay * 60)))
            loss = self.step(rate)
            smooth = loss if smooth is None else 0.97 * smooth + 0.03 * loss
            now = time.time()
            # A step takes about a second; more is a machine asleep or a stopped process, not training.
            self.state["seconds"] += min(now - last, 10)
            last = now
            if self.state["step"] % 50 == 0:
                self.say(f"loss {smooth:.4f} rate {rate:.3f} balance {float(self.model.balance().detach()):.3f}")
            if now - saved > 150:
                self.save()
                saved = time.time()
            if now - tested > 480:
                self.test()
                tested = time.time()
        self.shared.control[0] = -1
        self.worker.step()
        self.follower.join()
        self.save()
        self.test(80)
        self.save()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path, help="folder for the tokenizer, the checkpoint and the log")
    parser.add_argument("--minutes", type=float, default=120, help="training time in all, counted over restarts")
    parser.add_argument("--decay", type=float, default=36, help="minutes of falling learning rate at the end")
    parser.add_argument("--from", dest="source", type=Path, help="start from the weights of an exported GGUF")
    arguments = parser.parse_args()
    Training(arguments.work, arguments.source).run(arguments.minutes, arguments.decay)


if __name__ == "__main__":
    main()
