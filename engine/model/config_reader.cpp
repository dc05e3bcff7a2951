#include "engine/model/config_reader.h"

#include <algorithm>
#include <cstdint>

namespace ponder::engine {

void ConfigReader::refuseText(std::string_view name, const std::string& value,
                              const std::string& must) const {
    throw Error("\"" + key(name) + "\" is " + value + ", it must be " + must +
                ". The model file is damaged or made for another program; download it again.");
}

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

void ConfigReader::checkLength(std::string_view name, std::size_t count, int layers) const {
    const auto blocks = file_.integer(key("block_count"), INT64_MIN, INT64_MAX).value_or(layers);
    if (count == static_cast<std::size_t>(layers) || count == static_cast<std::size_t>(blocks)) return;
    refuse(name, "a list of " + std::to_string(count), std::to_string(layers) + " entries long");
}

std::vector<int> ConfigReader::perLayer(std::string_view name, int layers, int fallback, int least,
                                        int most) const {
    const MetadataEntry* entry = file_.find(key(name));
    if (!entry || entry->type != MetadataType::Array) {
        return std::vector<int>(static_cast<std::size_t>(layers),
                                count(name, least, most).value_or(fallback));
    }
    auto values = *file_.integers(key(name));
    checkLength(name, values.size(), layers);
    values.resize(static_cast<std::size_t>(layers));
    std::vector<int> result;
    for (std::int64_t value : values) {
        if (value < least || value > most) {
            refuse(name, value, "between " + std::to_string(least) + " and " + std::to_string(most));
        }
        result.push_back(static_cast<int>(value));
    }
    return result;
}

std::optional<std::vector<bool>> ConfigReader::flagPerLayer(std::string_view name, int layers) const {
    const MetadataEntry* entry = file_.find(key(name));
    if (entry && entry->type == MetadataType::Array) checkLength(name, entry->count, layers);
    auto flags = file_.booleans(key(name));
    if (flags) flags->resize(static_cast<std::size_t>(layers));
    return flags;
}

std::vector<float> ConfigReader::numberPerLayer(std::string_view name, int layers, float most) const {
    const MetadataEntry* entry = file_.find(key(name));
    if (!entry || entry->type != MetadataType::Array) {
        return std::vector<float>(static_cast<std::size_t>(layers),
                                  static_cast<float>(number(name, 0, -1e-9, most)));
    }
    auto values = *file_.numbers(key(name));
    checkLength(name, values.size(), layers);
    values.resize(static_cast<std::size_t>(layers));
    for (float value : values) {
        if (!(value >= 0 && value <= most)) {
            refuse(name, value, "between 0 and " + std::to_string(static_cast<int>(most)));
        }
    }
    return values;
}

bool ConfigReader::hasTensorNamed(std::string_view part) const {
    return std::any_of(file_.tensors().begin(), file_.tensors().end(),
                       [&](const Tensor& tensor) { return tensor.name.find(part) != std::string::npos; });
}

} // namespace ponder::engine
