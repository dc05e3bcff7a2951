#pragma once

#include <cstddef>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <stdexcept>
#include <string_view>

namespace ponder::app {

/// A text that is no JSON, and how many of its bytes were.
class BrokenJson : public std::runtime_error {
public:
    explicit BrokenJson(std::size_t byte) : std::runtime_error("broken JSON"), byte(byte) {}
    std::size_t byte;
};

/// Hands over one by one what may be a chat in a document: the elements of its array, or of its member
/// "chats", "conversations" or "data"; or else the document itself. Of a large export only one chat is taken
/// apart at a time. `passed` is told how many bytes are behind. Throws BrokenJson, and json::out_of_range for
/// numbers too large.
void forEachElement(std::string_view document, const std::function<void(const nlohmann::json&)>& take,
                    const std::function<void(std::size_t)>& passed);

} // namespace ponder::app
