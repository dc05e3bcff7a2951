#include "engine/sampling/character_automaton.h"

#include "engine/support/error.h"

#include <algorithm>
#include <map>
#include <utility>

namespace ponder::engine {

namespace {

using Edge = CharacterAutomaton::Edge;
using State = CharacterAutomaton::State;

constexpr CharacterRange kStringCharacters[] = {
    {0x08, 0x0A}, {0x0C, 0x0D}, {0x20, 0xD7FF}, {0xE000, 0x10FFFF}};

std::vector<Edge> anyCharacterTo(std::uint32_t next) {
    std::vector<Edge> edges;
    for (const CharacterRange& range : kStringCharacters) edges.push_back({range.first, range.last, next});
    return edges;
}

void requireSize(std::size_t states) {
    if (states <= CharacterAutomaton::kMostStates) return;
    throw Error("A string of the JSON schema is too complex: its pattern, format and length together need "
                "more than " +
                std::to_string(CharacterAutomaton::kMostStates) +
                " states. Shorten the pattern or its repetitions, or leave the length out.");
}

std::u32string decoded(std::string_view text) {
    std::u32string characters;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t character = length == 1 ? lead : lead & (0x7Fu >> length);
        for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
            character = character << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
        characters += character;
        i += length;
    }
    return characters;
}

} // namespace

std::span<const CharacterRange> stringCharacters() {
    return kStringCharacters;
}

CharacterAutomaton stringsOfLength(std::uint32_t least, std::optional<std::uint32_t> most) {
    if (most && *most < least) return {};
    const std::uint32_t last = most.value_or(least);
    requireSize(std::size_t{last} + 1);
    CharacterAutomaton automaton;
    automaton.states.resize(std::size_t{last} + 1);
    for (std::uint32_t length = 0; length <= last; ++length) {
        State& state = automaton.states[length];
        state.accepts = length >= least;
        if (length < last)
            state.edges = anyCharacterTo(length + 1);
        else if (!most)
            state.edges = anyCharacterTo(last);
    }
    return automaton;
}

CharacterAutomaton stringsBut(std::span<const std::string> excluded) {
    CharacterAutomaton automaton{{State{true, {}}, State{true, anyCharacterTo(1)}}};
    auto& states = automaton.states;
    // A tree of the excluded strings; whatever leaves it goes to the second state and stays there.
    std::vector<std::map<char32_t, std::uint32_t>> children(2);
    for (const std::string& text : excluded) {
        std::uint32_t at = 0;
        for (const char32_t character : decoded(text)) {
            const auto fresh = static_cast<std::uint32_t>(states.size());
            const auto [child, isNew] = children[at].try_emplace(character, fresh);
            at = child->second;
            if (!isNew) continue;
            states.push_back({true, {}});
            children.emplace_back();
            requireSize(states.size());
        }
        states[at].accepts = false;
    }
    for (std::uint32_t at = 0; at < states.size(); ++at) {
        if (at == 1) continue;
        for (const CharacterRange& range : kStringCharacters) {
            char32_t begin = range.first;
            for (auto child = children[at].lower_bound(range.first);
                 child != children[at].end() && child->first <= range.last; ++child) {
                if (child->first > begin) states[at].edges.push_back({begin, child->first - 1, 1});
                states[at].edges.push_back({child->first, child->first, child->second});
                begin = child->first + 1;
            }
            if (begin <= range.last) states[at].edges.push_back({begin, range.last, 1});
        }
    }
    return automaton;
}

CharacterAutomaton bothOf(const CharacterAutomaton& a, const CharacterAutomaton& b) {
    if (a.states.empty() || b.states.empty()) return {};
    CharacterAutomaton both;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> numbers;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    const auto numberOf = [&](std::uint32_t first, std::uint32_t second) {
        const auto [entry, isNew] =
            numbers.try_emplace({first, second}, static_cast<std::uint32_t>(pairs.size()));
        if (isNew) {
            pairs.emplace_back(first, second);
            requireSize(pairs.size());
        }
        return entry->second;
    };
    numberOf(0, 0);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const State& first = a.states[pairs[i].first];
        const State& second = b.states[pairs[i].second];
        State state{first.accepts && second.accepts, {}};
        for (std::size_t x = 0, y = 0; x < first.edges.size() && y < second.edges.size();) {
            const Edge& left = first.edges[x];
            const Edge& right = second.edges[y];
            const char32_t begin = std::max(left.first, right.first);
            const char32_t end = std::min(left.last, right.last);
            if (begin <= end) state.edges.push_back({begin, end, numberOf(left.next, right.next)});
            left.last < right.last ? ++x : ++y;
        }
        both.states.push_back(std::move(state));
    }
    return withoutDeadEnds(both);
}

std::vector<std::uint32_t> alikeStates(const CharacterAutomaton& automaton, std::uint32_t characters) {
    // Round by round, states stay together whose edges lead to states that are together (Moore 1956).
    std::vector<std::uint32_t> first(automaton.states.size(), 0);
    for (std::uint32_t round = 0; round < characters; ++round) {
        std::map<std::vector<std::uint32_t>, std::uint32_t> known;
        std::vector<std::uint32_t> next(first.size());
        for (std::uint32_t i = 0; i < first.size(); ++i) {
            std::vector<std::uint32_t> key{first[i], automaton.states[i].accepts ? 1u : 0u};
            for (const Edge& edge : automaton.states[i].edges)
                key.insert(key.end(), {edge.first, edge.last, first[edge.next]});
            next[i] = known.try_emplace(std::move(key), i).first->second;
        }
        if (next == first) break;
        first = std::move(next);
    }
    return first;
}

CharacterAutomaton withoutDeadEnds(const CharacterAutomaton& automaton) {
    const auto& states = automaton.states;
    std::vector<std::vector<std::uint32_t>> before(states.size());
    std::vector<bool> ends(states.size());
    std::vector<std::uint32_t> open;
    for (std::uint32_t i = 0; i < states.size(); ++i) {
        for (const Edge& edge : states[i].edges) before[edge.next].push_back(i);
        if (!states[i].accepts) continue;
        ends[i] = true;
        open.push_back(i);
    }
    while (!open.empty()) {
        const std::uint32_t at = open.back();
        open.pop_back();
        for (const std::uint32_t each : before[at]) {
            if (ends[each]) continue;
            ends[each] = true;
            open.push_back(each);
        }
    }
    if (states.empty() || !ends[0]) return {};
    std::vector<std::uint32_t> numbers(states.size());
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (ends[i]) numbers[i] = count++;
    }
    CharacterAutomaton kept;
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (!ends[i]) continue;
        State state{states[i].accepts, {}};
        for (const Edge& edge : states[i].edges) {
            if (ends[edge.next]) state.edges.push_back({edge.first, edge.last, numbers[edge.next]});
        }
        kept.states.push_back(std::move(state));
    }
    return kept;
}

} // namespace ponder::engine
