#include "engine/sampling/string_pattern.h"

#include "engine/sampling/pattern_parser.h"
#include "engine/support/error.h"

#include <algorithm>
#include <map>
#include <utility>

namespace ponder::engine {

namespace {

using Nodes = std::vector<std::uint32_t>;

constexpr std::size_t kMostStates = 2'000;
constexpr std::size_t kMostWork = 20'000'000; // steps; about half a second

/// Sets of the graph's nodes become states (Rabin & Scott 1959).
class Determiniser {
public:
    Determiniser(const PatternGraph& graph, std::string_view pattern)
        : graph_(graph), pattern_(pattern), seen_(graph.nodes.size()) {}

    CharacterAutomaton run() {
        numberOf({graph_.start});
        CharacterAutomaton automaton;
        for (std::size_t i = 0; i < sets_.size(); ++i) automaton.states.push_back(stateOf(i));
        return withoutDeadEnds(automaton);
    }

private:
    /// What can be reached without a character, in order. `nodes` may hold some twice.
    Nodes reached(Nodes nodes) {
        Nodes all;
        while (!nodes.empty()) {
            const std::uint32_t id = nodes.back();
            nodes.pop_back();
            if (seen_[id]) continue;
            seen_[id] = true;
            all.push_back(id);
            const PatternGraph::Node& node = graph_.nodes[id];
            work(1 + node.next.size());
            if (node.characters.empty()) nodes.insert(nodes.end(), node.next.begin(), node.next.end());
        }
        for (const std::uint32_t id : all) seen_[id] = false;
        std::erase_if(
            all, [&](std::uint32_t id) { return graph_.nodes[id].characters.empty() && id != graph_.end; });
        std::ranges::sort(all);
        return all;
    }

    std::uint32_t numberOf(Nodes nodes) {
        const auto [entry, isNew] =
            numbers_.try_emplace(reached(std::move(nodes)), static_cast<std::uint32_t>(sets_.size()));
        if (isNew) {
            if (sets_.size() >= kMostStates) refuse();
            sets_.push_back(entry->first);
        }
        return entry->second;
    }

    CharacterAutomaton::State stateOf(std::size_t number) {
        const Nodes set = sets_[number];
        CharacterAutomaton::State state{std::ranges::find(set, graph_.end) != set.end(), {}};
        // Where one of the ranges begins or has ended, the set of nodes that take a character changes.
        std::vector<char32_t> borders;
        for (const std::uint32_t id : set) {
            for (const CharacterRange& range : graph_.nodes[id].characters) {
                borders.push_back(range.first);
                borders.push_back(range.last + 1);
            }
        }
        for (const CharacterRange& range : stringCharacters()) {
            borders.push_back(range.first);
            borders.push_back(range.last + 1);
        }
        std::ranges::sort(borders);
        borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
        for (std::size_t i = 0; i + 1 < borders.size(); ++i) {
            const char32_t first = borders[i];
            const char32_t last = borders[i + 1] - 1;
            if (!contains(stringCharacters(), first)) continue;
            Nodes next;
            for (const std::uint32_t id : set) {
                const PatternGraph::Node& node = graph_.nodes[id];
                work(node.characters.size());
                if (contains(node.characters, first))
                    next.insert(next.end(), node.next.begin(), node.next.end());
            }
            if (next.empty()) continue;
            const std::uint32_t to = numberOf(std::move(next));
            auto& edges = state.edges;
            if (!edges.empty() && edges.back().next == to && edges.back().last + 1 == first)
                edges.back().last = last;
            else
                edges.push_back({first, last, to});
        }
        return state;
    }

    static bool contains(std::span<const CharacterRange> ranges, char32_t character) {
        return std::ranges::any_of(ranges, [&](const CharacterRange& range) {
            return character >= range.first && character <= range.last;
        });
    }

    void work(std::size_t steps) {
        work_ += steps;
        if (work_ > kMostWork) refuse();
    }
    [[noreturn]] void refuse() const {
        throw Error("The pattern \"" + std::string(pattern_) +
                    "\" of the JSON schema is too complex: it needs more than " +
                    std::to_string(kMostStates) +
                    " states. Hold it with \"^\" and \"$\", or use smaller repetitions.");
    }

    const PatternGraph& graph_;
    std::string_view pattern_;
    std::vector<bool> seen_; ///< [node], while they are collected
    std::map<Nodes, std::uint32_t> numbers_;
    std::vector<Nodes> sets_;
    std::size_t work_ = 0;
};

} // namespace

CharacterAutomaton stringsMatching(std::string_view pattern) {
    const PatternGraph graph = parsePattern(pattern);
    return Determiniser(graph, pattern).run();
}

} // namespace ponder::engine
