#include "ui/markdown/block_builder.h"

#include "ui/markdown/formula_paragraphs.h"
#include "ui/markdown/html_entities.h"
#include "ui/markdown/parser_lines.h"

#include <algorithm>
#include <utility>

namespace ponder::ui {

namespace {

constexpr QChar kLineBreak(0x2028);

QString attributeText(const MD_ATTRIBUTE& attribute) {
    QString text;
    if (attribute.text == nullptr) return text;
    for (int i = 0; attribute.substr_offsets[i] < attribute.size; ++i) {
        const MD_OFFSET from = attribute.substr_offsets[i];
        const QString piece =
            QString::fromUtf8(attribute.text + from, attribute.substr_offsets[i + 1] - from);
        if (attribute.substr_types[i] == MD_TEXT_ENTITY)
            text += decodeEntity(piece);
        else if (attribute.substr_types[i] == MD_TEXT_NULLCHAR)
            text += QChar(QChar::ReplacementCharacter);
        else
            text += piece;
    }
    return withoutNoteMarks(text);
}

} // namespace

Nesting BlockBuilder::nesting() const {
    Nesting nesting;
    nesting.depth = quint8(std::min(containers_.size(), size_t(markdown_limit::kDepth)));
    for (int i = 0; i < nesting.depth; ++i) nesting.quotes |= quint16(containers_[size_t(i)].quote) << i;
    return nesting;
}

void BlockBuilder::start(MarkdownKind kind) {
    finish();
    current_ = MarkdownBlock();
    current_.kind = kind;
    current_.nesting = nesting();
    current_.markers = std::move(pendingMarkers_);
    pendingMarkers_.clear();
    current_.tight = !containers_.empty() && containers_.back().tight;
    open_ = true;
}

void BlockBuilder::finish() {
    if (!open_) return;
    open_ = false;
    if (current_.kind == MarkdownKind::Heading) return finishText();
    if (current_.kind == MarkdownKind::Paragraph) {
        for (MarkdownBlock& part : withFormulasApart(std::move(current_))) {
            current_ = std::move(part);
            finishText();
        }
        return;
    }
    if (current_.kind == MarkdownKind::Code) {
        QString& code = current_.content.text;
        if (code.endsWith(u'\n')) code.chop(1);
        code.replace(kCodeTab, u'\t');
    }
    updateHash(current_);
    blocks_.push_back(std::move(current_));
}

/// Long text becomes several blocks, cut at spaces, so that none costs more than the limit to lay out.
void BlockBuilder::finishText() {
    if (current_.content.text.isEmpty() && current_.markers.empty()) return;
    while (current_.content.text.size() > markdown_limit::kBlockCharacters) {
        const QString& text = current_.content.text;
        qsizetype cut = text.lastIndexOf(u' ', markdown_limit::kBlockCharacters - 1) + 1;
        if (cut < markdown_limit::kBlockCharacters / 2) cut = markdown_limit::kBlockCharacters;
        if (text[cut - 1].isHighSurrogate()) --cut;
        MarkdownBlock rest = current_;
        rest.markers.clear();
        rest.content.text = text.sliced(cut);
        rest.content.spans.clear();
        for (Span span : current_.content.spans) {
            const int end = span.start + span.length;
            if (end <= cut) continue;
            span.start = std::max(0, span.start - int(cut));
            span.length = end - int(cut) - span.start;
            rest.content.spans.push_back(span);
        }
        std::erase_if(current_.content.spans, [cut](const Span& span) { return span.start >= cut; });
        for (Span& span : current_.content.spans) span.length = std::min(span.length, int(cut) - span.start);
        current_.content.text.truncate(cut);
        updateHash(current_);
        blocks_.push_back(std::move(current_));
        current_ = std::move(rest);
    }
    updateHash(current_);
    blocks_.push_back(std::move(current_));
}

void BlockBuilder::enterItem(const MD_BLOCK_LI_DETAIL& item) {
    finish();
    if (containers_.empty()) return;
    Container& list = containers_.back();
    ListMarker marker;
    marker.level = quint8(std::min(containers_.size(), size_t(markdown_limit::kDepth)) - 1);
    if (item.is_task) {
        marker.kind = item.task_mark == ' ' ? MarkerKind::TaskOpen : MarkerKind::TaskDone;
    } else if (list.ordered) {
        marker.kind = MarkerKind::Number;
        marker.text = QString::number(list.next) + u'.';
    } else {
        marker.kind = MarkerKind::Bullet;
        for (int i = 0; i <= marker.level; ++i) {
            marker.rank += !containers_[size_t(i)].quote && !containers_[size_t(i)].ordered;
        }
    }
    if (list.ordered) ++list.next;
    // A list that opens inside an item's first line shares that line; beyond the depth limit only the last
    // shows.
    std::erase_if(pendingMarkers_, [&](const ListMarker& other) { return other.level == marker.level; });
    pendingMarkers_.push_back(std::move(marker));
}

void BlockBuilder::enterBlock(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
    case MD_BLOCK_QUOTE:
        openContainer({.quote = true});
        break;
    case MD_BLOCK_UL:
        openContainer({.tight = static_cast<MD_BLOCK_UL_DETAIL*>(detail)->is_tight != 0});
        break;
    case MD_BLOCK_OL: {
        const auto& list = *static_cast<MD_BLOCK_OL_DETAIL*>(detail);
        openContainer({.ordered = true, .tight = list.is_tight != 0, .next = list.start});
        break;
    }
    case MD_BLOCK_LI:
        enterItem(*static_cast<MD_BLOCK_LI_DETAIL*>(detail));
        break;
    case MD_BLOCK_HR:
        start(MarkdownKind::Rule);
        finish();
        break;
    case MD_BLOCK_H:
        start(MarkdownKind::Heading);
        current_.level = quint8(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level);
        break;
    case MD_BLOCK_CODE:
        start(MarkdownKind::Code);
        current_.language = attributeText(static_cast<MD_BLOCK_CODE_DETAIL*>(detail)->lang);
        break;
    case MD_BLOCK_P:
        start(MarkdownKind::Paragraph);
        break;
    case MD_BLOCK_TABLE: {
        start(MarkdownKind::Table);
        const int columns = int(static_cast<MD_BLOCK_TABLE_DETAIL*>(detail)->col_count);
        current_.columns = std::min(columns, markdown_limit::kColumns);
        current_.hiddenColumns = columns - current_.columns;
        break;
    }
    case MD_BLOCK_TR:
        // The cells of what is too much are read, counted and dropped.
        cellColumn_ = int(current_.cells.size()) < markdown_limit::kCells ? 0 : current_.columns;
        current_.hiddenRows += cellColumn_ > 0;
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD: {
        inCell_ = true;
        dropsCell_ = cellColumn_ >= current_.columns;
        if (dropsCell_) break;
        cell_ = InlineText();
        if (int(current_.alignments.size()) >= current_.columns) break;
        const MD_ALIGN align = static_cast<MD_BLOCK_TD_DETAIL*>(detail)->align;
        current_.alignments.push_back(align == MD_ALIGN_RIGHT    ? CellAlignment::End
                                      : align == MD_ALIGN_CENTER ? CellAlignment::Centre
                                                                 : CellAlignment::Start);
        break;
    }
    default:
        break;
    }
}

