#pragma once

#include "ui/blocks/block.h"

#include <QString>

#include <vector>

namespace ponder::ui {

class TranscriptMessage;

/// What a message says, as one text: the characters of its blocks, with what is drawn beside them put in
/// where it is read. Offsets in it can be turned into characters of the blocks and back.
class SpokenText {
public:
    struct Place {
        int block = 0;
        int offset = 0;

        bool operator==(const Place&) const = default;
    };

    SpokenText() = default;
    explicit SpokenText(const TranscriptMessage& message);

    const QString& text() const { return text_; }
    int length() const { return int(text_.size()); }
    /// The nearest character of a block.
    Place placeOf(int offset) const;
    int offsetOf(const Place& place) const;
    /// The stretch of this text that consists of a block's characters [from, to).
    TextRange rangeOf(int block, TextRange characters) const;

private:
    /// Characters of a block that follow one another in both texts.
    struct Stretch {
        int start = 0;
        int block = 0;
        int from = 0;
        int length = 0;
    };

    void append(int block, const Block& source);

    QString text_;
    std::vector<Stretch> stretches_;
};

} // namespace ponder::ui
