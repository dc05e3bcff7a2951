#pragma once

#include "engine/text/jinja/text.h"

namespace ponder::engine::jinja {

/// Replaces & < > ' " by their HTML entities, as markupsafe does.
Text escapeHtml(const Text& text);

} // namespace ponder::engine::jinja