void BlockBuilder::leaveBlock(MD_BLOCKTYPE type) {
    switch (type) {
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        closeContainer();
        break;
    case MD_BLOCK_LI:
        if (!pendingMarkers_.empty()) start(MarkdownKind::Paragraph);
        finish();
        break;
    case MD_BLOCK_H:
    case MD_BLOCK_P:
    case MD_BLOCK_CODE:
    case MD_BLOCK_TABLE:
        finish();
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        if (!dropsCell_) current_.cells.push_back(std::move(cell_));
        ++cellColumn_;
        inCell_ = false;
        dropsCell_ = false;
        break;
    default:
        break;
    }
}

void BlockBuilder::enterLink(const MD_ATTRIBUTE& address) {
    // In a tight list text comes without a paragraph around it.
    if (!open_) start(MarkdownKind::Paragraph);
    if (!dropsCell_) current_.links.append(attributeText(address));
    linkStack_.push_back(dropsCell_ ? -1 : int(current_.links.size()) - 1);
}

void BlockBuilder::enterSpan(MD_SPANTYPE type, void* detail) {
    switch (type) {
    case MD_SPAN_STRONG:
        ++strong_;
        break;
    case MD_SPAN_EM:
        ++emphasis_;
        break;
    case MD_SPAN_CODE:
        style_ |= span::kCode;
        break;
    case MD_SPAN_DEL:
        style_ |= span::kStrike;
        break;
    case MD_SPAN_A:
        enterLink(static_cast<MD_SPAN_A_DETAIL*>(detail)->href);
        break;
    case MD_SPAN_IMG:
        enterLink(static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src);
        append(QStringLiteral("[image: "));
        break;
    case MD_SPAN_LATEXMATH:
    case MD_SPAN_LATEXMATH_DISPLAY:
        style_ |= span::kFormula;
        formulaBegins_ = true;
        append(type == MD_SPAN_LATEXMATH ? QStringLiteral("$") : QStringLiteral("$$"));
        break;
    default:
        break;
    }
}

