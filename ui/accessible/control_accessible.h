#pragma once

#include "ui/accessible/childless_accessible.h"
#include "ui/blocks/block.h"

#include <optional>

namespace ponder::ui {

class TranscriptVoice;

/// A painted control of a message as a screen reader meets it: a button or a link. Known by its number, so
/// that it outlives its block.
class ControlAccessible : public ChildlessAccessible, public QAccessibleActionInterface {
public:
    ControlAccessible(TranscriptVoice& voice, int messageId, int number)
        : voice_(voice), messageId_(messageId), number_(number) {}

    int messageId() const { return messageId_; }
    int number() const { return number_; }

    bool isValid() const override;
    QWindow* window() const override;
    QAccessibleInterface* parent() const override;
    QString text(QAccessible::Text which) const override;
    QRect rect() const override;
    QAccessible::Role role() const override;
    QAccessible::State state() const override;
    void* interface_cast(QAccessible::InterfaceType type) override;

    QStringList actionNames() const override;
    void doAction(const QString& name) override;
    QStringList keyBindingsForAction(const QString& name) const override;

private:
    std::optional<Control> control() const;
    bool hasKeyboard() const;

    TranscriptVoice& voice_;
    int messageId_;
    int number_;
};

} // namespace ponder::ui
