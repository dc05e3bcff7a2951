#include "engine/sampling/grammar.h"

#include "engine/support/error.h"

#include <algorithm>
#include <utility>

namespace ponder::engine {

Grammar::Grammar() : nodes_(1) {}

NodeId Grammar::add(Node node) {
    if (nodes_.size() >= kMostNodes)
        throw Error("The JSON schema is too large: more than " + std::to_string(kMostNodes) +
                    " states. Shorten its lists of values, its patterns, or its alternatives.");
    nodes_.push_back(std::move(node));
    return static_cast<NodeId>(nodes_.size() - 1);
}

RuleId Grammar::addRule() {
    return addRule(nothing());
}

RuleId Grammar::addRule(NodeId start) {
    starts_.push_back(start);
    return static_cast<RuleId>(starts_.size() - 1);
}

NodeId Grammar::bytes(std::vector<ByteRange> ranges) {
    return add({.kind = Kind::Bytes, .ranges = std::move(ranges)});
}

NodeId Grammar::split(std::vector<NodeId> branches) {
    return add({.kind = Kind::Split, .branches = std::move(branches)});
}

NodeId Grammar::call(RuleId rule, NodeId next) {
    return add({.kind = Kind::Call, .rule = rule, .next = next});
}

NodeId Grammar::repeat(RuleId rule, std::uint32_t least, std::uint32_t most, NodeId next) {
    if (most < least) return nothing();
    return add({.kind = Kind::Repeat, .rule = rule, .next = next, .least = least, .most = most});
}

NodeId Grammar::literal(std::string_view text, NodeId next) {
    for (std::size_t i = text.size(); i-- > 0;) {
        const auto byte = static_cast<unsigned char>(text[i]);
        next = bytes({{byte, byte, next}});
    }
    return next;
}

bool Grammar::finishable(const Node& node, const std::vector<bool>& known) const {
    switch (node.kind) {
    case Kind::End:
        return true;
    case Kind::Bytes:
        return std::ranges::any_of(node.ranges, [&](const ByteRange& range) { return known[range.next]; });
    case Kind::Split:
        return std::ranges::any_of(node.branches, [&](NodeId branch) { return known[branch]; });
    case Kind::Call:
        return known[starts_[node.rule]] && known[node.next];
    case Kind::Repeat:
        return known[node.next] && (node.least == 0 || known[starts_[node.rule]]);
    }
    return false;
}

/// [node]: can the end of its rule be reached from it? The smallest solution, from the ends backwards.
std::vector<bool> Grammar::finishableNodes() const {
    std::vector<std::vector<NodeId>> dependents(nodes_.size());
    for (NodeId id = 0; id < nodes_.size(); ++id) {
        const Node& node = nodes_[id];
        for (const ByteRange& range : node.ranges) dependents[range.next].push_back(id);
        for (const NodeId branch : node.branches) dependents[branch].push_back(id);
        if (node.kind != Kind::Call && node.kind != Kind::Repeat) continue;
        dependents[node.next].push_back(id);
        dependents[starts_[node.rule]].push_back(id);
    }
    std::vector<bool> known(nodes_.size());
    known[kEnd] = true;
    std::vector<NodeId> open{kEnd};
    while (!open.empty()) {
        const NodeId id = open.back();
        open.pop_back();
        for (const NodeId dependent : dependents[id]) {
            if (known[dependent] || !finishable(nodes_[dependent], known)) continue;
            known[dependent] = true;
            open.push_back(dependent);
        }
    }
    return known;
}

bool Grammar::prune() {
    const std::vector<bool> known = finishableNodes();
    for (Node& node : nodes_) {
        std::erase_if(node.ranges, [&](const ByteRange& range) { return !known[range.next]; });
        std::erase_if(node.branches, [&](NodeId branch) { return !known[branch]; });
        // Requires: least is 0, or the node could not be finished and nothing leads to it any more.
        if (node.kind == Kind::Repeat && !known[starts_[node.rule]]) node.most = 0;
    }
    return known[starts_[root_]];
}

/// [rule]: can it return without having taken a byte?
std::vector<bool> Grammar::emptyRules() const {
    std::vector<bool> empty(starts_.size());
    for (bool grown = true; grown;) {
        grown = false;
        for (RuleId rule = 0; rule < starts_.size(); ++rule) {
            if (empty[rule]) continue;
            std::vector<NodeId> open{starts_[rule]};
            std::vector<NodeId> seen;
            while (!open.empty() && !empty[rule]) {
                const NodeId id = open.back();
                open.pop_back();
                if (std::ranges::find(seen, id) != seen.end()) continue;
                seen.push_back(id);
                const Node& node = nodes_[id];
                if (node.kind == Kind::End) empty[rule] = grown = true;
                if (node.kind == Kind::Split)
                    open.insert(open.end(), node.branches.begin(), node.branches.end());
                if (node.kind == Kind::Call && empty[node.rule]) open.push_back(node.next);
                if (node.kind == Kind::Repeat && node.least == 0) open.push_back(node.next);
            }
        }
    }
    return empty;
}

std::vector<RuleId> Grammar::calledAtOnce(RuleId rule, const std::vector<bool>& empty) const {
    std::vector<RuleId> called;
    std::vector<NodeId> open{starts_[rule]};
    std::vector<NodeId> seen;
    while (!open.empty()) {
        const NodeId id = open.back();
        open.pop_back();
        if (std::ranges::find(seen, id) != seen.end()) continue;
        seen.push_back(id);
        const Node& node = nodes_[id];
        open.insert(open.end(), node.branches.begin(), node.branches.end());
        if (node.kind == Kind::Call || node.kind == Kind::Repeat) {
            called.push_back(node.rule);
            if (empty[node.rule] || (node.kind == Kind::Repeat && node.least == 0)) open.push_back(node.next);
        }
    }
    return called;
}

bool Grammar::callsItselfAtOnce() const {
    enum class Visit : unsigned char { Never, Open, Done };
    const std::vector<bool> empty = emptyRules();
    std::vector<Visit> visits(starts_.size());
    struct Step {
        RuleId rule = 0;
        std::vector<RuleId> called = {};
    };
    for (RuleId first = 0; first < starts_.size(); ++first) {
        if (visits[first] != Visit::Never) continue;
        std::vector<Step> path;
        const auto enter = [&](RuleId rule) {
            visits[rule] = Visit::Open;
            path.push_back({rule, calledAtOnce(rule, empty)});
        };
        enter(first);
        while (!path.empty()) {
            if (path.back().called.empty()) {
                visits[path.back().rule] = Visit::Done;
                path.pop_back();
                continue;
            }
            const RuleId next = path.back().called.back();
            path.back().called.pop_back();
            if (visits[next] == Visit::Open) return true;
            if (visits[next] == Visit::Never) enter(next);
        }
    }
    return false;
}

} // namespace ponder::engine
