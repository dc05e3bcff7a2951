#pragma once

#include "engine/text/jinja/value.h"

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

/// The syntax tree of a template: what the parser builds and the interpreter walks. Plain data, never changed
/// once it is parsed.
namespace ponder::engine::jinja {

struct FilterEntry;
struct TestEntry;
struct Expression;
struct Statement;
// Named, and whole only below: a std::pair of what is not whole yet is no type to clang.
struct DictEntry;
struct ComparedWith;
struct NamedArgument;
using ExpressionPtr = std::unique_ptr<const Expression>;
using Body = std::vector<Statement>;
/// Index into Program::names.
using NameId = std::uint32_t;

struct Literal {
    Value value;
};

struct Name {
    NameId id;
};

struct SequenceLiteral {
    ListKind kind; ///< List or Tuple
    std::vector<Expression> items;
};

struct DictLiteral {
    std::vector<DictEntry> entries;
};

enum class UnaryOperator { Not, Negative, Positive };

struct Unary {
    UnaryOperator kind;
    ExpressionPtr operand;
};

enum class BinaryOperator { Add, Subtract, Multiply, Divide, FloorDivide, Remainder, Power };

struct Binary {
    BinaryOperator kind;
    ExpressionPtr left;
    ExpressionPtr right;
};

struct Logical {
    bool isAnd;
    ExpressionPtr left;
    ExpressionPtr right;
};

enum class Comparison { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, In, NotIn };

struct Compare {
    ExpressionPtr first;
    std::vector<ComparedWith> rest; ///< a < b < c
};

struct Conditional {
    ExpressionPtr test;
    ExpressionPtr then;
    ExpressionPtr otherwise; ///< null: undefined
};

struct Concatenation {
    std::vector<Expression> parts;
};

struct Attribute {
    ExpressionPtr object;
    std::string name;
};

struct Subscript {
    ExpressionPtr object;
    ExpressionPtr key;
};

struct Slice {
    ExpressionPtr object;
    ExpressionPtr start, stop, step; ///< may be null
};

struct ArgumentList {
    std::vector<Expression> positional;
    std::vector<NamedArgument> named;
    ExpressionPtr rest;      ///< *rest
    ExpressionPtr namedRest; ///< **namedRest
};

struct Call {
    ExpressionPtr callee;
    ArgumentList arguments;
};

struct FilterUse {
    ExpressionPtr input; ///< null: what a block wrote, or the result of the filter before
    std::string name;
    const FilterEntry* filter; ///< null: there is none of that name
    ArgumentList arguments;
};

struct TestUse {
    ExpressionPtr input;
    std::string name;
    const TestEntry* test; ///< null: there is none of that name
    ArgumentList arguments;
};

struct Expression {
    int line = 1;
    int depth = 1;
    std::variant<Literal, Name, SequenceLiteral, DictLiteral, Unary, Binary, Logical, Compare, Conditional,
                 Concatenation, Attribute, Subscript, Slice, Call, FilterUse, TestUse>
        node;
};

struct DictEntry {
    Expression key;
    Expression value;
};

struct ComparedWith {
    Comparison kind;
    Expression operand;
};

struct NamedArgument {
    std::string name;
    Expression value;
};

/// What a value is assigned to.
struct Target {
    struct Member {
        NameId object;
        std::string name;
    };
    std::variant<NameId, Member, std::vector<Target>> node;
};

struct Data {
    Value text;
};

struct Print {
    Expression value;
};

struct If {
    std::vector<std::pair<Expression, Body>> branches;
    Body otherwise;
};

struct For {
    Target target;
    Expression iterated;
    ExpressionPtr filter; ///< may be null
    bool recursive = false;
    Body body;
    Body otherwise;
};

struct Set {
    Target target;
    Expression value;
};

struct SetBlock {
    Target target;
    std::vector<FilterUse> filters;
    Body body;
};

struct Parameter {
    NameId name;
    ExpressionPtr fallback; ///< may be null
};

struct Macro {
    std::string name;
    std::vector<Parameter> parameters;
    Body body;
    bool takesRest = false;      ///< its body says varargs
    bool takesNamedRest = false; ///< its body says kwargs
    bool takesCaller = false;    ///< its body says caller
};

struct MacroDefinition {
    NameId name;
    std::shared_ptr<const Macro> macro;
};

struct CallBlock {
    Call call;
    int line = 1;
    std::shared_ptr<const Macro> caller;
};

struct FilterBlock {
    std::vector<FilterUse> filters;
    Body body;
};

struct With {
    std::vector<std::pair<Target, Expression>> variables;
    Body body;
};

/// A body with variables of its own: generation, block.
struct Scoped {
    Body body;
};

enum class LoopJump { Break, Continue };

/// A statement that fails when it is reached.
struct Refusal {
    std::string reason;
};

struct Statement {
    int line = 1;
    std::variant<Data, Print, If, For, Set, SetBlock, MacroDefinition, CallBlock, FilterBlock, With, Scoped,
                 LoopJump, Refusal>
        node;
};

struct Program {
    std::vector<std::string> names; ///< every variable the template speaks of
    Body body;
};

} // namespace ponder::engine::jinja
