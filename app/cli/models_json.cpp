#include "app/cli/models_json.h"

#include <nlohmann/json.hpp>

#include "app/library/model_library.h"

namespace ponder::app {

using nlohmann::ordered_json;

std::string jsonText(const ordered_json& object) {
    return object.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

ordered_json cardJson(const ModelCard& card) {
    ordered_json paths = ordered_json::array({card.found.path.string()});
    for (const std::string& other : card.found.otherPaths) paths.push_back(other);
    for (const FoundModel& copy : card.copies) paths.push_back(copy.path.string());
    ordered_json object{{"name", card.found.name},
                        {"path", card.found.path.string()},
                        {"paths", paths},
                        {"source", sourceName(card.found.source)},
                        {"sizeBytes", card.found.sizeBytes},
                        {"state", stateName(card.state())},
                        {"checked", card.depth == CardDepth::Whole}};
    if (!card.problem.empty()) {
        object["problem"] = card.problem;
        return object;
    }
    object["title"] = card.info.name;
    object["architecture"] = card.info.architecture;
    object["quantisation"] = card.info.quantisation;
    object["parameters"] = card.info.parameters;
    object["contextTokens"] = card.info.trainedContextTokens;
    object["experts"] = card.info.experts;
    object["expertsUsed"] = card.info.expertsUsed;
    object["reasoningFormat"] = card.info.reasoningFormat;
    object["license"] = card.info.license;
    object["identity"] = card.info.identity;
    object["notices"] = card.info.notices;
    return object;
}

ordered_json detailsJson(const engine::ModelDetails& details) {
    ordered_json types = ordered_json::array();
    for (const engine::TypeShare& share : details.types)
        types.push_back({{"type", share.type}, {"tensors", share.tensors}, {"bytes", share.bytes}});
    ordered_json tokens = ordered_json::array();
    for (const engine::SpecialToken& token : details.specialTokens)
        tokens.push_back({{"role", token.role}, {"id", token.id}, {"text", token.text}});
    ordered_json sampling = ordered_json::array();
    for (const engine::SamplingDefault& each : details.sampling)
        sampling.push_back({{"name", each.name}, {"value", each.value}, {"fromFile", each.fromFile}});
    ordered_json origin = ordered_json::array();
    for (const engine::OriginFact& fact : details.origin)
        origin.push_back({{"name", fact.name}, {"value", fact.value}});
    const bool isOwn = details.templateOrigin == engine::TemplateOrigin::File;
    return {{"sizeLabel", details.sizeLabel},
            {"activeParameters", details.activeParameters},
            {"types", types},
            {"layers", details.layers},
            {"vocabulary",
             {{"tokens", details.vocabularyTokens},
              {"kind", details.vocabularyKind},
              {"splittingRule", details.splittingRule}}},
            {"reasoning",
             {{"format", details.reasoningFormat},
              {"switchable", details.reasoningSwitchable},
              {"efforts", details.reasoningEfforts}}},
            {"template", {{"source", isOwn ? "file" : "built in"}, {"text", details.chatTemplate}}},
            {"specialTokens", tokens},
            {"sampling", sampling},
            {"description", details.description},
            {"origin", origin},
            {"problems", details.problems}};
}

ModelShelf shelfFor(const CommandContext& context, const std::vector<std::string>& more) {
    std::vector<ModelRoot> roots = rootsFor(context);
    for (const std::string& folder : more)
        roots.push_back({ModelSource::Folder, std::filesystem::absolute(folder).lexically_normal()});
    ModelShelf shelf(starterModel(), context.paths.modelCards());
    shelf.recall();
    shelf.scan(roots);
    return shelf;
}

ModelCard chooseCard(const std::string& wanted, const std::vector<ModelCard>& cards) {
    std::vector<FoundModel> all;
    for (const ModelCard& card : cards) {
        all.push_back(card.found);
        all.insert(all.end(), card.copies.begin(), card.copies.end());
    }
    const FoundModel found = chooseListed(wanted, all);
    for (const ModelCard& card : cards) {
        ModelCard meant = card;
        if (card.found.path == found.path) return meant;
        for (FoundModel& copy : meant.copies)
            if (copy.path == found.path) {
                std::swap(meant.found, copy);
                return meant;
            }
    }
    ModelCard unlisted; // a file in none of the folders
    unlisted.found = found;
    return unlisted;
}

} // namespace ponder::app
