"""Everything else: the starter says plainly that it is only a starter."""
from .letters import WORDS
from .phrasing import expand, held

THOUGHT = "This is not something I know."
ANSWER = "I am only a small starter model and do not know about that. Please add a larger model for such questions. I can help with sums, sorting and letters."
THING = ("quantum physics|germany|the sea|love|shakespeare|photosynthesis|the french revolution|pasta|football|my job|music|the moon|python|a website|politics|history|dogs|climate change|the universe|good books|japan|computers|the brain|my essay|a holiday|chess|albert einstein|the roman empire|a bicycle|"
         "inflation|black holes|coffee|bread|sleep|friendship|the stock market|vitamins|cats|the president|gravity|dinosaurs|evolution|the weather in paris|world war two|electric cars|machine learning|a good wine|the internet|napoleon|mount everest|the meaning of life|taxes|a headache|my cat|tomatoes|linux|volcanoes").split("|")
OPENERS = ["who (wrote|invented|discovered|painted|won|built|is|was|likes) {x}?", "what is (the capital of|the history of|the colour of|the price of|the meaning of|wrong with|your opinion on|the best|a) {x}?", "(explain|describe|define|summarise|summarize|discuss|review)( to me|) {x}(.| please| in simple words|)", "(tell me|i want to know|talk to me|teach me)( something|) about {x}(.|)", "why (is|are|was|do people like) {x}( so important| so popular| like that|)?", "(write|compose|make|create|draft) (a poem|a story|an essay|a song|a letter|code|a program|an email|a joke|a list|a haiku|a speech|a summary)( about| for| on) {x}(.|)",
           "how (do|can) i (cook|make|build|fix|learn|find|buy|sell|clean|grow|draw|understand|get|use) (a |)({x}|{y})?", "(translate|say) {x} (into|in|to) (french|german|spanish|chinese|italian|latin)(.|)", "what do you (think|know|believe) (of|about) {x}?", "(who|what) (won|happened in|happened to|caused) {x}?", "when (was|did|is) {x}( born| invented| begin| end| over|)?", "(give me|i need) (advice|a recipe|tips|information|ideas|news|facts)( on| about| for) {x}(.|)", "how does {x} work?", "how (old|tall|far|big|expensive|fast|heavy) is {x}?", "(tell me|do you know) a joke( about {x}|)(.|?|)", "(recommend|suggest)( me|) (a|some|a good) (book|film|movie|song|restaurant|game|{x})( about {x}|)(.|)", "where (is|are|can i find|was) {x}?", "(is|are|was) {x} (good|bad|dangerous|healthy|expensive|true|alive|a {y})?",
           "what (happens|happened) (if|when|to) {x}?", "what (is|are) {x}( and {y}|)?", "what('s| is) the (weather|time|date|news|best movie|temperature|score)( like|)( today| now| tomorrow| in {x}|)?", "(can|could) you (write|explain|draw|translate|find|open|search|play|order|book|describe) {x}( for me|)?", "{x}", "{x} {y}", "i (like|love|hate|want|feel|am|need|saw|lost) (my |a |the |)({x}|{y})( today| very much|)(.|)", "(my|the) {x} (is|was|does not work|hurts|broke|makes me sad)(.|, what should i do?|)", "what is the difference between {x} and {y}?", "(does|do|did|will|should) {x} {y}?", "(play|show|find|open|search|draw|google) {x}(.|)", "what (rhymes with|is another word for|is the opposite of|is the plural of) {x}?", "who is the (president|king|author|inventor|ceo|singer|owner) of {x}?",
           "what (year|day|month|country|animal|food|language|song|film) {x}?", "(let us|let's) (talk about|play|discuss) {x}(.|)", "(which|what) {x} (is|has|was|should i buy|do you like)( the best| {y}|)?", "how (do|does|did) {x} {y}?", "why (does|did|do) {x} {y}?", "write (a function|code|a script|a regex) (that|to|for) {x}( in python| in c++|)(.|)", "are there {x} (in|on) {y}?", "i have a question about {x}(.|)", "can {x} {y}?", "{x} or {y}?", "what would you do (with|about) {x}?", "name (three|five|some|a few) {x}(.|)", "pretend (you are|to be) (a|) {x}(.|)"]
UNSEEN = ["is it worth knowing about {x}?", "help me understand {x}", "what makes {x} special?", "in what way does {x} matter?", "i wonder about {x}"]


def make(rng, test):
    while True:
        x, y = (rng.choice(THING) if rng.random() < 0.35 else rng.choice(WORDS) for _ in range(2))
        if rng.random() < 0.15:
            x = rng.choice(WORDS) + " " + x
        opener = rng.choice(UNSEEN) if test and rng.random() < 0.5 else rng.choice(OPENERS)
        text = expand(rng, opener).format(x=x, y=y)
        if (opener in UNSEEN and held("thing", x) == test) or (opener not in UNSEEN and held("refusal", text) == test):
            return text[:1].upper() + text[1:] if rng.random() < 0.7 else text, THOUGHT, ANSWER
