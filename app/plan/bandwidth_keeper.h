#pragma once

#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>

#include "app/worker.h"
#include "engine/engine.h"

namespace ponder::app {

/// Measures how fast this machine is; engine::measureMachine, or a stand-in for tests.
using MachineMeter = std::function<engine::MachineSpeed(const engine::SpeedProbe&)>;

/// Knows how fast this machine is: from a file, or measured once on a thread of its own. `measure` and
/// `measureAgain` return at once; `known` is safe on any thread.
class BandwidthKeeper {
public:
    /// `measured` is called on the keeper's thread whenever there is something new.
    BandwidthKeeper(std::filesystem::path file, std::function<void()> measured,
                    MachineMeter meter = engine::measureMachine);

    /// Empty: not known yet.
    std::optional<engine::MachineSpeed> known() const;
    /// Unless it is known for this processor and so many threads.
    void measure(const engine::SpeedProbe& probe);
    /// Whatever is known.
    void measureAgain(const engine::SpeedProbe& probe);

private:
    void post(const engine::SpeedProbe& probe, bool again);

    const std::filesystem::path file_;
    const std::function<void()> measured_;
    const MachineMeter meter_;
    mutable std::mutex mutex_;
    std::optional<engine::MachineSpeed> speed_;
    Worker worker_; // last: its jobs use the members above
};

} // namespace ponder::app
