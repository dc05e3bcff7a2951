#pragma once

#include "ui/accessible/spoken_text.h"

#include <QAccessible>

namespace ponder::ui {

class TranscriptVoice;
struct TranscriptPosition;

/// A message as a screen reader meets it: who said it, its text to walk through, and its controls as
/// children. Its name is known without laying it out, its text is not.
class MessageAccessible : public QAccessibleInterface, public QAccessibleTextInterface {
public:
    MessageAccessible(TranscriptVoice& voice, int messageId) : voice_(voice), messageId_(messageId) {}

    int messageId() const { return messageId_; }
    enum class Growth { Sentences, All };
    /// Tells listeners what has been added: the sentences that are complete, or all of it.
    void tellGrowth(Growth told);

    bool isValid() const override;
    QObject* object() const override { return nullptr; }
    QWindow* window() const override;
    QAccessibleInterface* parent() const override;
    QAccessibleInterface* child(int index) const override;
    QAccessibleInterface* childAt(int x, int y) const override;
    int childCount() const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QAccessibleInterface* focusChild() const override;
    QString text(QAccessible::Text which) const override;
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override;
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override;
    void* interface_cast(QAccessible::InterfaceType type) override;

    int characterCount() const override;
    QString text(int from, int to) const override;
    QString attributes(int offset, int* from, int* to) const override;
    QRect characterRect(int offset) const override;
    int offsetAtPoint(const QPoint& point) const override;
    int cursorPosition() const override;
    void setCursorPosition(int position) override;
    int selectionCount() const override;
    void selection(int index, int* from, int* to) const override;
    void setSelection(int index, int from, int to) override;
    void addSelection(int from, int to) override;
    void removeSelection(int index) override;
    void scrollToSubstring(int from, int to) override;

private:
    const SpokenText& spoken() const;
    TextRange selected() const;
    TranscriptPosition positionOf(int offset) const;

    TranscriptVoice& voice_;
    int messageId_;
    mutable SpokenText spoken_;
    mutable int spokenRevision_ = -1;
    mutable QString told_; ///< of the text, to whoever listens; what has been asked for is known
};

} // namespace ponder::ui
