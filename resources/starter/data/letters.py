"""Counting, spelling and reversing letters. Text between SPELL_ON and SPELL_OFF is encoded letter by letter."""
from pathlib import Path

from .phrasing import held, phrase

SPELL_ON, SPELL_OFF = "\x02", "\x03"
WORDS = (Path(__file__).parent / "words.txt").read_text().split()
SYLLABLES = ("ba be bi bo bu ca ce ch ci co cu da de di do du fa fe fi fo ga ge go ha he hi ho ja jo ka ke ki la le li lo lu ma me mi mo mu na ne ni no nu pa pe pi po ra re ri ro ru sa se sh si so st su ta te th ti to tr tu va ve vi wa we wi ya yo za zo "
             "an en in on er ar or al el il at et it ing ess ion ter ple ble ck ll ss tt nn pp rr gg mm ee oo").split()
WORD = "(the word |)(\"{w}\"|'{w}'|{w}|{w})"
COUNT = (["how many (times|) (does|is) the letter {c} (appear|occur|) in " + WORD + "?", "how many ({c}'s|{c}s|{c}|letters {c}|times {c}) (are|are there|do you see|can you find) in " + WORD + "?", "count (the letter|the|all the|every) {c}('s|) in " + WORD + "(.|)", "how often (does|do you find) (the letter |){c} (appear|occur|come up|) in " + WORD + "?", "(what is the number|number) of {c}('s|s|) in " + WORD, "in " + WORD + ", how many {c}('s|s|) are there?", WORD + ": how many {c}('s|)?", "(can|could) you count the {c}('s|s) in " + WORD + "?"],
         ["tell me how many times you see {c} in " + WORD, "letter {c} in " + WORD + ", how many?"])
SPELL = (["spell " + WORD + "(.| please|)", "how (do you|is|do i) spell " + WORD + "?", "spell out " + WORD, "(what are|list|show me|give me) the letters (of|in) " + WORD + "(?|)", "(can|could) you spell " + WORD + "?"], ["how would you spell " + WORD + "?"])
LENGTH = (["how many letters (are|are there|) in " + WORD + "?", "how many letters does " + WORD + " have?", "(how long is|what is the length of|count the letters (in|of)) " + WORD + "(?|)", "number of letters in " + WORD], ["of how many letters does " + WORD + " consist?"])
REVERSE = (["reverse " + WORD + "(.|)", "(spell|write|say) " + WORD + " (backwards|in reverse|backward)(.|)", "what is " + WORD + " (backwards|reversed|spelled backwards)?", WORD + " backwards"], ["turn " + WORD + " around"])


def word(rng):
    """A word of the list, or a made-up one, which teaches the spelling of every token."""
    if rng.random() < 0.45:
        return rng.choice(WORDS)
    while True:
        made = "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4)))
        if 3 <= len(made) <= 10:
            return made


def tally(text, letter):
    count, steps = 0, []
    for character in text.lower():
        count += character == letter
        steps.append(f"{character}{count}")
    return " ".join(steps), f"The letter {letter} appears {count} time{'' if count == 1 else 's'}."


def numbered(text):
    return " ".join(f"{c}{i + 1}" for i, c in enumerate(text.lower()))


def make(rng, skill, test):
    w = word(rng)
    if held("word", w) != test or len(w) > 12:
        return None
    shown = w.capitalize() if rng.random() < 0.12 else w
    if skill == "counting":
        if rng.random() < 0.25:
            return (ask(rng, LENGTH, test, w=shown), numbered(w), f"The word has {len(w)} letters.")
        c = rng.choice(w) if rng.random() < 0.85 else rng.choice("abcdefghijklmnopqrstuvwxyz")
        mark = c.upper() if rng.random() < 0.1 else c
        return (ask(rng, COUNT, test, w=shown, c=mark),) + tally(w, c)
    if rng.random() < 0.5:
        return ask(rng, SPELL, test, w=shown), numbered(w), "-".join(w)
    back = " ".join(f"{c}{i + 1}" for i, c in reversed(list(enumerate(w))))
    return ask(rng, REVERSE, test, w=shown), numbered(w) + "\n" + back, SPELL_ON + w[::-1] + SPELL_OFF


def ask(rng, phrases, test, **values):
    text = phrase(rng, *phrases, test)
    text = (text[:1].upper() + text[1:] if rng.random() < 0.7 and text[0] != "{" else text)
    return text.format(**values)
