#include "ui/transcript_selection.h"

#include "ui/markdown/html_writer.h"
#include "ui/markdown/markdown_parser.h"
#include "ui/transcript_layout.h"

#include <algorithm>
#include <limits>

namespace ponder::ui {

namespace {

constexpr int kEnd = std::numeric_limits<int>::max();

} // namespace

void TranscriptSelection::clear() {
    anchor_ = {};
    caret_ = {};
    from_ = {};
    to_ = {};
}

TranscriptSelection::Stretch TranscriptSelection::unitAt(const TranscriptPosition& at) const {
    if (unit_ == SelectionUnit::Character) return {at, at};
    const Block& block = layout_.live(at.message).block(at.block);
    const TextRange range = unit_ == SelectionUnit::Word ? block.wordAt(at.offset) : block.lineAt(at.offset);
    return {{at.message, at.block, range.from}, {at.message, at.block, range.to}};
}

void TranscriptSelection::begin(const TranscriptPosition& at, SelectionUnit unit) {
    unit_ = unit;
    anchor_ = unitAt(at);
    from_ = anchor_.first;
    to_ = anchor_.last;
    caret_ = to_;
}

void TranscriptSelection::extend(const TranscriptPosition& to) {
    if (!hasBegun()) return begin(to, SelectionUnit::Character);
    const Stretch unit = unitAt(to);
    from_ = std::min(anchor_.first, unit.first);
    to_ = std::max(anchor_.last, unit.last);
    caret_ = to < anchor_.first ? from_ : to_;
}

void TranscriptSelection::extendTo(const TranscriptPosition& to) {
    unit_ = SelectionUnit::Character;
    extend(to);
}

void TranscriptSelection::selectAll() {
    unit_ = SelectionUnit::Character;
    from_ = {0, 0, 0};
    to_ = caret_ = {layout_.count() - 1, kEnd, 0};
    anchor_ = {from_, from_};
}

bool TranscriptSelection::isWhole(int message) const {
    return from_ == TranscriptPosition{message, 0, 0} && to_ == TranscriptPosition{message, kEnd, 0};
}

void TranscriptSelection::selectMessage(int message) {
    unit_ = SelectionUnit::Character;
    from_ = {message, 0, 0};
    to_ = {message, kEnd, 0};
    anchor_ = {from_, from_};
    caret_ = to_;
}

bool TranscriptSelection::contains(const TranscriptPosition& position) const {
    return !isEmpty() && from_ <= position && position < to_;
}

TextRange TranscriptSelection::rangeIn(int message, int block, int length) const {
    if (isEmpty() || message < from_.message || message > to_.message) return {};
    const TranscriptPosition first{message, block, 0};
    const TranscriptPosition last{message, block, length};
    if (to_ <= first || from_ > last) return {};
    return {from_ < first ? 0 : from_.offset, to_ > last ? length : to_.offset};
}

QString TranscriptSelection::copiedFrom(int message, CopyFormat format) const {
    const TranscriptMessage& live = layout_.live(message);
    QStringList texts;
    for (int i = 0; i < live.blockCount(); ++i) {
        const Block& block = live.block(i);
        const TextRange range = rangeIn(message, i, block.length());
        if (range.isEmpty()) continue;
        // All of an answer is what the model wrote, not what we would write for it.
        const MessageContent& content = layout_.contents()[size_t(message)];
        const bool whole = range.from == 0 && range.to == block.length() && size_t(i) < content.parts.size();
        if (whole && format == CopyFormat::Markdown)
            texts.append(content.parts[size_t(i)].text);
        else
            texts.append(block.copied(range, format));
    }
    return texts.join(QStringLiteral("\n\n"));
}

QString TranscriptSelection::copied(CopyFormat format) const {
    if (isEmpty()) return {};
    QStringList texts;
    const int last = std::min(to_.message, layout_.count() - 1);
    for (int message = from_.message; message <= last; ++message) {
        const QString text = copiedFrom(message, format);
        if (!text.isEmpty()) texts.append(text);
    }
    return texts.join(QStringLiteral("\n\n"));
}

QString TranscriptSelection::copiedHtml() const {
    QString html;
    if (isEmpty()) return html;
    const int last = std::min(to_.message, layout_.count() - 1);
    for (int message = from_.message; message <= last; ++message) {
        const QString text = copiedFrom(message, CopyFormat::Markdown);
        const bool typed = layout_.contents()[size_t(message)].role == Role::User;
        html += htmlText(typed ? parseTyped(text) : parseMarkdown(text.toUtf8()));
    }
    return html;
}

QString messageText(TranscriptLayout& layout, int message, CopyFormat format) {
    const MessageContent& content = layout.contents()[size_t(message)];
    const TranscriptMessage& live = layout.live(message);
    QStringList texts;
    for (size_t i = 0; i < content.parts.size(); ++i) {
        if (content.parts[i].kind != PartKind::Text) continue;
        const Block& block = live.block(int(i));
        texts.append(format == CopyFormat::Markdown ? content.parts[i].text
                                                    : block.copied({0, block.length()}, format));
    }
    return texts.join(QStringLiteral("\n\n"));
}

} // namespace ponder::ui
