#pragma once

#include "engine/support/file_descriptor.h"

#include <stop_token>

namespace ponder::engine {

/// A stop request that `poll` can wait for. Made and read on one thread, requested on any.
class StopSignal {
public:
    /// Throws Error if the process has no descriptor left.
    explicit StopSignal(std::stop_token token);
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    /// Readable once the stop was requested, and from then on.
    int descriptor() const { return event_.number(); }

private:
    struct Raise {
        int descriptor;
        void operator()() const noexcept;
    };

    FileDescriptor event_;
    std::stop_callback<Raise> callback_; // after event_: it may fire while it is made
};

} // namespace ponder::engine
