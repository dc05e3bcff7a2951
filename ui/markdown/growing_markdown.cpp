#include "ui/markdown/growing_markdown.h"

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr qsizetype kLongEnough = 24 * 1024; // characters; below that a parse costs less than a frame's tenth
constexpr qsizetype kLeftOpen = 4 * 1024;    // what has just been written is left alone
constexpr qsizetype kMostDefinitions = 16 * 1024; // bytes that every parse reads again

// Something of everything, and each would come out differently behind a block that is still open.
constexpr const char* kProbe =
    "x **b** `c` \\(d\\) $e$\n\n|f|g|\n|-|-|\n|h|`i`|\n\n```\n\tj\n```\n\n- k\n\n1. l\n\n"
    "> m\n\n\\[n\\]\n\no\n";

/// Behind an empty line, where a line begins that can go on with nothing: the last such place before `most`.
qsizetype lastBoundary(QStringView text, qsizetype most) {
    for (qsizetype at = text.left(most).lastIndexOf(u"\n\n"); at > 0;
         at = text.left(at + 1).lastIndexOf(u"\n\n")) {
        const QChar first = at + 2 < text.size() ? text[at + 2] : QChar();
        const bool letter = (first >= u'a' && first <= u'z') || (first >= u'A' && first <= u'Z');
        // A number could be that of a list item; nothing but a letter is never a mark.
        if (letter) return at + 2;
    }
    return 0;
}

bool areEqual(const MarkdownBlock& one, const MarkdownBlock& other) {
    return one.hash == other.hash;
}

QByteArray asMarkdown(const LinkDefinition& definition) {
    return definition.paragraph.toUtf8() + "\n\n";
}

/// Whether the paragraph does nothing but say where links lead.
bool isPure(const LinkDefinition& definition) {
    return definition.alone && parseMarkdown(definition.paragraph.toUtf8()).empty();
}

/// A paragraph for each label: a link, where the label leads anywhere.
QByteArray asReferences(const std::vector<LinkDefinition>& definitions) {
    QByteArray markdown;
    for (const LinkDefinition& definition : definitions) {
        for (const QString& label : definition.labels) markdown += "\n\n[" + label.toUtf8() + ']';
    }
    return markdown + "\n\n";
}

} // namespace

GrowingMarkdown::Blocks GrowingMarkdown::parse(const QString& text) {
    const bool goesOn = text.startsWith(keptText());
    text_ = text;
    return goesOn ? parseOpen() : parseAll();
}

GrowingMarkdown::Blocks GrowingMarkdown::parseAll() {
    kept_ = {};
    weighed_.clear();
    nextAttempt_ = 0;
    return parseOpen();
}

GrowingMarkdown::Blocks GrowingMarkdown::parseOpen() {
    const QStringView open = QStringView(text_).sliced(kept_.length);
    const QByteArray source = open.toUtf8();
    if (kept_.bytes + source.size() > markdown_limit::kMessageBytes) {
        kept_ = {};
        return {.kept = 0, .rest = parseMarkdown(text_.toUtf8(), lineBreaks_)};
    }
    if (changesWhatIsKept(findLinkDefinitions(open))) return parseAll();
    Footnotes notes = kept_.footnotes;
    const std::vector<MarkdownBlock> fresh =
        parseMarkdownPart(kept_.definitions + source, lineBreaks_, notes);
    if (changesWhatIsKept(notes.labels())) return parseAll();
    Blocks blocks = arranged(fresh, notes);
    if (open.size() >= std::max(kLongEnough, nextAttempt_)) keepWhatIsFinished(open, fresh, notes);
    return blocks;
}

bool GrowingMarkdown::changesWhatIsKept(const std::vector<LinkDefinition>& open) {
    if (kept_.length == 0) return false;
    for (const LinkDefinition& definition : open) {
        // The first one of a label counts.
        const bool isDefined =
            std::all_of(definition.labels.begin(), definition.labels.end(),
                        [&](const QString& label) { return kept_.labels.contains(label); });
        if (isDefined || weighed_.contains(definition.paragraph)) continue;
        if (mayMention(keptText(), definition.labels)) return true;
        // One that still grows is weighed again.
        if (definition.ended) weighed_.append(definition.paragraph);
    }
    return false;
}

