#include "engine/expert_warmer.h"

#include "engine/machine.h"

#include <cstdint>
#include <sched.h>

namespace ponder::engine {

namespace {

// Less than this left in the machine, and no expert is read that nobody asked for.
constexpr std::uint64_t kLeastFree = std::uint64_t{256} << 20;
constexpr std::uint64_t kLooksAtMachine = std::uint64_t{256} << 20; // once in so many bytes

} // namespace

ExpertWarmer::ExpertWarmer(const ExpertStore& store)
    : thread_([&store](const std::stop_token& stop) { warm(store, stop); }) {}

void ExpertWarmer::warm(const ExpertStore& store, const std::stop_token& stop) {
    sched_param parameters{};
    ::sched_setscheduler(0, SCHED_IDLE, &parameters); // refused: then it is as quick as the others
    std::uint64_t unlooked = kLooksAtMachine;
    for (int layer = 0; layer < store.layers(); ++layer) {
        for (int expert = 0; expert < store.stack(layer).experts(); ++expert) {
            if (stop.stop_requested()) return;
            if (unlooked >= kLooksAtMachine) {
                if (lookAtMachine().freeBytes < kLeastFree) return;
                unlooked = 0;
            }
            unlooked += store.warm(layer, expert);
        }
    }
}

} // namespace ponder::engine
