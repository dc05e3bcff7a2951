#include "engine/text/jinja/budget.h"

#include "engine/text/jinja/failure.h"

#include <ctime>
#include <utility>

namespace ponder::engine::jinja {

namespace {

constexpr std::size_t kMostSteps = 1'000'000;
constexpr int kMostCalls = 64;
constexpr std::size_t kLongestOutput = std::size_t{4} << 20;
constexpr std::size_t kMostBytes = std::size_t{64} << 20;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::int64_t kSlowedBy = 20;
#else
constexpr std::int64_t kSlowedBy = 1;
#endif
constexpr std::int64_t kMostNanoseconds = kSlowedBy * 250'000'000;
constexpr std::int64_t kWorkPerClockCheck = 2048;
// Of the 8 MiB a thread has on Linux.
constexpr std::ptrdiff_t kMostStack = std::ptrdiff_t{3} << 20;

// The thread's own time: a busy machine must not make a good template fail.
std::int64_t processorTime() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

const char* stackPointer() {
    return static_cast<const char*>(__builtin_frame_address(0));
}

} // namespace

Charge::Charge(Budget& budget, std::size_t bytes) : budget_(&budget), bytes_(bytes) {
    budget.demand(bytes);
    budget.heldBytes_ += bytes;
}

Charge::~Charge() {
    if (budget_) budget_->heldBytes_ -= bytes_;
}

Charge::Charge(Charge&& other) noexcept : budget_(other.budget_), bytes_(other.bytes_) {
    other.budget_ = nullptr;
}

Charge& Charge::operator=(Charge&& other) noexcept {
    std::swap(budget_, other.budget_);
    std::swap(bytes_, other.bytes_);
    return *this;
}

Budget::Budget()
    : untilClock_(kWorkPerClockCheck), deadline_(processorTime() + kMostNanoseconds),
      stackStart_(stackPointer()) {}

void Budget::step(std::size_t count) {
    steps_ += count;
    if (steps_ > kMostSteps) fail("it takes more than a million steps");
    work(count);
}

void Budget::checkClock() {
    untilClock_ = kWorkPerClockCheck;
    if (processorTime() > deadline_) fail("it takes longer than 250 milliseconds");
}

void Budget::demand(std::size_t bytes) const {
    if (bytes > kMostBytes || heldBytes_ + bytes > kMostBytes) fail("it needs more than 64 MiB of memory");
}

void Budget::checkOutput(std::size_t bytes) const {
    if (bytes > kLongestOutput) fail("it writes more than 4 MiB");
}

void Budget::checkStack() const {
    const std::ptrdiff_t used = stackStart_ - stackPointer();
    if (used > kMostStack || used < -kMostStack) fail("its expressions and calls are nested too deep");
}

Budget::Call::Call(Budget& budget) : budget_(budget) {
    if (budget_.calls_ >= kMostCalls) fail("its calls are nested more than 64 deep");
    budget_.step();
    ++budget_.calls_;
}

Budget::Call::~Call() {
    --budget_.calls_;
}

} // namespace ponder::engine::jinja
