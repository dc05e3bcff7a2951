#pragma once

#include "ui/accessible/childless_accessible.h"

namespace ponder::ui {

class TranscriptVoice;

/// The element of the transcript that says what has just happened: "Answer finished". Nothing is drawn for
/// it.
class StatusAccessible : public ChildlessAccessible {
public:
    explicit StatusAccessible(TranscriptVoice& voice) : voice_(voice) {}

    bool isValid() const override { return true; }
    QWindow* window() const override;
    QAccessibleInterface* parent() const override;
    QString text(QAccessible::Text which) const override;
    QRect rect() const override { return {}; }
    QAccessible::Role role() const override { return QAccessible::Notification; }
    QAccessible::State state() const override;

private:
    TranscriptVoice& voice_;
};

} // namespace ponder::ui
