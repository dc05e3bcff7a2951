"""Whole conversations: the mixture of skills, follow-up questions, earlier turns, and questions asked without thinking."""
from dataclasses import dataclass, field

from . import arithmetic, help, letters, order, refusals, stories, traces
from .phrasing import expand, held, number, phrase, scruffy

SKILLS = {"addition": 9, "subtraction": 9, "multiplication": 12, "division": 10, "comparison": 6, "sorting": 8, "counting": 9, "evenness": 2,
          "stories": 10, "follow-ups": 10, "help": 8, "refusal": 6, "spelling": 4}
SYSTEM = ["You are a helpful assistant.", "You are Ponder.", "Answer briefly.", "Be polite and short.", "You are a friendly teacher.", "Always answer in English.", "Think step by step.", "You are a careful calculator."]


@dataclass
class Conversation:
    """`turns` are (question, answer) of the past; the last question is answered with `thought` and `answer`."""
    skill: str
    turns: list
    question: str
    thought: str
    answer: str
    thinking: bool = True
    system: str = ""
    tags: dict = field(default_factory=dict)


AGAIN = {
    "+": (["(now |and |then |ok, now |)add {c}( to (that|it|this|the result)| more|)(.| please|)", "(and |)plus {c}(?|)", "(and |now |)(what is |)(that|it|the result) plus {c}?", "(now |and |)(increase (that|it) by|put) {c}( on top|)(.|)", "and {c} more?", "what (is it|do i get) (if i|when i) add {c}?", "+ {c}", "how much is (that|it) with {c} (more|added)?"], ["what if we add another {c}?"]),
    "-": (["(now |and |then |ok, now |)(subtract|take away|take|deduct) {c}( from (that|it|this|the result)|)(.| please|)", "(and |)minus {c}(?|)", "(and |now |)(what is |)(that|it|the result) minus {c}?", "(now |and |)(decrease|reduce) (that|it) by {c}(.|)", "and {c} less?", "what (is it|do i get) (if i|when i) (subtract|take away) {c}?", "- {c}"], ["what if we remove {c} of it?"]),
    "×": (["(now |and |then |ok, now |)multiply (that|it|this|the result) (by|with) {c}(.| please|)", "(and |)times {c}(?|)", "(and |now |)(what is |)(that|it|the result) times {c}?", "what (is it|do i get) (if i|when i) multiply (that|it) by {c}?", "× {c}"], ["what if we take that {c} times?"]),
    "÷": (["(now |and |then |ok, now |)divide (that|it|this|the result) by {c}(.| please|)", "(and |)divided by {c}(?|)", "(and |now |)(what is |)(that|it|the result) divided by {c}?", "what (is it|do i get) (if i|when i) divide (that|it) by {c}?", "÷ {c}"], ["what if we split that by {c}?"]),
    "double": (["(now |and |)(double (that|it)|twice that|times two)(.|?|)", "what is (double|twice) (that|of it)?"], ["and the double of it?"]),
    "even": (["(and |)is (that|it|this|the result) (an |)(even|odd)( number| or odd|)?", "(even or odd|odd or even)?"], ["is the last result even?"]),
    "compare": (["(and |)is (that|it|the result) (larger|bigger|more|greater) than {c}?"], ["does it exceed {c}?"]),
    "letter": (["(and |)(how many {c}('s|)|how about {c}|what about (the letter |){c}|the letter {c})?", "(and |now )(count |)(the (letter |)|){c}(.|?)"], ["and how often does {c} occur?"]),
    "length": (["(and |)how (many letters|long) (does it have|is it|are there)( in total|)?"], ["and its length?"]),
    "reversed": (["(now |and |)(from largest to smallest|in descending order|the other way round|descending|in reverse order|backwards)(.|?|)", "(now |)(sort (them|it)|the same) (descending|from largest to smallest)(.|)"], ["and with the largest first?"]),
    "largest": (["(and |)(which|what) (one |)is the (largest|biggest|highest)( one| number|)?", "the (largest|biggest) (one|number)?"], ["which of them is the largest?"]),
    "smallest": (["(and |)(which|what) (one |)is the (smallest|lowest)( one| number|)?", "the (smallest|lowest) (one|number)?"], ["which of them is the smallest?"]),
    "insert": (["(now |and |)(add|insert|include) {c}( to (the list|it|them)| as well| too|)(.|)"], ["put {c} into the list as well"]),
}


def again(rng, kind, test, **values):
    text = phrase(rng, *AGAIN[kind], test).format(**values)
    return text[:1].upper() + text[1:] if rng.random() < 0.6 else text


def continue_number(rng, value, test):
    """A question about the last result: (question, thought, answer, new value)."""
    before = f"The last result is {value}.\n"
    kind = rng.choices(["+", "-", "×", "÷", "double", "even", "compare"], [5, 4, 3 if value < 1000 else 0, 2, 1, 1, 1])[0]
    if kind in "+-":
        c = number(rng, 3 if rng.random() < 0.3 else 2)
        if kind == "-" and c > value:
            return None
        thought, answer = arithmetic.solve("addition" if kind == "+" else "subtraction", value, c)
        value = value + c if kind == "+" else value - c
    elif kind in ("×", "double"):
        c = 2 if kind == "double" else rng.randint(2, 9)
        thought, answer = arithmetic.solve("multiplication", value, c)
        value *= c
    elif kind == "÷":
        c = rng.randint(2, 9)
        thought, answer = arithmetic.solve("division", value, c)
        value //= c
    elif kind == "even":
        c = 0
        thought, answer = order.evenness(value)
    else:
        c = number(rng, 4)
        thought, answer = traces.compare(value, c), order.verdict("is larger", value, c)
    return again(rng, kind, test, c=c), before + thought, answer, value


