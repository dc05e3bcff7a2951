#include "engine/sampling/json_rules.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ponder::engine {

namespace {

using Ranges = std::vector<Grammar::ByteRange>;

constexpr int kMostBlanks = 40;
constexpr int kMostTabs = 10;
constexpr std::uint32_t kMostWholeDigits = 15;
constexpr std::uint32_t kMostFractionDigits = 17;
constexpr std::uint32_t kMostExponentDigits = 2;

/// `\n` and the like; 0 where there is none.
char shortEscape(char32_t character) {
    switch (character) {
    case '\b':
        return 'b';
    case '\t':
        return 't';
    case '\n':
        return 'n';
    case '\f':
        return 'f';
    case '\r':
        return 'r';
    case '"':
    case '\\':
        return static_cast<char>(character);
    default:
        return 0;
    }
}

unsigned char byteOf(char32_t value) {
    return static_cast<unsigned char>(value);
}

} // namespace

NodeId JsonRules::space(NodeId next) {
    if (!space_) {
        const auto upTo = [&](unsigned char byte, int most) {
            NodeId node = Grammar::kEnd;
            for (int i = 0; i < most; ++i)
                node = grammar_.split({Grammar::kEnd, grammar_.bytes({{byte, byte, node}})});
            return node;
        };
        const NodeId indented = grammar_.split({upTo(' ', kMostBlanks), upTo('\t', kMostTabs)});
        const NodeId any = grammar_.bytes({{' ', ' ', Grammar::kEnd}, {'\n', '\n', indented}});
        space_ = grammar_.addRule(grammar_.split({Grammar::kEnd, any}));
    }
    return grammar_.call(*space_, next);
}

NodeId JsonRules::blank(NodeId next) {
    return grammar_.split({next, grammar_.bytes({{' ', ' ', next}})});
}

RuleId JsonRules::digit() {
    if (!digit_) digit_ = grammar_.addRule(grammar_.bytes({{'0', '9', Grammar::kEnd}}));
    return *digit_;
}

NodeId JsonRules::hexadecimal(int digits, NodeId next) {
    for (int i = 0; i < digits; ++i)
        next = grammar_.bytes({{'0', '9', next}, {'A', 'F', next}, {'a', 'f', next}});
    return next;
}

/// Behind a backslash. Half a pair of surrogates is no character: the second has to follow the first.
NodeId JsonRules::escape(NodeId next) {
    const NodeId low = grammar_.bytes({{'C', 'F', hexadecimal(2, next)}, {'c', 'f', hexadecimal(2, next)}});
    const NodeId second = grammar_.literal("\\u", grammar_.bytes({{'D', 'D', low}, {'d', 'd', low}}));
    const NodeId high = hexadecimal(2, second);
    const NodeId three = hexadecimal(3, next);
    const NodeId two = hexadecimal(2, next);
    const NodeId behindD =
        grammar_.bytes({{'0', '7', two}, {'8', '9', high}, {'A', 'B', high}, {'a', 'b', high}});
    const NodeId unicode = grammar_.bytes({{'0', '9', three},
                                           {'A', 'C', three},
                                           {'a', 'c', three},
                                           {'E', 'F', three},
                                           {'e', 'f', three},
                                           {'D', 'D', behindD},
                                           {'d', 'd', behindD}});
    Ranges ranges{{'u', 'u', unicode}};
    for (const char byte : {'"', '\\', '/', 'b', 'f', 'n', 'r', 't'})
        ranges.push_back({byteOf(static_cast<char32_t>(byte)), byteOf(static_cast<char32_t>(byte)), next});
    return grammar_.bytes(std::move(ranges));
}

/// One character of a string in any spelling.
RuleId JsonRules::character() {
    if (!character_) {
        Ranges ranges{{0x20, '"' - 1, Grammar::kEnd},
                      {'"' + 1, '\\' - 1, Grammar::kEnd},
                      {'\\' + 1, 0x7F, Grammar::kEnd},
                      {'\\', '\\', escape(Grammar::kEnd)}};
        addUtf8(0x80, 0xD7FF, Grammar::kEnd, ranges);
        addUtf8(0xE000, 0x10FFFF, Grammar::kEnd, ranges);
        character_ = grammar_.addRule(grammar_.bytes(std::move(ranges)));
    }
    return *character_;
}

NodeId JsonRules::string(std::uint32_t least, std::uint32_t most, NodeId next) {
    // A rule of its own, so that the masks of a text within a string depend on nothing around it.
    const NodeId close = grammar_.literal("\"", Grammar::kEnd);
    const RuleId text = grammar_.addRule(grammar_.repeat(character(), least, most, close));
    return grammar_.literal("\"", grammar_.call(text, next));
}

