#pragma once

#include "ui/message_content.h"
#include "ui/model_picker.h"
#include "ui/sidebar.h"

#include <vector>

namespace ponder::ui {

/// What the scenes show: plausible, in several languages, fixed.
std::vector<ChatRow> fewChats();
std::vector<ChatRow> manyChats();
std::vector<ModelRow> sampleModels();

MessageContent prompt(int id, const QString& text);
MessageContent answer(int id, const QString& thoughts, const QString& text);

QString attentionPrompt();
QString attentionThoughts();
QString attentionAnswer();
std::vector<MessageContent> attentionChat();
/// Several turns, longer than the window.
std::vector<MessageContent> longChat();

} // namespace ponder::ui
