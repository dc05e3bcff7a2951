#pragma once

#include "ui/blocks/block.h"
#include "ui/message_content.h"

#include <QCoreApplication>

namespace ponder::ui {

/// What can be done with a message, below it: at the left for an answer, at the right for a prompt.
class ActionRow : public Block {
    Q_DECLARE_TR_FUNCTIONS(ActionRow)
public:
    explicit ActionRow(const Theme& theme) : Block(theme) {}

    void setContent(const MessageContent& content);
    /// Without it only what says something is drawn: which of several alternatives this one is.
    void setShown(bool shown) { shown_ = shown; }
    /// Another answer is being written: nothing but copying is possible.
    void setLocked(bool locked) { locked_ = locked; }

    void layout(qreal width) override;
    void restyle() override {}
    qreal usedWidth() const override { return width_; }
    void paint(QPainter& painter, const BlockPaint& paint) const override;
    int length() const override { return 0; }
    QString text() const override { return {}; }
    std::vector<Aside> asides() const override;
    int offsetAt(const QPointF&) const override { return 0; }
    QRectF caretAt(int) const override { return {0, 0, 0, height_}; }
    TextRange wordAt(int) const override { return {}; }
    TextRange lineAt(int) const override { return {}; }
    QString copied(TextRange, CopyFormat) const override { return {}; }
    Target targetAt(const QPointF& point) override;
    std::vector<Control> controls() override;

private:
    struct Item {
        TargetKind kind = TargetKind::None; ///< None: words only
        QRectF box;
        QString words;
        bool enabled = true;
    };

    std::vector<Item> items() const;
    QString figures() const;
    bool isDrawn(const Item& item) const;

    Role role_ = Role::Assistant;
    MessageState state_ = MessageState::Done;
    int branch_ = 1;
    int branchCount_ = 1;
    AnswerFigures figures_;
    bool hasText_ = false;
    bool shown_ = false;
    bool locked_ = false;
    qreal width_ = 0;
};

} // namespace ponder::ui
