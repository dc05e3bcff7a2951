#pragma once

#include "ui/blocks/block_scroll.h"
#include "ui/blocks/enclosing_block.h"

#include <QCoreApplication>

#include <chrono>
#include <optional>

namespace ponder::ui {

/// Thoughts: a header that says how long they took, and below it, while open, their text. Open while they
/// run; `answerBegins` closes them unless the person has taken them in hand.
class ReasoningBlock : public EnclosingBlock {
    Q_DECLARE_TR_FUNCTIONS(ReasoningBlock)
public:
    explicit ReasoningBlock(const Theme& theme);

    void setBlocks(std::vector<MarkdownBlock> blocks);
    void setRunning(bool running);
    bool isRunning() const { return running_; }
    void setElapsed(std::chrono::milliseconds elapsed) { elapsed_ = elapsed; }
    std::chrono::milliseconds elapsed() const { return elapsed_; }
    void setOpen(bool open) { open_ = open; }
    bool isOpen() const { return open_; }
    /// The thoughts are over. Returns whether this has closed the block.
    bool answerBegins();
    /// The person reads or marks them: they stay as they are.
    void takeInHand() { inHand_ = true; }
    bool isInHand() const { return inHand_; }

    void layout(qreal width) override;
    qreal usedWidth() const override { return width_; }
    void paint(QPainter& painter, const BlockPaint& paint) const override;
    Target targetAt(const QPointF& point) override;
    std::vector<Control> controls() override;
    BlockEffect activate(const Target& target) override;
    bool scrollBy(const QPointF& point, const QPointF& delta) override;
    void dragScrollBar(const QPointF& delta) override;
    void reveal(int offset) override;
    BlockEffect uncover(int offset) override;

protected:
    bool isTextShown() const override { return open_; }
    QPointF columnOrigin() const override;
    QRectF columnBox() const override;

private:
    int headerHeight() const { return theme().scaled(32); }
    QRectF headerBox() const;
    /// What can be done with the thoughts, right of their title: end them, or, later, edit them.
    std::optional<Control> action() const;
    void paintAction(QPainter& painter, const BlockPaint& paint) const;
    QString title() const;

    BlockScroll scroll_{Qt::Vertical};
    std::chrono::milliseconds elapsed_{0};
    bool running_ = false;
    bool open_ = false;
    bool inHand_ = false;
    bool capped_ = false; ///< no higher than the limit: while they run, and until opened anew
    bool followsEnd_ = true;
    qreal width_ = 0;
    qreal shownHeight_ = 0;
};

/// "6 s", "1 min 12 s".
QString spokenDuration(std::chrono::milliseconds duration);

} // namespace ponder::ui