/// The bytes of all characters from `first` to `last`, none of which is ASCII (Unicode 15, table 3-7): cut
/// where the number of bytes changes, and where the leading bytes do.
void JsonRules::addUtf8(char32_t first, char32_t last, NodeId next, Ranges& ranges) {
    constexpr std::array<char32_t, 3> kLastOfLength{0x7FF, 0xFFFF, 0x10FFFF};
    for (std::size_t length = 2; length <= 4; ++length) {
        const char32_t end = std::min(last, kLastOfLength[length - 2]);
        if (first > end) continue;
        // [begin, stop] share all bytes but those of the lowest `free` places, which take all values.
        for (char32_t begin = first; begin <= end;) {
            std::size_t free = 0;
            while (free + 1 < length) {
                const char32_t size = char32_t{1} << (6 * (free + 1));
                if (begin % size != 0 || end - begin < size - 1) break;
                ++free;
            }
            const char32_t size = char32_t{1} << (6 * free);
            // At the lowest place that is not free, several values in a row may follow the same way.
            const char32_t within = free + 1 < length ? (begin / size) % 64 : 0;
            const char32_t most = free + 1 < length ? 63 - within : (end - begin) / size;
            const char32_t count = std::min<char32_t>(most, (end - begin + 1) / size - 1) + 1;
            NodeId node = next;
            for (std::size_t i = 0; i < free; ++i) node = grammar_.bytes({{0x80, 0xBF, node}});
            for (std::size_t place = free; place + 1 < length; ++place) {
                const char32_t low = 0x80 | (begin >> (6 * place) & 0x3F);
                const char32_t high = place == free ? low + count - 1 : low;
                node = grammar_.bytes({{byteOf(low), byteOf(high), node}});
            }
            const char32_t marks = length == 2 ? 0xC0 : length == 3 ? 0xE0 : 0xF0;
            const char32_t lead = marks | begin >> (6 * (length - 1));
            const char32_t lastLead = free + 1 == length ? lead + count - 1 : lead;
            ranges.push_back({byteOf(lead), byteOf(lastLead), node});
            begin += count * size;
        }
        first = end + 1;
    }
}

/// The bytes of all characters from `first` to `last` within a string, one spelling each.
void JsonRules::addSpelling(char32_t first, char32_t last, NodeId next, Ranges& ranges) {
    for (char32_t begin = first; begin <= std::min<char32_t>(last, 0x7F);) {
        if (const char letter = shortEscape(begin)) {
            const NodeId behind = grammar_.bytes(
                {{byteOf(static_cast<char32_t>(letter)), byteOf(static_cast<char32_t>(letter)), next}});
            ranges.push_back({'\\', '\\', behind});
            ++begin;
            continue;
        }
        char32_t end = begin;
        while (end < std::min<char32_t>(last, 0x7F) && !shortEscape(end + 1)) ++end;
        ranges.push_back({byteOf(begin), byteOf(end), next});
        begin = end + 1;
    }
    if (last > 0x7F) addUtf8(std::max<char32_t>(first, 0x80), last, next, ranges);
}

NodeId JsonRules::string(const CharacterAutomaton& automaton, NodeId next) {
    if (automaton.states.empty()) return grammar_.nothing();
    // States lead to each other in circles: each is a rule whose call is its last deed, which costs no stack.
    std::vector<RuleId> rules;
    for (std::size_t i = 0; i < automaton.states.size(); ++i) rules.push_back(grammar_.addRule());
    for (std::size_t i = 0; i < automaton.states.size(); ++i) {
        const CharacterAutomaton::State& state = automaton.states[i];
        Ranges ranges;
        if (state.accepts) ranges.push_back({'"', '"', Grammar::kEnd});
        for (const CharacterAutomaton::Edge& edge : state.edges)
            addSpelling(edge.first, edge.last, grammar_.call(rules[edge.next], Grammar::kEnd), ranges);
        grammar_.setStart(rules[i], grammar_.bytes(std::move(ranges)));
    }
    // Far from the ends of its length, a string that has to match and be so long is like any that has to
    // match.
    const std::vector<std::uint32_t> alike = alikeStates(automaton, Grammar::kForesight);
    for (std::size_t i = 0; i < rules.size(); ++i)
        grammar_.setAlike(grammar_.start(rules[i]), grammar_.start(rules[alike[i]]));
    return grammar_.literal("\"", grammar_.call(rules.front(), next));
}

