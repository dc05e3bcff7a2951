"""Counting, spelling and reversing letters. Text between SPELL_ON and SPELL_OFF is encoded letter by letter."""

from .phrasing import WORDS, held, phrase

SPELL_ON, SPELL_OFF = "\x02", "\x03"
SYLLABLES = ("ba be bi bo bu ca ce ch ci co cu da de di do du fa fe fi fo ga ge go ha he hi ho ja jo ka ke ki la le li lo lu ma me mi mo mu na ne ni no nu pa pe pi po ra re ri ro ru sa se sh si so st su ta te th ti to tr tu va ve vi wa we wi ya yo za zo "
             "an en in on er ar or al el il at et it ing ess ion ter ple ble ck ll ss tt nn pp rr gg mm ee oo").split()
WORD = "(the word |)(\"{w}\"|'{w}'|{w}|{w})"
COUNT = (["how many (times|) (does|is) the letter {c} (appear|occur|) in " + WORD + "?", "how many ({c}'s|{c}s|{c}|letters {c}|times {c}) (are|are there|do you see|can you find) in " + WORD + "?", "count (the letter|the|all the|every) {c}('s|) in " + WORD + "(.|)", "how often (does|do you find) (the letter |){c} (appear|occur|come up|) in " + WORD + "?", "(what is the number|number) of {c}('s|s|) in " + WORD, "in " + WORD + ", how many {c}('s|s|) are there?", WORD + ": how many {c}('s|)?", "(can|could) you count the {c}('s|s) in " + WORD + "?",
          "(say|find out|check|count|see) how (many times|often) (the letter |){c} (occurs|appears|comes up|is there|stands|can be found) in " + WORD, "(say|find out|check|see) how many {c}('s|s) (there are|are|you find|are hidden|you count) in " + WORD, "(how many|the) {c}('s|s) (does|do) " + WORD + " (have|contain|hold|include)?", "does " + WORD + " (have|contain) {c}, (and |)how (many|often)?", "the letter {c}: how (many times|often) (is it|do you find it|does it occur|do you see it) in " + WORD + "?", "{c}('s|s|) in " + WORD + "(: how many|, count them|?|, please count)", "look at " + WORD + " and count (the |every |each |)(letter |){c}(.|'s)", "(find|search) (all|every|each) (letter |){c} in " + WORD + "(. how many?|, how many are there?|)", "in " + WORD + ", (count|find|look for) (the |)(letter |){c}(.|)", "how (frequent|common) is {c} in " + WORD + "?", "take " + WORD + " and (count|tell me|find) the (letter |){c}(.|'s)", WORD + ", letter {c}: (how many|count|how often)?", "(number|amount|total) of (letter |the letter |){c} (inside|within|in|for) " + WORD + "(?|)", "what number of times (does|is) (the letter |){c} (appear|used|there) in " + WORD + "?", "I see " + WORD + ". how many {c}(s|'s|)( are in it| does it have|)?", "with how many {c}('s|s) is " + WORD + " written?", WORD + " has how many {c}('s|s)?"],
         ["tell me how many times you see {c} in " + WORD, "letter {c} in " + WORD + ", how many?"])
SPELL = (["spell " + WORD + "(.| please|)", "how (do you|is|do i) spell " + WORD + "?", "spell out " + WORD, "(what are|list|show me|give me) the letters (of|in) " + WORD + "(?|)", "(can|could) you spell " + WORD + "?",
          "(write|say|give|read|show) (out |me |)(" + WORD + " letter by letter|the spelling of " + WORD + "|" + WORD + " in (single|separate) letters)", "spelling( of|:) " + WORD, "letter by letter: " + WORD, "(split|break|separate|cut) " + WORD + " (into|in) letters", "how is " + WORD + " (written|spelled|spelt)?", "which letters (make up|are in|does) " + WORD + "( have|)?", WORD + "(,|:) spell it(.| please|)", "i (cannot|can't|don't know how to) spell " + WORD, "(the |)spelling for " + WORD], ["how would you spell " + WORD + "?"])
LENGTH = (["how many letters (are|are there|) in " + WORD + "?", "how many letters does " + WORD + " have?", "(how long is|what is the length of|count the letters (in|of)) " + WORD + "(?|)", "number of letters in " + WORD,
          WORD + " has how many letters?", "(say|find out|check|count|see) how (many letters|long) " + WORD + " (has|is|contains)", "(count|total) (all |)(the |)letters (of|in|inside) " + WORD + "(.|)", "how many (letters|characters) (does|do) " + WORD + " (contain|count|use|need|consist of)?", "(" + WORD + ": |" + WORD + ", )(length|how long|how many letters|number of letters)(?|)", "from how many letters is " + WORD + " (made|built)?", "the (length|size|letter count|number of letters) of " + WORD + "(?|)", "(tell|give) me the (length|size|letter count|number of letters) of " + WORD, "(is|how) long is " + WORD + "(, in letters|)?", "how many letters (make up|form|do you need for|do you count in) " + WORD + "?", "what (size|length) (is|has) " + WORD + "?"], ["of how many letters does " + WORD + " consist?"])
REVERSE = (["reverse " + WORD + "(.|)", "(spell|write|say) " + WORD + " (backwards|in reverse|backward)(.|)", "what is " + WORD + " (backwards|reversed|spelled backwards)?", WORD + " backwards",
          "(reverse|flip|invert|mirror|swap round) (the letters (of|in) |)" + WORD + "(.| please|)", "(write|read|say|type|give me|show me|put) " + WORD + " (from the end|from back to front|back to front|from right to left|from the last letter|the other way round|the wrong way round|in reverse order|mirrored)(.|)", "how (is|do you write|do you read|would you write) " + WORD + " (backwards|in reverse|from the end|reversed)?", "(backwards|reversed|in reverse|back to front)(:|) " + WORD, "the reverse of " + WORD + "(?|)", "what (comes out|do i get|do you get) (if|when) (i|you) (reverse|flip|read backwards) " + WORD + "?", WORD + "(,|:) (the other way round|reversed|in reverse|from the end|from right to left)(.|)", "(can|could) you (reverse|flip|read backwards) " + WORD + "?", "let " + WORD + " run backwards", "(turn|put|set|twist) " + WORD + " (round|backwards|upside down|the other way|back to front|inside out)(.|)", "(turn|swap|twist) (round |)the letters of " + WORD + "( round| about|)(.|)", "(say|write|give) " + WORD + " from (end to start|the back|its end)(.|)"], ["turn " + WORD + " around"])


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
