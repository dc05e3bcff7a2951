#pragma once

#include "ui/widgets/card.h"

namespace ponder::ui {

class Button;
class Label;
class Switch;

/// What may be done with a chat that no longer fits into the model's context.
enum class ContextChoice { LeaveOut, Summarise, Stop };
enum class Summaries { Possible, NotByThisModel };

/// Above the composer, when a chat has become too long for the first time: what shall be done from now on.
/// The answer waits until one of the ways is chosen, or it is stopped. UI thread only.
class ContextQuestion : public Card {
    Q_OBJECT
public:
    explicit ContextQuestion(Theme& theme, QWidget* parent = nullptr);

    struct Facts {
        int promptTokens = 0;
        int contextTokens = 0;
        Summaries summaries = Summaries::Possible;
    };
    void ask(const Facts& facts);
    /// The choice is meant for every chat.
    bool isForAllChats() const;

signals:
    void chosen(ContextChoice choice);

private:
    Label* figures_;
    Button* summarise_;
    Switch* everywhere_;
};

} // namespace ponder::ui
