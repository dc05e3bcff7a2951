#pragma once

#include <string>

namespace ponder::engine::jinja {

enum class TokenType {
    Data, ///< text outside of tags
    VariableBegin,
    VariableEnd,
    BlockBegin,
    BlockEnd,
    Name,
    Integer,
    Float,
    String,
    Operator,
    End,
};

struct Token {
    TokenType type = TokenType::End;
    std::string text; ///< strings: with their escapes resolved
    int line = 1;
};

} // namespace ponder::engine::jinja
