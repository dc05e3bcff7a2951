"""Comparing, sorting, even and odd."""
from . import traces
from .phrasing import held, number, phrase

LARGER = "(larger|bigger|greater|higher)"
SMALLER = "(smaller|lower|lesser)"
COMPARE = {
    "larger": (["which( number| one|) is " + LARGER + "(,|:|) {a} or {b}?", "(what is|tell me|give me|find|name) the " + LARGER + " (number|one|of the two)(:|,) {a} or {b}(?|)", "(compare|which is the largest of) {a} (and|with) {b}(.|)", "{a} or {b}, which( one|) is " + LARGER + "?", "{a} or {b}: " + LARGER + "?", "(which|what) is more(,|:) {a} or {b}?", "what is the (maximum|max) of {a} and {b}?", "(max|maximum)( of|:|) {a} (and|,) {b}", "of {a} and {b}, which is " + LARGER + "?",
                    "(take|look at|i have|here are|we have|given) {a} and {b}(.|:|,) which (one |number |of them |)is (the |)" + LARGER + "( one|)?", "(between|among|out of|from) {a} and {b}, (which|what) (one |number |)is (the |)(" + LARGER + "|largest|biggest|highest)( one|)?", "the (" + LARGER + "|largest|biggest|highest) of {a} and {b}(?|)", "(pick|choose|show|say|decide on) the (" + LARGER + "|largest|biggest) (number|one|value)(:| of| from) {a} (or|and) {b}(.|)", "which (number|one|value) (has|is) (more|the larger value|the higher value|the top one)(,|:) {a} or {b}?", "{a} (and|vs|versus|against) {b}(:|,) which is " + LARGER + "?", "which (number |one |)(is|comes) (ahead|on top|first by size|higher up)(,|:) {a} or {b}?", "what is " + LARGER + ": {a} or {b}?", "{a} (vs|versus|against) {b}(?|)", "is {a} or {b} (the |)" + LARGER + "( one| number|)?"],
               ["between {a} and {b}, which number wins by size?", "i have {a} and {b}, which of these is the " + LARGER + " one?"]),
    "smaller": (["which( number| one|) is " + SMALLER + "(,|:|) {a} or {b}?", "(what is|tell me|give me|find|name) the " + SMALLER + " (number|one|of the two)(:|,) {a} or {b}(?|)", "{a} or {b}, which( one|) is " + SMALLER + "?", "{a} or {b}: " + SMALLER + "?", "(which|what) is less(,|:) {a} or {b}?", "what is the (minimum|min) of {a} and {b}?", "(min|minimum)( of|:|) {a} (and|,) {b}", "of {a} and {b}, which is " + SMALLER + "?",
                    "(take|look at|here are|we have|given) {a} and {b}(.|:|,) which (one |number |of them |)is (the |)" + SMALLER + "( one|)?", "(between|among|out of|from) {a} and {b}, (which|what) (one |number |)is (the |)(" + SMALLER + "|smallest|lowest|least)( one|)?", "the (" + SMALLER + "|smallest|lowest) of {a} and {b}(?|)", "(pick|choose|show|say|decide on) the (" + SMALLER + "|smallest|lowest) (number|one|value)(:| of| from) {a} (or|and) {b}(.|)", "which (number|one|value) (has|is) (less|the smaller value|the lower value)(,|:) {a} or {b}?", "{a} (and|vs|versus|against) {b}(:|,) which is " + SMALLER + "?", "what is " + SMALLER + ": {a} or {b}?", "is {a} or {b} (the |)" + SMALLER + "( one| number|)?"],
                ["i have {a} and {b}, which of these is the " + SMALLER + " one?"]),
    "is larger": (["is {a} (" + LARGER + "|more) than {b}?", "is it true that {a} is (" + LARGER + "|more) than {b}?", "is {a} > {b}?", "{a} > {b}?", "tell me (if|whether) {a} is " + LARGER + " than {b}(.|)",
                    "(does|can) {a} (beat|surpass|top|go beyond) {b}?", "(do you think|do you agree|am i right|could it be) that {a} is (" + LARGER + "|more) than {b}?", "(check|find out|say) (if|whether) {a} (is|counts as) (" + LARGER + "|more) than {b}(.|)", "{a} is (" + LARGER + "|more) than {b}(, right?|, true or false?|, correct?|, yes or no?|?)", "is the number {a} (" + LARGER + "|more) than (the number |){b}?"], ["would you say that {a} is " + LARGER + " than {b}?"]),
    "is smaller": (["is {a} (" + SMALLER + "|less) than {b}?", "is it true that {a} is (" + SMALLER + "|less) than {b}?", "is {a} < {b}?", "{a} < {b}?", "tell me (if|whether) {a} is " + SMALLER + " than {b}(.|)",
                    "(do you think|do you agree|am i right|could it be) that {a} is (" + SMALLER + "|less) than {b}?", "(check|find out|say) (if|whether) {a} (is|counts as) (" + SMALLER + "|less) than {b}(.|)", "{a} is (" + SMALLER + "|less) than {b}(, right?|, true or false?|, correct?|, yes or no?|?)", "is {a} (below|under) {b}?", "is the number {a} (" + SMALLER + "|less) than (the number |){b}?"], ["would you say that {a} is " + SMALLER + " than {b}?"]),
}
UP = "(from (smallest to largest|small to large|low to high|lowest to highest)|in ascending order|in (rising|increasing) order|smallest first|ascending)"
DOWN = "(from (largest to smallest|large to small|high to low|highest to lowest)|in descending order|in (falling|decreasing) order|(largest|biggest) first|descending)"
VERB = "(sort|order|arrange|rank|put in order|please sort|can you sort|could you order|please arrange|i want to sort|help me sort|reorder)"
SORT = {
    "up": ([VERB + "( these numbers| these| the numbers| this list| the list|)(:|) {l}(.|)", VERB + "( these numbers|the numbers|this list|)( " + UP + "|)(:|) {l}(.|)", "(put|bring|write|list) {l} (in order|" + UP + ")(.|)", VERB + " {l} " + UP + "(.|)", "(what is|give me) {l} " + UP + "?", "{l} " + UP, "{l} sorted",
                    "(the|my|our|some) (numbers|values|scores|prices) (are|were) {l}(.|:|,) (sort|order|arrange) (them|these)( please|)(.|)", "{l}(:|.|,) (sort|order|arrange|rank) (them|these|this list|it)( " + UP + "|)(.| please|)", "(make|build|write|form|get) (a sorted list|an ordered list|a list in order) (of|from|out of|with) {l}(.|)", "(tidy up|clean up|straighten|line up) (these numbers|this list|the list|)(:|) {l}(.|)", "in (which|what) order (are|come|go|should i put) {l}?", "the (sorted|ordered|right|correct) (list|order) (of|for) {l}", "(bring|put|get) {l} into (order|the correct order|a row)(.|)", "{l} " + UP + "( please|)(.|)", "how do {l} look (sorted|in order|" + UP + ")?", "sorted(:|) {l}"], ["these numbers are mixed up, sort them: {l}", "i would like {l} in the right order"]),
    "down": ([VERB + "( these numbers|the numbers|this list|) " + DOWN + "(:|) {l}(.|)", "(put|bring|write|list) {l} " + DOWN + "(.|)", VERB + " {l} " + DOWN + "(.|)", "{l} " + DOWN,
                    "(the|my|our|some) (numbers|values|scores|prices) (are|were) {l}(.|:|,) (sort|order|arrange) (them|these) " + DOWN + "( please|)(.|)", "{l}(:|.|,) (sort|order|arrange|rank) (them|these|this list|it) " + DOWN + "(.| please|)", "(make|build|write|form|get) (a list|a row) " + DOWN + " (of|from|out of|with)(:|) {l}(.|)", "(give me|show|tell me|write down|i want) {l} " + DOWN + "(.|)", "(sort|order) (backwards|downwards|reversed|the other way round)(:|) {l}", "how do {l} look " + DOWN + "?", DOWN + "(:|) {l}"], ["give me these numbers with the largest first: {l}"]),
}
EVEN = (["is {a} (an |)(even|odd)( number|)?", "(is|would) {a} (be |)(even or odd|odd or even)?", "(even or odd|odd or even)(:|,|?) {a}", "(tell me|say|find out|check) (whether|if) {a} is (even|odd|even or odd|odd or even)(.|)", "{a}(:|,) (even or odd|odd or even)?", "is the number {a} (even|odd|even or odd)?", "can {a} be divided by (2|two)?", "do you know (if|whether) {a} is (even|odd)?",
                    "what is {a}(,|:|) (even or odd|odd or even)?", "(does|would) {a} (belong to|count among|go with|fall under) the (even|odd) (numbers|ones)?", "(what kind of number|which parity) (is|has) {a}(, even or odd|)?", "is {a} (divisible|dividable) by (2|two)?", "(parity|even/odd)( of|:|) {a}", "can (the number |number ){a} be (halved|divided by 2|divided by two|split in two)( evenly| without a rest|)?", "(can|could) {a} be (halved|split by two|divided by two evenly|cut in two)?", "(does|would) {a} (fall|go|belong) (among|to|with|under) the (even|odd) (numbers|ones|side)?", "(does|do you) (call|see|take|count) {a} (an even|an odd|even|odd)( number| one|)?", "(can you|can i) (halve|split) {a} (evenly|without a rest|into two equal parts)?", "{a}(, is it| is) (even|odd)( or odd|)?", "(look at|take|consider) {a}(.|:|,) (even or odd|is it even|is it odd|odd or even)?"],
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
