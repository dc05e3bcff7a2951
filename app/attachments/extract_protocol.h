#pragma once

#include <cstddef>

namespace ponder::app {

/// How ponder-extract ends. It gets a PDF on its input and writes "<pages>\n" and the text, pages apart by
/// form feeds, to its output.
enum class ExtractEnd {
    Done = 0,
    Unconfined = 10, ///< the system cannot keep it from harm, so it did not look at the file
    Locked = 11,     ///< a password is needed
    Damaged = 12,
    TooLarge = 13, ///< the file
    TooLong = 14,  ///< the text
};

constexpr std::size_t kLargestPdf = std::size_t{256} << 20;         // bytes
constexpr std::size_t kLongestExtractedText = std::size_t{4} << 20; // bytes

} // namespace ponder::app
