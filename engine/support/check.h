#pragma once

namespace ponder::engine {

/// Prints the broken condition and aborts. For our own mistakes only, on in release builds too.
[[noreturn]] void checkFailed(const char* condition, const char* file, int line);

} // namespace ponder::engine

#define CHECK(condition)                                                                                     \
    do {                                                                                                     \
        if (!(condition)) ::ponder::engine::checkFailed(#condition, __FILE__, __LINE__);                     \
    } while (false)
