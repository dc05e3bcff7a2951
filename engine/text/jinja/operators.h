#pragma once

#include "engine/text/jinja/runtime.h"
#include "engine/text/jinja/syntax.h"

namespace ponder::engine::jinja {

/// Python's operators. They throw Failure for types that do not go together.
Value arithmetic(Runtime& runtime, BinaryOperator kind, const Value& left, const Value& right);
Value negative(const Value& operand);
Value positive(const Value& operand);
bool compare(Runtime& runtime, Comparison kind, const Value& left, const Value& right);
bool equal(Runtime& runtime, const Value& left, const Value& right);
bool less(Runtime& runtime, const Value& left, const Value& right);
bool contains(Runtime& runtime, const Value& container, const Value& item);
bool isTrue(const Value& value);

/// The items a loop over the value sees. Takes what is left of a generator.
std::vector<Value> itemsOf(Runtime& runtime, const Value& iterable);
std::int64_t lengthOf(const Value& value);
/// Why a value that is undefined cannot be used.
[[noreturn]] void failUndefined(const Value& value);

/// `object.name` and `object[key]`; undefined where there is none.
Value attributeOf(Runtime& runtime, const Value& object, std::string_view name,
                  const std::string* lastingName);
Value itemOf(Runtime& runtime, const Value& object, const Value& key);
/// `object[start:stop:step]`; null where it was left out.
Value sliceOf(Runtime& runtime, const Value& object, const Value* start, const Value* stop,
              const Value* step);

/// Calls anything that can be called.
Value call(Runtime& runtime, const Value& callee, const Arguments& arguments);

} // namespace ponder::engine::jinja
