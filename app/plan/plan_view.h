#pragma once

#include <optional>

#include "app/plan/plan_records.h"
#include "app/plan/run_choices.h"
#include "ui/library/library_values.h"

namespace ponder::app {

/// What a plan was made from.
struct PlannedModel {
    const engine::ModelFootprint& footprint;
    const engine::Machine& machine;
    RunChoice choice = {};
    std::optional<PlanRecord> record = {}; ///< the newest of this model
};

/// The plan in the words of the window.
ui::PlanView planView(const engine::MemoryPlan& plan, const PlannedModel& model);

RunChoice runChoice(const ui::PlanChoice& choice);
ui::PlanChoice planChoice(const RunChoice& choice);

} // namespace ponder::app
