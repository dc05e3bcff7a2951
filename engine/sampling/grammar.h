#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ponder::engine {

using NodeId = std::uint32_t;
using RuleId = std::uint32_t;

/// A pushdown automaton over bytes, as rules that call each other. A rule is a graph of nodes from its start
/// to kEnd, which returns to whoever called the rule. Built once, then constant.
class Grammar {
public:
    static constexpr NodeId kEnd = 0;
    static constexpr std::uint32_t kUnbounded = 0xFFFFFFFF;
    static constexpr std::size_t kMostNodes = 400'000;
    /// How many bytes ahead `alike` looks.
    static constexpr std::uint32_t kForesight = 16;

    struct ByteRange {
        unsigned char first = 0;
        unsigned char last = 0;
        NodeId next = kEnd;
    };
    enum class Kind {
        End,
        Bytes,  ///< one byte of any of the ranges; they may overlap
        Split,  ///< any of the branches, without a byte
        Call,   ///< what the rule takes, then `next`
        Repeat, ///< what the rule takes, `least` to `most` times, then `next`
    };
    struct Node {
        Kind kind = Kind::End;
        std::vector<ByteRange> ranges = {};
        std::vector<NodeId> branches = {};
        RuleId rule = 0;
        NodeId next = kEnd;
        std::uint32_t least = 0;
        std::uint32_t most = 0;
        NodeId alike = kEnd; ///< kEnd: none is known
    };

    Grammar();

    /// A rule whose start is set later: rules may call each other in circles. Until then it takes nothing.
    RuleId addRule();
    RuleId addRule(NodeId start);
    void setStart(RuleId rule, NodeId start) { starts_[rule] = start; }
    void setRoot(RuleId rule) { root_ = rule; }

    // Each adds a node. They throw Error beyond kMostNodes: the schema is too large.
    NodeId bytes(std::vector<ByteRange> ranges);
    NodeId split(std::vector<NodeId> branches);
    NodeId call(RuleId rule, NodeId next);
    /// Requires: the rule takes at least one byte.
    NodeId repeat(RuleId rule, std::uint32_t least, std::uint32_t most, NodeId next);
    /// Exactly these bytes.
    NodeId literal(std::string_view text, NodeId next);
    /// A node that leads nowhere.
    NodeId nothing() { return split({}); }

    /// Says that `node` takes what `other` takes, as far as kForesight bytes within their rules can tell.
    void setAlike(NodeId node, NodeId other) { nodes_[node].alike = other; }

    /// Takes out every way that can never come to an end, so that whoever follows the rest always can.
    /// False: the root itself is such a way.
    bool prune();
    /// Does a rule call itself before it has taken a byte?
    bool callsItselfAtOnce() const;

    const Node& node(NodeId id) const { return nodes_[id]; }
    NodeId start(RuleId rule) const { return starts_[rule]; }
    RuleId root() const { return root_; }

private:
    NodeId add(Node node);
    std::vector<bool> finishableNodes() const;
    bool finishable(const Node& node, const std::vector<bool>& known) const;
    std::vector<bool> emptyRules() const;
    std::vector<RuleId> calledAtOnce(RuleId rule, const std::vector<bool>& empty) const;

    std::vector<Node> nodes_;
    std::vector<NodeId> starts_; ///< [rule]
    RuleId root_ = 0;
};

} // namespace ponder::engine
