#pragma once

namespace ponder::tests {

/// Whether this program is built with a sanitizer, whose own memory and libraries cannot be told from ours.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kIsSanitized = true;
#else
constexpr bool kIsSanitized = false;
#endif

} // namespace ponder::tests
