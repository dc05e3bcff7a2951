"""Turns of phrase: little grammars expanded at random, and the rule that decides what is never trained on.

A grammar is a string in which `(a|b|)` means one of the alternatives; groups may nest. A phrasing is held out when the
checksum of its expanded text says so, or when its grammar stands in a list of unseen grammars. Training also wraps and
distorts what it sees (`wrap`, `distort`), so that a model listens to the words that matter and not to the sentence around them.
"""
import functools
import random
import re
import zlib
from pathlib import Path

WORDS = (Path(__file__).parent / "words.txt").read_text().split()
# Words that a question can lose, or have replaced, without asking something else.
IDLE = frozenset("the a an is are do does can could would will you i we me my it that please tell what what's of so if when then there here get give have has any for to".split())
BEFORE = ("please|tell me|can you tell me|could you tell me|let me know|i want to know|i'd like to know|i would like to know|do you know|say|quick question:|question:|one more thing:|another one:|next one:|ok,|ok so|so,|well,|now|hi,|hello,|hey ponder,|ponder,|hey,|hm,|"
          "i wonder,|i was wondering,|i am not sure,|my teacher asks:|my son asks me:|for my homework:|for school:|here is one for you:|try this:|help me with this:|i need to know this:|just checking,|for a friend:|look:|listen,|and|now then,|be so kind,|if you can,|any idea,|would you know,|first").split("|")
AFTER = "please|thanks|thank you|for me|now|quickly|can you tell me?|do you know?|i forgot|that is the question|what do you think?|in your opinion?|tell me please|just curious|step by step|exactly?|if you can|would you?|any idea?|i need it today|thanks in advance|let me know".split("|")


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


@functools.lru_cache(maxsize=None)
def expansions(grammar):
    """All expansions of a grammar, in lower case."""
    match = re.search(r"\(([^()]*)\)", grammar)
    if not match:
        return frozenset([grammar.lower()])
    return frozenset().union(*(expansions(grammar[:match.start()] + option + grammar[match.end():]) for option in match[1].split("|")))


def wrap(rng, text):
    """The same question with words of politeness or of somebody's life around it."""
    if rng.random() < 0.75:
        text = rng.choice(BEFORE) + " " + text
    else:
        text = re.sub(r"[.?! ]+$", "", text) + rng.choice([", ", " ", "? "]) + rng.choice(AFTER)
    return text


def distort(rng, text):
    """The same question by somebody careless or not fluent: idle words lost, replaced or added, and typing errors. Placeholders stay."""
    words = text.split(" ")
    idle = [i for i, word in enumerate(words) if word.lower().strip(",.?!:") in IDLE]
    roll = rng.random()
    if roll < 0.35:
        # A stray word next to the word to be spelled could be taken for it.
        places = [i for i in range(len(words) + 1) if not any("{w}" in word for word in words[max(0, i - 1):i + 1])]
        words.insert(rng.choice(places or [0]), rng.choice(WORDS))
    elif roll < 0.55 and idle:
        words[rng.choice(idle)] = rng.choice(WORDS)
    elif roll < 0.75 and idle and len(words) > 3:
        del words[rng.choice(idle)]
    else:
        long = [i for i, word in enumerate(words) if len(word) > 4 and word.isalpha()]
        if long:
            i = rng.choice(long)
            at, word = rng.randrange(1, len(words[i]) - 1), words[i]
            words[i] = rng.choice([word[:at] + word[at + 1:], word[:at] + word[at] + word[at:], word[:at] + word[at + 1] + word[at] + word[at + 2:]])
    return " ".join(words)


def phrase(rng, seen, unseen, test, noise=0.22):
    """A phrasing for training, wrapped and distorted at times, or one that training never shows: a held-out expansion, or a grammar kept for tests."""
    if test and rng.random() < 0.4:
        return expand(rng, rng.choice(unseen))
    for _ in range(100):
        text = expand(rng, rng.choice(seen))
        if held("phrase", text) == test and (test or not any(text.lower() in expansions(grammar) for grammar in unseen)):
            break
    else:
        return expand(rng, rng.choice(unseen if test else seen))
    if test:
        return text
    if rng.random() < noise:
        text = wrap(rng, text)
    if rng.random() < noise:
        text = distort(rng, text)
    return text


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
