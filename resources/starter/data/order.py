"""Comparing, sorting, even and odd."""
from . import traces
from .phrasing import held, number, phrase

LARGER = "(larger|bigger|greater|higher)"
SMALLER = "(smaller|lower|lesser)"
COMPARE = {
    "larger": (["which( number| one|) is " + LARGER + "(,|:|) {a} or {b}?", "(what is|tell me|give me|find|name) the " + LARGER + " (number|one|of the two)(:|,) {a} or {b}(?|)", "(compare|which is the largest of) {a} (and|with) {b}(.|)", "{a} or {b}, which( one|) is " + LARGER + "?", "{a} or {b}: " + LARGER + "?", "(which|what) is more(,|:) {a} or {b}?", "what is the (maximum|max) of {a} and {b}?", "(max|maximum)( of|:|) {a} (and|,) {b}", "of {a} and {b}, which is " + LARGER + "?"],
               ["between {a} and {b}, which number wins by size?", "i have {a} and {b}, which of these is the " + LARGER + " one?"]),
    "smaller": (["which( number| one|) is " + SMALLER + "(,|:|) {a} or {b}?", "(what is|tell me|give me|find|name) the " + SMALLER + " (number|one|of the two)(:|,) {a} or {b}(?|)", "{a} or {b}, which( one|) is " + SMALLER + "?", "{a} or {b}: " + SMALLER + "?", "(which|what) is less(,|:) {a} or {b}?", "what is the (minimum|min) of {a} and {b}?", "(min|minimum)( of|:|) {a} (and|,) {b}", "of {a} and {b}, which is " + SMALLER + "?"],
                ["i have {a} and {b}, which of these is the " + SMALLER + " one?"]),
    "is larger": (["is {a} (" + LARGER + "|more) than {b}?", "is it true that {a} is (" + LARGER + "|more) than {b}?", "is {a} > {b}?", "{a} > {b}?", "tell me (if|whether) {a} is " + LARGER + " than {b}(.|)"], ["would you say that {a} is " + LARGER + " than {b}?"]),
    "is smaller": (["is {a} (" + SMALLER + "|less) than {b}?", "is it true that {a} is (" + SMALLER + "|less) than {b}?", "is {a} < {b}?", "{a} < {b}?", "tell me (if|whether) {a} is " + SMALLER + " than {b}(.|)"], ["would you say that {a} is " + SMALLER + " than {b}?"]),
}
UP = "(from (smallest to largest|small to large|low to high|lowest to highest)|in ascending order|in (rising|increasing) order|smallest first|ascending)"
DOWN = "(from (largest to smallest|large to small|high to low|highest to lowest)|in descending order|in (falling|decreasing) order|(largest|biggest) first|descending)"
VERB = "(sort|order|arrange|rank|put in order|please sort|can you sort|could you order|please arrange|i want to sort|help me sort|reorder)"
SORT = {
    "up": ([VERB + "( these numbers| these| the numbers| this list| the list|)(:|) {l}(.|)", VERB + "( these numbers|the numbers|this list|)( " + UP + "|)(:|) {l}(.|)", "(put|bring|write|list) {l} (in order|" + UP + ")(.|)", VERB + " {l} " + UP + "(.|)", "(what is|give me) {l} " + UP + "?", "{l} " + UP, "{l} sorted"], ["these numbers are mixed up, sort them: {l}", "i would like {l} in the right order"]),
    "down": ([VERB + "( these numbers|the numbers|this list|) " + DOWN + "(:|) {l}(.|)", "(put|bring|write|list) {l} " + DOWN + "(.|)", VERB + " {l} " + DOWN + "(.|)", "{l} " + DOWN], ["give me these numbers with the largest first: {l}"]),
}
EVEN = (["is {a} (an |)(even|odd)( number|)?", "(is|would) {a} (be |)(even or odd|odd or even)?", "(even or odd|odd or even)(:|,|?) {a}", "(tell me|say|find out|check) (whether|if) {a} is (even|odd|even or odd|odd or even)(.|)", "{a}(:|,) (even or odd|odd or even)?", "is the number {a} (even|odd|even or odd)?", "can {a} be divided by (2|two)?", "do you know (if|whether) {a} is (even|odd)?"],
        ["does {a} count as an even number?", "what about {a}, odd or even?"])


def say(rng, text):
    return text[:1].upper() + text[1:] if rng.random() < 0.7 else text


def verdict(kind, a, b):
    if a == b:
        return f"{a} and {b} are equal."
    if kind in ("larger", "smaller"):
        first, second = (max(a, b), min(a, b)) if kind == "larger" else (min(a, b), max(a, b))
        return f"{first} is {kind} than {second}."
    true = (a > b) == (kind == "is larger")
    return ("Yes, " if true else "No, ") + f"{a} is {'larger' if a > b else 'smaller'} than {b}."


def make_comparison(rng, test):
    a = number(rng, 5)
    roll = rng.random()
    if roll < 0.03:
        b = a
    elif roll < 0.5:  # same length and often a common beginning: the hard case
        digits = list(str(a))
        for i in range(rng.randrange(len(digits)), len(digits)):
            digits[i] = str(rng.randint(0 if i else 1, 9))
        b = int("".join(digits))
    else:
        b = number(rng, 5)
    if held("comparison", a, b) != test:
        return None
    kind = rng.choice(list(COMPARE))
    return say(rng, phrase(rng, *COMPARE[kind], test).format(a=a, b=b)), traces.compare(a, b), verdict(kind, a, b)


def joined(rng, numbers):
    words = list(map(str, numbers))
    roll = rng.random()
    if roll < 0.7:
        return ", ".join(words)
    if roll < 0.85:
        return ", ".join(words[:-1]) + " and " + words[-1]
    return " ".join(words)


def make_sorting(rng, test):
    digits = rng.choice([1, 2, 2, 3, 3])
    numbers = [number(rng, digits) for _ in range(rng.randint(3, 5))]
    if held("sorting", *numbers) != test:
        return None
    kind = "up" if rng.random() < 0.7 else "down"
    text = phrase(rng, *SORT[kind], test).format(l=joined(rng, numbers))
    return say(rng, text), traces.insertion(numbers, kind == "down"), ", ".join(map(str, sorted(numbers, reverse=kind == "down")))


def evenness(a):
    return f"The last digit of {a} is {a % 10}.", f"{a} is {'odd' if a % 2 else 'even'}."


def make_evenness(rng, test):
    a = number(rng, 5)
    if held("evenness", a) != test:
        return None
    return (say(rng, phrase(rng, *EVEN, test).format(a=a)),) + evenness(a)
