#pragma once

#include "ui/blocks/block.h"

#include <QCoreApplication>

namespace ponder::ui {

/// The name of an attached file, at the right of the column; pressed, the file opens.
class AttachmentBlock : public Block {
    Q_DECLARE_TR_FUNCTIONS(AttachmentBlock)
public:
    AttachmentBlock(const Theme& theme, QString name);

    void layout(qreal width) override;
    void restyle() override {}
    qreal usedWidth() const override { return box_.width(); }
    void paint(QPainter& painter, const BlockPaint& paint) const override;
    int length() const override { return 0; }
    QString text() const override { return {}; }
    std::vector<Aside> asides() const override { return {{0, tr("Attachment: %1").arg(name_)}}; }
    int offsetAt(const QPointF&) const override { return 0; }
    QRectF caretAt(int) const override { return box_; }
    TextRange wordAt(int) const override { return {}; }
    TextRange lineAt(int) const override { return {}; }
    QString copied(TextRange, CopyFormat) const override { return name_; }
    Target targetAt(const QPointF& point) override;
    std::vector<Control> controls() override;

private:
    void paintFound(QPainter& painter, const FoundMarks& found, const QRectF& name) const;
    Target target() { return {TargetKind::Attachment, this, {}}; }

    QString name_;
    QString shownName_;
    QRectF box_;
};

} // namespace ponder::ui
