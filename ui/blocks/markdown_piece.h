#pragma once

#include "ui/blocks/block.h"
#include "ui/markdown/markdown_block.h"

#include <QTextLayout>

#include <memory>
#include <optional>
#include <vector>

namespace ponder::ui {

class TextFlow;

/// A block that shows one MarkdownBlock. The value stays with the column that owns the block.
class MarkdownPiece : public Block {
public:
    using Block::Block;
    /// Takes up content of the same kind; what it has in common with the content before stays laid out.
    virtual void setContent(const MarkdownBlock& content) = 0;
    /// Of its paragraph. Code and formulas always run from left to right; a table's cells know for
    /// themselves.
    virtual void setDirection(Qt::LayoutDirection) {}
};

/// The block that shows values of this kind.
std::unique_ptr<MarkdownPiece> makeMarkdownPiece(const Theme& theme, const BlockLook& look,
                                                 MarkdownKind kind);

/// Which way the text runs: its first letter that says so decides. TeX is Latin, what is seen of it has no
/// direction.
std::optional<Qt::LayoutDirection> directionOf(const InlineText& content);
/// The same for a block; code, formulas and rules have none. A table runs as its header does.
std::optional<Qt::LayoutDirection> directionOf(const MarkdownBlock& value);

/// How the text of this value is set.
TextStyle textStyleOf(const BlockLook& look, const MarkdownBlock& value);

/// Gives a flow its text, with formulas where they are ready and their source where they are not. True: some
/// are still waited for.
bool fillFlow(TextFlow& flow, const Theme& theme, TextStyle style, const InlineText& content);
/// Asks for those that are not ready, the first of them last.
void askForFormulas(const Theme& theme, const InlineText& content);
/// Pixels of a formula's em in text of this style.
qreal formulaSize(const Theme& theme, TextStyle style);

/// Character formats of the spans, at the size of `style`.
std::vector<QTextLayout::FormatRange> spanFormats(const Theme& theme, TextStyle style,
                                                  const std::vector<Span>& spans);
/// Where inline code stands.
std::vector<TextRange> codeRanges(const std::vector<Span>& spans);
/// The character under the point: offsetAt is the place nearest to it, which may be behind that character.
int characterAt(const TextFlow& flow, const QPointF& point);
/// The link under this character, or an empty string.
QString linkAt(const InlineText& content, const QStringList& links, int offset);
/// Start and end of the word (or run of spaces) around the character.
TextRange wordAround(const QString& text, int offset);

} // namespace ponder::ui
