#include "engine/text/jinja/call_table.h"

#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/operators.h"

#include <algorithm>

namespace ponder::engine::jinja {

namespace {

std::string quoted(std::string_view name) {
    return "\"" + std::string(name) + "\"";
}

} // namespace

Bound::Bound(std::string_view function, const Signature& signature, const Arguments& arguments)
    : function_(function), all_(arguments) {
    if (signature.takesRest) return;
    const auto count = static_cast<std::size_t>(
        std::find(signature.names.begin(), signature.names.end(), std::string_view()) -
        signature.names.begin());
    if (arguments.positional.size() > count) fail(quoted(function) + " was given too many arguments");
    for (std::size_t i = 0; i < arguments.positional.size(); ++i) values_[i] = &arguments.positional[i];
    for (const auto& [name, value] : arguments.named) {
        const auto end = signature.names.begin() + static_cast<std::ptrdiff_t>(count);
        const auto found = std::find(signature.names.begin(), end, name);
        if (found == end) fail(quoted(function) + " has no argument " + quoted(name));
        const Value*& place = values_[static_cast<std::size_t>(found - signature.names.begin())];
        if (place) fail(quoted(function) + " was given " + quoted(name) + " twice");
        place = &value;
    }
    for (std::size_t i = 0; i < static_cast<std::size_t>(signature.required); ++i) {
        if (!values_[i]) fail(quoted(function) + " was given too few arguments");
    }
}

std::int64_t Bound::integer(int parameter, std::int64_t fallback) const {
    const Value* value = (*this)[parameter];
    if (!value) return fallback;
    const auto integer = value->integer();
    if (value->isUndefined()) failUndefined(*value);
    if (!integer) fail(quoted(function_) + " needs a whole number, not a " + typeName(*value));
    return *integer;
}

std::optional<std::int64_t> Bound::optionalInteger(int parameter) const {
    const Value* value = (*this)[parameter];
    if (!value || value->isNone()) return std::nullopt;
    return integer(parameter, 0);
}

bool Bound::truth(int parameter, bool fallback) const {
    const Value* value = (*this)[parameter];
    return value ? isTrue(*value) : fallback;
}

const String* Bound::string(int parameter) const {
    const Value* value = (*this)[parameter];
    if (!value || value->isNone()) return nullptr;
    if (value->isUndefined()) failUndefined(*value);
    if (!value->string()) fail(quoted(function_) + " needs a text, not a " + typeName(*value));
    return value->string();
}

Value applyFilter(Runtime& runtime, const FilterEntry& filter, const Value& input,
                  const Arguments& arguments) {
    runtime.budget.work();
    return filter.apply(runtime, input, Bound(filter.name, filter.signature, arguments));
}

bool holds(Runtime& runtime, const TestEntry& test, const Value& input, const Arguments& arguments) {
    runtime.budget.work();
    return test.holds(runtime, input, Bound(test.name, test.signature, arguments));
}

Value callMethod(Runtime& runtime, const MethodEntry& method, const Value& object,
                 const Arguments& arguments) {
    runtime.budget.work();
    return method.call(runtime, object, Bound(method.name, method.signature, arguments));
}

} // namespace ponder::engine::jinja
