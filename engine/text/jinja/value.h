#pragma once

#include "engine/text/jinja/budget.h"
#include "engine/text/jinja/text.h"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace ponder::engine::jinja {

struct Runtime;
struct Arguments;
struct List;
struct Loop;
class Dict;
class Value;

/// What a name without a value gives. Prints nothing; nearly everything else fails and says the name.
struct Undefined {
    const std::string* name = nullptr; ///< lives as long as the template
};

struct None {};

/// An immutable str. `escaped`: markupsafe's Markup, which escapes what is added to it.
struct String {
    Text text;
    std::size_t characters = 0;
    bool escaped = false;
    Charge charge;

    bool isAscii() const { return characters == text.size(); }
};

/// Something that can be called: a macro, a global, a method taken off its object.
struct Function {
    std::string name;
    std::function<Value(Runtime&, const Arguments&)> call;
    std::function<Value(Runtime&, std::string_view)> attribute; ///< may be empty
    int depth = 0;                                              ///< of the values it keeps
    Charge charge;
};

struct Namespace {
    std::vector<std::pair<std::string, Value>> attributes;
    Charge charge;

    Value* find(std::string_view name);
    void set(std::string_view name, Value value);
};

using StringRef = std::shared_ptr<const String>;
using ListRef = std::shared_ptr<const List>;
using DictRef = std::shared_ptr<const Dict>;
using FunctionRef = std::shared_ptr<const Function>;
using NamespaceRef = std::shared_ptr<Namespace>;
using LoopRef = std::shared_ptr<Loop>;

/// A Python value. Copies share; nothing but a Namespace changes after it was made.
class Value {
public:
    using Storage = std::variant<Undefined, None, bool, std::int64_t, double, StringRef, ListRef, DictRef,
                                 FunctionRef, NamespaceRef, LoopRef>;

    Value() = default;
    template <typename T,
              typename = std::enable_if_t<std::is_constructible_v<Storage, std::in_place_type_t<T>, T>>>
    Value(T value) : storage_(std::in_place_type<T>, std::move(value)) {}

    template <typename T>
    bool is() const {
        return std::holds_alternative<T>(storage_);
    }
    /// The value as a T, null if it is something else.
    template <typename T>
    const T* as() const {
        return std::get_if<T>(&storage_);
    }
    const Storage& storage() const { return storage_; }

    bool isUndefined() const { return is<Undefined>(); }
    bool isNone() const { return is<None>(); }
    const String* string() const {
        const StringRef* ref = as<StringRef>();
        return ref ? ref->get() : nullptr;
    }
    const List* list() const {
        const ListRef* ref = as<ListRef>();
        return ref ? ref->get() : nullptr;
    }
    const Dict* dict() const {
        const DictRef* ref = as<DictRef>();
        return ref ? ref->get() : nullptr;
    }
    /// int and bool, which Python takes for an int.
    std::optional<std::int64_t> integer() const;
    /// int, bool and float.
    std::optional<double> number() const;

private:
    Storage storage_;
};

enum class ListKind { List, Tuple, Range, Generator, Keys, Values, Items };

/// Anything that holds values in order. A generator's items can be taken once.
struct List {
    ListKind kind = ListKind::List;
    std::vector<Value> items;
    std::array<std::int64_t, 3> range{}; ///< start, stop, step of a Range
    bool isGroup = false;                ///< a tuple whose two items are called grouper and list
    std::string generatorName;           ///< "generator", "list_reverseiterator", …
    mutable std::size_t taken = 0;       ///< of a generator
    bool hashable = false;
    int depth = 1;
    Charge charge;
};

/// A dict: entries in the order they came.
class Dict {
public:
    /// Replaces the value of an equal key. The key is hashable.
    void set(Value key, Value value);
    const Value* find(const Value& key) const;
    const Value* find(std::string_view key) const;
    const std::vector<std::pair<Value, Value>>& entries() const { return entries_; }

    int depth = 1;
    Charge charge;

private:
    std::optional<std::size_t> position(const Value& key, std::size_t hash) const;

    std::vector<std::pair<Value, Value>> entries_;
    std::unordered_multimap<std::size_t, std::size_t> index_; // once there are many entries
};

/// Arguments of a call.
struct Arguments {
    std::vector<Value> positional;
    std::vector<std::pair<std::string, Value>> named;
};

Value makeString(Budget& budget, Text text);
Value makeString(Budget& budget, std::string_view markup);
/// A string with the html flag of `like`.
Value makeStringLike(Budget& budget, Text text, const String& like);
Value makeEscaped(Budget& budget, Text text);
Value makeList(Budget& budget, std::vector<Value> items, ListKind kind = ListKind::List);
/// Seals a list built by hand: counts its memory and depth.
Value sealList(Budget& budget, List list);
Value makeTuple(Budget& budget, std::vector<Value> items);
Value makeGenerator(Budget& budget, std::vector<Value> items, std::string name = "generator");
Value makeRange(Budget& budget, std::int64_t start, std::int64_t stop, std::int64_t step);
Value makeDict(Budget& budget, std::vector<std::pair<Value, Value>> entries);
/// Seals a dict built by hand: counts its memory and depth.
Value makeDict(Budget& budget, Dict dict);
/// A function that keeps no values and lives as long as the program.
Value makeGlobal(std::string name, std::function<Value(Runtime&, const Arguments&)> call);
/// Seals a function that keeps `kept`: counts its memory and depth.
Value makeFunction(Budget& budget, Function function, const std::vector<Value>& kept = {});

/// Python's name of the value's type: "str", "list", "NoneType", …
std::string typeName(const Value& value);
/// Equal values have equal hashes.
std::size_t hashOf(const Value& value);
bool isHashable(const Value& value);

} // namespace ponder::engine::jinja
