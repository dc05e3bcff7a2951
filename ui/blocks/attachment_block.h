#pragma once

#include "ui/blocks/block.h"

namespace ponder::ui {

/// The name of an attached file, at the right of the column.
class AttachmentBlock : public Block {
public:
    AttachmentBlock(const Theme& theme, QString name);

    void layout(qreal width) override;
    void restyle() override {}
    qreal usedWidth() const override { return box_.width(); }
    void paint(QPainter& painter, const BlockPaint& paint) const override;
    int length() const override { return 0; }
    int offsetAt(const QPointF&) const override { return 0; }
    QRectF caretAt(int) const override { return box_; }
    TextRange wordAt(int) const override { return {}; }
    TextRange lineAt(int) const override { return {}; }
    QString copied(TextRange, CopyFormat) const override { return name_; }
    Target targetAt(const QPointF&) override { return {}; }

private:
    QString name_;
    QString shownName_;
    QRectF box_;
};

} // namespace ponder::ui
