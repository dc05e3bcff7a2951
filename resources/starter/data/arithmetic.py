"""Sums in plain English: + - × ÷."""
from . import traces
from .phrasing import expand, held, number, phrase

ASK = "(what is|what's|how much is|calculate|compute|work out|tell me|can you tell me|please compute|evaluate|solve|find|could you work out|i need|give me|let me know|do you know|what do you get for|what does this make:|what does)"
TIMES = "( * |*| x |x| × |×| times | multiplied by )"
PHRASES = {
    "addition": (["{a}( + |+){b}", "{a}( + |+){b} =( ?|)", ASK + " {a}( + |+| plus | and ){b}(?|)", "add {a} (and|to|plus|with) {b}(.| please|)", "(what is|what's|find|give me|calculate|compute|tell me|i need|work out|) the (sum|total) of {a} and {b}(?|.|)",
                  "{a} (plus|and) {b}( is|) (?|makes what?|equals?|makes?|please)", "(can|could|would) you (please |)add {a} (and|to) {b}( for me|)?", "(what happens|what do (i|you|we) get) (when|if) (i|you|we) add {a} (and|to) {b}?", "put {a} and {b} together(.|, how much is that?)",
                  "how much (do|does|would) {a} (and|plus) {b} (make|come to|give|add up to)?", "sum( of|:|up|) {a} (and|,|+) {b}", "{a} added to {b}(?| is what?| gives?)", "if (i|you) have {a} and add {b}, (what do i get|how much is it|what is the result)?", "increase {a} by {b}(.|)"],
                 ["what does {a} plus {b} come out as?", "i want to add up {a} and {b}", "{a} and {b} together make how much?"]),
    "subtraction": (["{a}( - |-){b}", "{a}( - |-){b} =( ?|)", ASK + " {a}( - |-| minus | take away | less ){b}(?|)", "(subtract|take|deduct|remove) {b} from {a}(.| please|)", "take {b} away from {a}(.|)", "(what is|what's|find|give me|calculate|tell me|work out|) the difference (between|of) {a} and {b}(?|.|)",
                     "{a} (minus|less|take away) {b}( is|) (?|makes what?|equals?|makes?|please)", "(can|could|would) you (please |)(subtract|take) {b} from {a}( for me|)?", "(what happens|what do (i|you|we) get) (when|if) (i|you|we) (subtract|take) {b} from {a}?", "(what is|how much is) left (when|if) (i|you) take {b} from {a}?",
                     "how much (is|more is) {a} than {b}?", "decrease {a} by {b}(.|)", "reduce {a} by {b}(.|)", "if (i|you) have {a} and (remove|take away|lose) {b}, (what do i get|how much is left|what is the result)?"],
                    ["what remains of {a} after taking off {b}?", "i want to subtract {b} from {a}", "by how much does {a} exceed {b}?"]),
    "multiplication": (["{a}" + TIMES + "{b}", "{a}" + TIMES + "{b} =( ?|)", ASK + " {a}" + TIMES + "{b}(?|)", "multiply {a} (by|with|and|times) {b}(.| please|)", "(what is|what's|find|give me|calculate|compute|tell me|work out|) the product of {a} and {b}(?|.|)",
                        "{a} (times|multiplied by) {b}( is|) (?|makes what?|equals?|makes?|please)", "(can|could|would) you (please |)multiply {a} (by|and|with) {b}( for me|)?", "(what happens|what do (i|you|we) get) (when|if) (i|you|we) multiply {a} (by|and|with) {b}?", "how much (do|does|would) {a} times {b} (make|come to|give)?", "product of {a} and {b}"],
                       ["what does {a} times {b} come out as?", "i want to multiply {a} by {b}", "take {a} times {b}, how much is it?"]),
    "division": (["{a}( / |/| ÷ |÷| : ){b}", "{a}( / |/| ÷ ){b} =( ?|)", ASK + " {a}( / |/| ÷ | divided by | over ){b}(?|)", "divide {a} by {b}(.| please|)", "(what is|what's|find|give me|calculate|tell me|work out|) the quotient of {a} and {b}(?|.|)", "{a} divided by {b}( is|) (?|makes what?|equals?|makes?|please)",
                  "how (often|many times) does {b} (go|fit) into {a}?", "(can|could|would) you (please |)divide {a} by {b}( for me|)?", "(what happens|what do (i|you|we) get) (when|if) (i|you|we) divide {a} by {b}?", "split {a} (into|by) {b}( equal parts|)(.|)", "divide {a} into {b}( equal|) parts(.|)", "how many {b}s are (there |)in {a}?"],
                 ["what does {a} divided by {b} come out as?", "i want to divide {a} by {b}", "share {a} among {b}, how much is it each?"]),
}


def answer_division(a, b):
    return f"{a} ÷ {b} = {a // b}" + (f" remainder {a % b}" if a % b else "")


def operands(rng, skill):
    if skill in ("addition", "subtraction"):
        a, b = number(rng, 4), number(rng, 4)
        if skill == "subtraction" and b > a and rng.random() < 0.75:
            a, b = b, a
        return a, b
    if skill == "multiplication":
        roll = rng.random()
        if roll < 0.2:
            a, b = rng.randint(0, 12), rng.randint(0, 12)
        elif roll < 0.55:
            a, b = number(rng, 3), rng.randint(2, 9)
        elif roll < 0.85:
            a, b = rng.randint(10, 99), rng.randint(10, 99)
        else:
            a, b = rng.randint(100, 999), rng.randint(10, 99)
        return (a, b) if rng.random() < 0.7 else (b, a)
    b = rng.randint(2, 9) if rng.random() < 0.65 else rng.randint(10, 25)
    a = number(rng, 4 if b < 10 else 3)
    if rng.random() < 0.5:
        a -= a % b
    return a, b


def solve(skill, a, b):
    """(thought, answer) of a sum."""
    if skill == "addition":
        return traces.add(a, b), f"{a} + {b} = {a + b}"
    if skill == "subtraction":
        return traces.subtract(a, b), f"{a} - {b} = {a - b}"
    if skill == "multiplication":
        return traces.multiply(a, b), f"{a} × {b} = {a * b}"
    return traces.divide(a, b), answer_division(a, b)


def result(skill, a, b):
    if skill == "division":
        return a // b
    return {"addition": a + b, "subtraction": a - b, "multiplication": a * b}[skill]


def question(rng, skill, a, b, test):
    text = phrase(rng, *PHRASES[skill], test).format(a=a, b=b)
    return text[:1].upper() + text[1:] if rng.random() < 0.7 else text


def make(rng, skill, test):
    """One turn (question, thought, answer), or None when the operands belong to the other side of the split."""
    if skill == "division" and not test and rng.random() < 0.01:
        a = number(rng, 3)
        return question(rng, skill, a, 0, test), "Nothing can be divided by 0.", "Division by zero is not possible."
    a, b = operands(rng, skill)
    if held(skill, min(a, b), max(a, b)) != test:
        return None
    return (question(rng, skill, a, b, test),) + solve(skill, a, b)
