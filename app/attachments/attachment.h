#pragma once

#include <cstdint>
#include <string>

#include "app/conversation.h"

namespace ponder::app {

/// A file or a long text that goes with a prompt, as the model will read it.
struct Attachment {
    std::string name;
    std::string text; ///< UTF-8, lines end in \n
    int pages = 0;    ///< of a PDF

    bool operator==(const Attachment&) const = default;
};

/// About how many tokens a text takes; a model's own tokenizer may differ by a third.
int roughTokens(std::string_view text);

Part partOf(const Attachment& attachment);

} // namespace ponder::app
