#pragma once

#include "engine/text/jinja/syntax.h"
#include "engine/text/jinja/token_stream.h"

#include <unordered_map>

namespace ponder::engine::jinja {

/// Parses expressions with jinja2's precedence. Every function throws SyntaxFailure.
class ExpressionParser {
public:
    explicit ExpressionParser(TokenStream& tokens) : tokens_(tokens) {}

    enum class Conditionals { Allowed, NotHere };

    /// `a if b else c`, or `a or b` where conditionals are not allowed.
    Expression expression(Conditionals conditionals = Conditionals::Allowed);
    /// The same, or a tuple of them without parentheses. Ends before `endName` too.
    Expression tuple(Conditionals conditionals = Conditionals::Allowed, std::string_view endName = {});
    /// What a `set`, `for` or `with` assigns to.
    enum class Members { Allowed, NotHere };
    Target target(Members members, std::string_view endName = {});
    /// `|a(1)|b`, or `a(1)|b` at the start of a filter block.
    std::vector<FilterUse> filterChain();

    /// Names that a macro knows without declaring them, said since this was last cleared.
    struct SpecialNames {
        bool varargs = false;
        bool kwargs = false;
        bool caller = false;
    };
    SpecialNames specialNames;

    NameId nameId(const std::string& name);
    std::vector<std::string> takeNames() { return std::move(names_); }

    /// A filter or test that does not exist is an error at once, except where it may never be reached: within
    /// an `if`. Marks are positions in the list of such names.
    std::size_t unknownMark() const { return unknown_.size(); }
    /// Names found since `mark` will only fail when they are reached.
    void forgiveUnknown(std::size_t mark);
    /// Names found since `mark` stay errors, whatever stands around them.
    void insistOnUnknown(std::size_t mark);
    void refuseUnknown() const;

    /// One more level of nesting, until it is destroyed.
    class Level {
    public:
        Level(int& depth, int line);
        ~Level() { --depth_; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;

    private:
        int& depth_;
    };

private:
    Expression conditional();
    Expression disjunction();
    Expression conjunction();
    Expression negation();
    Expression comparison();
    Expression sum();
    Expression concatenation();
    Expression product();
    Expression power();
    enum class Filters { Allowed, NotHere };
    Expression unary(Filters filters = Filters::Allowed);
    Expression primary();
    Expression parenthesized();
    Expression listLiteral();
    Expression dictLiteral();
    Expression postfix(Expression object);
    Expression filtered(Expression input);
    Expression attribute(Expression object);
    Expression subscript(Expression object);
    Expression call(Expression callee);
    Expression test(Expression input);
    FilterUse filter();
    ArgumentList arguments();
    Target simpleTarget(Members members);
    bool atTupleEnd(std::string_view endName) const;

    TokenStream& tokens_;
    std::vector<std::string> names_;
    std::unordered_map<std::string, NameId> ids_;
    std::vector<SyntaxFailure> unknown_;
    std::vector<SyntaxFailure> refused_;
    int depth_ = 0;
};

} // namespace ponder::engine::jinja
