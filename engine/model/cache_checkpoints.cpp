#include "engine/model/cache_checkpoints.h"

#include "engine/support/check.h"

#include <algorithm>
#include <utility>

namespace ponder::engine {

namespace {

// States may be large: then there are fewer of them.
constexpr std::uint64_t kMostCheckpoints = 8;
constexpr std::uint64_t kLeastCheckpoints = 4;
constexpr std::uint64_t kCheckpointBytes = std::uint64_t{256} << 20;

} // namespace

std::uint64_t CacheCheckpoints::most(std::uint64_t carriedBytes) {
    return std::clamp(kCheckpointBytes / std::max<std::uint64_t>(1, carriedBytes), kLeastCheckpoints,
                      kMostCheckpoints);
}

const CacheCheckpoints::Checkpoint* CacheCheckpoints::before(int length) const {
    const auto after = std::find_if(checkpoints_.begin(), checkpoints_.end(),
                                    [&](const Checkpoint& each) { return each.length > length; });
    return after == checkpoints_.begin() ? nullptr : &*std::prev(after);
}

std::int64_t CacheCheckpoints::rows(int window, int length) const {
    std::int64_t rows = 0;
    int end = 0;
    for (const Checkpoint& each : checkpoints_) {
        rows += std::min(window, each.length - end);
        end = each.length;
    }
    return rows + std::min(window, length - end);
}

CacheCheckpoints::Checkpoint& CacheCheckpoints::add(int length) {
    CHECK(checkpoints_.empty() || checkpoints_.back().length < length);
    checkpoints_.push_back(std::exchange(spare_, {}));
    checkpoints_.back().length = length;
    return checkpoints_.back();
}

void CacheCheckpoints::cut(int length) {
    while (!checkpoints_.empty() && checkpoints_.back().length > length) {
        spare_ = std::move(checkpoints_.back());
        checkpoints_.pop_back();
    }
}

int CacheCheckpoints::dropOneBefore(int length) {
    CHECK(checkpoints_.size() > 1);
    std::size_t least = 0;
    double leastMissed = 0;
    for (std::size_t i = 0; i + 1 < checkpoints_.size(); ++i) {
        const int before = i == 0 ? 0 : checkpoints_[i - 1].length;
        const double missed =
            static_cast<double>(checkpoints_[i + 1].length - before) / (length - checkpoints_[i].length);
        if (i == 0 || missed < leastMissed) {
            least = i;
            leastMissed = missed;
        }
    }
    spare_ = std::move(checkpoints_[least]);
    checkpoints_.erase(checkpoints_.begin() + static_cast<std::ptrdiff_t>(least));
    return spare_.length;
}

} // namespace ponder::engine
