#pragma once

#include "engine/loaded_model.h"
#include "engine/timeline/prefix_store.h"

namespace ponder::engine {

/// `request` as the model would be given it, token by token for `listed`, with nothing of it in a cache.
/// Throws Error: the template failed.
PromptPreview previewPrompt(const LoadedModel& loaded, const ChatRequest& request, TokenRange listed);
/// The same where `timeline` would evaluate it.
PromptPreview previewPrompt(const LoadedModel& loaded, const Timeline& timeline, const PrefixStore& prefixes,
                            const ChatRequest& request, TokenRange listed);

} // namespace ponder::engine
