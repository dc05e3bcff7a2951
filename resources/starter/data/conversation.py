"""Whole conversations: the mixture of skills, follow-up questions, earlier turns, and questions asked without thinking."""
from dataclasses import dataclass, field

from . import arithmetic, help, letters, order, refusals, stories, traces
from .phrasing import held, number, phrase, scruffy

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
    "+": (["(now |and |then |ok, now |)add {c}( to (that|it|this|the result)| more|)(.| please|)", "(and |)plus {c}(?|)", "(and |now |)(what is |)(that|it|the result) plus {c}?", "(now |and |)(increase (that|it) by|put) {c}( on top|)(.|)", "and {c} more?", "what (is it|do i get) (if i|when i) add {c}?", "+ {c}", "how much is (that|it) with {c} (more|added)?",
                    "(another|a further|plus another|then another) {c}(.|?| please|)", "(suppose|imagine|what if|and if|if|say) (we|i|you) (add|put|include|get) {c}( more| to it| on top| as well| to that|)(.|?|, how much is it?|)", "(then|next|let's|please) (add|put on|include|join) {c}( more| to it| on top|)(.|)", "(give|bring) (it|me) {c} more(.|)", "(that|it|the result) (and|with|together with) {c}( more| extra|)(?|)", "(then |now |){c} (more|extra|on top|added|are added|come on top)(.|?|)", "(raise|increase|grow) (that|it|the result) by {c}(.|)", "how much with {c} (more|extra|on top)?"], ["what if we add another {c}?"]),
    "-": (["(now |and |then |ok, now |)(subtract|take away|take|deduct) {c}( from (that|it|this|the result)|)(.| please|)", "(and |)minus {c}(?|)", "(and |now |)(what is |)(that|it|the result) minus {c}?", "(now |and |)(decrease|reduce) (that|it) by {c}(.|)", "and {c} less?", "what (is it|do i get) (if i|when i) (subtract|take away) {c}?",
                    "(suppose|imagine|what if|and if|if|say) (we|i|you) (subtract|take|lose|drop|take off|spend) {c}( from it| from that| away| of that|)(.|?|, how much is it?|)", "(then|next|let's|please) (subtract|take off|drop|remove) {c}( from it| from that|)(.|)", "(that|it|the result) (without|less|reduced by) {c}(?|)", "(then |now |){c} (less|fewer|are gone|are removed|are taken away)(.|?|)", "(remove|lose|spend|drop) {c}( of it| of that| from it|)(.|)", "(lower|cut|reduce) (that|it|the result) by {c}(.|)", "how much (is left |)without {c}( of it|)?", "- {c}"], ["what if we remove {c} of it?"]),
    "×": (["(now |and |then |ok, now |)multiply (that|it|this|the result) (by|with) {c}(.| please|)", "(and |)times {c}(?|)", "(and |now |)(what is |)(that|it|the result) times {c}?", "what (is it|do i get) (if i|when i) multiply (that|it) by {c}?",
                    "(suppose|imagine|what if|and if|if|say) (we|i|you) (multiply|multiply that|multiply it) by {c}(.|?|, how much is it?|)", "(suppose|imagine|what if|and if|if|say) (we|i|you) (have|get|need|want|do) (that|it|this) {c} times(.|?|, how much is it?|)", "(then|next|let's|please) (multiply by|multiply with|times) {c}(.|)", "{c} times (that|this|it|the result|as much)(?|.|)", "(that|it|this|the result) {c} times(?|.|)", "(that|it|the result) multiplied (by|with) {c}(?|)", "(get|do|count|repeat) (that|it|this) {c} times(.|?|)", "how much (is|are|would be) {c} of (those|that|them)?", "× {c}"], ["what if we take that {c} times?"]),
    "÷": (["(now |and |then |ok, now |)divide (that|it|this|the result) by {c}(.| please|)", "(and |)divided by {c}(?|)", "(and |now |)(what is |)(that|it|the result) divided by {c}?", "what (is it|do i get) (if i|when i) divide (that|it) by {c}?",
                    "(suppose|imagine|what if|and if|if|say) (we|i|you) (divide|divide that|divide it|share it|share that|cut it) (by|among|into) {c}(.|?|, how much is it?|)", "(then|next|let's|please) (divide|split|share) (it |that |)(by|among|into) {c}(.|)", "(that|it|the result) (divided|shared|cut) (by|among|into) {c}(?|)", "(split|share|cut) (that|it|this|the result) (among|into|in) {c}( parts| people|)(.|?|)", "how much (is|for) each (if|when) {c} (share|split) (it|that)?", "÷ {c}"], ["what if we split that by {c}?"]),
    "double": (["(now |and |)(double (that|it)|twice that|times two)(.|?|)", "what is (double|twice) (that|of it)?",
                    "(double|twice) (the result|this|as much|of that|of it)(.|?|)", "(and |now |what is |)(the |)(double|twofold)( amount| of that| value|)(.|?|)", "(suppose|what if|and if|if) (we|i|you) double (it|that)?"], ["and the double of it?"]),
    "even": (["(and |)is (that|it|this|the result) (an |)(even|odd)( number| or odd|)?", "(even or odd|odd or even)?",
                    "(and |)(the (last |)result|that number|this number|it|that)(:|,) (even|odd)( or odd| or even|)?", "(tell me|check|say) (if|whether) (it|that|the result) is (even|odd)(.|)", "is (this number|that number|the answer|your result|the sum|the last number) (an |)(even|odd)( number| or odd|)?"], ["is the last result even?"]),
    "compare": (["(and |)is (that|it|the result) (larger|bigger|more|greater) than {c}?",
                    "(and |)(more|larger|bigger|greater) than {c}?", "(tell me|check|say) (if|whether) (it|that|the result) is (larger|bigger|more|greater|higher) than {c}(.|)", "is (this number|that number|the answer|your result|the last result) (larger|bigger|more|greater|higher|above|over) (than |){c}?", "does (it|that|the result) (beat|go beyond|surpass|top|go over) {c}?"], ["does it exceed {c}?"]),
    "letter": (["(and |)(how many {c}('s|)|how about {c}|what about (the letter |){c}|the letter {c})?", "(and |now )(count |)(the (letter |)|){c}(.|?)",
                    "(and |)how (often|many times) (does |is |do you see |)(the letter |){c}( appear| in it| there| come up| stand in it|)?", "(what of|how is it with|same for|the same for|same with|now do|and for) (the letter |){c}(?|.|)", "(and |)the number of {c}('s|s)?", "(and |)(does it have|are there) (any |){c}('s|s)?", "(count|find|check) (the |also |also the |)(letter |){c}( too| as well|)(.|)"], ["and how often does {c} occur?"]),
    "length": (["(and |)how (many letters|long) (does it have|is it|are there)( in total|)?",
                    "(and |)(the length|how long|what is the length|what length does it have|its total of letters|how many in all|the number of letters|what about the length)( of it| of the word|)?", "(count|tell me|say) (all |)(the |its |)(letters|length)(.|)", "(and |)how many letters (has it|has the word|is that|make it up|altogether|in all|in total)?"], ["and its length?"]),
    "reversed": (["(now |and |)(from largest to smallest|in descending order|the other way round|descending|in reverse order|backwards)(.|?|)", "(now |)(sort (them|it)|the same) (descending|from largest to smallest)(.|)",
                    "(and |now |)(with the|put the|the) (biggest|highest|largest one|larger ones|big ones) (first|in front|at the beginning|at the start)(.|?|)", "(turn|flip|reverse) (it|them|the list|the order)( around| round|)(.|)", "(start|begin) with the (largest|biggest|highest)(.| one|)", "(and |)(falling|decreasing|downwards|from high to low|from the top)(?|.|)"], ["and with the largest first?"]),
    "largest": (["(and |)(which|what) (one |)is the (largest|biggest|highest)( one| number|)?", "the (largest|biggest) (one|number)?",
                    "(and |)(the |what is the |tell me the )(maximum|max|highest|top one|largest of them|biggest of all)(?|.|)", "which (number |of these |one |)is (the |)(largest|biggest|highest|at the top|greatest)( of all| in the list|)?"], ["which of them is the largest?"]),
    "smallest": (["(and |)(which|what) (one |)is the (smallest|lowest)( one| number|)?", "the (smallest|lowest) (one|number)?",
                    "(and |)(the |what is the |tell me the )(minimum|min|lowest|smallest of them|least of all)(?|.|)", "which (number |of these |one |)is (the |)(smallest|lowest|least|at the bottom)( of all| in the list|)?"], ["which of them is the smallest?"]),
    "insert": (["(now |and |)(add|insert|include) {c}( to (the list|it|them)| as well| too|)(.|)",
                    "(i forgot|there is also|also|and also|we also have|plus|you missed) {c}(.|)", "(put|place|sort|squeeze|fit|take) {c} (in|in too|into it|into the row|in as well|in the list|in there)(.|)", "(and |now |)with {c}( as well| too| in it| added|)(?|.|)"], ["put {c} into the list as well"]),
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
