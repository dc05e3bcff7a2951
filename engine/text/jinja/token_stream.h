#pragma once

#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/token.h"

#include <string_view>
#include <vector>

namespace ponder::engine::jinja {

/// Tokens of a template, one after the other. The last one is End and stays.
class TokenStream {
public:
    explicit TokenStream(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

    const Token& current() const { return tokens_[at_]; }
    const Token& following() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }
    Token take() {
        Token token = tokens_[at_];
        if (at_ + 1 < tokens_.size()) ++at_;
        return token;
    }

    bool at(TokenType type) const { return current().type == type; }
    bool atName(std::string_view name) const { return at(TokenType::Name) && current().text == name; }
    bool atOperator(std::string_view text) const { return at(TokenType::Operator) && current().text == text; }
    bool skipName(std::string_view name) { return atName(name) && (take(), true); }
    bool skipOperator(std::string_view text) { return atOperator(text) && (take(), true); }

    Token expect(TokenType type, std::string_view what);
    void expectOperator(std::string_view text);
    void expectName(std::string_view name);
    [[noreturn]] void unexpected(std::string_view wanted) const;

private:
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
};

} // namespace ponder::engine::jinja
