#!/usr/bin/env python3
"""Fills a folder with small model files in every layout that Ponder knows.

    make_model_tree.py FOLDER [--files 10000] [--seed 1]

Makes FOLDER/own (Ponder), hub (HF_HUB_CACHE), lmstudio, ollama (OLLAMA_MODELS), gpt4all and plain, with
whole models of distinct content, hard links, links, split models, models that are still being written or were
cut off, safetensors folders and rubbish. Prints what was made as JSON. Every file is tiny: what is measured
is the search, not the disk's throughput.
"""
import argparse
import hashlib
import json
import os
import random
import struct
from pathlib import Path

WIDTH, HIDDEN, LAYERS = 16, 32, 1


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def key(name, kind, value):
    if kind == "text":
        return text(name) + struct.pack("<I", 8) + text(value)
    if kind == "u32":
        return text(name) + struct.pack("<II", 4, value)
    if kind == "u16":
        return text(name) + struct.pack("<IH", 2, value)
    if kind == "i32":
        return text(name) + struct.pack("<Ii", 5, value)
    if kind == "f32":
        return text(name) + struct.pack("<If", 6, value)
    if kind == "texts":
        return text(name) + struct.pack("<IIQ", 9, 8, len(value)) + b"".join(map(text, value))
    if kind == "i32s":
        return text(name) + struct.pack("<IIQ", 9, 5, len(value)) + struct.pack(f"<{len(value)}i", *value)
    raise ValueError(kind)