bool GrowingMarkdown::changesWhatIsKept(const QSet<QString>& labels) const {
    const QSet<QString>& known = kept_.footnotes.labels();
    if (kept_.length == 0 || labels.size() == known.size()) return false;
    if (kept_.footnotes.hasNumbered()) return true;
    return std::any_of(labels.begin(), labels.end(), [&](const QString& label) {
        return !known.contains(label) && !isNoteNumber(label) && mayMention(keptText(), {u'^' + label});
    });
}

GrowingMarkdown::Blocks GrowingMarkdown::arranged(std::vector<MarkdownBlock> fresh, Footnotes notes) const {
    fresh.insert(fresh.begin(), kept_.notes.begin(), kept_.notes.end());
    notes.arrange(fresh);
    return {.kept = kept_.blocks, .rest = std::move(fresh)};
}

/// Adds what a part defines to what is known of the text before; false: that cannot be told for sure.
bool GrowingMarkdown::Kept::learn(const std::vector<LinkDefinition>& defined) {
    for (const LinkDefinition& definition : defined) {
        if (!isPure(definition)) return false;
        const QByteArray markdown = asMarkdown(definition);
        if (!definitions.contains(markdown)) definitions += markdown;
        if (definition.labels.size() == 1 && !definition.paragraph.contains(u'\n'))
            labels.insert(definition.labels.first());
    }
    return definitions.size() <= kMostDefinitions;
}

/// Counts in what a part gives.
void GrowingMarkdown::Kept::take(qsizetype characters, qsizetype utf8,
                                 const std::vector<MarkdownBlock>& finished) {
    length += characters;
    bytes += utf8;
    for (const MarkdownBlock& block : finished) {
        if (block.note.isEmpty())
            ++blocks;
        else
            notes.push_back(block);
    }
}

/// `now` is what the open text gives, `found` are the notes of the whole text.
void GrowingMarkdown::keepWhatIsFinished(QStringView open, const std::vector<MarkdownBlock>& now,
                                         const Footnotes& found) {
    nextAttempt_ = open.size() + kLongEnough / 2;
    const qsizetype length = lastBoundary(open, open.size() - kLeftOpen);
    if (length == 0) return;
    const QByteArray part = open.first(length).toUtf8();
    const std::vector<LinkDefinition> defined = findLinkDefinitions(open.first(length));
    Kept next = kept_;
    if (!next.learn(defined)) return;

    QByteArray behind; // definitions that come later and count here
    QStringList weighed;
    for (const LinkDefinition& definition : findLinkDefinitions(open.sliced(length))) {
        const bool isKnown = definition.ended && isPure(definition);
        if (isKnown) behind += asMarkdown(definition);
        if (!isKnown && mayMention(QStringView(text_).first(kept_.length + length), definition.labels))
            return;
        if (definition.ended) weighed.append(definition.paragraph);
    }

    next.footnotes.add(found.labels());
    Footnotes notes = next.footnotes;
    const std::vector<MarkdownBlock> blocks =
        parseMarkdownPart(kept_.definitions + part + behind, lineBreaks_, notes);
    const bool known =
        blocks.size() <= now.size() && std::equal(blocks.begin(), blocks.end(), now.begin(), areEqual);
    if (!known || !isFinished(next, part, blocks, asReferences(defined) + behind)) return;
    next.footnotes = notes;
    next.take(length, part.size(), blocks);
    kept_ = std::move(next);
    weighed_ = std::move(weighed);
    nextAttempt_ = 0;
}

/// Whether the probe comes out behind the part as it does alone, given what is known then.
bool GrowingMarkdown::isFinished(const Kept& next, const QByteArray& part,
                                 const std::vector<MarkdownBlock>& blocks, const QByteArray& rest) const {
    Footnotes notes = next.footnotes;
    const std::vector<MarkdownBlock> probe =
        parseMarkdownPart(next.definitions + kProbe + rest, lineBreaks_, notes);
    notes = next.footnotes;
    const std::vector<MarkdownBlock> together =
        parseMarkdownPart(kept_.definitions + part + kProbe + rest, lineBreaks_, notes);
    if (together.size() != blocks.size() + probe.size()) return false;
    const auto middle = together.begin() + std::ptrdiff_t(blocks.size());
    return std::equal(blocks.begin(), blocks.end(), together.begin(), areEqual) &&
           std::equal(probe.begin(), probe.end(), middle, areEqual);
}

} // namespace ponder::ui
