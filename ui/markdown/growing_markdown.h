#pragma once

#include "ui/markdown/markdown_parser.h"

namespace ponder::ui {

/// Parses a text that grows at its end. Its beginning is parsed once and then kept, as soon as nothing that
/// may follow can change what it means; the rest is parsed anew each time. What comes out is always what a
/// parse of the whole text gives.
class GrowingMarkdown {
public:
    explicit GrowingMarkdown(LineBreaks lineBreaks) : lineBreaks_(lineBreaks) {}

    /// The blocks of a text: the first `kept` are those of the call before.
    struct Blocks {
        size_t kept = 0;
        std::vector<MarkdownBlock> rest;
    };
    Blocks parse(const QString& text);

private:
    void startAnew();
    void keepWhatIsFinished(QStringView open, const std::vector<MarkdownBlock>& now);
    bool isFinished(const QByteArray& part, const std::vector<MarkdownBlock>& blocks) const;

    LineBreaks lineBreaks_;
    QString text_;             ///< of the call before
    qsizetype keptLength_ = 0; ///< characters of it that are not parsed again
    qsizetype keptBytes_ = 0;  ///< the same in UTF-8
    size_t keptBlocks_ = 0;
    qsizetype nextAttempt_ = 0; ///< open characters from which on keeping is tried again
    bool isWhole_ = false;      ///< a definition may change anything anywhere: nothing is kept
};

} // namespace ponder::ui
