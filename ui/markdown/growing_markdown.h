#pragma once

#include "ui/markdown/footnotes.h"
#include "ui/markdown/link_definitions.h"
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
    /// The beginning of the text that is not parsed again, and what it means for the rest.
    struct Kept {
        qsizetype length = 0; ///< characters
        qsizetype bytes = 0;  ///< the same in UTF-8
        size_t blocks = 0;    ///< without the notes
        std::vector<MarkdownBlock> notes;
        Footnotes footnotes;
        QByteArray definitions; ///< where its labels lead, as Markdown
        QSet<QString> labels;   ///< that are surely among those

        bool learn(const std::vector<LinkDefinition>& defined);
        void take(qsizetype characters, qsizetype utf8, const std::vector<MarkdownBlock>& finished);
    };

    Blocks parseAll();
    Blocks parseOpen();
    bool changesWhatIsKept(const std::vector<LinkDefinition>& open);
    bool changesWhatIsKept(const QSet<QString>& labels) const;
    void keepWhatIsFinished(QStringView open, const std::vector<MarkdownBlock>& now, const Footnotes& found);
    bool isFinished(const Kept& next, const QByteArray& part, const std::vector<MarkdownBlock>& blocks,
                    const QByteArray& rest) const;
    Blocks arranged(std::vector<MarkdownBlock> fresh, Footnotes notes) const;
    QStringView keptText() const { return QStringView(text_).first(kept_.length); }

    LineBreaks lineBreaks_;
    QString text_; ///< of this call, and of the one before
    Kept kept_;
    QStringList weighed_;       ///< paragraphs with definitions that what is kept holds with
    qsizetype nextAttempt_ = 0; ///< open characters from which on keeping is tried again
};

} // namespace ponder::ui
