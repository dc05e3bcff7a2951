"""Text to tokens: the tokenizer, the chat template and the encoding of a conversation exactly as the template renders it."""
import random
import re

import gguf
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from data.conversation import sample
from data.letters import SPELL_OFF, SPELL_ON

END, USER, ASSISTANT, SYSTEM, THINK, THOUGHT, PAD = SPECIAL = [
    "<|end|>", "<|user|>", "<|assistant|>", "<|system|>", "<think>", "</think>", "<|pad|>"]
VOCABULARY = 768

# The pre-tokenizer that GGUF calls `qwen2`: every digit is a token of its own.
PATTERN = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"

# Thoughts of earlier turns are dropped; without thinking the prompt carries an empty thought.
TEMPLATE = """\
{%- for message in messages %}
    {%- set content = message.content | trim %}
    {%- if message.role == 'assistant' %}
        {%- if '</think>' in content %}{% set content = content.split('</think>')[-1] | trim %}{% endif %}
        {{- '<|assistant|>' + content + '<|end|>' }}
    {%- elif message.role == 'system' %}
        {{- '<|system|>' + content + '<|end|>' }}
    {%- else %}
        {{- '<|user|>' + content + '<|end|>' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|assistant|>' }}
    {%- if enable_thinking is defined and enable_thinking is false %}
        {{- '<think>\\n\\n</think>\\n\\n' }}
    {%- endif %}
{%- endif %}
"""


def with_rules(model):
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(PATTERN), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def read_tokenizer(path):
    """The tokenizer of an exported file."""
    fields = gguf.GGUFReader(path).fields
    tokens = fields["tokenizer.ggml.tokens"].contents()
    merges = [tuple(pair.split(" ")) for pair in fields["tokenizer.ggml.merges"].contents()]
    tokenizer = with_rules(models.BPE({token: i for i, token in enumerate(tokens)}, merges))
    tokenizer.add_special_tokens(SPECIAL)
    return tokenizer


def train_tokenizer(seed=7, count=60000):
    """A byte-level BPE of the mixture's own text."""
    tokenizer = with_rules(models.BPE())
    rng = random.Random(seed)

    def corpus():
        for _ in range(count):
            one = sample(rng)
            if one.skill == "refusal" and rng.random() < 0.5:
                continue
            yield from (one.question, one.thought + "\n", "\n\n" + one.answer.strip(SPELL_ON + SPELL_OFF))

    tokenizer.train_from_iterator(corpus(), trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=SPECIAL, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    return tokenizer


class Encoder:
    """Encodes the parts of a conversation; a user's text can never become a control token."""

    def __init__(self, tokenizer):
        self.tokenizer = tokenizer
        self.special = {name: tokenizer.token_to_id(name) for name in SPECIAL}

    def plain(self, text):
        """Token ids of text; between SPELL_ON and SPELL_OFF each letter is a token."""
        out = []
        for i, part in enumerate(re.split(f"[{SPELL_ON}{SPELL_OFF}]", text)):
            if i % 2:
                out += [self.tokenizer.token_to_id(letter) for letter in part]
            elif part:
                out += self.tokenizer.encode(part, add_special_tokens=False).ids
        return out

    def prompt(self, one):
        s, out = self.special, []
        if one.system:
            out += [s[SYSTEM]] + self.plain(one.system) + [s[END]]
        for question, answer in one.turns:
            answer = answer.strip(SPELL_ON + SPELL_OFF)
            out += [s[USER]] + self.plain(question) + [s[END], s[ASSISTANT]] + self.plain(answer) + [s[END]]
        out += [s[USER]] + self.plain(one.question.strip()) + [s[END], s[ASSISTANT]]
        if not one.thinking:
            out += [s[THINK]] + self.plain("\n\n") + [s[THOUGHT]] + self.plain("\n\n")
        return out

    def reply(self, one):
        s = self.special
        answer = self.plain(one.answer) + [s[END]]
        if not one.thinking:
            return answer
        return [s[THINK]] + self.plain("\n") + self.plain(one.thought + "\n") + [s[THOUGHT]] + self.plain("\n\n") + answer

    def decode(self, ids):
        """(thought, answer) of a generated reply."""
        parts, at = [[], []], 0
        for i in ids:
            if i == self.special[THOUGHT]:
                at = 1
            elif i != self.special[THINK]:
                parts[at].append(i)
        if at == 0 and self.special[THINK] not in ids:
            parts = parts[::-1]
        return tuple(self.tokenizer.decode(part).strip() for part in parts)
