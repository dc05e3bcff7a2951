#pragma once

#include "ui/message_content.h"

#include <QAbstractScrollArea>
#include <QElapsedTimer>
#include <QTimer>

#include <memory>
#include <vector>

namespace ponder::ui {

class Block;
class Theme;
struct TranscriptAccess;
class TranscriptActions;
class TranscriptEditor;
class TranscriptFind;
class TranscriptFocus;
class TranscriptJumpButton;
class TranscriptLayout;
class TranscriptPointer;
class TranscriptScroll;
class TranscriptScrollMarks;
class TranscriptSelection;
class TranscriptStream;
class TranscriptVoice;
enum class EditPurpose;
struct Target;
enum class LetterCase;

/// How much has been found, and where in it one is.
struct FindCount {
    int current = 0; ///< counted from 1; 0: none
    int all = 0;
    bool complete = true; ///< false: the rest of the chat is still being looked through
};

/// Shows one chat: scrolls, paints and streams its messages, lets them be selected and copied, and emits what
/// the person wants done with them. It paints every message itself; only messages near the viewport are laid
/// out. UI thread only.
class TranscriptView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit TranscriptView(Theme& theme, QWidget* parent = nullptr);
    ~TranscriptView() override;

    using QAbstractScrollArea::show;
    /// Replaces everything shown and goes to the end. A last message in state Streaming can be appended to.
    void show(std::vector<MessageContent> messages);
    /// Goes to where the message begins: a chat opens where it was read. An id that is not there does
    /// nothing.
    void showFrom(int messageId);
    /// As above, but what is being read stays where it is: after a change of branch, a regenerate, an edit.
    void refresh(std::vector<MessageContent> messages);
    /// Adds a message at the end and scrolls to it.
    void addMessage(MessageContent message);
    /// Adds an empty answer (state Streaming) at the end, or, where the last message already has this id,
    /// goes on with it (continue).
    void beginAnswer(MessageContent answer);
    /// Adds text to the answer that is streaming. Cheap: laid out at the next frame.
    void appendAnswer(PartKind part, const QString& text);
    void finishAnswer(const AnswerEnd& end);

    const std::vector<MessageContent>& messages() const;
    bool isEmpty() const { return messages().empty(); }
    bool isStreaming() const;

    QString selectedText() const;
    QString selectedMarkdown() const;
    /// The last answer as text, without its thoughts.
    QString lastAnswerText() const;
    /// Id of the last message of this role, 0: none.
    int lastMessageId(Role role) const;

    /// What of it is heard.
    TranscriptVoice& voice() { return *voice_; }
    /// Marks any of the words wherever they are shown and goes to the first from this message on, 0:
    /// from the first that is seen. No words: no marks.
    void findWords(const QStringList& words, LetterCase letterCase, int fromMessage = 0);
    FindCount findCount() const;
    /// Scrolls the message to the top of the view.
    void showMessage(int id);

public slots:
    void findNext();
    void findPrevious();
    void copySelection();
    void copyLastAnswer();
    void regenerateLastAnswer();
    /// Opens the in-place editor on the person's last message.
    void editLastPrompt();
    void jumpToLatest();

signals:
    void regenerateRequested(int messageId);
    void reproductionRequested(int messageId);              ///< once more with the same seed
    void editSubmitted(int messageId, const QString& text); ///< of a prompt or of an answer
    void thoughtEdited(int messageId, const QString& text);
    void attachmentRequested(int messageId, int part); ///< to be read; `part` in MessageContent::parts
    void answerNowRequested(int messageId);
    void branchRequested(int messageId, int branch); ///< counted from 1
    void comparisonRequested(int messageId);
    void tokensRequested(int messageId);
    void continueRequested(int messageId);
    /// A change of scroll position that is worth remembering for the chat; 0: the end.
    void readingPositionChanged(int messageId);
    void foundChanged(); ///< see findCount

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    enum class AfterChange { Settle, HoldPlace };

    void connectParts();
    TranscriptAccess access();
    void connectFind();
    void revealFound();
    void placeScrollMarks();
    void takeTheme();
    /// Lays out what is seen and repaints, after the layout or the viewport has changed.
    void settle(AfterChange after = AfterChange::Settle);
    void askForFormulas();
    void measureInIdleTime();
    void keepWhatIsRead();
    void placeJumpButton();
    void placeEditor();
    void fitEditor();
    void openEditor(int message, EditPurpose purpose);
    void closeEditor();
    void activateBlock(int message, const Target& target);
    void selectMessage(int message);
    void showNote(int message, const Block* block, const QString& label);
    void takeSelection();
    bool extendByKey(const QKeyEvent& event);
    void revealFocus();
    bool scrollByKey(const QKeyEvent& event);
    bool scrollFocusedBlock(int pixels);
    void showToolTip(const QPoint& at);
    void paintAddress(QPainter& painter) const;
    void paintFocus(QPainter& painter) const;
    int columnLeft() const;
    QPointF toChat(const QPointF& inViewport) const;

    Theme& theme_;
    std::unique_ptr<TranscriptLayout> layout_;
    std::unique_ptr<TranscriptSelection> selection_;
    std::unique_ptr<TranscriptScroll> scroll_;
    std::unique_ptr<TranscriptFocus> focus_;
    TranscriptStream* stream_;
    TranscriptFind* find_;
    TranscriptScrollMarks* scrollMarks_;
    TranscriptPointer* pointer_;
    TranscriptActions* actions_;
    TranscriptJumpButton* jump_;
    TranscriptEditor* editor_ = nullptr;
    QTimer idle_;
    QTimer reading_;
    QElapsedTimer sinceScroll_; ///< by wheel, of the whole
    int shownMessage_ = 0;
    std::unique_ptr<TranscriptVoice> voice_; ///< last: it goes before what it speaks of
};

} // namespace ponder::ui
