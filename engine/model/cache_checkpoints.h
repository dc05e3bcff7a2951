#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ponder::engine {

/// Places where a conversation can be taken up again once its thoughts were dropped or a message was edited,
/// with what layers carry there. The empty conversation needs none. One thread.
class CacheCheckpoints {
public:
    struct Checkpoint {
        int length = 0;
        std::vector<std::vector<float>> carried; ///< [layer]
    };

    /// How many are worth having where each takes so many bytes of its own.
    static std::uint64_t most(std::uint64_t carriedBytes);

    /// By length.
    const std::vector<Checkpoint>& all() const { return checkpoints_; }
    /// The last one that is not longer; null: there is none.
    const Checkpoint* before(int length) const;
    /// The rows of a sliding window that all of them need, and one at `length` behind them.
    std::int64_t rows(int window, int length) const;

    /// Remembers `length`; its numbers are to be filled in. Requires: longer than all others.
    Checkpoint& add(int length);
    /// Forgets those that are longer.
    void cut(int length);
    /// Makes room for one at `length`: forgets the one that is missed least, and returns its length. What a
    /// rewind has to evaluate again should be short beside what it cuts off. The last one stays: the next
    /// prompt takes up there. Requires: two.
    int dropOneBefore(int length);

private:
    std::vector<Checkpoint> checkpoints_;
    Checkpoint spare_; // its room is used again
};

} // namespace ponder::engine
