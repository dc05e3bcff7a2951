#include "engine/text/jinja/loop.h"

#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/operators.h"

namespace ponder::engine::jinja {

namespace {

Value method(Runtime& runtime, std::string name, std::function<Value(Runtime&, const Arguments&)> call) {
    return makeFunction(runtime.budget,
                        {.name = std::move(name), .call = std::move(call), .attribute = {}, .charge = {}});
}

} // namespace

Cursor::Cursor(Runtime& runtime, const Value& iterable) {
    if (const ListRef* list = iterable.as<ListRef>())
        list_ = *list;
    else
        list_ = *makeList(runtime.budget, itemsOf(runtime, iterable)).as<ListRef>();
}

std::optional<Value> Cursor::next() {
    if (!list_) return std::nullopt;
    std::size_t& taken = list_->kind == ListKind::Generator ? list_->taken : taken_;
    if (taken >= list_->items.size()) return std::nullopt;
    return list_->items[taken++];
}

void Loop::finish() {
    cursor.letGo();
    passes = nullptr;
    recurse = nullptr;
    lastChanged_.reset();
    previous.reset();
    current.reset();
    peeked_.reset();
    ahead_.clear();
    reached_ = 0;
    ended_ = true;
    finished_ = true;
}

std::optional<Value> Loop::fetch(Runtime& runtime) {
    while (auto item = cursor.next()) {
        runtime.budget.step();
        if (!passes || passes(*item)) return item;
    }
    return std::nullopt;
}

std::optional<Value> Loop::advance(Runtime& runtime) {
    std::optional<Value> item;
    if (reached_ < ahead_.size())
        item = ahead_[reached_++];
    else if (!ended_)
        item = fetch(runtime);
    if (!item) {
        ended_ = true;
        return std::nullopt;
    }
    ++index;
    previous = std::move(current);
    current = item;
    return item;
}

const std::optional<Value>& Loop::peek(Runtime& runtime) {
    if (reached_ == ahead_.size() && !ended_) {
        if (auto item = fetch(runtime))
            ahead_.push_back(std::move(*item));
        else
            ended_ = true;
    }
    peeked_ = reached_ < ahead_.size() ? std::optional(ahead_[reached_]) : std::nullopt;
    return peeked_;
}

std::int64_t Loop::length(Runtime& runtime) {
    while (!ended_) {
        if (auto item = fetch(runtime))
            ahead_.push_back(std::move(*item));
        else
            ended_ = true;
    }
    return index + 1 + static_cast<std::int64_t>(ahead_.size() - reached_);
}

Value Loop::attribute(Runtime& runtime, std::string_view name, const LoopRef& self) {
    if (name == "index") return index + 1;
    if (name == "index0") return index;
    if (name == "first") return index == 0;
    if (name == "last") return !peek(runtime).has_value();
    if (name == "length") return length(runtime);
    if (name == "revindex") return length(runtime) - index;
    if (name == "revindex0") return length(runtime) - index - 1;
    if (name == "depth") return std::int64_t{depth} + 1;
    if (name == "depth0") return std::int64_t{depth};
    if (name == "previtem") return previous.value_or(Value());
    if (name == "nextitem") return peek(runtime).value_or(Value());
    if (name == "cycle") {
        return method(runtime, "cycle", [self](Runtime&, const Arguments& arguments) {
            const auto& items = arguments.positional;
            if (items.empty()) fail("loop.cycle needs something to choose from");
            return items[static_cast<std::size_t>(self->index) % items.size()];
        });
    }
    if (name == "changed") {
        return method(runtime, "changed", [self](Runtime& now, const Arguments& arguments) {
            Value values = makeTuple(now.budget, arguments.positional);
            if (self->lastChanged_ && equal(now, *self->lastChanged_, values)) return Value(false);
            // What is kept after the end would never be let go of.
            if (!self->finished_) self->lastChanged_ = std::move(values);
            return Value(true);
        });
    }
    return Undefined{};
}

} // namespace ponder::engine::jinja
