#pragma once

#include "engine/sampling/character_automaton.h"
#include "engine/sampling/grammar.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// The parts every JSON text is made of (RFC 8259), as rules of a grammar; each is made when it is first
/// asked for. Narrower than JSON where a model could run away: white space is a blank, or a line break and at
/// most 40 blanks or 10 tabs; numbers have at most 15 digits before and 17 behind the point and an exponent
/// of two, so that every reader takes them. Numbers of an integer have at most 18 digits.
class JsonRules {
public:
    explicit JsonRules(Grammar& grammar) : grammar_(grammar) {}

    /// White space between two parts, possibly none.
    NodeId space(NodeId next);
    /// A blank, or none.
    NodeId blank(NodeId next);
    /// A string of so many characters, in any spelling, quotes included. A character beyond U+FFFF counts
    /// once.
    NodeId string(std::uint32_t least, std::uint32_t most, NodeId next);
    /// A string of the automaton's, quotes included, each character in one spelling: as itself where it can.
    NodeId string(const CharacterAutomaton& automaton, NodeId next);
    NodeId number(NodeId next);
    /// Any value.
    RuleId value();
    /// An object whose further members have any name, and `rule` for a value.
    NodeId object(RuleId rule, NodeId next);
    /// `least` to `most` values of a rule, with commas between them, brackets included.
    NodeId array(RuleId rule, std::uint32_t least, std::uint32_t most, NodeId next);
    /// One of the texts.
    NodeId oneOf(std::vector<std::string> texts, NodeId next);

private:
    RuleId digit();
    RuleId character();
    NodeId escape(NodeId next);
    NodeId hexadecimal(int digits, NodeId next);
    void addSpelling(char32_t first, char32_t last, NodeId next, std::vector<Grammar::ByteRange>& ranges);
    void addUtf8(char32_t first, char32_t last, NodeId next, std::vector<Grammar::ByteRange>& ranges);

    Grammar& grammar_;
    std::optional<RuleId> space_;
    std::optional<RuleId> digit_;
    std::optional<RuleId> character_;
    std::optional<RuleId> value_;
};

} // namespace ponder::engine
