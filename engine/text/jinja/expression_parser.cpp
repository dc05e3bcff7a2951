// Over 500 lines because it is one grammar: a function a level of precedence, read from top to bottom.

#include "engine/text/jinja/expression_parser.h"

#include "engine/text/jinja/call_table.h"

#include <algorithm>
#include <charconv>

namespace ponder::engine::jinja {

namespace {

// Parentheses within parentheses, and the like.
constexpr int kDeepestNesting = 100;
// Of a syntax tree: a + b + c + … is as deep as it has terms.
constexpr int kDeepestTree = 400;

int depthOf(const Expression& expression) {
    return expression.depth;
}

int depthOf(const ExpressionPtr& expression) {
    return expression ? expression->depth : 0;
}

int depthOf(const std::vector<Expression>& expressions) {
    int depth = 0;
    for (const Expression& expression : expressions) depth = std::max(depth, expression.depth);
    return depth;
}

int depthOf(const ArgumentList& arguments) {
    int depth =
        std::max({depthOf(arguments.positional), depthOf(arguments.rest), depthOf(arguments.namedRest)});
    for (const auto& [name, value] : arguments.named) depth = std::max(depth, value.depth);
    return depth;
}

template <typename... Children>
int depthOver(const Children&... children) {
    return 1 + std::max({0, depthOf(children)...});
}

template <typename Node>
Expression make(int line, int depth, Node node) {
    if (depth > kDeepestTree) throw SyntaxFailure(line, "an expression is nested too deep");
    return Expression{.line = line, .depth = depth, .node = std::move(node)};
}

ExpressionPtr boxed(Expression expression) {
    return std::make_unique<const Expression>(std::move(expression));
}

Value textLiteral(std::string text) {
    String string{.text = Text(std::move(text), Origin::Markup), .charge = {}};
    string.characters = countCharacters(string.text.bytes());
    return StringRef(std::make_shared<String>(std::move(string)));
}

Value integerLiteral(const Token& token) {
    std::string_view digits = token.text;
    int base = 10;
    if (digits.size() > 2 && digits[0] == '0') {
        const char kind = static_cast<char>(digits[1] | 0x20);
        base = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 10;
        if (base != 10) digits.remove_prefix(2);
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (error != std::errc() || end != digits.data() + digits.size()) {
        throw SyntaxFailure(token.line, "a number has more than 64 bits");
    }
    return value;
}

Value floatLiteral(const Token& token) {
    double value = 0;
    std::from_chars(token.text.data(), token.text.data() + token.text.size(), value);
    return value;
}

template <typename Kind>
struct Spelled {
    std::string_view text;
    Kind kind;
};

constexpr Spelled<Comparison> kComparisons[] = {{"==", Comparison::Equal},  {"!=", Comparison::NotEqual},
                                                {"<", Comparison::Less},    {"<=", Comparison::LessEqual},
                                                {">", Comparison::Greater}, {">=", Comparison::GreaterEqual}};
constexpr Spelled<BinaryOperator> kSums[] = {{"+", BinaryOperator::Add}, {"-", BinaryOperator::Subtract}};
constexpr Spelled<BinaryOperator> kProducts[] = {{"*", BinaryOperator::Multiply},
                                                 {"/", BinaryOperator::Divide},
                                                 {"//", BinaryOperator::FloorDivide},
                                                 {"%", BinaryOperator::Remainder}};
constexpr Spelled<BinaryOperator> kPowers[] = {{"**", BinaryOperator::Power}};

/// The operator the tokens stand at, of those in `table`; it is taken.
template <typename Kind, std::size_t count>
std::optional<Kind> takeOperator(TokenStream& tokens, const Spelled<Kind> (&table)[count]) {
    for (const auto& entry : table) {
        if (tokens.skipOperator(entry.text)) return entry.kind;
    }
    return std::nullopt;
}

} // namespace

ExpressionParser::Level::Level(int& depth, int line) : depth_(depth) {
    if (depth_ >= kDeepestNesting) throw SyntaxFailure(line, "it is nested too deep");
    ++depth_;
}

NameId ExpressionParser::nameId(const std::string& name) {
    const auto [found, isNew] = ids_.emplace(name, static_cast<NameId>(names_.size()));
    if (isNew) names_.push_back(name);
    return found->second;
}

void ExpressionParser::forgiveUnknown(std::size_t mark) {
    unknown_.erase(unknown_.begin() + static_cast<std::ptrdiff_t>(mark), unknown_.end());
}

void ExpressionParser::insistOnUnknown(std::size_t mark) {
    refused_.insert(refused_.end(), unknown_.begin() + static_cast<std::ptrdiff_t>(mark), unknown_.end());
    forgiveUnknown(mark);
}

void ExpressionParser::refuseUnknown() const {
    if (!refused_.empty()) throw refused_.front();
    if (!unknown_.empty()) throw unknown_.front();
}

Expression ExpressionParser::expression(Conditionals conditionals) {
    const Level level(depth_, tokens_.current().line);
    return conditionals == Conditionals::Allowed ? conditional() : disjunction();
}

bool ExpressionParser::atTupleEnd(std::string_view endName) const {
    return tokens_.at(TokenType::VariableEnd) || tokens_.at(TokenType::BlockEnd) || tokens_.atOperator(")") ||
           (!endName.empty() && tokens_.atName(endName));
}

Expression ExpressionParser::tuple(Conditionals conditionals, std::string_view endName) {
    const int line = tokens_.current().line;
    if (atTupleEnd(endName)) tokens_.unexpected("an expression");
    std::vector<Expression> items;
    items.push_back(expression(conditionals));
    if (!tokens_.atOperator(",")) return std::move(items[0]);
    while (tokens_.skipOperator(",")) {
        if (atTupleEnd(endName)) break;
        items.push_back(expression(conditionals));
    }
    const int depth = depthOver(items);
    return make(line, depth, SequenceLiteral{ListKind::Tuple, std::move(items)});
}

Expression ExpressionParser::conditional() {
    const int line = tokens_.current().line;
    const std::size_t mark = unknownMark();
    Expression value = disjunction();
    while (tokens_.skipName("if")) {
        Expression condition = disjunction();
        ExpressionPtr otherwise;
        if (tokens_.skipName("else")) otherwise = boxed(expression());
        const int depth = 1 + std::max({value.depth, condition.depth, depthOf(otherwise)});
        value = make(line, depth,
                     Conditional{boxed(std::move(condition)), boxed(std::move(value)), std::move(otherwise)});
        forgiveUnknown(mark);
    }
    return value;
}

Expression ExpressionParser::disjunction() {
    Expression left = conjunction();
    while (tokens_.atName("or")) {
        const int line = tokens_.take().line;
        Expression right = conjunction();
        const int depth = depthOver(left, right);
        left = make(line, depth, Logical{false, boxed(std::move(left)), boxed(std::move(right))});
    }
    return left;
}

Expression ExpressionParser::conjunction() {
    Expression left = negation();
    while (tokens_.atName("and")) {
        const int line = tokens_.take().line;
        Expression right = negation();
        const int depth = depthOver(left, right);
        left = make(line, depth, Logical{true, boxed(std::move(left)), boxed(std::move(right))});
    }
    return left;
}

Expression ExpressionParser::negation() {
    if (!tokens_.atName("not")) return comparison();
    const int line = tokens_.take().line;
    const Level level(depth_, line);
    Expression operand = negation();
    const int depth = depthOver(operand);
    return make(line, depth, Unary{UnaryOperator::Not, boxed(std::move(operand))});
}

Expression ExpressionParser::comparison() {
    const int line = tokens_.current().line;
    Expression first = sum();
    std::vector<ComparedWith> rest;
    int depth = first.depth;
    const auto add = [&](Comparison kind) {
        rest.push_back({kind, sum()});
        depth = std::max(depth, rest.back().operand.depth);
    };
    for (;;) {
        const bool notIn = tokens_.atName("not") && tokens_.following().type == TokenType::Name &&
                           tokens_.following().text == "in";
        if (const auto kind = takeOperator(tokens_, kComparisons)) {
            add(*kind);
        } else if (tokens_.skipName("in")) {
            add(Comparison::In);
        } else if (notIn) {
            tokens_.take();
            tokens_.take();
            add(Comparison::NotIn);
        } else {
            break;
        }
    }
    if (rest.empty()) return first;
    return make(line, depth + 1, Compare{boxed(std::move(first)), std::move(rest)});
}

Expression ExpressionParser::sum() {
    Expression left = concatenation();
    for (;;) {
        const int line = tokens_.current().line;
        const auto kind = takeOperator(tokens_, kSums);
        if (!kind) return left;
        Expression right = concatenation();
        const int depth = depthOver(left, right);
        left = make(line, depth, Binary{*kind, boxed(std::move(left)), boxed(std::move(right))});
    }
}

Expression ExpressionParser::concatenation() {
    const int line = tokens_.current().line;
    Expression first = product();
    if (!tokens_.atOperator("~")) return first;
    std::vector<Expression> parts;
    parts.push_back(std::move(first));
    while (tokens_.skipOperator("~")) parts.push_back(product());
    const int depth = depthOver(parts);
    return make(line, depth, Concatenation{std::move(parts)});
}

Expression ExpressionParser::product() {
    Expression left = power();
    for (;;) {
        const int line = tokens_.current().line;
        const auto kind = takeOperator(tokens_, kProducts);
        if (!kind) return left;
        Expression right = power();
        const int depth = depthOver(left, right);
        left = make(line, depth, Binary{*kind, boxed(std::move(left)), boxed(std::move(right))});
    }
}

Expression ExpressionParser::power() {
    Expression left = unary();
    for (;;) {
        const int line = tokens_.current().line;
        const auto kind = takeOperator(tokens_, kPowers);
        if (!kind) return left;
        Expression right = unary();
        const int depth = depthOver(left, right);
        left = make(line, depth, Binary{*kind, boxed(std::move(left)), boxed(std::move(right))});
    }
}

Expression ExpressionParser::unary(Filters filters) {
    const int line = tokens_.current().line;
    const bool negative = tokens_.atOperator("-");
    Expression value = [&] {
        if (!negative && !tokens_.atOperator("+")) return primary();
        tokens_.take();
        const Level level(depth_, line);
        Expression operand = unary(Filters::NotHere);
        const int depth = depthOver(operand);
        return make(
            line, depth,
            Unary{negative ? UnaryOperator::Negative : UnaryOperator::Positive, boxed(std::move(operand))});
    }();
    value = postfix(std::move(value));
    return filters == Filters::Allowed ? filtered(std::move(value)) : std::move(value);
}

Expression ExpressionParser::primary() {
    const Token& token = tokens_.current();
    const int line = token.line;
    switch (token.type) {
    case TokenType::Name: {
        const std::string name = tokens_.take().text;
        if (name == "true" || name == "True") return make(line, 1, Literal{true});
        if (name == "false" || name == "False") return make(line, 1, Literal{false});
        if (name == "none" || name == "None") return make(line, 1, Literal{None{}});
        specialNames.varargs |= name == "varargs";
        specialNames.kwargs |= name == "kwargs";
        specialNames.caller |= name == "caller";
        return make(line, 1, Name{nameId(name)});
    }
    case TokenType::String: {
        std::string text = tokens_.take().text;
        while (tokens_.at(TokenType::String)) text += tokens_.take().text;
        return make(line, 1, Literal{textLiteral(std::move(text))});
    }
    case TokenType::Integer:
        return make(line, 1, Literal{integerLiteral(tokens_.take())});
    case TokenType::Float:
        return make(line, 1, Literal{floatLiteral(tokens_.take())});
    default:
        if (tokens_.atOperator("(")) return parenthesized();
        if (tokens_.atOperator("[")) return listLiteral();
        if (tokens_.atOperator("{")) return dictLiteral();
        tokens_.unexpected("an expression");
    }
}

Expression ExpressionParser::parenthesized() {
    const int line = tokens_.take().line;
    if (tokens_.skipOperator(")")) return make(line, 1, SequenceLiteral{ListKind::Tuple, {}});
    Expression inside = tuple();
    tokens_.expectOperator(")");
    return inside;
}

Expression ExpressionParser::listLiteral() {
    const int line = tokens_.take().line;
    std::vector<Expression> items;
    while (!tokens_.atOperator("]")) {
        if (!items.empty()) tokens_.expectOperator(",");
        if (tokens_.atOperator("]")) break;
        items.push_back(expression());
    }
    tokens_.expectOperator("]");
    const int depth = depthOver(items);
    return make(line, depth, SequenceLiteral{ListKind::List, std::move(items)});
}

Expression ExpressionParser::dictLiteral() {
    const int line = tokens_.take().line;
    std::vector<DictEntry> entries;
    int depth = 0;
    while (!tokens_.atOperator("}")) {
        if (!entries.empty()) tokens_.expectOperator(",");
        if (tokens_.atOperator("}")) break;
        Expression key = expression();
        tokens_.expectOperator(":");
        Expression value = expression();
        depth = std::max({depth, key.depth, value.depth});
        entries.push_back({std::move(key), std::move(value)});
    }
    tokens_.expectOperator("}");
    return make(line, depth + 1, DictLiteral{std::move(entries)});
}

Expression ExpressionParser::postfix(Expression object) {
    for (;;) {
        if (tokens_.atOperator("."))
            object = attribute(std::move(object));
        else if (tokens_.atOperator("["))
            object = subscript(std::move(object));
        else if (tokens_.atOperator("("))
            object = call(std::move(object));
        else
            return object;
    }
}

Expression ExpressionParser::filtered(Expression input) {
    for (;;) {
        const int line = tokens_.current().line;
        if (tokens_.skipOperator("|")) {
            FilterUse use = filter();
            const int depth = depthOver(input, use.arguments);
            use.input = boxed(std::move(input));
            input = make(line, depth, std::move(use));
        } else if (tokens_.atName("is")) {
            input = test(std::move(input));
        } else if (tokens_.atOperator("(")) {
            input = call(std::move(input));
        } else {
            return input;
        }
    }
}

Expression ExpressionParser::attribute(Expression object) {
    const int line = tokens_.take().line;
    const int depth = depthOver(object);
    if (tokens_.at(TokenType::Name)) {
        return make(line, depth, Attribute{boxed(std::move(object)), tokens_.take().text});
    }
    if (!tokens_.at(TokenType::Integer)) tokens_.unexpected("a name or a number");
    Expression index = make(line, 1, Literal{integerLiteral(tokens_.take())});
    return make(line, depth, Subscript{boxed(std::move(object)), boxed(std::move(index))});
}

Expression ExpressionParser::subscript(Expression object) {
    const int line = tokens_.take().line;
    ExpressionPtr parts[3];
    bool isSlice = false;
    const auto atEnd = [&] { return tokens_.atOperator(":") || tokens_.atOperator("]"); };
    for (int i = 0; i < 3; ++i) {
        if (!atEnd()) parts[i] = boxed(i == 0 ? tuple() : expression());
        if (i == 2 || !tokens_.skipOperator(":")) break;
        isSlice = true;
    }
    tokens_.expectOperator("]");
    const int depth = depthOver(object, parts[0], parts[1], parts[2]);
    if (isSlice) {
        return make(
            line, depth,
            Slice{boxed(std::move(object)), std::move(parts[0]), std::move(parts[1]), std::move(parts[2])});
    }
    if (!parts[0]) tokens_.unexpected("an expression in the brackets before");
    return make(line, depth, Subscript{boxed(std::move(object)), std::move(parts[0])});
}

Expression ExpressionParser::call(Expression callee) {
    const int line = tokens_.current().line;
    ArgumentList list = arguments();
    const int depth = depthOver(callee, list);
    return make(line, depth, Call{boxed(std::move(callee)), std::move(list)});
}

ArgumentList ExpressionParser::arguments() {
    const int line = tokens_.current().line;
    tokens_.expectOperator("(");
    ArgumentList list;
    const auto ensure = [&](bool fine) {
        if (!fine) throw SyntaxFailure(line, "the arguments of a call are in the wrong order");
    };
    bool first = true;
    while (!tokens_.atOperator(")")) {
        if (!first) tokens_.expectOperator(",");
        if (tokens_.atOperator(")")) break;
        first = false;
        const bool named = tokens_.at(TokenType::Name) && tokens_.following().type == TokenType::Operator &&
                           tokens_.following().text == "=";
        if (tokens_.skipOperator("*")) {
            ensure(!list.rest && !list.namedRest);
            list.rest = boxed(expression());
        } else if (tokens_.skipOperator("**")) {
            ensure(!list.namedRest);
            list.namedRest = boxed(expression());
        } else if (named) {
            ensure(!list.namedRest);
            std::string name = tokens_.take().text;
            tokens_.take();
            list.named.push_back({std::move(name), expression()});
        } else {
            ensure(!list.rest && !list.namedRest && list.named.empty());
            list.positional.push_back(expression());
        }
    }
    tokens_.expectOperator(")");
    return list;
}

FilterUse ExpressionParser::filter() {
    const int line = tokens_.current().line;
    std::string name = tokens_.expect(TokenType::Name, "the name of a filter").text;
    while (tokens_.skipOperator(".")) name += "." + tokens_.expect(TokenType::Name, "a name").text;
    const FilterEntry* entry = findFilter(name);
    if (!entry) unknown_.emplace_back(line, "there is no filter \"" + name + "\"");
    ArgumentList list;
    if (tokens_.atOperator("(")) list = arguments();
    return {nullptr, std::move(name), entry, std::move(list)};
}

std::vector<FilterUse> ExpressionParser::filterChain() {
    std::vector<FilterUse> chain;
    if (tokens_.at(TokenType::Name)) chain.push_back(filter());
    while (tokens_.skipOperator("|")) chain.push_back(filter());
    return chain;
}

Expression ExpressionParser::test(Expression input) {
    const int line = tokens_.take().line;
    const bool negated = tokens_.skipName("not");
    std::string name = tokens_.expect(TokenType::Name, "the name of a test").text;
    while (tokens_.skipOperator(".")) name += "." + tokens_.expect(TokenType::Name, "a name").text;
    const TestEntry* entry = findTest(name);
    if (!entry) unknown_.emplace_back(line, "there is no test \"" + name + "\"");

    ArgumentList list;
    const Token& next = tokens_.current();
    const bool literal = next.type == TokenType::String || next.type == TokenType::Integer ||
                         next.type == TokenType::Float || tokens_.atOperator("[") || tokens_.atOperator("{");
    const bool word =
        next.type == TokenType::Name && next.text != "else" && next.text != "or" && next.text != "and";
    if (tokens_.atOperator("(")) {
        list = arguments();
    } else if (literal || word) {
        if (tokens_.atName("is")) throw SyntaxFailure(line, "tests cannot be chained with \"is\"");
        const Level level(depth_, line);
        list.positional.push_back(postfix(primary()));
    }
    const int depth = depthOver(input, list);
    Expression result =
        make(line, depth, TestUse{boxed(std::move(input)), std::move(name), entry, std::move(list)});
    if (!negated) return result;
    return make(line, depth + 1, Unary{UnaryOperator::Not, boxed(std::move(result))});
}

Target ExpressionParser::target(Members members, std::string_view endName) {
    if (atTupleEnd(endName)) tokens_.unexpected("a name");
    Target first = simpleTarget(members);
    if (!tokens_.atOperator(",")) return first;
    std::vector<Target> parts;
    parts.push_back(std::move(first));
    while (tokens_.skipOperator(",")) {
        if (atTupleEnd(endName) || tokens_.atOperator("=")) break;
        parts.push_back(simpleTarget(members));
    }
    return {std::move(parts)};
}

Target ExpressionParser::simpleTarget(Members members) {
    if (tokens_.atOperator("(") || tokens_.atOperator("[")) {
        const Level level(depth_, tokens_.current().line);
        const std::string_view close = tokens_.take().text == "(" ? ")" : "]";
        std::vector<Target> parts;
        bool isTuple = false;
        while (!tokens_.atOperator(close)) {
            parts.push_back(simpleTarget(Members::NotHere));
            if (!tokens_.skipOperator(",")) break;
            isTuple = true;
        }
        tokens_.expectOperator(close);
        if (parts.empty()) tokens_.unexpected("a name to assign to");
        if (parts.size() == 1 && !isTuple && close == ")") return std::move(parts[0]);
        return {std::move(parts)};
    }
    const Token token = tokens_.expect(TokenType::Name, "a name to assign to");
    for (const std::string_view constant : {"true", "false", "none", "True", "False", "None"}) {
        if (token.text == constant)
            throw SyntaxFailure(token.line, "nothing can be assigned to " + token.text);
    }
    if (members == Members::Allowed && tokens_.skipOperator(".")) {
        return {Target::Member{nameId(token.text), tokens_.expect(TokenType::Name, "a name").text}};
    }
    return {nameId(token.text)};
}

} // namespace ponder::engine::jinja
