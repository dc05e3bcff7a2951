#include "engine/text/jinja/text.h"

#include "engine/text/jinja/failure.h"
#include "engine/text/utf8.h"

#include <algorithm>

namespace ponder::engine::jinja {

namespace {

// Characters are at most four bytes long.
constexpr std::size_t kLongestCharacter = 4;
// They take more memory than short stretches of text themselves.
constexpr std::size_t kMostStretches = std::size_t{1} << 20;

} // namespace

std::size_t Text::stretchAt(std::size_t offset) const {
    const auto found =
        std::upper_bound(stretches_.begin(), stretches_.end(), offset,
                         [](std::size_t value, const Stretch& stretch) { return value < stretch.end; });
    return static_cast<std::size_t>(found - stretches_.begin());
}

Origin Text::originAt(std::size_t offset) const {
    if (stretches_.empty()) return origin_;
    return stretches_[std::min(stretchAt(offset), stretches_.size() - 1)].origin;
}

void Text::append(std::string_view bytes, Origin origin) {
    if (bytes.empty()) return;
    if (bytes_.empty()) origin_ = origin;
    if (stretches_.empty() && origin != origin_) stretches_.push_back({bytes_.size(), origin_});
    bytes_ += bytes;
    if (stretches_.empty()) return;
    if (stretches_.back().origin == origin) {
        stretches_.back().end = bytes_.size();
        return;
    }
    if (stretches_.size() >= kMostStretches) fail("it needs more than 64 MiB of memory");
    stretches_.push_back({bytes_.size(), origin});
}

void Text::append(const Text& other) {
    append(other, 0, other.size());
}

void Text::append(const Text& other, std::size_t from, std::size_t to) {
    other.visitStretches(from, std::min(to, other.size()),
                         [&](std::string_view bytes, Origin origin) { append(bytes, origin); });
}

Text Text::slice(std::size_t from, std::size_t to) const {
    Text part;
    part.append(*this, from, to);
    return part;
}

std::size_t characterLength(std::string_view text, std::size_t offset) {
    if (static_cast<unsigned char>(text[offset]) < 0x80) return 1;
    return std::max<std::size_t>(1, utf8CharacterLength(text.substr(offset)));
}

std::size_t countCharacters(std::string_view text) {
    if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
        return text.size();
    }
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); at += characterLength(text, at)) ++count;
    return count;
}

std::size_t previousCharacter(std::string_view text, std::size_t offset) {
    for (std::size_t length = std::min(kLongestCharacter, offset); length > 1; --length) {
        if (characterLength(text, offset - length) == length) return offset - length;
    }
    return offset - 1;
}

} // namespace ponder::engine::jinja
