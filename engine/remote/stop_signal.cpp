#include "engine/remote/stop_signal.h"

#include "engine/support/error.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>
#include <utility>

namespace ponder::engine {

namespace {

FileDescriptor makeEvent() {
    FileDescriptor event(::eventfd(0, EFD_CLOEXEC));
    if (!event.open()) throw Error("Too many files are open. Close other programs and try again.");
    return event;
}

} // namespace

StopSignal::StopSignal(std::stop_token token)
    : event_(makeEvent()), callback_(std::move(token), Raise{event_.number()}) {}

void StopSignal::Raise::operator()() const noexcept {
    const std::uint64_t one = 1;
    // Cannot fail: a fresh counter is far from full, and eventfd writes are not interrupted half-way.
    [[maybe_unused]] const auto written = ::write(descriptor, &one, sizeof one);
}

} // namespace ponder::engine
