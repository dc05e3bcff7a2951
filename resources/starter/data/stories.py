"""Simple word problems of one or two steps."""
from . import traces
from .phrasing import WORDS, held, number, phrase

NAMES = "Anna Ben Carla David Emma Felix Grace Hugo Iris Jonas Karim Lena Mia Noah Olga Paul Rosa Sam Tara Yusuf Tom Sarah Peter Lisa Mark Julia Omar Nina Leo Ella John Mary Alice Bob Maria Jack Lucy Max Sophie Ali".split()
THINGS = ("apples marbles books coins stamps pencils eggs oranges cards shells stickers buttons cookies tickets flowers candies balls pens bananas pears toys cups plates chairs bottles stones lemons cakes roses fish "
          "cars keys boxes nuts beads letters photos songs tomatoes potatoes sweets birds dogs cats horses sheep trees").split()
GET = "(gets|buys|finds|receives|is given|picks up|wins|collects)"
LOSE = "(gives away|loses|sells|gives {m}|throws away|uses|lends {m})"
NOW = "how many( {t}|) (does {n} have (now|in total|altogether|)|are there( now|))"
STORIES = {
    "addition": (["{n} has {a} {t}( and|. {n}|. Then {n}) " + GET + " {b} more( {t}|). " + NOW + "?", "there are {a} {t} (in|on) (one|the first) (box|shelf|basket|room|table) and {b} (in|on) (another|the (second|other))( one|). how many {t} are there (in all|in total|altogether)?", "(i|I) have {a} {t} and (buy|get|find) {b} more. how many( {t}|) do i have( now|)?",
                  "{n} has {a} {t} and {m} has {b}( {t}|). how many {t} do they have (together|in all|in total|altogether)?", "{n} (reads|counts|sees|collects) {a} {t} on (Monday|Saturday) and {b}( {t}|) on (Tuesday|Sunday). how many( {t}|) (is that|are that) (in all|in total|altogether)?", "a shop sold {a} {t} (yesterday|in the morning) and {b} (today|in the afternoon). how many {t} did it sell( in total|)?", "if {n} has {a} {t} and " + GET + " {b} more, " + NOW + "?",
                    "{n} (keeps|owns|holds|carries|has got|brings|orders) {a} {t}( in a {u}|). (later|then|after that|the next day|at the {u}) {b} (more |)(are added|follow|come|are delivered|appear|join them). (" + NOW + "|how many {t} is that?)", "(a|the|one) {u} has {a} {t}( and|,) (a|the|another) {u} has {b}( {t}|). how many {t} (have they|are there|is that|do they hold) (together|in all|in total|altogether)?", "{a} {t} (stand|lie|are|wait|live) (in|on|at|near) the {u}. {b} (more |)(come|are added|arrive soon|are put there|follow). how many( {t}|) (are there|are that|is it)( now| then| in the end|)?", "{n} {u} {a} {t} and {m} {u} {b}( {t}|). how many {t} (together|in all|in total|altogether|is that together|do both have)?", "(on|in) the {u} (are|lie) {a} {t}, (on|in) the {v} (are|lie) {b}. how many {t} (are there |)(together|in all|in total|altogether)?", "{n} (makes|bakes|draws|plants|washes) {a} {t} in the morning and {b} in the evening. how many {t} (in all|are that|is that)?", "(first|at first|in the beginning) (there are|{n} has) {a} {t}, then {b} (more |)(come|are added|{u}). how many( {t}|)( in the end| now| at last)?", "{n} (got|received|found|bought) {a} {t} from {m} and {b} from (a {u}|the {u}|home). how many {t} (does {n} have|are that|is it)( altogether| now|)?", "how many {t} (does {n} have|are there) (with|if there are|when there are) {a} (in|on) the {u} and {b} (in|on) the {v}?"],
                 ["a farmer has {a} {t} and then {b} more arrive. how many {t} has the farmer got?", "{n} owned {a} {t}. for a birthday came {b} more. " + NOW + "?"]),
    "subtraction": (["{n} has {a} {t} and " + LOSE + " {b}( of them|). how many( {t}|) (are left|does {n} have left|does {n} still have|remain)?", "(i|I) had {a} {t} and (lost|sold|gave away|used) {b}( of them|). how many( {t}|) (are left|do i have left|remain|do i still have)?", "there (were|are) {a} {t}( in a shop| in the box|). {b} (were|are) (sold|taken|broken|given away). how many( {t}|) (are left|remain)?",
                     "{n} has {a} {t} and {m} has {b}( {t}|). how many more( {t}|) does {n} have than {m}?", "{n} (needs|wants) {a} {t} and (already |)has {b}. how many( {t}|) (are missing|does {n} still need)?", "if {n} has {a} {t} and " + LOSE + " {b}, how many( {t}|) are left?",
                    "{n} (keeps|owns|holds|carries|has got|brings|had|takes) {a} {t}. {b} (of them |)(are|were|get|got) (eaten|stolen|lost|burnt|given to {m}|sold to a {u}|thrown out|damaged|used up|spent). how many( {t}|) (are left|remain|does {n} keep|does {n} still have|are still there|survive)?", "(of|from) {a} {t}(,|) {n} (eats|sells|loses|burns|uses|gives {m}|spends|drops) {b}. how many( {t}|) (remain|are left|does {n} keep|are still there|has {n} left)?", "{a} {t} (stand|lie|are|wait|live) (in|on|at|near) the {u}. {b} (leave|are taken|go away|disappear|fall down|run away). how many( {t}|) (are left|remain|are still there|stay)?", "{n} (wanted|ordered|planned|expected) {a} {t} (but|and) (got|received|finds) only {b}. how many( {t}|) are missing?", "{n} had {a} {t}(,| and) {b} (broke|went bad|were {u}|are gone|vanished). how many (good |)( {t}|) (are left|remain|are there now|does {n} have)?", "(a|the) {u} has {a} {t}, (a|the) {v} (only |){b}. how many more( {t}|) has the {u}?", "after {n} (gave {m}|sold|lost|ate|used) {b} of {a} {t}, how many( {t}|) (are left|remain|were left|did {n} keep)?", "{b} of (the |){n}'s {a} {t} are (gone|sold|broken|red|old). how many( {t}|) are (left|not|still there|still whole)?", "{n} (hands|gives|passes|sends) {b} of {a} {t} to {m}. how many( {t}|) (does {n} keep|are left|remain|stay)?"],
                    ["out of {a} {t}, {n} hands over {b}. how many {t} stay with {n}?", "{n} started with {a} {t} and {b} got broken. how many {t} are still fine?"]),
    "multiplication": (["{n} buys {b} (bags|boxes|packs) (with|of) {a} {t} each. how many {t} (is that|are there)( in all|)?", "there are {b} (boxes|bags|baskets|rows|shelves) (of|with) {a} {t}( each| in each|). how many {t} (are there|is that) (in total|in all|altogether)?", "if one (shelf|box|bag) holds {a} {t}, how many( {t}|) do {b} (of them|shelves|boxes|bags) hold?", "each of {b} (children|people|friends|students) has {a} {t}. how many {t} (do they have|are there) (in total|together|altogether)?",
                        "{n} (paints|sells|makes|collects) {a} {t} (a|every|each) day. how many( {t}|) (is that|are that) (in|after) {b} days?", "one box (has|contains) {a} {t}. how many {t} (are in|do) {b} boxes( have|)?",
                    "{n} (has|owns|packs|carries|brings|orders|makes|loads|builds) {b} {u}s(,| and) each (has|holds|contains|with|takes|carries|gets|needs) {a} {t}. how many {t} (are there|is that|are needed|does {n} have|in all|in total)?", "(every|each|one|a) {u} (has|holds|contains|needs|carries|takes|costs) {a} {t}. how many {t} (do|would|are in|for) {b} {u}s( hold| need| have|)?", "{b} {u}s (hold|have|carry|need|take) {a} {t} each. how many {t} (is that|are there|do they hold)( in all| together| in total|)?", "{n} (packs|puts|lays|places) {a} {t} (in|into|on) each of {b} {u}s. how many {t} (is that|are needed|does {n} need|are there)( in all|)?", "{b} (times|days|weeks) {n} (gets|buys|finds|brings|makes) {a} {t}. how many {t} (in all|is that|are there)?", "(in|on) (every|each) of {b} {u}s (are|lie|stand|sit) {a} {t}. how many {t} are there( in all| together| altogether|)?", "there are {b} {u}s, (each|every one) with {a} {t}. how many {t} (is that|in all|are there together)?", "{n} needs {a} {t} (per|for each|for every|for one) {u}. how many {t} (are needed |does {n} need |)for {b} {u}s?", "how many {t} are (in|on) {b} {u}s (of|with) {a}( {t}| each|)?"],
                       ["{n} fills {b} crates, each takes {a} {t}. how many {t} are needed?"]),
    "division": (["{n} (shares|divides|splits) {a} {t} (equally |)(among|between) {b} (friends|children|people). how many( {t}|) does each( one| child| friend| person|) get?", "{a} {t} are (packed|put) into {b} (boxes|bags)( equally|). how many( {t}|) (are|go) in(to|) each( box| bag|)?", "{b} (friends|children|people) share {a} {t}( equally|). how many( {t}|) does each( one|) get?", "if {a} {t} are (shared|divided) (equally |)(among|between) {b} (children|people|friends), how many does each get?",
                    "{n} (puts|packs|places|sorts|arranges|plants|hangs|stacks|sets|deals|hands out) {a} {t} (in|into|on|to|over) {b} (equal |)(piles|groups|stacks|{u}s|rows|bowls)( equally|). how many {t} (are in|go in|are on|does) (each|one|every)( pile| group| {u}| get|)?", "{n} (makes|forms|builds|fills) {b} equal (piles|groups|rows|{u}s|stacks) (of|from|out of|with) {a} {t}. how many {t} (are in|has|go in) (each|one|every)( pile| group| {u}|)?", "{b} {u}s (get|receive|have|split|hold|carry) {a} {t} (in equal parts|equally|together, each the same). how many( {t}|) (are that for each|for each|does each have|for one)?", "{a} {t} (are |)(split|shared|parted|distributed|spread) (equally |evenly |)(over|among|between|to) {b} {u}s. how many( {t}|) (are in|does|for|has) (each|one)( {u}| get|)?", "how many {t} (does each|does one|gets each) of {b} {u}s (get|receive|have)? there are {a} {t}(, shared equally| in all|)", "each of {b} {u}s gets the same (share|number|part) of {a} {t}. how (many|large is the share)( {t}| is that|)?", "{n} (cuts|splits|breaks|parts) {a} {t} into {b} (equal parts|equal groups|equal {u}s). how many {t} (per|in each|in one|in every) (part|group|{u})?"],
                 ["{n} lays {a} {t} in {b} equal heaps. how many {t} are in a heap?"]),
    "multiply and add": (["{n} has {b} (boxes|bags) with {a} {t} each and {c} (more|extra)( {t}|). how many {t} (are there|does {n} have)( in total| altogether|)?", "{n} buys {b} (packs|bags|boxes) of {a} {t} and " + GET + " {c} more. " + NOW + "?",
                    "{n} has {b} {u}s (of|with) {a} {t}( each|) (and|plus|as well as|and also) {c} (single|loose|extra|other|more) {t}. how many {t} (are there|is that|does {n} have|in all)( in total| altogether|)?", "there are {c} {t} (on the table|in a {u}|outside) and {b} {v}s with {a} {t} each. how many {t} (are there|is that)( in all| altogether|)?", "{n} (buys|packs|fills|carries) {b} {u}s with {a} {t} each. (then|later|afterwards) {c} (more |)( {t} |)(are added|come|follow). " + NOW + "?", "{c} {t} (are|lie) (there|in the {u}) already. {n} brings {b} {v}s of {a} {t}. " + NOW + "?", "(apart from|next to|in addition to|together with) {c} (single |)( {t}|), {n} (has|owns|carries) {b} {u}s (of|with) {a} {t}. how many {t} (does {n} have|is that|are there)( in all| in total| altogether|)?", "{b} {u}s hold {a} {t} each(, and|. also) {c} {t} (are|lie) on the floor. how many {t} (in all|altogether|are there)?"], ["besides {c} loose {t}, {n} keeps {b} boxes of {a} {t}. how many {t} in all?"]),
    "add and subtract": (["{n} has {a} {t}, " + GET + " {b} more and " + LOSE + " {c}. how many( {t}|) (are left|does {n} have now)?", "(i|I) had {a} {t}. (i|I) got {b} more and then (lost|sold|gave away) {c}. how many( {t}|) (do i have|are left)( now|)?",
                    "{n} has {a} {t}. {b} (more |)(come|are added|arrive|follow|are delivered) and (then |)(later |){c} (leave|are sold|are lost|are taken|go away|break). how many( {t}|) (are left|remain|are there|does {n} have)( now| in the end|)?", "(in|on|at) the {u} (are|were) {a} {t}. {b} (came|were added|joined) and {c} (left|were taken|disappeared). how many( {t}|) (are left|remain|are there|stay)( now| in the end|)?", "{n} (begins|starts) with {a} {t}, (gets|buys|finds|takes) {b}( more|) and (gives|sells|loses|drops) {c}( away|). how many {t} (remain|are there|does {n} have|are left)( now| in the end|)?"], ["{n} started with {a} {t}, {b} came in and {c} went out. how many {t} are there?"]),
}


def sentence_case(text):
    out, start = [], True
    for character in text:
        out.append(character.upper() if start else character)
        start = character in ".?" or (start and character == " ")
    return "".join(out).replace(" i ", " I ")


def make(rng, test):
    kind = rng.choices(list(STORIES), (4, 4, 4, 3, 3, 2))[0]
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
    u, v = rng.sample(WORDS, 2)
    if not test and rng.random() < 0.3:
        n, thing = rng.choice([n, rng.choice(WORDS).capitalize()]), rng.choice(WORDS) + "s"
    text = phrase(rng, *STORIES[kind], test).format(a=a, b=b, c=c, n=n, m=m, t=thing, u=u, v=v)
    if not test and rng.random() < 0.15:
        text = rng.choice(["it is {u}. ", "{n} likes {t}. ", "{n} lives near the {u}. ", "{n} is {v} today. ", "this is about {n}. ", "the {u} is {v}. ", "{n} and {m} meet. "]).format(n=n, m=m, t=thing, u=u, v=v) + text
    return sentence_case(text) if rng.random() < 0.85 else text, thought, f"{total} {thing}", total
