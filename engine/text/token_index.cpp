#include "engine/text/token_index.h"

#include <bit>
#include <cstring>

namespace ponder::engine {

namespace {

/// Eight bytes a step, multiply and fold.
std::uint32_t hashOf(std::string_view text) {
    std::uint64_t hash = 0x9E3779B97F4A7C15u ^ text.size();
    std::size_t position = 0;
    const auto mix = [&hash](std::uint64_t word) {
        hash = (hash ^ word) * 0xD6E8FEB86659FD93u;
        hash ^= hash >> 32;
    };
    for (; text.size() - position >= 8; position += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + position, 8);
        mix(word);
    }
    std::uint64_t rest = 0;
    std::memcpy(&rest, text.data() + position, text.size() - position);
    mix(rest);
    return static_cast<std::uint32_t>(hash ^ (hash >> 29));
}

} // namespace

TokenIndex::TokenIndex(const TokenTexts& texts, std::size_t capacity)
    : texts_(&texts), slots_(std::bit_ceil(capacity * 2 + 2)), mask_(slots_.size() - 1) {}

std::size_t TokenIndex::slotOf(std::string_view text, std::uint32_t hash) const {
    std::size_t slot = hash & mask_;
    while (slots_[slot].id >= 0 && (slots_[slot].hash != hash || texts_->of(slots_[slot].id) != text)) {
        slot = (slot + 1) & mask_;
    }
    return slot;
}

void TokenIndex::insert(TokenId id) {
    const std::string_view text = texts_->of(id);
    const std::uint32_t hash = hashOf(text);
    Slot& slot = slots_[slotOf(text, hash)];
    if (slot.id < 0) slot = {hash, id};
}

TokenId TokenIndex::find(std::string_view text) const {
    return slots_[slotOf(text, hashOf(text))].id;
}

} // namespace ponder::engine
