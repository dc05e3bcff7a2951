#include "ui/markdown/growing_markdown.h"

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr qsizetype kLongEnough = 24 * 1024; // characters; below that a parse costs less than a frame's tenth
constexpr qsizetype kLeftOpen = 4 * 1024;    // what has just been written is left alone
constexpr qsizetype kLongestLabel = 1000;    // of a link reference, by CommonMark

// Something of everything, and each would come out differently behind a block that is still open.
constexpr const char* kProbe =
    "x **b** `c` \\(d\\) $e$\n\n|f|g|\n|-|-|\n|h|`i`|\n\n```\n\tj\n```\n\n- k\n\n1. l\n\n"
    "> m\n\n\\[n\\]\n\no\n";

bool opensLabel(QStringView line) {
    qsizetype at = 0;
    while (at < line.size() && QStringView(u" \t>-+*0123456789.)").contains(line[at])) ++at;
    return at < line.size() && line[at] == u'[';
}

/// Whether a link reference or a footnote may be defined here. Says so too often rather than too rarely.
bool mayDefine(QStringView text) {
    for (qsizetype at = text.indexOf(u"]:"); at >= 0; at = text.indexOf(u"]:", at + 1)) {
        const qsizetype from = std::max<qsizetype>(0, at - kLongestLabel);
        qsizetype line = text.left(at).lastIndexOf(u'\n') + 1;
        while (true) {
            if (opensLabel(text.sliced(line, at + 1 - line))) return true;
            if (line <= from) break;
            line = text.left(line - 1).lastIndexOf(u'\n') + 1;
        }
    }
    return false;
}

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

} // namespace

void GrowingMarkdown::startAnew() {
    keptLength_ = 0;
    keptBytes_ = 0;
    keptBlocks_ = 0;
    nextAttempt_ = 0;
    isWhole_ = false;
}

GrowingMarkdown::Blocks GrowingMarkdown::parse(const QString& text) {
    if (!text.startsWith(QStringView(text_).first(keptLength_))) startAnew();
    text_ = text;
    QStringView open = QStringView(text).sliced(keptLength_);
    QByteArray source = open.toUtf8();
    const bool tooLong = keptBytes_ + source.size() > markdown_limit::kMessageBytes;
    if (keptLength_ > 0 && (tooLong || mayDefine(open))) {
        startAnew();
        isWhole_ = true;
        open = text;
        source = text.toUtf8();
    }
    Blocks blocks{.kept = keptBlocks_, .rest = parseMarkdown(source, lineBreaks_)};
    if (!isWhole_ && open.size() >= std::max(kLongEnough, nextAttempt_))
        keepWhatIsFinished(open, blocks.rest);
    return blocks;
}

void GrowingMarkdown::keepWhatIsFinished(QStringView open, const std::vector<MarkdownBlock>& now) {
    if (mayDefine(open)) {
        isWhole_ = true;
        return;
    }
    const qsizetype length = lastBoundary(open, open.size() - kLeftOpen);
    const QByteArray part = open.first(length).toUtf8();
    const std::vector<MarkdownBlock> blocks = parseMarkdown(part, lineBreaks_);
    const bool known =
        blocks.size() <= now.size() && std::equal(blocks.begin(), blocks.end(), now.begin(), areEqual);
    if (length == 0 || !known || !isFinished(part, blocks)) {
        nextAttempt_ = open.size() + kLongEnough / 2;
        return;
    }
    nextAttempt_ = 0;
    keptLength_ += length;
    keptBytes_ += part.size();
    keptBlocks_ += blocks.size();
}

bool GrowingMarkdown::isFinished(const QByteArray& part, const std::vector<MarkdownBlock>& blocks) const {
    const std::vector<MarkdownBlock> probe = parseMarkdown(kProbe, lineBreaks_);
    const std::vector<MarkdownBlock> together = parseMarkdown(part + kProbe, lineBreaks_);
    if (together.size() != blocks.size() + probe.size()) return false;
    const auto middle = together.begin() + std::ptrdiff_t(blocks.size());
    return std::equal(blocks.begin(), blocks.end(), together.begin(), areEqual) &&
           std::equal(probe.begin(), probe.end(), middle, areEqual);
}

} // namespace ponder::ui
