#pragma once

#include <QAccessible>

namespace ponder::ui {

class TranscriptVoice;

/// The element of the transcript that says what has just happened: "Answer finished". Nothing is drawn for
/// it.
class StatusAccessible : public QAccessibleInterface {
public:
    explicit StatusAccessible(TranscriptVoice& voice) : voice_(voice) {}

    bool isValid() const override { return true; }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override;
    QAccessibleInterface* parent() const override;
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text which) const override;
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override { return {}; }
    QAccessible::Role role() const override { return QAccessible::Notification; }
    QAccessible::State state() const override;

private:
    TranscriptVoice& voice_;
};

} // namespace ponder::ui