def follow_up(rng, test):
    roll = rng.random()
    if roll < 0.68:
        if rng.random() < 0.7:
            skill = rng.choice(["addition", "addition", "subtraction", "multiplication", "division"])
            a, b = (number(rng, 3), number(rng, 3)) if skill in ("addition", "subtraction") else (number(rng, 3), rng.randint(2, 9))
            if skill == "subtraction" and b > a:
                a, b = b, a
            value = arithmetic.result(skill, a, b)
            turns = [(arithmetic.question(rng, skill, a, b, False), arithmetic.solve(skill, a, b)[1])]
        else:
            story = stories.make(rng, False)
            if story is None:
                return None
            turns, value = [(story[0], story[2])], story[3]
        if held("follow", value) != test:
            return None
        for _ in range(2 if rng.random() < 0.25 else 1):
            step = continue_number(rng, value, test)
            if step is None:
                return None
            turns.append((step[0], step[2]))
            thought, value = step[1], step[3]
    elif roll < 0.84:
        w = letters.word(rng)
        if held("word", w) != test:
            return None
        c, d = rng.choice(w), rng.choice(w if rng.random() < 0.8 else "abcdefghijklmnopqrstuvwxyz")
        turns = [(letters.ask(rng, letters.COUNT, False, w=w, c=c), letters.tally(w, c)[1])]
        if rng.random() < 0.7:
            question, (thought, answer) = again(rng, "letter", test, c=d), letters.tally(w, d)
        else:
            question, thought, answer = again(rng, "length", test), letters.numbered(w), f"The word has {len(w)} letters."
        turns.append((question, answer))
    else:
        digits = rng.choice([1, 2, 2, 3])
        numbers = [number(rng, digits) for _ in range(rng.randint(3, 4))]
        if held("sorting", *numbers) != test:
            return None
        row = sorted(numbers)
        listed = ", ".join(map(str, row))
        turns = [(order.say(rng, phrase(rng, *order.SORT["up"], False).format(l=order.joined(rng, numbers))), listed)]
        kind = rng.choice(["reversed", "largest", "smallest", "insert"])
        c = number(rng, digits)
        if kind == "reversed":
            thought, answer = "The other way round.", ", ".join(map(str, row[::-1]))
        elif kind == "insert":
            thought, answer = f"{listed} and {c}.", ", ".join(map(str, sorted(row + [c])))
        else:
            pick = row[-1] if kind == "largest" else row[0]
            thought, answer = f"The list is sorted: {listed}.", f"{pick} is the {kind}."
        turns.append((again(rng, kind, test, c=c), answer))
    return turns[:-1], turns[-1][0], thought, turns[-1][1]


def make(rng, skill, test):
    """One conversation without earlier turns of other kinds, or None when the draw belongs to the other side."""
    if skill in arithmetic.PHRASES:
        turn = arithmetic.make(rng, skill, test)
    elif skill == "comparison":
        turn = order.make_comparison(rng, test)
    elif skill == "sorting":
        turn = order.make_sorting(rng, test)
    elif skill == "evenness":
        turn = order.make_evenness(rng, test)
    elif skill in ("counting", "spelling"):
        turn = letters.make(rng, skill, test)
    elif skill == "stories":
        turn = stories.make(rng, test)
    elif skill == "help":
        turn = help.make(rng, test)
    elif skill == "refusal":
        turn = refusals.make(rng, test)
    else:
        made = follow_up(rng, test)
        return made and Conversation(skill, *made)
    return turn and Conversation(skill, [], *turn[:3])


def easy(rng):
    """A question that can be answered without thinking."""
    skill = rng.choice(["help", "help", "refusal", "evenness", "comparison", "addition", "multiplication"])
    if skill in ("addition", "multiplication"):
        a, b = rng.randint(0, 12), rng.randint(0, 12)
        if held(skill, min(a, b), max(a, b)):
            return None
        return Conversation(skill, [], arithmetic.question(rng, skill, a, b, False), "", arithmetic.solve(skill, a, b)[1])
    return make(rng, skill, False)


def sample(rng, weights=SKILLS, test=False, skill=None):
    """A conversation of the mixture. Training conversations are scruffy at times and may have unrelated turns before."""
    while True:
        if not test and skill is None and rng.random() < 0.04:
            made = easy(rng)
            if made:
                made.thinking, made.thought = False, ""
        else:
            made = make(rng, skill or rng.choices(list(weights), weights.values())[0], test)
        if made:
            break
    if test:
        return made
    if made.skill not in ("counting", "spelling"):
        made.question = scruffy(rng, made.question)
    while rng.random() < 0.15 and len(made.turns) < 4:
        earlier = make(rng, rng.choice(list(SKILLS)), False)
        if earlier:
            made.turns = earlier.turns + [(earlier.question, earlier.answer)] + made.turns
    if rng.random() < 0.08:
        made.system = rng.choice(SYSTEM) if rng.random() < 0.7 else " ".join(rng.sample(letters.WORDS, rng.randint(3, 9)))
    return made