void BlockBuilder::leaveSpan(MD_SPANTYPE type) {
    switch (type) {
    case MD_SPAN_STRONG:
        --strong_;
        break;
    case MD_SPAN_EM:
        --emphasis_;
        break;
    case MD_SPAN_CODE:
        style_ &= ~span::kCode;
        break;
    case MD_SPAN_DEL:
        style_ &= ~span::kStrike;
        break;
    case MD_SPAN_IMG:
        append(QStringLiteral("]"));
        [[fallthrough]];
    case MD_SPAN_A:
        if (!linkStack_.empty()) linkStack_.pop_back();
        break;
    case MD_SPAN_LATEXMATH:
    case MD_SPAN_LATEXMATH_DISPLAY:
        append(type == MD_SPAN_LATEXMATH ? QStringLiteral("$") : QStringLiteral("$$"));
        style_ &= ~span::kFormula;
        break;
    default:
        break;
    }
}

void BlockBuilder::text(MD_TEXTTYPE type, const MD_CHAR* characters, MD_SIZE size) {
    if (dropsCell_) return;
    switch (type) {
    case MD_TEXT_NULLCHAR:
        append(QString(QChar(QChar::ReplacementCharacter)));
        break;
    case MD_TEXT_BR:
        append(QString(kLineBreak));
        break;
    case MD_TEXT_SOFTBR:
        append(QString(lineBreaks_ == LineBreaks::Keep ? kLineBreak : QChar(u' ')));
        break;
    case MD_TEXT_ENTITY:
        append(decodeEntity(QString::fromUtf8(characters, size)));
        break;
    case MD_TEXT_CODE:
        // Inside a table a bar in code is written "\\|".
        if (inCell_)
            append(QString::fromUtf8(characters, size).replace(QStringLiteral("\\|"), QStringLiteral("|")));
        else
            append(QString::fromUtf8(characters, size));
        break;
    case MD_TEXT_NORMAL:
        appendRunning(QString::fromUtf8(characters, size));
        break;
    default:
        append(QString::fromUtf8(characters, size));
        break;
    }
}

/// Text that may contain references, or begin a note.
void BlockBuilder::appendRunning(QString text) {
    if (!inCell_ && linkStack_.empty() && style_ == 0) {
        if (const QString label = takeNoteStart(text); !label.isEmpty()) beginNote(label);
        if (text.startsWith(kNoteGoesOn)) continueNote();
    }
    qsizetype from = 0;
    while (linkStack_.empty()) {
        const auto reference = findNoteReference(text, from);
        if (!reference) break;
        const QString shown = notes_.shown(reference->label);
        const bool known = !shown.isEmpty() && int(target().spans.size()) < markdown_limit::kSpans;
        append(text.sliced(from, (known ? reference->start : reference->end) - from));
        if (known) appendReference(reference->label, shown);
        from = reference->end;
    }
    append(text.sliced(from));
}

void BlockBuilder::beginNote(const QString& label) {
    if (open_) trimEnd(current_.content);
    // Written as an item of a list, it is a note all the same.
    if (open_ && current_.content.text.isEmpty()) current_.markers.clear();
    finish();
    pendingMarkers_.clear();
    current_ = noteParagraph(label, NoteParagraph::First);
    lastNote_ = label;
    open_ = true;
}

void BlockBuilder::continueNote() {
    const bool begins =
        !open_ || (current_.kind == MarkdownKind::Paragraph && current_.content.text.isEmpty());
    if (!begins || lastNote_.isEmpty() || !containers_.empty()) return;
    finish();
    current_ = noteParagraph(lastNote_, NoteParagraph::Further);
    open_ = true;
}

void BlockBuilder::appendReference(const QString& label, const QString& shown) {
    if (!open_) start(MarkdownKind::Paragraph);
    current_.links.append(noteAddress(label));
    linkStack_.push_back(int(current_.links.size()) - 1);
    style_ |= span::kNote;
    append(shown);
    style_ &= ~span::kNote;
    linkStack_.pop_back();
}

void BlockBuilder::append(const QString& withMarks) {
    const QString text = withoutNoteMarks(withMarks);
    if (text.isEmpty() || dropsCell_) return;
    if (!open_) start(MarkdownKind::Paragraph);
    InlineText& into = target();
    const int at = int(into.text.size());
    into.text += text;
    if (current_.kind == MarkdownKind::Code) return;
    quint8 style = style_;
    if (strong_ > 0) style |= span::kBold;
    if (emphasis_ > 0) style |= span::kItalic;
    const int link = linkStack_.empty() ? -1 : linkStack_.back();
    if (link >= 0) style |= span::kLink;
    if (style == 0) return;
    const bool begins = std::exchange(formulaBegins_, false);
    if (!into.spans.empty() && !begins) {
        Span& last = into.spans.back();
        if (last.style == style && last.link == link && last.start + last.length == at) {
            last.length += int(text.size());
            return;
        }
    }
    if (int(into.spans.size()) >= markdown_limit::kSpans) return;
    into.spans.push_back({at, int(text.size()), style, link});
}

} // namespace ponder::ui
