#pragma once

#include "ui/blocks/block_scroll.h"
#include "ui/blocks/code_colouring.h"
#include "ui/blocks/code_rows.h"
#include "ui/blocks/markdown_piece.h"
#include "ui/blocks/text_flow.h"

#include <QCoreApplication>

#include <map>

namespace ponder::ui {

/// Code in a box with a header. Rows have a fixed height and are laid out when they are seen; long lines
/// scroll sideways unless the person wants them wrapped. Colours come later and move nothing.
class CodeBlock : public MarkdownPiece {
    Q_DECLARE_TR_FUNCTIONS(CodeBlock)
public:
    explicit CodeBlock(const Theme& theme);

    void setContent(const MarkdownBlock& content) override;
    void layout(qreal width) override;
    void restyle() override;
    qreal usedWidth() const override { return width_; }
    void paint(QPainter& painter, const BlockPaint& paint) const override;

    int length() const override { return int(code_.size()); }
    QString text() const override { return code_; }
    TextLook lookAt(int) const override { return {.range = {0, length()}, .style = span::kCode}; }
    int offsetAt(const QPointF& point) const override;
    QRectF caretAt(int offset) const override;
    TextRange wordAt(int offset) const override;
    TextRange lineAt(int offset) const override;
    QString copied(TextRange range, CopyFormat format) const override;

    Target targetAt(const QPointF& point) override;
    std::vector<Control> controls() override;
    BlockEffect activate(const Target& target) override;
    QString copyText(const Target& target) const override;
    bool scrollBy(const QPointF& point, const QPointF& delta) override;
    void dragScrollBar(const QPointF& delta) override;
    void reveal(int offset) override;

private:
    int headerHeight() const { return theme().scaled(34); }
    qreal bodyTop() const { return headerHeight() + space::kMedium; }
    qreal shownWidth() const;
    void measureFont();
    void cutRows(int changedFrom);
    int rowOf(int offset) const;
    bool offersWrap() const { return wraps_ || scroll_.isNeeded(); }
    QRectF copyBox() const;
    QRectF wrapBox() const;
    QRectF bodyBox() const;
    const TextFlow& rowFlow(int row) const;
    void takeUpColours() const;
    void paintHeader(QPainter& painter, const BlockPaint& paint) const;
    void paintRows(QPainter& painter, const BlockPaint& paint) const;

    QString code_;
    QString language_;
    std::vector<int> hiddenMarks_;
    std::vector<CodeRow> rows_;
    std::unique_ptr<CodeColouring> colouring_;
    mutable std::map<int, TextFlow> flows_; ///< of the rows seen lately
    BlockScroll scroll_{Qt::Horizontal};
    bool wraps_ = false;
    qreal width_ = 0;
    qreal characterWidth_ = 0;
    int rowHeight_ = 0;
    int columns_ = 0; ///< of the widest row
};

} // namespace ponder::ui
