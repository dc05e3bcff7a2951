#pragma once

#include "ui/blocks/block.h"

namespace ponder::ui {

/// A line across the column with words in its middle, such as where the model's view of the chat begins.
class CutBlock : public Block {
public:
    CutBlock(const Theme& theme, QString words) : Block(theme), words_(std::move(words)) {}

    const QString& words() const { return words_; }

    void layout(qreal width) override;
    void restyle() override {}
    qreal usedWidth() const override { return width_; }
    void paint(QPainter& painter, const BlockPaint& paint) const override;
    int length() const override { return 0; }
    QString text() const override { return {}; }
    std::vector<Aside> asides() const override { return {{0, words_}}; }
    int offsetAt(const QPointF&) const override { return 0; }
    QRectF caretAt(int) const override { return QRectF(0, 0, 0, height_); }
    TextRange wordAt(int) const override { return {}; }
    TextRange lineAt(int) const override { return {}; }
    QString copied(TextRange, CopyFormat) const override { return {}; }
    Target targetAt(const QPointF&) override { return {}; }

private:
    QString words_;
    QString shownWords_;
    qreal width_ = 0;
};

} // namespace ponder::ui
