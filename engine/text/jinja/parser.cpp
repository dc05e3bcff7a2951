#include "engine/text/jinja/parser.h"

#include "engine/text/jinja/expression_parser.h"
#include "engine/text/jinja/lexer.h"

#include <algorithm>
#include <initializer_list>

namespace ponder::engine::jinja {

namespace {

using Level = ExpressionParser::Level;
using Conditionals = ExpressionParser::Conditionals;
using Members = ExpressionParser::Members;

Value dataText(std::string text) {
    String string{.text = Text(std::move(text), Origin::Markup), .charge = {}};
    string.characters = countCharacters(string.text.bytes());
    return StringRef(std::make_shared<String>(std::move(string)));
}

class Parser {
public:
    explicit Parser(std::string_view source) : tokens_(tokenize(source)), expressions_(tokens_) {}

    Program run() {
        Program program;
        program.body = body({});
        expressions_.refuseUnknown();
        program.names = expressions_.takeNames();
        return program;
    }

private:
    using EndNames = std::initializer_list<std::string_view>;

    /// Statements up to a tag of one of these names, at which the tokens then stand; to the end if there are
    /// none.
    Body body(EndNames ends) {
        const Level level(depth_, tokens_.current().line);
        Body statements;
        while (!tokens_.at(TokenType::End)) {
            const int line = tokens_.current().line;
            if (tokens_.at(TokenType::Data)) {
                statements.push_back({line, Data{dataText(tokens_.take().text)}});
            } else if (tokens_.at(TokenType::VariableBegin)) {
                tokens_.take();
                statements.push_back({line, Print{expressions_.tuple()}});
                tokens_.expect(TokenType::VariableEnd, "\"}}\"");
            } else {
                tokens_.expect(TokenType::BlockBegin, "a tag");
                if (std::any_of(ends.begin(), ends.end(), [&](auto name) { return tokens_.atName(name); })) {
                    return statements;
                }
                statement(statements);
                tokens_.expect(TokenType::BlockEnd, "\"%}\"");
            }
        }
        if (ends.size() != 0) {
            throw SyntaxFailure(tokens_.current().line,
                                "the template ends before {% " + std::string(*(ends.end() - 1)) + " %}");
        }
        return statements;
    }

    /// The rest of an opening tag, and the body behind it.
    Body bodyBehindTag(EndNames ends) {
        tokens_.skipOperator(":");
        tokens_.expect(TokenType::BlockEnd, "\"%}\"");
        return body(ends);
    }

    /// The same, up to and with the closing tag's name.
    Body closedBody(std::string_view end) {
        Body statements = bodyBehindTag({end});
        tokens_.take();
        return statements;
    }

    void statement(Body& statements) {
        const Token tag = tokens_.expect(TokenType::Name, "the name of a tag");
        const auto add = [&](auto node) { statements.push_back({tag.line, std::move(node)}); };
        if (tag.text == "if") return add(ifStatement());
        if (tag.text == "for") return add(forStatement());
        if (tag.text == "set") return setStatement(statements, tag.line);
        if (tag.text == "macro") return add(macro());
        if (tag.text == "call") return add(callBlock(tag.line));
        if (tag.text == "filter") return add(filterBlock());
        if (tag.text == "with") return add(with());
        if (tag.text == "generation") return add(Scoped{hardBody("endgeneration")});
        if (tag.text == "block") return add(block());
        if (tag.text == "break" || tag.text == "continue") return add(loopJump(tag));
        if (tag.text == "print") return printStatement(statements, tag.line);
        if (tag.text == "include" || tag.text == "import" || tag.text == "from" || tag.text == "extends") {
            return add(otherTemplate(tag.text));
        }
        throw SyntaxFailure(tag.line, "the tag \"" + tag.text.substr(0, 60) +
                                          "\" is not known or stands in the wrong place");
    }

    /// A body that forms a scope of its own: within it, an `if` around it makes no difference.
    template <typename Read>
    auto hard(Read read) {
        const std::size_t mark = expressions_.unknownMark();
        auto result = read();
        expressions_.insistOnUnknown(mark);
        return result;
    }

    Body hardBody(std::string_view end) {
        return hard([&] { return closedBody(end); });
    }

    If ifStatement() {
        const std::size_t mark = expressions_.unknownMark();
        If statement;
        for (;;) {
            Expression test = expressions_.tuple(Conditionals::NotHere);
            statement.branches.emplace_back(std::move(test), bodyBehindTag({"elif", "else", "endif"}));
            const Token tag = tokens_.take();
            if (tag.text == "elif") continue;
            if (tag.text == "else") statement.otherwise = closedBody("endif");
            expressions_.forgiveUnknown(mark);
            return statement;
        }
    }

    For forStatement() {
        Target target = expressions_.target(Members::NotHere, "in");
        tokens_.expectName("in");
        For statement{.target = std::move(target),
                      .iterated = expressions_.tuple(Conditionals::NotHere, "recursive"),
                      .filter = nullptr,
                      .body = {},
                      .otherwise = {}};
        const std::size_t mark = expressions_.unknownMark();
        if (tokens_.skipName("if")) {
            statement.filter = std::make_unique<const Expression>(expressions_.expression());
        }
        statement.recursive = tokens_.skipName("recursive");
        ++loops_;
        statement.body = bodyBehindTag({"else", "endfor"});
        --loops_;
        if (tokens_.take().text == "else") statement.otherwise = closedBody("endfor");
        expressions_.insistOnUnknown(mark);
        return statement;
    }

