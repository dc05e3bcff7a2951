#pragma once

#include "ui/accessible/message_accessible.h"
#include "ui/accessible/transcript_access.h"
#include "ui/message_content.h"

#include <QAccessible>
#include <QObject>

#include <map>
#include <optional>
#include <vector>

namespace ponder::ui {

struct Control;

/// What of a TranscriptView is heard: owns the accessible elements of its messages, their controls and its
/// status, and tells screen readers what happens. Elements are made when somebody asks for them; where nobody
/// listens it does nothing.
class TranscriptVoice : public QObject {
    Q_OBJECT
public:
    explicit TranscriptVoice(TranscriptAccess access);
    ~TranscriptVoice() override;

    const TranscriptAccess& access() const { return access_; }
    /// Who is told what happens, in the place of the desktop's screen readers.
    void setListener(std::function<void(QAccessibleEvent&)> listener) { listener_ = std::move(listener); }
    bool isHeard() const;
    void tell(QAccessibleEvent& event);

    int indexOf(int messageId) const;
    QAccessibleInterface* message(int messageId);
    QAccessibleInterface* control(int messageId, int number);
    QAccessibleInterface* status();
    /// What has happened last, as words.
    const QString& statusText() const { return statusText_; }
    /// Counts up whenever what messages say may have changed.
    int revision() const { return revision_; }
    /// Of a message that is laid out for it if need be.
    int controlCount(int messageId) const;
    std::optional<Control> controlOf(int messageId, int number) const;
    /// The one at this place of the transcript, -1: none.
    int controlAt(int messageId, const QPointF& place) const;

    /// Another chat is shown.
    void chatChanged();
    /// Messages may have gone, come or changed.
    void messagesChanged();
    void messageAdded();
    void answerBegan();
    void answerGrew();
    void answerEnded(const AnswerEnd& end);
    /// A control of the message has been used.
    void messageChanged(int message);
    void focusMoved();
    void caretMoved();

private:
    struct Elements {
        QAccessible::Id message = 0;
        std::map<int, QAccessible::Id> controls; ///< by number
    };

    /// In the message's own coordinates.
    const std::vector<Control>& controlsOf(int index) const;
    void forget(Elements& elements);
    void tellAbout(QAccessibleInterface* element, QAccessible::Event what);
    void announce(const QString& words);
    /// No more often than sentences end while the answer is written.
    void tellGrowth(MessageAccessible::Growth told);

    TranscriptAccess access_;
    std::function<void(QAccessibleEvent&)> listener_;
    std::map<int, Elements> elements_; ///< by message id
    QAccessible::Id status_ = 0;
    QString statusText_;
    int revision_ = 0;
    bool thinking_ = false;
    bool answering_ = false;
};

} // namespace ponder::ui