NodeId JsonRules::number(NodeId next) {
    const NodeId exponentDigits = grammar_.repeat(digit(), 1, kMostExponentDigits, next);
    const NodeId sign = grammar_.bytes({{'+', '+', exponentDigits}, {'-', '-', exponentDigits}});
    const NodeId behindE = grammar_.split({exponentDigits, sign});
    const NodeId exponent =
        grammar_.split({next, grammar_.bytes({{'E', 'E', behindE}, {'e', 'e', behindE}})});
    const NodeId fraction = grammar_.repeat(digit(), 1, kMostFractionDigits, exponent);
    const NodeId behindWhole = grammar_.split({exponent, grammar_.literal(".", fraction)});
    const NodeId whole = grammar_.repeat(digit(), 0, kMostWholeDigits - 1, behindWhole);
    const NodeId positive = grammar_.bytes({{'0', '0', behindWhole}, {'1', '9', whole}});
    return grammar_.split({positive, grammar_.literal("-", positive)});
}

RuleId JsonRules::value() {
    if (!value_) {
        value_ = grammar_.addRule();
        const NodeId end = Grammar::kEnd;
        grammar_.setStart(
            *value_,
            grammar_.split({grammar_.literal("null", end), grammar_.literal("true", end),
                            grammar_.literal("false", end), number(end), string(0, Grammar::kUnbounded, end),
                            object(*value_, end), array(*value_, 0, Grammar::kUnbounded, end)}));
    }
    return *value_;
}

NodeId JsonRules::object(RuleId rule, NodeId next) {
    const NodeId colon = grammar_.literal(":", blank(grammar_.call(rule, Grammar::kEnd)));
    const NodeId member = string(0, Grammar::kUnbounded, colon);
    const RuleId more = grammar_.addRule(grammar_.literal(",", space(member)));
    const NodeId close = space(grammar_.literal("}", next));
    const NodeId others = grammar_.repeat(more, 0, Grammar::kUnbounded, close);
    const NodeId first = grammar_.call(grammar_.addRule(member), others);
    return grammar_.literal("{", space(grammar_.split({first, grammar_.literal("}", next)})));
}

NodeId JsonRules::array(RuleId rule, std::uint32_t least, std::uint32_t most, NodeId next) {
    const NodeId end = grammar_.literal("]", next);
    std::vector<NodeId> branches;
    if (least == 0) branches.push_back(end);
    if (most > 0) {
        const RuleId more =
            grammar_.addRule(grammar_.literal(",", space(grammar_.call(rule, Grammar::kEnd))));
        const std::uint32_t mostMore = most == Grammar::kUnbounded ? most : most - 1;
        const NodeId others = grammar_.repeat(more, least > 0 ? least - 1 : 0, mostMore, space(end));
        branches.push_back(grammar_.call(rule, others));
    }
    return grammar_.literal("[", space(grammar_.split(std::move(branches))));
}

NodeId JsonRules::oneOf(std::vector<std::string> texts, NodeId next) {
    std::ranges::sort(texts);
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    // A tree of their bytes, from the last text to the first: however many begin alike, one way leads there.
    struct Group {
        std::size_t first = 0;
        std::size_t end = 0;
        std::size_t depth = 0;
        NodeId node = 0;
    };
    const auto build = [&](auto& self, std::size_t first, std::size_t end, std::size_t depth) -> NodeId {
        if (end - first == 1) return grammar_.literal(std::string_view(texts[first]).substr(depth), next);
        std::size_t shared = depth;
        const std::string& low = texts[first];
        const std::string& high = texts[end - 1];
        while (shared < low.size() && shared < high.size() && low[shared] == high[shared]) ++shared;
        Ranges ranges;
        const bool endsHere = low.size() == shared;
        for (std::size_t i = first + (endsHere ? 1 : 0); i < end;) {
            std::size_t behind = i;
            while (behind < end && texts[behind][shared] == texts[i][shared]) ++behind;
            const auto byte = static_cast<unsigned char>(texts[i][shared]);
            ranges.push_back({byte, byte, self(self, i, behind, shared + 1)});
            i = behind;
        }
        NodeId node = grammar_.bytes(std::move(ranges));
        if (endsHere) node = grammar_.split({next, node});
        return grammar_.literal(std::string_view(low).substr(depth, shared - depth), node);
    };
    if (texts.empty()) return grammar_.nothing();
    return build(build, 0, texts.size(), 0);
}

} // namespace ponder::engine
