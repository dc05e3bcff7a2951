#pragma once

#include "engine/text/jinja/runtime.h"

#include <functional>
#include <optional>

namespace ponder::engine::jinja {

/// Takes items one after the other; a generator remembers what was taken.
class Cursor {
public:
    Cursor(Runtime& runtime, const Value& iterable);
    /// Empty at the end.
    std::optional<Value> next();
    /// From now on it is at its end.
    void letGo() { list_.reset(); }

private:
    ListRef list_; // null: let go
    std::size_t taken_ = 0;
};

/// What `loop` is inside a for loop. Looks ahead only when it is asked something that needs it.
struct Loop {
    Loop(Runtime& runtime, const Value& iterable)
        : cursor(runtime, iterable), charge_(runtime.budget, sizeof(Loop)) {}

    /// Goes to the next item that passes the loop's filter; empty at the end.
    std::optional<Value> advance(Runtime& runtime);
    const std::optional<Value>& peek(Runtime& runtime);
    std::int64_t length(Runtime& runtime);
    /// `loop.name`; undefined where there is none.
    Value attribute(Runtime& runtime, std::string_view name, const LoopRef& self);
    /// Lets go of everything that could lead back to this loop, or to a long chain of them.
    void finish();

    Cursor cursor;
    std::function<bool(const Value&)> passes;   ///< the `if` of the loop; may be empty
    std::function<Value(const Value&)> recurse; ///< loop(items); empty unless the loop is recursive
    std::int64_t index = -1;
    int depth = 0; ///< of recursion
    std::optional<Value> previous, current;

private:
    std::optional<Value> fetch(Runtime& runtime);

    std::vector<Value> ahead_; // looked at, not yet reached
    std::size_t reached_ = 0;  // of ahead_
    std::optional<Value> peeked_;
    bool ended_ = false;
    bool finished_ = false;
    std::optional<Value> lastChanged_;
    Charge charge_;
};

} // namespace ponder::engine::jinja
