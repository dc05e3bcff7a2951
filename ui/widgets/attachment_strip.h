#pragma once

#include "ui/widgets/attachment_chip.h"

#include <QStringList>
#include <QWidget>

#include <vector>

namespace ponder::ui {

class Label;

/// How many tokens the chat has left, of how many; negative: not known.
struct ChatRoom {
    int left = -1;
    int whole = -1;

    bool operator==(const ChatRoom&) const = default;
};

/// The attachments of the prompt that is being written, in as many rows as they need, and a line below them
/// where they are more than the model can read. Hidden without attachments. It also speaks for the composer
/// in all that has to do with files.
class AttachmentStrip : public QWidget {
    Q_OBJECT
public:
    explicit AttachmentStrip(Theme& theme, QWidget* parent = nullptr);

    /// The strip of this composer, or of the one in this window.
    static AttachmentStrip& of(const QWidget& composer);

    void setAttachments(const std::vector<AttachmentContent>& attachments);
    void setRoom(const ChatRoom& room);
    bool isReading() const;
    /// Tab goes from `widget` to the chips.
    void followInTabOrder(QWidget& widget);
    /// Puts a text into the prompt after all, at the cursor.
    void insertText(const QString& text) { emit insertRequested(text); }
    bool hasAttachments() const { return !chips_.empty(); }

signals:
    void attachRequested();                    ///< the file dialog is the receiver's
    void filesGiven(const QStringList& files); ///< dropped or pasted
    void longTextPasted(const QString& text);  ///< and not inserted
    void longPasteUndone();                    ///< it has been inserted after all
    void insertRequested(const QString& text);
    void changed();
    void removeRequested(int id);
    void openRequested(int id);
    void asTextRequested(int id);
    void focusLeft(); ///< the chip that had the focus is gone

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void place();
    void refreshWarning();

    Theme& theme_;
    std::vector<AttachmentChip*> chips_;
    Label* warning_;
    ChatRoom room_;
};

} // namespace ponder::ui
