#pragma once

#include <cstddef>
#include <cstdint>

namespace ponder::engine::jinja {

class Budget;

/// Memory counted against a budget until this is destroyed.
class Charge {
public:
    Charge() = default;
    Charge(Budget& budget, std::size_t bytes);
    ~Charge();
    Charge(Charge&& other) noexcept;
    Charge& operator=(Charge&& other) noexcept;

private:
    Budget* budget_ = nullptr;
    std::size_t bytes_ = 0;
};

/// What one rendering may use. Every function throws Failure when it is used up. Outlives all Charges.
class Budget {
public:
    Budget();

    /// A turn of a loop, a call, an item a filter looks at. Statements are not counted: there are only so
    /// many in a template, and some look at all messages again for each message of a long chat.
    void step(std::size_t count = 1);
    /// Anything smaller that still takes time; looks at the clock now and then.
    void work(std::size_t units = 1) {
        untilClock_ -= static_cast<std::int64_t>(units);
        if (untilClock_ < 0) checkClock();
    }
    /// Work in proportion to so many bytes of text.
    void bytesRead(std::size_t bytes) { work(1 + bytes / 256); }
    /// Refuses to allocate this much. Call before anything that may grow without bound.
    void demand(std::size_t bytes) const;
    /// Refuses an output that has become this long.
    void checkOutput(std::size_t bytes) const;

    /// One more call inside the present one, until this is destroyed.
    class Call {
    public:
        explicit Call(Budget& budget);
        ~Call();
        Call(const Call&) = delete;
        Call& operator=(const Call&) = delete;

    private:
        Budget& budget_;
    };

    /// Refuses when little of the thread's stack is left.
    void checkStack() const;

private:
    friend class Charge;
    void checkClock();

    std::size_t steps_ = 0;
    std::size_t heldBytes_ = 0;
    std::int64_t untilClock_ = 0;
    std::int64_t deadline_ = 0; // nanoseconds of this thread's processor time
    int calls_ = 0;
    const char* stackStart_ = nullptr;
};

} // namespace ponder::engine::jinja
