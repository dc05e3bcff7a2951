#pragma once

#include "engine/model/decoder.h"

#include <span>
#include <vector>

namespace ponder::engine {

/// The draft head of one timeline: its rows, one for each position whose next token is known, and the hidden
/// states of the positions that have none yet. Guesses cost or save time and change nothing else, so rows
/// need not be whole. Where the trunk took positions over that it did not evaluate (a snapshot, another
/// timeline's cache), the head's conversation begins anew behind them: it sees less for a while. Where the
/// history was cut back, the last row was made with the token that stood there before; it stays. One thread.
class Drafter {
public:
    /// Rows are made so many at a time while nobody guesses: the weights are read once for all of them.
    static constexpr int kPairsTogether = 64;

    Drafter(const Model& model, kernels::CacheType type, int capacity)
        : width_(model.config().width), cache_(model.config(), type, capacity, CacheOf::DraftHead) {}

    /// The trunk has evaluated `tokens` from position `first` on. hidden: [position][width] of those.
    void follow(Decoder& decoder, std::span<const TokenId> tokens, int first, std::span<const float> hidden);
    /// Makes the rows that can be made of `tokens` but the last: what the next guess needs beside its own.
    void catchUp(Decoder& decoder, std::span<const TokenId> tokens);
    /// Whether all but the last of so many tokens are evaluated, and the state behind them is known.
    bool canGuess(std::size_t tokens) const {
        return pairs() > 0 && static_cast<std::size_t>(end() + pairs()) + 1 == tokens;
    }
    /// The token that the head thinks comes after `tokens`. Requires: canGuess.
    TokenId guess(Decoder& decoder, std::span<const TokenId> tokens);
    /// The history is cut back to `position` tokens.
    void rewind(int position);

private:
    /// The first position without a row; `hidden_` begins there.
    int end() const { return begin_ + cache_.length(); }
    int pairs() const { return static_cast<int>(hidden_.size() / width_); }
    void restart(int position);

    std::size_t width_;
    KvCache cache_;
    int begin_ = 0;             // position of the first row
    std::vector<float> hidden_; // [position from end() on][width]
};

} // namespace ponder::engine
