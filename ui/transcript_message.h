#pragma once

#include "ui/blocks/block.h"
#include "ui/message_content.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace ponder::ui {

class ActionRow;
class AnswerBlock;
class CutBlock;
class EnclosingBlock;
class EndingBlock;
class GrowingMarkdown;
class MarkdownColumn;
class ReasoningBlock;

enum class RowState {
    Open,
    Locked
}; ///< Locked: while an answer is being written, the chat cannot be changed

/// Everything painting a message depends on that is not in it.
struct MessagePaint {
    BlockPaint look; ///< `visible` in the message's coordinates; its selection is not used
    bool actionsShown = false;
    std::function<TextRange(int block)> selectionOf;
    std::function<FoundMarks(int block)> foundIn;
};

/// A part's text taken apart, as it is shown.
std::vector<MarkdownBlock> parsePart(Role role, PartKind kind, const QString& text);

/// A message with its blocks laid out: one for each part, then how it ended, then the row of actions, then a
/// line where the chat is cut below it. It exists while the message is near the viewport.
class TranscriptMessage {
public:
    explicit TranscriptMessage(const Theme& theme);
    ~TranscriptMessage();

    /// Takes up what has changed; what has not stays laid out.
    void setContent(const MessageContent& content);
    void setRowState(RowState state);
    void layout(qreal width);
    void askForFormulas(qreal top, qreal bottom);
    /// True: it has to be laid out again.
    bool takeUpFormulas();
    void restyle();
    qreal height() const { return height_; }

    int blockCount() const { return int(placed_.size()); }
    const Block& block(int index) const { return *placed_[size_t(index)].block; }
    /// To be changed in how it is shown.
    Block& block(int index) {
        controls_.reset();
        return *placed_[size_t(index)].block;
    }
    QPointF originOf(int block) const { return placed_[size_t(block)].at; }
    bool isRunningText(int block) const;
    /// The row of actions, or the line below it.
    bool isBehindText(int block) const;
    int blockNear(qreal y) const;
    /// Which of its blocks is this one, or has it as a part; -1: none. The parts of a message come first.
    int indexHolding(const Block* leaf) const;
    bool holds(const Block* leaf) const;

    void paint(QPainter& painter, const MessagePaint& paint) const;
    Target targetAt(const QPointF& point);
    /// Until the message changes.
    const std::vector<Control>& controls();
    BlockEffect activate(const Target& target);
    bool scrollBy(const QPointF& point, const QPointF& delta);
    /// Thoughts in which something is marked do not close by themselves.
    void takeInHand(int block);
    /// See Block::uncover.
    BlockEffect uncover(int block, int offset);
    /// The text of a part, as it is shown; of an attachment: nothing.
    const std::vector<MarkdownBlock>& markdownOf(int part) const;
    /// Where one of these blocks stands in the part's characters; empty where it is folded away. Of an
    /// attachment: its name.
    TextRange rangeOf(int part, int index) const;

    /// The person has changed how it is shown: it must not be made anew.
    bool isTouched() const { return touched_; }
    /// Characters of the paragraph at its end, 0: it ends in something else.
    int lastParagraphLength() const;

private:
    struct Part {
        PartKind kind = PartKind::Text;
        QString text;
        std::unique_ptr<Block> block;
        std::unique_ptr<GrowingMarkdown> growth; ///< while it is written
        bool parsedBefore = false;
        bool tooSlow = false; ///< parsing took so long that the text is shown as it is
    };
    struct Placed {
        Block* block = nullptr;
        QPointF at;
    };

    std::unique_ptr<Block> makeBlock(const MessagePart& part) const;
    enum class Growth { Ended, GoesOn };
    void takeUpText(Part& part, const QString& text, Growth growth);
    void takeUpThoughts(ReasoningBlock& thoughts, const MessageContent& content, size_t index) const;
    void takeUpEnding(const MessageContent& content);
    std::vector<MarkdownBlock> parse(Part& part) const;
    void parseGrowth(Part& part) const;
    void takeUpWhole(Part& part) const;
    qreal gapBefore(size_t index) const;
    const EnclosingBlock* textOf(int part) const;

    const Theme& theme_;
    Role role_ = Role::Assistant;
    MessageState state_ = MessageState::Done;
    Failure failure_;
    std::vector<Part> parts_;
    std::unique_ptr<EndingBlock> ending_;
    std::unique_ptr<ActionRow> row_;
    std::unique_ptr<CutBlock> cut_;
    std::vector<Placed> placed_;
    std::optional<std::vector<Control>> controls_; ///< there may be thousands, and each is asked for alone
    qreal height_ = 0;
    bool touched_ = false;
};

} // namespace ponder::ui
