#include "engine/text/jinja/context.h"

#include "engine/text/jinja/failure.h"

#include <nlohmann/json.hpp>

namespace ponder::engine::jinja {

namespace {

using Json = nlohmann::ordered_json;

// As deep as a value may be in a template.
constexpr int kDeepestJson = 200;

Value valueOf(Runtime& runtime, const Json& json, int depth);

Value dictOf(Runtime& runtime, const Json& json, int depth) {
    Dict dict;
    for (const auto& [name, value] : json.items()) {
        dict.set(makeString(runtime.budget, Text(name, Origin::Content)), valueOf(runtime, value, depth + 1));
    }
    return makeDict(runtime.budget, std::move(dict));
}

Value valueOf(Runtime& runtime, const Json& json, int depth) {
    if (depth > kDeepestJson) fail("its variables are nested too deep");
    switch (json.type()) {
    case Json::value_t::boolean:
        return json.get<bool>();
    case Json::value_t::number_integer:
        return json.get<std::int64_t>();
    case Json::value_t::number_unsigned: {
        const auto number = json.get<std::uint64_t>();
        if (number > static_cast<std::uint64_t>(INT64_MAX)) return static_cast<double>(number);
        return static_cast<std::int64_t>(number);
    }
    case Json::value_t::number_float:
        return json.get<double>();
    case Json::value_t::string:
        return makeString(runtime.budget, Text(json.get<std::string>(), Origin::Content));
    case Json::value_t::array: {
        std::vector<Value> items;
        items.reserve(json.size());
        for (const Json& item : json) items.push_back(valueOf(runtime, item, depth + 1));
        return makeList(runtime.budget, std::move(items));
    }
    case Json::value_t::object:
        return dictOf(runtime, json, depth);
    default:
        return None{};
    }
}

} // namespace

DictRef contextFromJson(Runtime& runtime, std::string_view json) {
    Json parsed;
    try {
        parsed = Json::parse(json);
    } catch (const Json::exception& error) {
        fail(std::string("its variables are not JSON: ") + error.what());
    }
    if (!parsed.is_object()) fail("its variables are not a JSON object");
    return *dictOf(runtime, parsed, 1).as<DictRef>();
}

} // namespace ponder::engine::jinja
