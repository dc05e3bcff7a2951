#include "engine/weight_warmer.h"

#include "engine/memory_watch.h"

#include <cstdint>
#include <sched.h>
#include <vector>

namespace ponder::engine {

WeightWarmer::WeightWarmer(const DenseStore& dense, const ExpertStore& experts, const GgufFile& file)
    : thread_([&](const std::stop_token& stop) {
          sched_param parameters{};
          ::sched_setscheduler(0, SCHED_IDLE, &parameters); // refused: then it is as quick as the others
          // From the other end than passes, which begin with the first layer.
          for (std::size_t part = dense.parts(); part-- > 0 && !stop.stop_requested();) {
              experts.letOthersLoad();
              dense.warm(part, file);
          }
          warmExperts(experts, stop);
      }) {}

void WeightWarmer::warmExperts(const ExpertStore& store, const std::stop_token& stop) {
    MemoryWatch memory;
    std::uint64_t read = 0;
    std::vector<int> next(static_cast<std::size_t>(store.layers()), 0); // of a layer's experts
    while (const auto layer = nextLayer(store, next)) {
        store.letOthersLoad();
        if (stop.stop_requested() || memory.isShort(read)) return;
        read = store.warm(*layer, next[static_cast<std::size_t>(*layer)]++);
    }
}

std::optional<int> WeightWarmer::nextLayer(const ExpertStore& store, std::span<const int> next) {
    const int layers = store.layers();
    for (int i = 1; i <= layers; ++i) {
        const int layer = (store.layerInUse() + i) % layers;
        if (next[static_cast<std::size_t>(layer)] < store.stack(layer).experts()) return layer;
    }
    return {};
}

} // namespace ponder::engine
