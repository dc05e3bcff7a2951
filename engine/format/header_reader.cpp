#include "engine/format/header_reader.h"

#include "engine/support/check.h"

#include <algorithm>
#include <cstring>

namespace ponder::engine {

namespace {

constexpr std::uint64_t kWindow = 256 * 1024;
constexpr std::uint64_t kMostTaken = 64 * 1024;

} // namespace

void HeaderReader::refuse(GgufProblem problem, const std::string& what, std::uint64_t offset) const {
    refuseFile({.path = file_.path(), .sizeBytes = file_.sizeBytes(), .offset = offset}, problem, what);
}

void HeaderReader::need(std::uint64_t count, std::string_view what) const {
    if (count <= remaining()) return;
    refuse(GgufProblem::Truncated,
           "it ends within " + std::string(what) + ", which needs " + std::to_string(count) +
               " bytes where " + std::to_string(remaining()) + " are left",
           position_);
}

std::string_view HeaderReader::take(std::uint64_t count, std::string_view what) {
    CHECK(count <= kMostTaken);
    need(count, what);
    if (position_ < windowStart_ || position_ + count > windowStart_ + window_.size()) {
        window_.resize(std::min(kWindow, remaining()));
        windowStart_ = position_;
        file_.read(windowStart_, window_);
    }
    const auto* bytes = reinterpret_cast<const char*>(window_.data()) + (position_ - windowStart_);
    position_ += count;
    return {bytes, count};
}

void HeaderReader::skip(std::uint64_t count, std::string_view what) {
    need(count, what);
    position_ += count;
}

template <typename Number>
Number HeaderReader::number(std::string_view what) {
    Number value;
    std::memcpy(&value, take(sizeof value, what).data(), sizeof value);
    return value;
}

template std::uint8_t HeaderReader::number(std::string_view);
template std::uint32_t HeaderReader::number(std::string_view);
template std::uint64_t HeaderReader::number(std::string_view);

} // namespace ponder::engine
