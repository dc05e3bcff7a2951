#pragma once

#include "ui/blocks/enclosing_block.h"
#include "ui/message_content.h"

#include <QCoreApplication>

namespace ponder::ui {

/// How an answer ended when it did not end as it should: a line with "Continue", or a card that says what
/// happened and what to do, with the rest behind "Details".
class EndingBlock : public EnclosingBlock {
    Q_DECLARE_TR_FUNCTIONS(EndingBlock)
public:
    EndingBlock(const Theme& theme, MessageState state, const Failure& failure);

    void layout(qreal width) override;
    qreal usedWidth() const override { return width_; }
    void paint(QPainter& painter, const BlockPaint& paint) const override;
    std::vector<Aside> asides() const override;
    Target targetAt(const QPointF& point) override;
    std::vector<Control> controls() override;
    BlockEffect activate(const Target& target) override;

protected:
    bool isTextShown() const override { return state_ == MessageState::Failed; }
    QPointF columnOrigin() const override { return columnBox().topLeft(); }
    QRectF columnBox() const override;

private:
    bool isCard() const { return state_ == MessageState::Failed; }
    void fillCard();
    QString statement() const;
    QRectF buttonBox() const;
    QString buttonText() const;
    void paintButton(QPainter& painter, const BlockPaint& paint) const;
    TargetKind buttonKind() const { return isCard() ? TargetKind::Details : TargetKind::Continue; }
    bool hasButton() const { return !isCard() || !failure_.details.isEmpty(); }

    MessageState state_;
    Failure failure_;
    bool detailed_ = false;
    qreal width_ = 0;
};

} // namespace ponder::ui