    void setStatement(Body& statements, int line) {
        Target target = expressions_.target(Members::Allowed);
        if (tokens_.skipOperator("=")) {
            statements.push_back({line, Set{std::move(target), expressions_.tuple()}});
            return;
        }
        SetBlock block{.target = std::move(target), .filters = {}, .body = {}};
        if (tokens_.atOperator("|")) block.filters = expressions_.filterChain();
        block.body = hardBody("endset");
        statements.push_back({line, std::move(block)});
    }

    void parameters(Macro& macro) {
        tokens_.expectOperator("(");
        while (!tokens_.atOperator(")")) {
            if (!macro.parameters.empty()) tokens_.expectOperator(",");
            const Token name = tokens_.expect(TokenType::Name, "the name of a parameter");
            Parameter parameter{expressions_.nameId(name.text), nullptr};
            if (tokens_.skipOperator("=")) {
                parameter.fallback = std::make_unique<const Expression>(expressions_.expression());
            } else if (!macro.parameters.empty() && macro.parameters.back().fallback) {
                throw SyntaxFailure(name.line, "a parameter without a default follows one that has one");
            }
            macro.parameters.push_back(std::move(parameter));
        }
        tokens_.expectOperator(")");
    }

    /// The body of a macro or call block, with a note of the special names it says.
    void macroBody(Macro& macro, std::string_view end) {
        const int loops = std::exchange(loops_, 0);
        const auto outer = std::exchange(expressions_.specialNames, {});
        macro.body = hardBody(end);
        auto& said = expressions_.specialNames;
        const auto isParameter = [&](const std::string& name) {
            return std::any_of(
                macro.parameters.begin(), macro.parameters.end(),
                [&](const Parameter& parameter) { return parameter.name == expressions_.nameId(name); });
        };
        macro.takesRest = said.varargs && !isParameter("varargs");
        macro.takesNamedRest = said.kwargs && !isParameter("kwargs");
        macro.takesCaller = said.caller && !isParameter("caller");
        said = {said.varargs || outer.varargs, said.kwargs || outer.kwargs, said.caller || outer.caller};
        loops_ = loops;
    }

    MacroDefinition macro() {
        const Token name = tokens_.expect(TokenType::Name, "the name of a macro");
        auto macro = std::make_shared<Macro>();
        macro->name = name.text;
        parameters(*macro);
        macroBody(*macro, "endmacro");
        return {expressions_.nameId(name.text), std::move(macro)};
    }

    CallBlock callBlock(int line) {
        auto caller = std::make_shared<Macro>();
        caller->name = "caller";
        if (tokens_.atOperator("(")) parameters(*caller);
        Expression expression = expressions_.expression();
        Call* call = std::get_if<Call>(&expression.node);
        if (!call) throw SyntaxFailure(line, "a call block needs a call");
        macroBody(*caller, "endcall");
        return {std::move(*call), line, std::move(caller)};
    }

    FilterBlock filterBlock() {
        FilterBlock block;
        if (!tokens_.at(TokenType::Name)) tokens_.unexpected("the name of a filter");
        block.filters = expressions_.filterChain();
        block.body = hardBody("endfilter");
        return block;
    }

    With with() {
        With statement;
        while (!tokens_.at(TokenType::BlockEnd)) {
            if (!statement.variables.empty()) tokens_.expectOperator(",");
            Target target = expressions_.target(Members::NotHere, "=");
            tokens_.expectOperator("=");
            statement.variables.emplace_back(std::move(target), expressions_.expression());
        }
        statement.body = hardBody("endwith");
        return statement;
    }

    Scoped block() {
        const std::string name = tokens_.expect(TokenType::Name, "the name of a block").text;
        tokens_.skipName("scoped");
        Scoped scoped{hardBody("endblock")};
        tokens_.skipName(name);
        return scoped;
    }

    LoopJump loopJump(const Token& tag) {
        if (loops_ == 0) throw SyntaxFailure(tag.line, "\"" + tag.text + "\" stands outside of a loop");
        return tag.text == "break" ? LoopJump::Break : LoopJump::Continue;
    }

    void printStatement(Body& statements, int line) {
        do {
            statements.push_back({line, Print{expressions_.expression()}});
        } while (tokens_.skipOperator(","));
    }

    Refusal otherTemplate(const std::string& tag) {
        while (!tokens_.at(TokenType::BlockEnd) && !tokens_.at(TokenType::End)) tokens_.take();
        return {"\"" + tag + "\" asks for another template, and a model file holds only one"};
    }

    TokenStream tokens_;
    ExpressionParser expressions_;
    int depth_ = 0;
    int loops_ = 0;
};

} // namespace

Program parse(std::string_view source) {
    return Parser(source).run();
}

} // namespace ponder::engine::jinja
