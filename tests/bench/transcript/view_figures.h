#pragma once

#include "tests/bench/transcript/figure.h"
#include "ui/message_content.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace ponder::bench {

/// The long chat of the promises: 2,000 messages, 2.3 MB, in all the shapes of Markdown.
std::vector<ui::MessageContent> longChat();

/// What the transcript promises, measured on a view of its own, printed as it is known.
std::vector<Figure> measureView();

} // namespace ponder::bench
