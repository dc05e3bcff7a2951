#pragma once

#include <optional>

#include "app/conversation.h"
#include "ui/message_content.h"

namespace ponder::app {

/// Asks for what the answer was asked for: its seed, its sampling, its kind of thinking. The messages stay as
/// they are. False where its seed is not known, or it was not written in one go.
bool askAgainAs(const Turn& answer, engine::ChatRequest& request);

/// What a person is told once an answer has been asked for again like this: alike, or why not. Nothing where
/// the second one was stopped or failed.
std::optional<ui::Failure> verdictOn(const Turn& answer, const Turn& again);

/// Why an answer cannot be asked for again: what has to be known of it is not.
ui::Failure notReproducible();
/// Another model answers now.
ui::Failure writtenByAnother(const Turn& answer);

} // namespace ponder::app
