"""Turns of phrase: little grammars expanded at random, and the rule that decides what is never trained on.

A grammar is a string in which `(a|b|)` means one of the alternatives; groups may nest. A phrasing is held out when the
checksum of its expanded text says so, or when its grammar stands in a list of unseen grammars.
"""
import random
import zlib


def held(*key):
    """True for a tenth of all keys: these operands or phrasings appear in tests only."""
    return zlib.crc32(repr(key).encode()) % 10 == 0


def expand(rng, grammar):
    """One random expansion of a grammar."""
    out, position = [], 0
    while position < len(grammar):
        if grammar[position] != "(":
            out.append(grammar[position])
            position += 1
            continue
        depth, start, options = 1, position + 1, []
        position += 1
        while depth:
            character = grammar[position]
            depth += (character == "(") - (character == ")")
            if depth == 0 or (depth == 1 and character == "|"):
                options.append(grammar[start:position])
                start = position + 1
            position += 1
        out.append(expand(rng, rng.choice(options)))
    return "".join(out)


def phrase(rng, seen, unseen, test):
    """A phrasing for training, or one that training never shows: a held-out expansion, or a grammar kept for tests."""
    if test and rng.random() < 0.4:
        return expand(rng, rng.choice(unseen))
    for _ in range(100):
        text = expand(rng, rng.choice(seen))
        if held("phrase", text) == test:
            return text
    return expand(rng, rng.choice(unseen if test else seen))


def scruffy(rng, text):
    """A question as people type it: case, punctuation and blanks vary."""
    roll = rng.random()
    if roll < 0.06:
        text = text.lower()
    elif roll < 0.08:
        text = text.upper() if len(text) < 30 else text
    elif roll < 0.14:
        text = text.rstrip("?.!")
    elif roll < 0.16:
        text = text + rng.choice([" ", "?", "??", "!", " please"])
    elif roll < 0.18:
        text = text[:1].lower() + text[1:]
    return text


def number(rng, digits):
    """A number whose count of digits is spread evenly over 1..digits."""
    count = rng.randint(1, digits)
    return rng.randint(10 ** (count - 1) if count > 1 else 0, 10 ** count - 1)
