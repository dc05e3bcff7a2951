#pragma once

#include "ui/message_content.h"
#include "ui/model_picker.h"
#include "ui/sidebar.h"

#include <vector>

namespace ponder::ui {

/// What the scenes show: plausible, in the language that is spoken (content.h), fixed.
QString attentionTitle();
QString lisbonTitle();
std::vector<ChatRow> fewChats();
std::vector<ChatRow> manyChats();
std::vector<ModelRow> sampleModels();

MessageContent prompt(int id, const QString& text);
MessageContent answer(int id, const QString& thoughts, const QString& text);

QString attentionPrompt();
QString attentionThoughts();
QString attentionAnswer();
QString squareRootPrompt();
QString squareRootThoughts();
QString squareRootAnswer();
std::vector<MessageContent> attentionChat();
/// Several turns, longer than the window.
std::vector<MessageContent> longChat();

} // namespace ponder::ui
