#include "engine/model/config_reader.h"

namespace ponder::engine {

std::optional<int> ConfigReader::count(std::string_view name, int least, int most) const {
    const auto value = file_.integer(key(name), INT64_MIN, INT64_MAX);
    if (!value) return std::nullopt;
    if (*value < least || *value > most) {
        refuse(name, *value, "between " + std::to_string(least) + " and " + std::to_string(most));
    }
    return static_cast<int>(*value);
}

int ConfigReader::neededCount(std::string_view name, int least, int most) const {
    const auto value = count(name, least, most);
    if (!value) {
        throw Error("The key \"" + key(name) +
                    "\" is missing. The model file is incomplete; download it again.");
    }
    return *value;
}

double ConfigReader::number(std::string_view name, double fallback, double above, double most) const {
    const auto value = file_.number(key(name));
    if (!value) return fallback;
    if (!(*value > above && *value <= most)) {
        std::ostringstream limit;
        limit << "above " << above << " and at most " << most;
        refuse(name, *value, limit.str());
    }
    return *value;
}

std::vector<int> ConfigReader::perLayer(std::string_view name, int layers, int fallback, int least,
                                        int most) const {
    const MetadataEntry* entry = file_.find(key(name));
    if (!entry || entry->type != MetadataType::Array) {
        return std::vector<int>(static_cast<std::size_t>(layers),
                                count(name, least, most).value_or(fallback));
    }
    const auto values = *file_.integers(key(name));
    if (values.size() != static_cast<std::size_t>(layers)) {
        refuse(name, "a list of " + std::to_string(values.size()), std::to_string(layers) + " numbers long");
    }
    std::vector<int> result;
    for (std::int64_t value : values) {
        if (value < least || value > most) {
            refuse(name, value, "between " + std::to_string(least) + " and " + std::to_string(most));
        }
        result.push_back(static_cast<int>(value));
    }
    return result;
}

std::optional<std::vector<bool>> ConfigReader::flagPerLayer(std::string_view name, int layers,
                                                            int blocks) const {
    const MetadataEntry* entry = file_.find(key(name));
    if (entry && entry->type == MetadataType::Array && entry->count != static_cast<std::uint64_t>(layers) &&
        entry->count != static_cast<std::uint64_t>(blocks)) {
        refuse(name, "a list of " + std::to_string(entry->count), std::to_string(layers) + " long");
    }
    return file_.booleans(key(name));
}

} // namespace ponder::engine
