#include "app/library/ollama_manifest.h"

#include <nlohmann/json.hpp>

#include "app/library/model_names.h"

namespace ponder::app {

namespace {

using nlohmann::json;

std::string textOf(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace

std::string modelDigestOf(std::string_view manifest) {
    const json object = json::parse(manifest, nullptr, false);
    if (!object.is_object()) return {};
    const auto layers = object.find("layers");
    if (layers == object.end() || !layers->is_array()) return {};
    for (const json& layer : *layers) {
        if (!layer.is_object() || textOf(layer, "mediaType") != "application/vnd.ollama.image.model")
            continue;
        const std::string digest = textOf(layer, "digest");
        const std::string hex = sha256In(digest);
        if (!hex.empty() && digest.starts_with("sha256:")) return hex;
    }
    return {};
}

} // namespace ponder::app
