#include "engine/text/jinja/value.h"

#include "engine/text/jinja/failure.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ponder::engine::jinja {

namespace {

constexpr int kDeepestValue = 200;
// A dict with more entries is indexed by hash.
constexpr std::size_t kUnindexedEntries = 8;
// Items of a tuple that its hash looks at.
constexpr std::size_t kHashedItems = 4;

int depthOf(const Value& value) {
    if (const List* list = value.list()) return list->depth;
    if (const Dict* dict = value.dict()) return dict->depth;
    if (const FunctionRef* function = value.as<FunctionRef>()) return (*function)->depth;
    return 0;
}

void checkDepth(int depth) {
    if (depth > kDeepestValue) fail("its values are nested too deep");
}

/// Equality of dict keys: like Python's. `left` bounds how many values are looked at, as tuples share their
/// items.
bool sameKey(const Value& a, const Value& b, int& left) {
    if (--left < 0) fail("a key of a dict is too large");
    if (const auto x = a.number()) {
        const auto y = b.number();
        if (a.integer() && b.integer()) return *a.integer() == *b.integer();
        return y && *x == *y;
    }
    if (const String* x = a.string()) return b.string() && x->text.bytes() == b.string()->text.bytes();
    if (const List* x = a.list()) {
        const List* y = b.list();
        if (x == y) return true;
        return y && x->kind == y->kind && x->items.size() == y->items.size() &&
               std::equal(x->items.begin(), x->items.end(), y->items.begin(),
                          [&](const Value& one, const Value& other) { return sameKey(one, other, left); });
    }
    if (a.isNone() || a.isUndefined()) return a.storage().index() == b.storage().index();
    if (const FunctionRef* x = a.as<FunctionRef>()) return b.is<FunctionRef>() && *x == *b.as<FunctionRef>();
    if (const NamespaceRef* x = a.as<NamespaceRef>())
        return b.is<NamespaceRef>() && *x == *b.as<NamespaceRef>();
    return false;
}

bool sameKey(const Value& a, const Value& b) {
    constexpr int kMostValues = 10'000;
    int left = kMostValues;
    return sameKey(a, b, left);
}

Value makeStringOf(Budget& budget, Text text, bool escaped) {
    const std::size_t characters = countCharacters(text.bytes());
    budget.bytesRead(text.size());
    Charge charge(budget, text.memory() + sizeof(String));
    return StringRef(std::make_shared<String>(String{
        .text = std::move(text), .characters = characters, .escaped = escaped, .charge = std::move(charge)}));
}

} // namespace

Value* Namespace::find(std::string_view name) {
    for (auto& [key, value] : attributes) {
        if (key == name) return &value;
    }
    return nullptr;
}

void Namespace::set(std::string_view name, Value value) {
    if (Value* present = find(name))
        *present = std::move(value);
    else
        attributes.emplace_back(name, std::move(value));
}

std::optional<std::int64_t> Value::integer() const {
    if (const std::int64_t* value = as<std::int64_t>()) return *value;
    if (const bool* value = as<bool>()) return *value ? 1 : 0;
    return std::nullopt;
}

std::optional<double> Value::number() const {
    if (const double* value = as<double>()) return *value;
    if (const auto value = integer()) return static_cast<double>(*value);
    return std::nullopt;
}

std::optional<std::size_t> Dict::position(const Value& key, std::size_t hash) const {
    if (entries_.size() <= kUnindexedEntries) {
        for (std::size_t i = 0; i < entries_.size(); ++i) {
            if (sameKey(entries_[i].first, key)) return i;
        }
        return std::nullopt;
    }
    const auto [begin, end] = index_.equal_range(hash);
    for (auto i = begin; i != end; ++i) {
        if (sameKey(entries_[i->second].first, key)) return i->second;
    }
    return std::nullopt;
}

void Dict::set(Value key, Value value) {
    const std::size_t hash = hashOf(key);
    if (const auto present = position(key, hash)) {
        entries_[*present].second = std::move(value);
        return;
    }
    entries_.emplace_back(std::move(key), std::move(value));
    if (entries_.size() == kUnindexedEntries + 1) {
        for (std::size_t i = 0; i < entries_.size(); ++i) index_.emplace(hashOf(entries_[i].first), i);
    } else if (entries_.size() > kUnindexedEntries) {
        index_.emplace(hash, entries_.size() - 1);
    }
}

const Value* Dict::find(const Value& key) const {
    const auto found = position(key, entries_.size() > kUnindexedEntries ? hashOf(key) : 0);
    return found ? &entries_[*found].second : nullptr;
}

const Value* Dict::find(std::string_view key) const {
    const auto matches = [&](const Value& candidate) {
        const String* string = candidate.string();
        return string && string->text.bytes() == key;
    };
    if (entries_.size() <= kUnindexedEntries) {
        for (const auto& [candidate, value] : entries_) {
            if (matches(candidate)) return &value;
        }
        return nullptr;
    }
    const auto [begin, end] = index_.equal_range(std::hash<std::string_view>()(key));
    for (auto i = begin; i != end; ++i) {
        if (matches(entries_[i->second].first)) return &entries_[i->second].second;
    }
    return nullptr;
}

Value makeString(Budget& budget, Text text) {
    return makeStringOf(budget, std::move(text), false);
}

Value makeString(Budget& budget, std::string_view markup) {
    return makeStringOf(budget, Text(std::string(markup), Origin::Markup), false);
}

Value makeStringLike(Budget& budget, Text text, const String& like) {
    return makeStringOf(budget, std::move(text), like.escaped);
}

Value makeEscaped(Budget& budget, Text text) {
    return makeStringOf(budget, std::move(text), true);
}

