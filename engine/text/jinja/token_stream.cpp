#include "engine/text/jinja/token_stream.h"

namespace ponder::engine::jinja {

namespace {

std::string describe(const Token& token) {
    switch (token.type) {
    case TokenType::Data:
        return "text";
    case TokenType::VariableBegin:
        return "\"{{\"";
    case TokenType::VariableEnd:
        return "\"}}\"";
    case TokenType::BlockBegin:
        return "\"{%\"";
    case TokenType::BlockEnd:
        return "\"%}\"";
    case TokenType::End:
        return "the end of the template";
    case TokenType::String:
        return "a string";
    default:
        return "\"" + token.text.substr(0, 60) + "\"";
    }
}

} // namespace

Token TokenStream::expect(TokenType type, std::string_view what) {
    if (!at(type)) unexpected(what);
    return take();
}

void TokenStream::expectOperator(std::string_view text) {
    if (!skipOperator(text)) unexpected("\"" + std::string(text) + "\"");
}

void TokenStream::expectName(std::string_view name) {
    if (!skipName(name)) unexpected("\"" + std::string(name) + "\"");
}

void TokenStream::unexpected(std::string_view wanted) const {
    throw SyntaxFailure(current().line, "expected " + std::string(wanted) + ", found " + describe(current()));
}

} // namespace ponder::engine::jinja
