#pragma once

#include "engine/format/gguf_problem.h"
#include "engine/format/input_file.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// A cursor over the head of a file, through a small window: skipping costs no memory, and every length is
/// checked against the file's size before anything is read or allocated. Never a memory map: a file that
/// shrinks meanwhile is an error, not a signal.
class HeaderReader {
public:
    explicit HeaderReader(const InputFile& file) : file_(file) {}

    std::uint64_t position() const { return position_; }
    std::uint64_t remaining() const { return file_.sizeBytes() - position_; }

    /// Next number; `what` names the field in messages.
    std::uint32_t u32(std::string_view what) { return number<std::uint32_t>(what); }
    std::uint64_t u64(std::string_view what) { return number<std::uint64_t>(what); }
    std::uint8_t u8(std::string_view what) { return number<std::uint8_t>(what); }
    /// The next `count` bytes, at most 64 KiB of them; valid until the next call.
    std::string_view take(std::uint64_t count, std::string_view what);
    void skip(std::uint64_t count, std::string_view what);

    /// Throws the refusal of `what`, which stands at `offset`.
    [[noreturn]] void refuse(GgufProblem problem, const std::string& what, std::uint64_t offset) const;

private:
    template <typename Number>
    Number number(std::string_view what);
    void need(std::uint64_t count, std::string_view what) const;

    const InputFile& file_;
    std::uint64_t position_ = 0;
    std::uint64_t windowStart_ = 0;
    std::vector<std::byte> window_;
};

} // namespace ponder::engine
