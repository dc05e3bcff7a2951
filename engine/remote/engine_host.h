#pragma once

#include "engine/engine.h"
#include "engine/support/file_descriptor.h"

#include <functional>
#include <memory>

namespace ponder::engine {

/// Makes the engine that answers; `options` are those of `openEngine`, as far as they cross the wire.
using EngineFactory = std::function<std::unique_ptr<Engine>(const EngineOptions& options)>;

/// The life of an engine process: hardens itself, waits for the model's name, confines itself, loads and
/// answers until Ponder closes the socket, then ends the process. An Error costs one answer; running out of
/// memory or any other exception is reported and ends the process. Call it on the only thread.
[[noreturn]] void runEngineHost(FileDescriptor socket, const EngineFactory& open);

} // namespace ponder::engine
