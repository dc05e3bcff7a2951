#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "app/cli/commands.h"
#include "app/library/model_card.h"
#include "app/library/model_shelf.h"

namespace ponder::app {

/// What `ponder models --json` says of a model.
nlohmann::ordered_json cardJson(const ModelCard& card);
/// What `ponder models show --json` says beside that.
nlohmann::ordered_json detailsJson(const engine::ModelDetails& details);
/// As every command writes JSON.
std::string jsonText(const nlohmann::ordered_json& object);

/// All models, `more` folders included, with what their headers say.
ModelShelf shelfFor(const CommandContext& context, const std::vector<std::string>& more = {});
/// The card a person means by a name, with its `found` the very file of that name, be it a copy. Throws
/// Error.
ModelCard chooseCard(const std::string& wanted, const std::vector<ModelCard>& cards);

} // namespace ponder::app
