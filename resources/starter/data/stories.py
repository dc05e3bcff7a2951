"""Simple word problems of one or two steps."""
from . import traces
from .phrasing import held, number, phrase

NAMES = "Anna Ben Carla David Emma Felix Grace Hugo Iris Jonas Karim Lena Mia Noah Olga Paul Rosa Sam Tara Yusuf Tom Sarah Peter Lisa Mark Julia Omar Nina Leo Ella John Mary Alice Bob Maria Jack Lucy Max Sophie Ali".split()
THINGS = ("apples marbles books coins stamps pencils eggs oranges cards shells stickers buttons cookies tickets flowers candies balls pens bananas pears toys cups plates chairs bottles stones lemons cakes roses fish "
          "cars keys boxes nuts beads letters photos songs tomatoes potatoes sweets birds dogs cats horses sheep trees").split()
GET = "(gets|buys|finds|receives|is given|picks up|wins|collects)"
LOSE = "(gives away|loses|sells|gives {m}|throws away|uses|lends {m})"
NOW = "how many( {t}|) (does {n} have (now|in total|altogether|)|are there( now|))"
STORIES = {
    "addition": (["{n} has {a} {t}( and|. {n}|. Then {n}) " + GET + " {b} more( {t}|). " + NOW + "?", "there are {a} {t} (in|on) (one|the first) (box|shelf|basket|room|table) and {b} (in|on) (another|the (second|other))( one|). how many {t} are there (in all|in total|altogether)?", "(i|I) have {a} {t} and (buy|get|find) {b} more. how many( {t}|) do i have( now|)?",
                  "{n} has {a} {t} and {m} has {b}( {t}|). how many {t} do they have (together|in all|in total|altogether)?", "{n} (reads|counts|sees|collects) {a} {t} on (Monday|Saturday) and {b}( {t}|) on (Tuesday|Sunday). how many( {t}|) (is that|are that) (in all|in total|altogether)?", "a shop sold {a} {t} (yesterday|in the morning) and {b} (today|in the afternoon). how many {t} did it sell( in total|)?", "if {n} has {a} {t} and " + GET + " {b} more, " + NOW + "?"],
                 ["a farmer has {a} {t} and then {b} more arrive. how many {t} has the farmer got?", "{n} owned {a} {t}. for a birthday came {b} more. " + NOW + "?"]),
    "subtraction": (["{n} has {a} {t} and " + LOSE + " {b}( of them|). how many( {t}|) (are left|does {n} have left|does {n} still have|remain)?", "(i|I) had {a} {t} and (lost|sold|gave away|used) {b}( of them|). how many( {t}|) (are left|do i have left|remain|do i still have)?", "there (were|are) {a} {t}( in a shop| in the box|). {b} (were|are) (sold|taken|broken|given away). how many( {t}|) (are left|remain)?",
                     "{n} has {a} {t} and {m} has {b}( {t}|). how many more( {t}|) does {n} have than {m}?", "{n} (needs|wants) {a} {t} and (already |)has {b}. how many( {t}|) (are missing|does {n} still need)?", "if {n} has {a} {t} and " + LOSE + " {b}, how many( {t}|) are left?"],
                    ["out of {a} {t}, {n} hands over {b}. how many {t} stay with {n}?", "{n} started with {a} {t} and {b} got broken. how many {t} are still fine?"]),
    "multiplication": (["{n} buys {b} (bags|boxes|packs) (with|of) {a} {t} each. how many {t} (is that|are there)( in all|)?", "there are {b} (boxes|bags|baskets|rows|shelves) (of|with) {a} {t}( each| in each|). how many {t} (are there|is that) (in total|in all|altogether)?", "if one (shelf|box|bag) holds {a} {t}, how many( {t}|) do {b} (of them|shelves|boxes|bags) hold?", "each of {b} (children|people|friends|students) has {a} {t}. how many {t} (do they have|are there) (in total|together|altogether)?",
                        "{n} (paints|sells|makes|collects) {a} {t} (a|every|each) day. how many( {t}|) (is that|are that) (in|after) {b} days?", "one box (has|contains) {a} {t}. how many {t} (are in|do) {b} boxes( have|)?"],
                       ["{n} fills {b} crates, each takes {a} {t}. how many {t} are needed?"]),
    "division": (["{n} (shares|divides|splits) {a} {t} (equally |)(among|between) {b} (friends|children|people). how many( {t}|) does each( one| child| friend| person|) get?", "{a} {t} are (packed|put) into {b} (boxes|bags)( equally|). how many( {t}|) (are|go) in(to|) each( box| bag|)?", "{b} (friends|children|people) share {a} {t}( equally|). how many( {t}|) does each( one|) get?", "if {a} {t} are (shared|divided) (equally |)(among|between) {b} (children|people|friends), how many does each get?"],
                 ["{n} lays {a} {t} in {b} equal heaps. how many {t} are in a heap?"]),
    "multiply and add": (["{n} has {b} (boxes|bags) with {a} {t} each and {c} (more|extra)( {t}|). how many {t} (are there|does {n} have)( in total| altogether|)?", "{n} buys {b} (packs|bags|boxes) of {a} {t} and " + GET + " {c} more. " + NOW + "?"], ["besides {c} loose {t}, {n} keeps {b} boxes of {a} {t}. how many {t} in all?"]),
    "add and subtract": (["{n} has {a} {t}, " + GET + " {b} more and " + LOSE + " {c}. how many( {t}|) (are left|does {n} have now)?", "(i|I) had {a} {t}. (i|I) got {b} more and then (lost|sold|gave away) {c}. how many( {t}|) (do i have|are left)( now|)?"], ["{n} started with {a} {t}, {b} came in and {c} went out. how many {t} are there?"]),
}


def sentence_case(text):
    out, start = [], True
    for character in text:
        out.append(character.upper() if start else character)
        start = character in ".?" or (start and character == " ")
    return "".join(out).replace(" i ", " I ")


def make(rng, test):
    kind = rng.choices(list(STORIES), (4, 4, 4, 3, 2, 2))[0]
    c = rng.randint(1, 50)
    if kind == "division":
        b = rng.randint(2, 12)
        a = b * rng.randint(1, 40 if b < 10 else 20)
        total, thought = a // b, traces.divide(a, b)
    elif kind.startswith("multipl"):
        a, b = number(rng, 2) + 2, rng.randint(2, 12)
        total, thought = a * b, traces.multiply(a, b)
        if kind != "multiplication":
            total, thought = total + c, thought + "\n" + traces.add(total, c)
    else:
        a, b = number(rng, 3) + 1, number(rng, 3)
        if kind == "subtraction" and b > a:
            a, b = b, a
        total, thought = (a - b, traces.subtract(a, b)) if kind == "subtraction" else (a + b, traces.add(a, b))
        if kind == "add and subtract":
            c = min(c, total)
            total, thought = total - c, thought + "\n" + traces.subtract(total, c)
    if held(kind, a, b) != test:
        return None
    n, m = rng.sample(NAMES, 2)
    thing = rng.choice(THINGS)
    text = phrase(rng, *STORIES[kind], test).format(a=a, b=b, c=c, n=n, m=m, t=thing)
    return sentence_case(text) if rng.random() < 0.85 else text, thought, f"{total} {thing}", total
