#pragma once

#include "ui/blocks/block.h"
#include "ui/transcript_editor.h"

#include <QObject>
#include <QTimer>

namespace ponder::ui {

class Menu;
class TranscriptLayout;
class TranscriptSelection;

/// What happens when something in the transcript is pressed or chosen from its menu.
class TranscriptActions : public QObject {
    Q_OBJECT
public:
    /// `window`: over which dialogs open.
    TranscriptActions(Theme& theme, TranscriptLayout& layout, TranscriptSelection& selection,
                      QWidget* window);

    void activate(const Target& target);
    void copySelection(CopyFormat format);
    void copyMessage(int message, CopyFormat format);
    void fillMenu(Menu& menu, const Target& target, int message);
    /// The control that has just copied.
    const Target& copied() const { return copied_; }

signals:
    void blockWanted(int message, const Target& target); ///< the block itself acts
    void copiedChanged();
    void selectMessageWanted(int message);
    void editWanted(int message, EditPurpose purpose);
    void attachmentRequested(int messageId, int part);
    void answerNowRequested(int messageId);
    void comparisonRequested(int messageId);
    void tokensRequested(int messageId);
    void noteWanted(int message, const Block* block, const QString& label);
    void regenerateRequested(int messageId);
    void reproductionRequested(int messageId);
    void continueRequested(int messageId);
    void branchRequested(int messageId, int branch);

private:
    void copy(const QString& text);
    void confirm(const Target& target);
    void openLink(const QString& address);

    Theme& theme_;
    TranscriptLayout& layout_;
    TranscriptSelection& selection_;
    QWidget* window_;
    Target copied_;
    QTimer copiedTimer_;
};

} // namespace ponder::ui
