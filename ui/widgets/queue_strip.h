#pragma once

#include "ui/widgets/card.h"

#include <QStringList>

#include <vector>

class QVBoxLayout;

namespace ponder::ui {

class Button;
class Label;

/// Going: the next one is sent when the answer ends. Held: an answer was stopped or failed, and the person
/// says when it goes on.
enum class QueueState { Going, Held };

/// Messages written while an answer was still on its way, in the order in which they will be sent, above the
/// composer. Hidden while there are none.
class QueueStrip : public Card {
    Q_OBJECT
public:
    explicit QueueStrip(Theme& theme, QWidget* parent = nullptr);

    void setQueue(const QStringList& prompts, QueueState state);

signals:
    void editRequested(int index); ///< back into the composer
    void removeRequested(int index);
    void moveUpRequested(int index);
    void goOnRequested();

private:
    QWidget* makeRow(int index);

    QStringList prompts_;
    Label* title_;
    Button* goOn_;
    QVBoxLayout* rows_;
    std::vector<QWidget*> shown_;
};

} // namespace ponder::ui
