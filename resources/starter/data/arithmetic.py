"""Sums in plain English: + - × ÷."""
from . import traces
from .phrasing import WORDS, held, number, phrase

ASK = "(what is|what's|how much is|calculate|compute|work out|tell me|can you tell me|please compute|evaluate|solve|find|could you work out|i need|give me|let me know|do you know|what do you get for|what does this make:|what does)"
TIMES = "( * |*| x |x| × |×| times | multiplied by )"
PHRASES = {
    "addition": (["{a}( + |+){b}", "{a}( + |+){b} =( ?|)", ASK + " {a}( + |+| plus | and ){b}(?|)", "add {a} (and|to|plus|with) {b}(.| please|)", "(what is|what's|find|give me|calculate|compute|tell me|i need|work out|) the (sum|total) of {a} and {b}(?|.|)",
                  "{a} (plus|and) {b}( is|) (?|makes what?|equals?|makes?|please)", "(can|could|would) you (please |)add {a} (and|to) {b}( for me|)?", "(what happens|what do (i|you|we) get) (when|if) (i|you|we) add {a} (and|to) {b}?", "put {a} and {b} together(.|, how much is that?)",
                  "how much (do|does|would) {a} (and|plus) {b} (make|come to|give|add up to)?", "sum( of|:|up|) {a} (and|,|+) {b}", "{a} added to {b}(?| is what?| gives?)", "if (i|you) have {a} and add {b}, (what do i get|how much is it|what is the result)?", "increase {a} by {b}(.|)",
                    "{a} {b} added( together|)", "the (sum|total) when {a} and {b} are (added|combined|put together)", "(work|figure) out {a} (+|plus) {b}", "(let's|i'd like to|we need to|i have to|i must|help me) (add|sum) {a} (and|to) {b}", "{a} {u} (plus|and|and another|and then) {b} {u}( more|) (is|are|makes|make) (how much|how many|what)?", "(combine|join|sum up|total|count up|merge) {a} (and|with) {b}(.|)", "to {a} (we|i) add {b}(, what is the result?|. result?|)", "(start|begin) (with|at|from) {a} and (add|go up|go up by|count up|put in) {b}(.|)", "{a} (grows|rises|goes up|is raised|is increased|is bumped up|climbs) by {b}(, what is it now?|. and now?|)", "what number is {a} (plus|increased by|raised by) {b}?", "the (result|answer|value) of {a} (+|plus) {b}", "{a} with {b} (added|on top|more)( is|)(?|)", "(bills|costs|prices|scores|weights) of {a} and {b}(, | - )(total|sum|how much altogether|what is it in all)?", "how (large|big|high|much) is the (sum|total|addition) of {a} and {b}?", "what (would|will|do) {a} and {b} (be|make|total|add up to|sum to|yield)( together| combined|)?", "if {a} and {b} are added( together|), what (is it|comes out|results|do i get)?", "addition( of|:) {a} (and|plus|+) {b}", "(take|use) {a} and (add|then add|put on) {b}(.|, how much is that?|)"],
                 ["what does {a} plus {b} come out as?", "i want to add up {a} and {b}", "{a} and {b} together make how much?"]),
    "subtraction": (["{a}( - |-){b}", "{a}( - |-){b} =( ?|)", ASK + " {a}( - |-| minus | take away | less ){b}(?|)", "(subtract|take|deduct|remove) {b} from {a}(.| please|)", "take {b} away from {a}(.|)", "(what is|what's|find|give me|calculate|tell me|work out|) the difference (between|of) {a} and {b}(?|.|)",
                     "{a} (minus|less|take away) {b}( is|) (?|makes what?|equals?|makes?|please)", "(can|could|would) you (please |)(subtract|take) {b} from {a}( for me|)?", "(what happens|what do (i|you|we) get) (when|if) (i|you|we) (subtract|take) {b} from {a}?", "(what is|how much is) left (when|if) (i|you) take {b} from {a}?",
                    "what (is left|remains|stays|is the rest) (of|from) {a} (minus {b}|without {b}|if {b} goes away|when {b} is gone|once {b} is removed|if i spend {b}|after {b} is used|after losing {b})(?|)", "from {a} (take|subtract|remove|deduct|drop|cut|knock off|strip) {b}(.|, what is left?|)", "(start|begin) (with|at) {a} and (go down|take away|remove|subtract|count down) {b}(.|)", "{a} (falls|drops|sinks|shrinks|goes down|is lowered|is reduced|is cut) by {b}(, what is it now?|. and now?|)", "how (much|far) is {a} (above|over|ahead of|beyond|past|higher than|greater than) {b}?", "how much (bigger|larger|higher|greater|older|longer) is {a} than {b}?", "by how (much|many) is {a} (more than|larger than|bigger than|greater than|higher than|above) {b}?", "by (how much|what amount) does {a} (surpass|beat|top|go over|go beyond|outdo|differ from|lie above) {b}?", "{a} (without|short of|lowered by|reduced by|cut by|lessened by) {b}", "what do i have (left|in the end) (if|when) i (spend|pay|use|lose) {b} (of|from|out of) {a}?", "{b} (off|taken from|taken off|taken away from|subtracted from|removed from|deducted from) {a}(, how much is left?|?|)", "what (number|) is {b} (less|lower|smaller|fewer) than {a}?", "(calculate|find|get|work out) what is left of {a} after (removing|losing|subtracting|spending) {b}", "(lower|shorten|cut|shrink|diminish) {a} by {b}(.|)", "the (result|answer|value|rest) of {a} (-|minus) {b}", "(let's|i'd like to|we need to|i have to|i must|help me) (subtract|take) {b} from {a}", "subtraction( of|:) {a} (minus|-) {b}", "{a} {u} (minus|less) {b} {u} (is|are|makes|make) (how much|how many|what)?", "(take|use) {a} and (subtract|then take away|take off|remove) {b}(.|, how much is that?|)",
                     "what (remains|stays|is left|is the rest) of {a} (after|when|once|if) (removing|subtracting|deducting|losing|spending|we remove|you lose|i spend|one takes) {b}(?|)", "{a} with {b} (off|taken off|knocked off|struck off)(?|)", "{a}, (but |)(with |){b} off(?|)", "(how much is left of|what is left of|the rest of|what remains from) {a} (with|after) {b} (off|gone|taken off|spent|removed)(?|)", "by (how much|what amount|what number) (does|did|will|would) {a} {x} {b}?", "how much does {a} {x} {b} by?", "(decrease|reduce|lower|cut) the (number|value|amount|price) {a} by {b}(.|)", "(decrease|reduce|lower) {a} (with|about|down by) {b}(.|)", "(what is |)(the number |){a} (decreased|reduced|lowered) by {b}(?|)", "a (decrease|reduction|loss|drop) of {b} (from|on|out of) {a}(?|, what is left?|)", "(can you |please |)(decrease|reduce) {a} by the (number|amount) {b}(.|)",
                     "how much (is|more is) {a} than {b}?", "decrease {a} by {b}(.|)", "reduce {a} by {b}(.|)", "if (i|you) have {a} and (remove|take away|lose) {b}, (what do i get|how much is left|what is the result)?"],
                    ["what remains of {a} after taking off {b}?", "i want to subtract {b} from {a}", "by how much does {a} exceed {b}?"]),
    "multiplication": (["{a}" + TIMES + "{b}", "{a}" + TIMES + "{b} =( ?|)", ASK + " {a}" + TIMES + "{b}(?|)", "multiply {a} (by|with|and|times) {b}(.| please|)", "(what is|what's|find|give me|calculate|compute|tell me|work out|) the product of {a} and {b}(?|.|)",
                        "{a} (times|multiplied by) {b}( is|) (?|makes what?|equals?|makes?|please)", "(can|could|would) you (please |)multiply {a} (by|and|with) {b}( for me|)?", "(what happens|what do (i|you|we) get) (when|if) (i|you|we) multiply {a} (by|and|with) {b}?", "how much (do|does|would) {a} times {b} (make|come to|give)?", "product of {a} and {b}",
                    "{a} (groups|lots|sets|rows|bags|packs) of {b}( is| are|)( how many| how much| what|)?", "take {a} and multiply (it |)(by|with) {b}(.|, what is the result?|)", "(use|start with|begin with|i have) {a} and multiply it by {b}", "multiplication( of|:) {a} (and|by|with|times|×) {b}", "(let's|i'd like to|we need to|i have to|i must|help me) multiply {a} (and|by|with) {b}", "what (number|product|result) (is|comes from|do we get from|comes out of) {a} (times|x|multiplied by) {b}?", "{a} times {b}(, how much is (that|this)?|, what's the result?| comes to?| is how much?|, quickly|)", "what is {a} taken {b} times?", "{a} repeated {b} times(, added up|)", "multiply( together|): {a} and {b}", "(find|compute|get|take) the product( of|:) {a} (and|times|x) {b}", "{a} (scaled|enlarged|multiplied) by {b}", "how (large|big|high|much) is {a} (times|x|×) {b}?", "(a rectangle|a field|a room) of {a} by {b}(,| -|:) (what is the area|area)?", "what will {a} times {b} (be|equal|make|give me)?", "the (result|answer|value) of {a} (×|times|x) {b}", "(take|use|get|put) {a} {b} times(.|, how much?|)", "{a} {u} times {b} (is|are|makes|make) (how much|how many|what)?", "(count|reckon|figure out) {a} (times|x|multiplied by) {b}(.|)"],
                       ["what does {a} times {b} come out as?", "i want to multiply {a} by {b}", "take {a} times {b}, how much is it?"]),
    "division": (["{a}( / |/| ÷ |÷| : ){b}", "{a}( / |/| ÷ ){b} =( ?|)", ASK + " {a}( / |/| ÷ | divided by | over ){b}(?|)", "divide {a} by {b}(.| please|)", "(what is|what's|find|give me|calculate|tell me|work out|) the quotient of {a} and {b}(?|.|)", "{a} divided by {b}( is|) (?|makes what?|equals?|makes?|please)",
                  "how (often|many times) does {b} (go|fit) into {a}?", "(can|could|would) you (please |)divide {a} by {b}( for me|)?", "(what happens|what do (i|you|we) get) (when|if) (i|you|we) divide {a} by {b}?", "split {a} (into|by) {b}( equal parts|)(.|)", "divide {a} into {b}( equal|) parts(.|)", "how many {b}s are (there |)in {a}?",
                    "{a} (shared|split|distributed|parted|cut) (by|among|between|into) {b}(, how much each?| equal shares| people|)", "(distribute|split|part|cut|deal out|hand out) {a} (among|between|over|into) {b}( people| friends| parts| groups|)(, how much does each get?|, how much for each?|.|)", "(share|divide) {a} (between|with|among) {b} (people|friends|persons|{u})(.|, how much each?|)", "what is the (result|quotient|answer) (of|when dividing) {a} (divided |)by {b}?", "how many (groups|sets|packs) of {b} (fit in|are in|make|can i make from) {a}?", "{b} into {a} goes how (often|many times)?", "(let's|i'd like to|we need to|i have to|i must|help me) divide {a} (by|through|into) {b}", "take {a} and divide (it |)(by|into) {b}(.|)", "division( of|:) {a} (by|and|÷|/) {b}", "what will {a} divided by {b} (be|equal|make|give)?", "how (large|big|much) is {a} divided by {b}?", "the (result|answer|value) of {a} (÷|divided by|/) {b}", "{a} {u} (divided|shared) (by|among) {b} (is|are|makes|make) (how much|how many|what)?", "(use|start with|i have) {a} and divide it by {b}", "(count|reckon|figure out) {a} (divided by|÷) {b}(.|)"],
                 ["what does {a} divided by {b} come out as?", "i want to divide {a} by {b}", "share {a} among {b}, how much is it each?"]),
}

UNITS = "euros dollars metres points people minutes days kilos apples pages miles steps cents litres friends hours cars books seats eggs".split()


def answer_division(a, b):
    return f"{a} ÷ {b} = {a // b}" + (f" remainder {a % b}" if a % b else "")


def operands(rng, skill):
    if skill in ("addition", "subtraction"):
        a, b = number(rng, 4), number(rng, 4)
        if skill == "subtraction" and b > a and rng.random() < 0.4:
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
    text = phrase(rng, *PHRASES[skill], test).format(a=a, b=b, u=rng.choice(UNITS), x=rng.choice(WORDS))
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
