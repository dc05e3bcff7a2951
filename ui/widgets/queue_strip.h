#pragma once

#include "ui/widgets/card.h"

#include <QString>
#include <QStringList>

#include <vector>

class QLayout;
class QVBoxLayout;

namespace ponder::ui {

class Button;
class Label;

/// Going: the next one is sent when the answer ends. Held: an answer was stopped or failed, and the person
/// says when it goes on.
enum class QueueState { Going, Held };

/// A message that waits, as it is listed.
struct QueuedMessage {
    QString text;
    QStringList files = {}; ///< names of what goes with it

    bool operator==(const QueuedMessage&) const = default;
};

/// Messages written while an answer was still on its way, in the order in which they will be sent, above the
/// composer. Hidden while there are none.
class QueueStrip : public Card {
    Q_OBJECT
public:
    explicit QueueStrip(Theme& theme, QWidget* parent = nullptr);

    void setQueue(const std::vector<QueuedMessage>& messages, QueueState state);

signals:
    void editRequested(int index); ///< back into the composer
    void removeRequested(int index);
    void moveUpRequested(int index);
    void goOnRequested();

private:
    QWidget* makeRow(int index);
    QLayout* makeFiles(const QStringList& files, QWidget* row);

    std::vector<QueuedMessage> messages_;
    Label* title_;
    Button* goOn_;
    QVBoxLayout* rows_;
    std::vector<QWidget*> shown_;
};

} // namespace ponder::ui
