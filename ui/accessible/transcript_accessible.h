#pragma once

#include <QAccessibleWidget>
#include <QPointer>

namespace ponder::ui {

class TranscriptVoice;

/// The transcript as a screen reader meets it: a list with a child for each message. Behind the messages come
/// the status and what lies above them: the editor of a prompt, the way to the end, the scroll bar.
class TranscriptAccessible : public QAccessibleWidget {
public:
    TranscriptAccessible(QWidget& view, TranscriptVoice& voice);

    QAccessibleInterface* child(int index) const override;
    QAccessibleInterface* childAt(int x, int y) const override;
    int childCount() const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QAccessibleInterface* focusChild() const override;

private:
    int messageCount() const;
    QList<QAccessibleInterface*> others() const;

    QPointer<TranscriptVoice> voice_;
};

/// Makes Qt ask TranscriptAccessible about every TranscriptView. Calling it again does nothing.
void installTranscriptAccessible();

} // namespace ponder::ui
