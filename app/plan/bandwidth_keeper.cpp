#include "app/plan/bandwidth_keeper.h"

#include <ctime>

#include "app/plan/machine_speed_file.h"

namespace ponder::app {

BandwidthKeeper::BandwidthKeeper(std::filesystem::path file, std::function<void()> measured,
                                 MachineMeter meter)
    : file_(std::move(file)), measured_(std::move(measured)), meter_(std::move(meter)),
      speed_(readMachineSpeed(file_)), worker_([](const std::exception&) {}) {}

std::optional<engine::MachineSpeed> BandwidthKeeper::known() const {
    const std::lock_guard lock(mutex_);
    return speed_;
}

void BandwidthKeeper::measure(const engine::SpeedProbe& probe) {
    post(probe, false);
}

void BandwidthKeeper::measureAgain(const engine::SpeedProbe& probe) {
    post(probe, true);
}

void BandwidthKeeper::post(const engine::SpeedProbe& probe, bool again) {
    worker_.post([this, probe, again] {
        const auto before = known();
        if (!again && before && isOfThisMachine(*before, probe.threads, std::time(nullptr))) return;
        engine::MachineSpeed speed = meter_(probe);
        // A disk that was measured once is not forgotten because no file was at hand this time.
        if (speed.diskBytesPerSecond == 0 && before) speed.diskBytesPerSecond = before->diskBytesPerSecond;
        keepMachineSpeed(file_, speed);
        {
            const std::lock_guard lock(mutex_);
            speed_ = std::move(speed);
        }
        if (measured_) measured_();
    });
}

} // namespace ponder::app
