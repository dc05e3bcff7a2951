#pragma once

#include <stdexcept>
#include <string>

namespace ponder::engine::jinja {

/// Why a template cannot be parsed or rendered. Never leaves ChatTemplate, which throws Error instead.
class Failure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A Failure whose line is known.
class SyntaxFailure : public Failure {
public:
    SyntaxFailure(int line, const std::string& reason) : Failure(reason), line(line) {}
    int line;
};

[[noreturn]] inline void fail(const std::string& reason) {
    throw Failure(reason);
}

} // namespace ponder::engine::jinja
