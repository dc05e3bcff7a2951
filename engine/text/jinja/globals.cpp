#include "engine/text/jinja/globals.h"

#include "engine/text/jinja/call_table.h"
#include "engine/text/jinja/clock.h"
#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/operators.h"
#include "engine/text/jinja/printing.h"

#include <map>

namespace ponder::engine::jinja {

namespace {

Value makeRangeOf(Runtime& runtime, const Arguments& arguments) {
    static const Signature signature{{"/start", "/stop", "/step"}, 1};
    const Bound bound("range", signature, arguments);
    const std::int64_t first = bound.integer(0, 0);
    const std::int64_t step = bound.integer(2, 1);
    if (step == 0) fail("the step of a range cannot be 0");
    return bound.has(1) ? makeRange(runtime.budget, first, bound.integer(1, 0), step)
                        : makeRange(runtime.budget, 0, first, 1);
}

/// The entries a dict or a list of pairs stands for, then the named arguments.
std::vector<std::pair<Value, Value>> entriesOf(Runtime& runtime, const Arguments& arguments) {
    if (arguments.positional.size() > 1) fail("\"dict\" was given too many arguments");
    std::vector<std::pair<Value, Value>> entries;
    if (!arguments.positional.empty()) {
        const Value& source = arguments.positional[0];
        if (const Dict* dict = source.dict()) {
            entries = dict->entries();
        } else {
            for (const Value& pair : itemsOf(runtime, source)) {
                std::vector<Value> parts = itemsOf(runtime, pair);
                if (parts.size() != 2) fail("a dict is made of pairs");
                entries.emplace_back(std::move(parts[0]), std::move(parts[1]));
            }
        }
    }
    for (const auto& [name, value] : arguments.named) {
        entries.emplace_back(makeString(runtime.budget, name), value);
    }
    return entries;
}

Value makeDictOf(Runtime& runtime, const Arguments& arguments) {
    return makeDict(runtime.budget, entriesOf(runtime, arguments));
}

Value makeNamespace(Runtime& runtime, const Arguments& arguments) {
    constexpr std::size_t kBytesPerAttribute = 128;
    auto space = std::make_shared<Namespace>();
    const auto entries = entriesOf(runtime, arguments);
    space->charge = Charge(runtime.budget, sizeof(Namespace) + entries.size() * kBytesPerAttribute);
    for (const auto& [name, value] : entries) {
        if (!name.string()) fail("the names in a namespace must be texts");
        // Each name is compared with those before it.
        runtime.budget.work(1 + space->attributes.size() / 8);
        space->set(name.string()->text.bytes(), value);
    }
    runtime.namespaces.push_back(space);
    return NamespaceRef(std::move(space));
}

/// Gives its items one after the other, from the first again behind the last.
struct Cycler {
    std::vector<Value> items;
    std::size_t at = 0;
};

Value makeCycler(Runtime& runtime, const Arguments& arguments) {
    if (arguments.positional.empty()) fail("a cycler needs something to choose from");
    const auto cycler = std::make_shared<Cycler>(Cycler{arguments.positional});
    const auto next = [cycler](Runtime&, const Arguments&) {
        Value item = cycler->items[cycler->at];
        cycler->at = (cycler->at + 1) % cycler->items.size();
        return item;
    };
    const auto reset = [cycler](Runtime&, const Arguments&) {
        cycler->at = 0;
        return Value(None{});
    };
    Function function{.name = "cycler", .call = {}, .attribute = {}, .charge = {}};
    function.call = [](Runtime&, const Arguments&) -> Value { fail("a cycler cannot be called"); };
    function.attribute = [cycler, next, reset](Runtime& now, std::string_view name) -> Value {
        if (name == "current") return cycler->items[cycler->at];
        if (name != "next" && name != "reset") return Undefined{};
        Function method{.name = std::string(name), .call = {}, .attribute = {}, .charge = {}};
        if (name == "next")
            method.call = next;
        else
            method.call = reset;
        return makeFunction(now.budget, std::move(method), cycler->items);
    };
    return makeFunction(runtime.budget, std::move(function), cycler->items);
}

/// Nothing the first time it is called, its separator from then on.
Value makeJoiner(Runtime& runtime, const Arguments& arguments) {
    static const Signature signature{{"sep"}, 0};
    const Bound bound("joiner", signature, arguments);
    const Value separator = bound.has(0) ? *bound[0] : makeString(runtime.budget, ", ");
    const auto used = std::make_shared<bool>(false);
    Function function{.name = "joiner", .call = {}, .attribute = {}, .charge = {}};
    function.call = [separator, used](Runtime& now, const Arguments&) {
        return std::exchange(*used, true) ? separator : makeString(now.budget, "");
    };
    return makeFunction(runtime.budget, std::move(function), {separator});
}

Value raiseException(Runtime& runtime, const Arguments& arguments) {
    static const Signature signature{{"message"}, 1};
    const Bound bound("raise_exception", signature, arguments);
    constexpr std::size_t kLongestMessage = 500;
    const Text message = textOf(runtime, *bound[0]);
    fail(message.bytes().substr(0, kLongestMessage));
}

Value formatNow(Runtime& runtime, const Arguments& arguments) {
    static const Signature signature{{"format"}, 1};
    const Bound bound("strftime_now", signature, arguments);
    const String* format = bound.string(0);
    if (!format) fail("\"strftime_now\" needs a format");
    return makeString(runtime.budget, formatTime(format->text.bytes(), runtime.now));
}

} // namespace

const Value* findGlobal(std::string_view name) {
    static const std::map<std::string_view, Value> globals{
        {"range", makeGlobal("range", makeRangeOf)},
        {"dict", makeGlobal("dict", makeDictOf)},
        {"namespace", makeGlobal("namespace", makeNamespace)},
        {"cycler", makeGlobal("cycler", makeCycler)},
        {"joiner", makeGlobal("joiner", makeJoiner)},
        {"raise_exception", makeGlobal("raise_exception", raiseException)},
        {"strftime_now", makeGlobal("strftime_now", formatNow)},
    };
    const auto found = globals.find(name);
    return found == globals.end() ? nullptr : &found->second;
}

} // namespace ponder::engine::jinja
