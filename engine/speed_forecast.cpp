#include "engine/backend/head_groups.h"
#include "engine/memory_plan.h"

#include <algorithm>

namespace ponder::engine {

namespace {

// A token is turned into text, searched for an end and handed on.
constexpr double kHandOverSeconds = 10e-6;

/// How much of what a token reads comes from memory itself and not from the processor's cache: 0…1, by the
/// speeds at which as many bytes were read again and again.
double streamedShare(const MachineSpeed& speed, double bytes) {
    if (speed.reads.empty()) return 1;
    const auto secondsAt = [](const ReadSpeed& read) { return 1 / std::max(1.0, read.bytesPerSecond); };
    const double fast = secondsAt(speed.reads.front());
    const double slow = secondsAt(speed.reads.back());
    if (bytes <= speed.reads.front().bytes || slow <= fast) return bytes <= speed.reads.front().bytes ? 0 : 1;
    if (bytes >= speed.reads.back().bytes) return 1;
    const auto above = std::find_if(speed.reads.begin(), speed.reads.end(),
                                    [bytes](const ReadSpeed& read) { return read.bytes >= bytes; });
    const auto below = std::prev(above);
    const double at = (bytes - below->bytes) / (above->bytes - below->bytes);
    const double seconds = secondsAt(*below) + at * (secondsAt(*above) - secondsAt(*below));
    return std::clamp((seconds - fast) / (slow - fast), 0.0, 1.0);
}

/// The measured type, or the slowest of all where it was not measured.
const ProductSpeed& speedOf(const MachineSpeed& speed, const std::string& type) {
    const auto found = std::find_if(speed.products.begin(), speed.products.end(),
                                    [&](const ProductSpeed& each) { return each.type == type; });
    if (found != speed.products.end()) return *found;
    return *std::max_element(
        speed.products.begin(), speed.products.end(),
        [](const ProductSpeed& a, const ProductSpeed& b) { return a.streamedSeconds < b.streamedSeconds; });
}

double productSeconds(const std::vector<WeightShape>& shapes, const MachineSpeed& speed, double streamed) {
    double seconds = 0;
    const auto between = [streamed](double cached, double fromMemory) {
        return cached + streamed * std::max(0.0, fromMemory - cached);
    };
    for (const WeightShape& shape : shapes) {
        const ProductSpeed& product = speedOf(speed, shape.type);
        seconds += shape.bytes * between(product.cachedSeconds, product.streamedSeconds) +
                   shape.rows * between(product.cachedRowSeconds, product.streamedRowSeconds);
    }
    return seconds;
}

/// Groups are handed out as ThreadPool hands out ranges: how many of them the busiest thread gets.
double groupsOfOneThread(std::int64_t groups, int threads) {
    const std::int64_t ranges = 4 * std::max(1, threads);
    const std::int64_t chunk = (groups + ranges - 1) / ranges;
    const std::int64_t chunks = (groups + chunk - 1) / chunk;
    const std::int64_t rounds = (chunks + threads - 1) / threads;
    return static_cast<double>(std::min(groups, rounds * chunk));
}

/// What a position costs each of `together` heads: a part of its own, and its share of what they read once.
double positionSeconds(const AttentionSpeeds& speeds, double numbers, std::int64_t together) {
    const auto seconds = [numbers](const AttentionSpeed& speed) {
        return numbers * speed.numberSeconds + speed.rowSeconds;
    };
    const double alone = seconds(speeds.alone);
    const double common = std::max(0.0, (alone - seconds(speeds.amongFour)) * 4 / 3);
    return alone - common + common / static_cast<double>(together);
}

double attentionSeconds(const ModelFootprint& footprint, const MachineSpeed& speed, CacheType cache,
                        int position) {
    const AttentionSpeeds& speeds = cache == CacheType::F16 ? speed.attentionF16 : speed.attentionQ8_0;
    const int threads = std::max(1, speed.threads);
    double seconds = 0;
    for (const AttentionShape& shape : footprint.attention) {
        if (shape.heads <= 0) continue;
        const int rows = (position + 1) / std::max(1, shape.positions);
        const int seen = shape.window > 0 ? std::min(shape.window, rows) : rows;
        const double numbers = static_cast<double>(shape.numbers) / static_cast<double>(shape.heads);
        const std::int64_t sharing = std::clamp<std::int64_t>(shape.sharing, 1, shape.heads);
        const bool inSteps = HeadGroups::inSteps(shape.heads, sharing, threads, seen);
        const HeadGroups groups = HeadGroups::of(shape.heads, sharing, inSteps ? 0 : threads);
        const double headsOfOneThread =
            inSteps ? static_cast<double>(shape.heads) / threads
                    : static_cast<double>(groups.together) *
                          groupsOfOneThread(shape.heads / sharing * groups.perRow, threads);
        seconds += shape.layers * seen * positionSeconds(speeds, numbers, groups.together) * headsOfOneThread;
    }
    return seconds;
}

double drawSeconds(const MachineSpeed& speed, DrawKind kind) {
    switch (kind) {
    case DrawKind::BestFew:
        return speed.drawFewSeconds;
    case DrawKind::LikelyOnes:
        return speed.drawLikelySeconds;
    case DrawKind::All:
        break;
    }
    return speed.drawAllSeconds;
}

} // namespace

double expectedTokensPerSecond(const ModelFootprint& footprint, const MachineSpeed& speed, CacheType cache,
                               double expertsInMemory, int position) {
    if (!speed.measured()) return 0;
    const auto cacheBytes = static_cast<double>(footprint.cacheBytesRead(cache, position));
    const double hot = footprint.denseBytesPerToken + footprint.sharedBytesPerToken + cacheBytes;
    // Experts change from token to token: what counts is how many bytes take turns.
    const double turning = hot + static_cast<double>(footprint.expertBytes);

    double seconds = kHandOverSeconds;
    seconds += productSeconds(footprint.products, speed,
                              streamedShare(speed, footprint.expertBytes > 0 ? turning : hot));
    seconds += productSeconds(footprint.expertProducts, speed, streamedShare(speed, turning));
    seconds += attentionSeconds(footprint, speed, cache, position);
    seconds += footprint.parallelLoops * speed.loopSeconds;
    seconds += footprint.normedNumbers * speed.normSeconds;
    seconds += footprint.activatedNumbers * speed.activationSeconds;
    seconds += footprint.convertedNumbers * speed.conversionSeconds;
    seconds += static_cast<double>(footprint.vocabulary) * drawSeconds(speed, footprint.draw);
    const double missed = footprint.expertBytesPerToken * (1 - std::clamp(expertsInMemory, 0.0, 1.0));
    if (missed > 0) {
        if (speed.diskBytesPerSecond <= 0) return 0;
        seconds += missed / speed.diskBytesPerSecond;
    }
    return seconds > 0 ? 1 / seconds : 0;
}

} // namespace ponder::engine