def byte_letters():
    """GPT-2's alphabet: a printable letter for every byte."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    letters, hidden = [], 0
    for byte in range(256):
        letters.append(chr(byte) if byte in printable else chr(256 + hidden))
        hidden += byte not in printable
    return letters


TOKENS = byte_letters() + ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
TEMPLATE = ("{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
            "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}")


def keys_of(name):
    return [
        key("general.architecture", "text", "llama"), key("general.name", "text", name),
        key("general.license", "text", "mit"), key("llama.block_count", "u32", LAYERS),
        key("llama.context_length", "u32", 2048), key("llama.embedding_length", "u32", WIDTH),
        key("llama.feed_forward_length", "u32", HIDDEN), key("llama.attention.head_count", "u32", 2),
        key("llama.attention.head_count_kv", "u32", 1), key("llama.rope.dimension_count", "u32", WIDTH // 2),
        key("llama.attention.layer_norm_rms_epsilon", "f32", 1e-5), key("tokenizer.ggml.model", "text", "gpt2"),
        key("tokenizer.ggml.pre", "text", "gpt-2"), key("tokenizer.ggml.tokens", "texts", TOKENS),
        key("tokenizer.ggml.token_type", "i32s", [1] * 256 + [3] * 3),
        key("tokenizer.ggml.merges", "texts", []),
        key("tokenizer.ggml.bos_token_id", "u32", 256), key("tokenizer.ggml.eos_token_id", "u32", 258),
        key("tokenizer.chat_template", "text", TEMPLATE)]


SHAPES = [("token_embd.weight", (WIDTH, len(TOKENS))), ("output_norm.weight", (WIDTH,)),
          ("blk.0.attn_norm.weight", (WIDTH,)), ("blk.0.attn_q.weight", (WIDTH, WIDTH)),
          ("blk.0.attn_k.weight", (WIDTH, WIDTH // 2)), ("blk.0.attn_v.weight", (WIDTH, WIDTH // 2)),
          ("blk.0.attn_output.weight", (WIDTH, WIDTH)), ("blk.0.ffn_norm.weight", (WIDTH,)),
          ("blk.0.ffn_gate.weight", (WIDTH, HIDDEN)), ("blk.0.ffn_up.weight", (WIDTH, HIDDEN)),
          ("blk.0.ffn_down.weight", (HIDDEN, WIDTH))]


def gguf(keys, shapes, rng):
    infos, data = [], bytearray()
    for name, shape in shapes:
        data += b"\0" * (-len(data) % 32)
        vector = len(shape) == 1  # norms are float32, matrices float16
        infos.append(text(name) + struct.pack("<I", len(shape)) + struct.pack(f"<{len(shape)}Q", *shape) +
                     struct.pack("<IQ", 0 if vector else 1, len(data)))
        count = 1
        for length in shape:
            count *= length
        data += struct.pack("<f", 1.0) * count if vector else rng.randbytes(2 * count).translate(SMALL)
    header = b"GGUF" + struct.pack("<IQQ", 3, len(shapes), len(keys)) + b"".join(keys) + b"".join(infos)
    return header + b"\0" * (-len(header) % 32) + bytes(data)


# Bytes that make finite float16 numbers, whichever of the two they are.
SMALL = bytes(byte & 0x33 for byte in range(256))


class Tree:
    def __init__(self, folder, files, seed):
        self.root, self.files, self.rng = Path(folder), files, random.Random(seed)
        self.count = 0
        self.made = {"models": 0, "links": 0, "hardLinks": 0, "split": 0, "unfinished": 0, "safetensors": 0,
                     "rubbish": 0}

    def place(self, *parts):
        path = self.root.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.count += 1
        return path

    def write(self, data, *parts):
        path = self.place(*parts)
        path.write_bytes(data)
        return path

    def content(self, name):
        return gguf(keys_of(name), SHAPES, self.rng)

    def model(self, name, *parts):
        self.made["models"] += 1
        return self.write(self.content(name), *parts)

    def hard_link(self, path, *parts):
        os.link(path, self.place(*parts))
        self.made["hardLinks"] += 1

    def link(self, target, *parts):
        os.symlink(target, self.place(*parts))
        self.made["links"] += 1

    def split(self, name, parts, *folder):
        share = -(-len(SHAPES) // parts)
        for i in range(parts):
            keys = keys_of(name) if i == 0 else [key("general.architecture", "text", "llama")]
            keys += [key("split.no", "u16", i), key("split.count", "u16", parts),
                     key("split.tensors.count", "i32", len(SHAPES))]
            data = gguf(keys, SHAPES[i * share:(i + 1) * share], self.rng)
            self.write(data, *folder, f"{name}-{i + 1:05d}-of-{parts:05d}.gguf")
        self.made["split"] += 1

    def repository(self, index):
        """Of the Hugging Face cache: two revisions that share all files but one."""
        base = ("hub", f"models--org{index % 40}--repo{index}")
        old, new = (f"{index:08x}{mark * 32}" for mark in "ab")
        self.write(new.encode(), *base, "refs", "main")
        for number in range(3):
            for commit in (old, new):
                if commit == new or number == 0:
                    data = self.content(f"Hub {index} {number} {commit[8]}")
                    blob = hashlib.sha256(data).hexdigest()
                    self.write(data, *base, "blobs", blob)
                    self.made["models"] += 1
                self.link(f"../../blobs/{blob}", *base, "snapshots", commit, f"hub{index}-{number}.gguf")

    def ollama(self, index):
        data = self.content(f"Ollama {index}")
        blob = hashlib.sha256(data).hexdigest()
        self.write(data, "ollama", "blobs", f"sha256-{blob}")
        self.made["models"] += 1
        manifest = json.dumps({"schemaVersion": 2, "layers": [
            {"mediaType": "application/vnd.ollama.image.license", "digest": "sha256:" + "0" * 64},
            {"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:" + blob}]})
        for tag in ("latest", "1b"):
            self.write(manifest.encode(), "ollama", "manifests", "registry.ollama.ai", "library", f"model{index}", tag)

    def safetensors(self, index):
        folder = ("plain", "safetensors", f"model{index}")
        self.write(b'{"model_type": "llama"}', *folder, "config.json")
        for number in range(2):
            self.write(b"\2\0\0\0\0\0\0\0{}", *folder, f"model-{number + 1:05d}-of-00002.safetensors")
        self.made["safetensors"] += 1

    def unfinished(self, index):
        whole = self.content(f"Unfinished {index}")
        self.write(whole[:3000], "plain", "unfinished", f"part{index}.gguf.part")
        self.write(whole[:-500], "plain", "unfinished", f"cut{index}.gguf")
        self.write(whole[:900], "plain", "unfinished", f"beginning{index}.gguf")
        self.write(b"", "plain", "unfinished", f"empty{index}.gguf")
        self.write(whole[:3000], "lmstudio", "publisher0", "repo0", f"downloading_new{index}.gguf.part")
        self.write(whole[:3000], "gpt4all", f"incomplete-new{index}.gguf")
        self.made["unfinished"] += 6

    def fill(self):
        scale = self.files / 10_000
        for i in range(round(300 * scale)):
            self.model(f"Own {i}", "own", f"own{i}.gguf")
        for i in range(round(330 * scale)):
            self.repository(i)
        for i in range(round(1400 * scale)):
            self.model(f"Studio {i}", "lmstudio", f"publisher{i % 50}", f"repo{i % 350}", f"studio{i}.gguf")
        for i in range(round(330 * scale)):
            self.ollama(i)
        for i in range(round(200 * scale)):
            self.model(f"For all {i}", "gpt4all", f"all{i}.gguf")
        for i in range(round(1200 * scale)):
            path = self.model(f"Plain {i}", "plain", f"a{i % 20}", f"b{i % 200}", f"plain{i}.gguf")
            if i % 4 == 0:
                self.hard_link(path, "plain", "hard", f"hard{i}.gguf")
            if i % 6 == 0:
                self.link(path, "plain", "soft", f"soft{i}.gguf")
        for i in range(round(150 * scale)):
            self.split(f"split{i}", 4, "plain", "split", f"s{i % 30}")
        for i in range(max(1, round(20 * scale))):
            self.safetensors(i)
        for i in range(max(1, round(10 * scale))):
            self.unfinished(i)
        self.link("..", "plain", "a0", "circle")
        self.link("nowhere.gguf", "plain", "broken.gguf")
        os.mkfifo(self.place("plain", "pipe.gguf"))
        self.write(b"<html>", "plain", "page.gguf")
        while self.count < self.files:
            self.made["rubbish"] += 1
            self.write(b"x", "plain", "notes", f"{self.count % 50}", f"note{self.count}.txt")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    tree = Tree(arguments.folder, arguments.files, arguments.seed)
    tree.fill()
    print(json.dumps({"files": tree.count, **tree.made}))


if __name__ == "__main__":
    main()
