#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "engine/engine.h"

namespace ponder::app {

/// What was measured, as JSON.
std::string machineSpeedJson(const engine::MachineSpeed& speed);
/// The inverse. Empty for anything that is no such JSON, or says what cannot be.
std::optional<engine::MachineSpeed> machineSpeedFrom(std::string_view json);

/// What the file keeps; empty where there is none, or none that can be used.
std::optional<engine::MachineSpeed> readMachineSpeed(const std::filesystem::path& file);
/// A file that cannot be written costs two seconds at the next start, and nothing else.
void keepMachineSpeed(const std::filesystem::path& file, const engine::MachineSpeed& speed);

/// Was it measured here, with as many threads, not too long ago? `threads` 0: one a core.
bool isOfThisMachine(const engine::MachineSpeed& speed, int threads, std::int64_t now);

} // namespace ponder::app
