#include "ui/blocks/markdown_piece.h"

#include "ui/blocks/code_block.h"
#include "ui/blocks/formula_block.h"
#include "ui/blocks/rule_block.h"
#include "ui/blocks/table_block.h"
#include "ui/blocks/text_block.h"
#include "ui/blocks/text_flow.h"
#include "ui/script/typesetter.h"

#include <QTextBoundaryFinder>

#include <algorithm>

namespace ponder::ui {

std::unique_ptr<MarkdownPiece> makeMarkdownPiece(const Theme& theme, const BlockLook& look,
                                                 MarkdownKind kind) {
    switch (kind) {
    case MarkdownKind::Paragraph:
    case MarkdownKind::Heading:
        return std::make_unique<TextBlock>(theme, look);
    case MarkdownKind::Code:
        return std::make_unique<CodeBlock>(theme);
    case MarkdownKind::Table:
        return std::make_unique<TableBlock>(theme, look);
    case MarkdownKind::Formula:
        return std::make_unique<FormulaBlock>(theme, look);
    case MarkdownKind::Rule:
        return std::make_unique<RuleBlock>(theme);
    }
    return nullptr;
}

std::optional<Qt::LayoutDirection> directionOf(const InlineText& content) {
    auto formula = content.spans.begin();
    for (qsizetype i = 0; i < content.text.size(); ++i) {
        while (formula != content.spans.end() && formula->start + formula->length <= i) ++formula;
        const bool hidden =
            formula != content.spans.end() && formula->start <= i && (formula->style & span::kFormula);
        if (hidden) continue;
        char32_t letter = content.text[i].unicode();
        if (content.text[i].isHighSurrogate() && i + 1 < content.text.size()) {
            letter = QChar::surrogateToUcs4(content.text[i], content.text[i + 1]);
            ++i;
        }
        switch (QChar::direction(letter)) {
        case QChar::DirL:
            return Qt::LeftToRight;
        case QChar::DirR:
        case QChar::DirAL:
            return Qt::RightToLeft;
        default:
            break;
        }
    }
    return std::nullopt;
}

std::optional<Qt::LayoutDirection> directionOf(const MarkdownBlock& value) {
    switch (value.kind) {
    case MarkdownKind::Paragraph:
    case MarkdownKind::Heading:
        return directionOf(value.content);
    case MarkdownKind::Table: {
        const auto end = value.cells.begin() + value.columns;
        for (auto cell = value.cells.begin(); cell != end; ++cell) {
            if (const auto direction = directionOf(*cell)) return direction;
        }
        return Qt::LeftToRight;
    }
    case MarkdownKind::Code:
    case MarkdownKind::Formula:
    case MarkdownKind::Rule:
        break;
    }
    return std::nullopt;
}

TextStyle textStyleOf(const BlockLook& look, const MarkdownBlock& value) {
    const bool answer = look.body == TextStyle::Body;
    if (!value.note.isEmpty()) return answer ? TextStyle::Table : look.body;
    if (value.kind != MarkdownKind::Heading) return look.body;
    // Thoughts have no headlines: their headings only stand out.
    if (!answer) return TextStyle::TableHeader;
    constexpr TextStyle kHeadings[] = {TextStyle::Heading1, TextStyle::Heading2, TextStyle::Heading3,
                                       TextStyle::Heading4};
    return kHeadings[std::clamp(int(value.level), 1, 4) - 1];
}

qreal formulaSize(const Theme& theme, TextStyle style) {
    // KaTeX's letters are small for their size: this makes them as large as those around.
    constexpr qreal kScale = 1.21;
    return theme.font(style).pixelSize() * kScale;
}

void askForFormulas(const Theme& theme, const InlineText& content) {
    if (!theme.typesetter()) return;
    for (auto span = content.spans.rbegin(); span != content.spans.rend(); ++span) {
        if (!(span->style & span::kFormula)) continue;
        const QStringView text = QStringView(content.text).sliced(span->start, span->length);
        theme.typesetter()->formulas().ask(formulaSource(text));
    }
}

bool fillFlow(TextFlow& flow, const Theme& theme, TextStyle style, const InlineText& content) {
    std::vector<Span> shown = content.spans;
    std::vector<FlowFormula> ready;
    bool pending = false;
    if (theme.typesetter()) {
        std::erase_if(shown, [&](const Span& span) {
            if (!(span.style & span::kFormula)) return false;
            const QStringView text = QStringView(content.text).sliced(span.start, span.length);
            const Formulas::Answer answer = theme.typesetter()->formulas().find(formulaSource(text));
            pending = pending || answer.pending;
            if (answer.formula.isNull()) return false;
            ready.push_back(
                {{span.start, span.start + span.length}, answer.formula, formulaSize(theme, style)});
            return true;
        });
    }
    flow.setText(content.text, spanFormats(theme, style, shown), codeRanges(content.spans), std::move(ready));
    return pending;
}

std::vector<QTextLayout::FormatRange> spanFormats(const Theme& theme, TextStyle style,
                                                  const std::vector<Span>& spans) {
    std::vector<QTextLayout::FormatRange> formats;
    formats.reserve(spans.size());
    const QFont textFont = theme.font(style);
    const QFont codeFont = theme.font(TextStyle::Code);
    for (const Span& span : spans) {
        QTextLayout::FormatRange range;
        range.start = span.start;
        range.length = span.length;
        if (span.style & (span::kCode | span::kFormula)) {
            QFont font = codeFont;
            font.setPixelSize(qRound(textFont.pixelSize() * 0.88));
            font.setWeight(textFont.weight());
            range.format.setFont(font);
        }
        if (span.style & span::kBold) range.format.setFontWeight(QFont::DemiBold);
        if (span.style & span::kItalic) range.format.setFontItalic(true);
        if (span.style & span::kStrike) range.format.setFontStrikeOut(true);
        if (span.style & span::kNote) range.format.setVerticalAlignment(QTextCharFormat::AlignSuperScript);
        if (span.style & span::kLink) {
            range.format.setForeground(theme.colours().link);
            range.format.setFontUnderline(!(span.style & span::kNote));
        }
        formats.push_back(range);
    }
    return formats;
}

std::vector<TextRange> codeRanges(const std::vector<Span>& spans) {
    std::vector<TextRange> ranges;
    for (const Span& span : spans) {
        if (span.style & span::kCode) ranges.push_back({span.start, span.start + span.length});
    }
    return ranges;
}

int characterAt(const TextFlow& flow, const QPointF& point) {
    const int offset = flow.offsetAt(point);
    if (offset == 0) return 0;
    const QRectF before = flow.caretAt(offset - 1);
    const QRectF behind = flow.caretAt(offset);
    const auto [left, right] = std::minmax({before.left(), behind.left()});
    const bool between = before.top() == behind.top() && left <= point.x() && point.x() < right;
    return between ? offset - 1 : offset;
}

QString linkAt(const InlineText& content, const QStringList& links, int offset) {
    for (const Span& span : content.spans) {
        if (span.link >= 0 && offset >= span.start && offset < span.start + span.length) {
            return links.value(span.link);
        }
    }
    return {};
}

TextRange wordAround(const QString& text, int offset) {
    if (text.isEmpty()) return {};
    // A window is enough: words are short, and text may be very long.
    constexpr int kReach = 512;
    const int first = std::max(0, offset - kReach);
    const QString window = text.mid(first, 2 * kReach);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, window);
    const int at = std::min(offset - first, int(window.size()) - 1);
    finder.setPosition(at);
    int from = finder.isAtBoundary() ? at : int(finder.toPreviousBoundary());
    finder.setPosition(at);
    int to = int(finder.toNextBoundary());
    if (from < 0) from = 0;
    if (to < 0) to = int(window.size());
    return {first + from, first + to};
}

} // namespace ponder::ui
