#pragma once

#include "engine/text/jinja/value.h"

#include <initializer_list>
#include <span>
#include <string_view>

namespace ponder::engine::jinja {

/// Names of a function's parameters, in order. A name that begins with `/` can only be given by position.
struct Signature {
    static constexpr int kMostParameters = 5;
    std::array<std::string_view, kMostParameters> names{};
    int required = 0;
    bool takesRest = false; ///< more arguments of any name: the function looks at `all`
};

/// Arguments of a call, put to the parameters they are for. Lives no longer than the Arguments.
class Bound {
public:
    /// Throws Failure: too many, too few, or one of an unknown name.
    Bound(std::string_view function, const Signature& signature, const Arguments& arguments);

    /// The argument for a parameter, null if it was left out.
    const Value* operator[](int parameter) const { return values_[static_cast<std::size_t>(parameter)]; }
    bool has(int parameter) const { return values_[static_cast<std::size_t>(parameter)] != nullptr; }
    /// An int; the fallback where it was left out.
    std::int64_t integer(int parameter, std::int64_t fallback) const;
    /// As above, and None counts as left out.
    std::optional<std::int64_t> optionalInteger(int parameter) const;
    bool truth(int parameter, bool fallback) const;
    /// A str; null where it was left out or None.
    const String* string(int parameter) const;
    const Arguments& all() const { return all_; }
    std::string_view function() const { return function_; }

private:
    std::string_view function_;
    std::array<const Value*, Signature::kMostParameters> values_{};
    const Arguments& all_;
};

struct FilterEntry {
    std::string_view name;
    Signature signature;
    Value (*apply)(Runtime&, const Value& input, const Bound&);
};

struct TestEntry {
    std::string_view name;
    Signature signature;
    bool (*holds)(Runtime&, const Value& input, const Bound&);
};

/// A method of a built-in type.
struct MethodEntry {
    std::string_view name;
    Signature signature;
    Value (*call)(Runtime&, const Value& object, const Bound&);
};

/// Null if there is none.
const FilterEntry* findFilter(std::string_view name);
const TestEntry* findTest(std::string_view name);
/// The method `name` of the value's type; null if it has none.
const MethodEntry* findMethod(const Value& object, std::string_view name);

Value applyFilter(Runtime& runtime, const FilterEntry& filter, const Value& input,
                  const Arguments& arguments);
bool holds(Runtime& runtime, const TestEntry& test, const Value& input, const Arguments& arguments);
Value callMethod(Runtime& runtime, const MethodEntry& method, const Value& object,
                 const Arguments& arguments);

} // namespace ponder::engine::jinja