Value sealList(Budget& budget, List list) {
    int depth = 0;
    for (const Value& item : list.items) depth = std::max(depth, depthOf(item));
    checkDepth(depth + 1);
    budget.work(1 + list.items.size() / 4);
    list.depth = depth + 1;
    list.hashable = list.kind != ListKind::List && list.kind != ListKind::Keys &&
                    list.kind != ListKind::Items &&
                    std::all_of(list.items.begin(), list.items.end(), isHashable);
    list.charge = Charge(budget, sizeof(List) + list.items.capacity() * sizeof(Value));
    return ListRef(std::make_shared<List>(std::move(list)));
}

Value makeList(Budget& budget, std::vector<Value> items, ListKind kind) {
    return sealList(budget, List{.kind = kind, .items = std::move(items), .generatorName = {}, .charge = {}});
}

Value makeTuple(Budget& budget, std::vector<Value> items) {
    return makeList(budget, std::move(items), ListKind::Tuple);
}

Value makeGenerator(Budget& budget, std::vector<Value> items, std::string name) {
    return sealList(budget, List{.kind = ListKind::Generator,
                                 .items = std::move(items),
                                 .generatorName = std::move(name),
                                 .charge = {}});
}

Value makeRange(Budget& budget, std::int64_t start, std::int64_t stop, std::int64_t step) {
    // The sandbox of transformers allows no longer ones either.
    constexpr std::uint64_t kLongestRange = 100'000;
    std::uint64_t count = 0;
    const auto distance = [](std::int64_t from, std::int64_t to) {
        return static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from);
    };
    if (step > 0 && start < stop)
        count = (distance(start, stop) - 1) / static_cast<std::uint64_t>(step) + 1;
    else if (step < 0 && start > stop)
        count = (distance(stop, start) - 1) / (std::uint64_t{0} - static_cast<std::uint64_t>(step)) + 1;
    if (count > kLongestRange) fail("a range of more than 100000 numbers is too long");
    std::vector<Value> items;
    items.reserve(count);
    budget.work(count);
    for (std::uint64_t i = 0; i < count; ++i) {
        items.emplace_back(static_cast<std::int64_t>(static_cast<std::uint64_t>(start) +
                                                     i * static_cast<std::uint64_t>(step)));
    }
    return sealList(budget, List{.kind = ListKind::Range,
                                 .items = std::move(items),
                                 .range = {start, stop, step},
                                 .generatorName = {},
                                 .charge = {}});
}

Value makeDict(Budget& budget, std::vector<std::pair<Value, Value>> entries) {
    Dict dict;
    for (auto& [key, value] : entries) {
        if (!isHashable(key)) fail("a " + typeName(key) + " cannot be a key of a dict");
        budget.work();
        dict.set(std::move(key), std::move(value));
    }
    return makeDict(budget, std::move(dict));
}

Value makeDict(Budget& budget, Dict dict) {
    int depth = 0;
    for (const auto& [key, value] : dict.entries()) depth = std::max({depth, depthOf(key), depthOf(value)});
    checkDepth(depth + 1);
    constexpr std::size_t kIndexBytesPerEntry = 32;
    dict.depth = depth + 1;
    dict.charge =
        Charge(budget, sizeof(Dict) + dict.entries().size() * (2 * sizeof(Value) + kIndexBytesPerEntry));
    return DictRef(std::make_shared<Dict>(std::move(dict)));
}

Value makeGlobal(std::string name, std::function<Value(Runtime&, const Arguments&)> call) {
    return FunctionRef(std::make_shared<Function>(
        Function{.name = std::move(name), .call = std::move(call), .attribute = {}, .charge = {}}));
}

Value makeFunction(Budget& budget, Function function, const std::vector<Value>& kept) {
    constexpr std::size_t kClosureBytes = 128;
    for (const Value& value : kept) function.depth = std::max(function.depth, depthOf(value) + 1);
    checkDepth(function.depth);
    budget.work();
    function.charge = Charge(budget, sizeof(Function) + kClosureBytes);
    return FunctionRef(std::make_shared<Function>(std::move(function)));
}

std::string typeName(const Value& value) {
    if (value.isUndefined()) return "Undefined";
    if (value.isNone()) return "NoneType";
    if (value.is<bool>()) return "bool";
    if (value.is<std::int64_t>()) return "int";
    if (value.is<double>()) return "float";
    if (value.string()) return "str";
    if (value.dict()) return "dict";
    if (value.is<NamespaceRef>()) return "Namespace";
    if (value.is<LoopRef>()) return "LoopContext";
    const List* list = value.list();
    if (!list) return "function";
    switch (list->kind) {
    case ListKind::List:
        return "list";
    case ListKind::Tuple:
        return "tuple";
    case ListKind::Range:
        return "range";
    case ListKind::Generator:
        return list->generatorName;
    case ListKind::Keys:
        return "dict_keys";
    case ListKind::Values:
        return "dict_values";
    case ListKind::Items:
        return "dict_items";
    }
    return "object";
}

std::size_t hashOf(const Value& value) {
    if (const String* string = value.string()) return std::hash<std::string_view>()(string->text.bytes());
    if (const auto number = value.number()) return std::hash<double>()(*number);
    if (const List* list = value.list()) {
        std::size_t hash = list->items.size();
        for (std::size_t i = 0; i < std::min(list->items.size(), kHashedItems); ++i) {
            // A tuple inside a tuple counts by its length: hashing must stay cheap.
            const List* inner = list->items[i].list();
            hash = hash * 31 + (inner ? inner->items.size() : hashOf(list->items[i]));
        }
        return hash;
    }
    return value.storage().index();
}

bool isHashable(const Value& value) {
    if (value.dict()) return false;
    const List* list = value.list();
    return !list || list->hashable;
}

} // namespace ponder::engine::jinja
