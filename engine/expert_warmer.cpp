#include "engine/expert_warmer.h"

#include "engine/memory_watch.h"

#include <cstdint>
#include <sched.h>

namespace ponder::engine {

ExpertWarmer::ExpertWarmer(const ExpertStore& store)
    : thread_([&store](const std::stop_token& stop) { warm(store, stop); }) {}

void ExpertWarmer::warm(const ExpertStore& store, const std::stop_token& stop) {
    sched_param parameters{};
    ::sched_setscheduler(0, SCHED_IDLE, &parameters); // refused: then it is as quick as the others
    MemoryWatch memory;
    std::uint64_t read = 0;
    for (int layer = 0; layer < store.layers(); ++layer) {
        for (int expert = 0; expert < store.stack(layer).experts(); ++expert) {
            if (stop.stop_requested() || memory.isShort(read)) return;
            read = store.warm(layer, expert);
        }
    }
}

} // namespace ponder::engine
