#include "engine/timeline/drafter.h"

#include "engine/support/check.h"

#include <algorithm>

namespace ponder::engine {

void Drafter::follow(Decoder& decoder, std::span<const TokenId> tokens, int first,
                     std::span<const float> hidden) {
    CHECK(static_cast<std::size_t>(first) + hidden.size() / width_ == tokens.size());
    if (first != end() + pairs()) restart(first);
    hidden_.insert(hidden_.end(), hidden.begin(), hidden.end());
    if (pairs() > kPairsTogether) catchUp(decoder, tokens);
}

void Drafter::catchUp(Decoder& decoder, std::span<const TokenId> tokens) {
    const int known = static_cast<int>(tokens.size()) - 1 - end();
    const int rows = std::min(known, pairs() - 1);
    if (rows <= 0) return;
    const auto numbers = static_cast<std::size_t>(rows) * width_;
    const auto following =
        tokens.subspan(static_cast<std::size_t>(end()) + 1, static_cast<std::size_t>(rows));
    decoder.remember(following, std::span(hidden_).first(numbers), cache_);
    hidden_.erase(hidden_.begin(), hidden_.begin() + static_cast<std::ptrdiff_t>(numbers));
}

TokenId Drafter::guess(Decoder& decoder, std::span<const TokenId> tokens) {
    CHECK(canGuess(tokens.size()));
    catchUp(decoder, tokens);
    const std::span<const float> logits = decoder.guess(tokens.back(), hidden_, cache_);
    hidden_.clear();
    return static_cast<TokenId>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

void Drafter::rewind(int position) {
    if (position <= begin_) return restart(position);
    cache_.rewind(position - begin_);
    const int kept = std::clamp(position - end(), 0, pairs());
    hidden_.resize(static_cast<std::size_t>(kept) * width_);
}

void Drafter::restart(int position) {
    cache_.rewind(0);
    hidden_.clear();
    begin_ = position;
}

} // namespace ponder::engine
