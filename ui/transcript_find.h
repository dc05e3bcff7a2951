#pragma once

#include "ui/blocks/found_marks.h"
#include "ui/finding/findable_text.h"
#include "ui/message_content.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <optional>

namespace ponder::ui {

class Theme;
class TranscriptLayout;
class TranscriptMessage;

enum class LetterCase { Ignored, Matched };

/// Finds words in what a chat shows, in slices short enough for a frame, and keeps the places while the chat
/// grows. One place is the current one; `next` and `previous` move it. UI thread only.
class TranscriptFind : public QObject {
    Q_OBJECT
public:
    TranscriptFind(const Theme& theme, TranscriptLayout& layout, QObject* parent);
    ~TranscriptFind() override;

    /// Finds any of the words from `firstMessage` on, or from the current place if there is one. Without
    /// words: nothing is found, and nothing remembered.
    void setWords(const QStringList& words, LetterCase letterCase, int firstMessage);
    bool isOn() const { return !matchers_.empty(); }
    void next();
    void previous();

    int count() const { return count_; }
    /// Counted from 1; 0: none.
    int currentNumber() const;
    bool isComplete() const { return unsearched_ == 0; }

    /// The chat shows other messages, or one more.
    void takeContents();
    /// The last message has grown.
    void takeGrown();

    struct Current {
        int message = 0;
        FoundPlace place;
    };
    std::optional<Current> current() const;
    const std::vector<FoundPlace>& placesIn(int message) const;
    /// How far down in its message a place is, 0 to 1.
    qreal depthOf(int message, const FoundPlace& place) const;
    /// For painting a block of a laid out message; holds until the next call.
    FoundMarks marksIn(int message, const TranscriptMessage& live, int block);

signals:
    void changed();       ///< counts and marks
    void currentChosen(); ///< the current place is another one, and wants to be seen

private:
    struct Entry {
        std::vector<MessagePart> parts;
        std::optional<FindableText> text;
        std::vector<FoundPlace> places;
        bool searched = false;
    };

    void forget();
    void startOver();
    void work();
    void search(int message);
    void readText(int message);
    void outdate(int message);
    void chooseFirst(int message);
    void step(int direction);

    const Theme& theme_;
    TranscriptLayout& layout_;
    std::vector<QStringMatcher> matchers_;
    std::vector<Entry> entries_;
    std::vector<TextRange> shownRanges_;
    QTimer slices_;
    QTimer growth_; ///< a text that grows is not read at every frame
    QElapsedTimer sinceNews_;
    int unsearched_ = 0;
    int count_ = 0;
    int scanned_ = 0;
    int originMessage_ = 0;
    int originPlace_ = 0; ///< in the characters of that message
    int currentMessage_ = -1;
    int currentIndex_ = 0;
    bool asked_ = false; ///< by the person, who wants to see what is found; not by a chat that grows
};

} // namespace ponder::ui
