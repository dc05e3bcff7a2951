#pragma once

#include "ui/blocks/block.h"
#include "ui/transcript_position.h"

#include <memory>

namespace ponder::ui {

class TranscriptLayout;

enum class SelectionUnit { Character, Word, Line };

/// What is selected, from where the selection began to where it has been drawn, and as what it is copied.
class TranscriptSelection {
public:
    explicit TranscriptSelection(TranscriptLayout& layout) : layout_(layout) {}

    void clear();
    bool isEmpty() const { return !from_.isValid() || from_ == to_; }
    /// Begins at the place, with what the unit covers there.
    void begin(const TranscriptPosition& at, SelectionUnit unit);
    /// Draws it on to the place, by whole units.
    void extend(const TranscriptPosition& to);
    /// The same by single characters, whatever it has been drawn by so far.
    void extendTo(const TranscriptPosition& to);
    bool hasBegun() const { return anchor_.first.isValid(); }
    void selectMessage(int message);
    void selectAll();
    bool isWhole(int message) const;

    bool contains(const TranscriptPosition& position) const;
    /// What of a block is selected, in its characters.
    TextRange rangeIn(int message, int block, int length) const;
    int lastMessage() const { return to_.message; }
    /// Where it has been drawn to; invalid: nowhere.
    const TranscriptPosition& caret() const { return caret_; }
    QString copied(CopyFormat format) const;
    QString copiedHtml() const;
    /// For whoever may outlive it.
    std::weak_ptr<TranscriptSelection*> watched() const { return self_; }

private:
    struct Stretch {
        TranscriptPosition first;
        TranscriptPosition last;
    };

    Stretch unitAt(const TranscriptPosition& at) const;
    QString copiedFrom(int message, CopyFormat format) const;

    TranscriptLayout& layout_;
    SelectionUnit unit_ = SelectionUnit::Character;
    Stretch anchor_;
    TranscriptPosition caret_;
    TranscriptPosition from_;
    TranscriptPosition to_;
    std::shared_ptr<TranscriptSelection*> self_ = std::make_shared<TranscriptSelection*>(this);
};

/// The text of a message without its thoughts: as it was written, or as it reads.
QString messageText(TranscriptLayout& layout, int message, CopyFormat format);

} // namespace ponder::ui
