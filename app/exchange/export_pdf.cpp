#include <QBuffer>
#include <QLocale>

#include "app/exchange/export.h"
#include "app/exchange/pdf_letters.h"
#include "app/exchange/pdf_markdown.h"
#include "app/exchange/pdf_paragraph.h"
#include "ui/markdown/markdown_parser.h"

namespace ponder::app {

namespace {

constexpr qreal kTurnGap = points(20);
constexpr qreal kPartGap = points(9);
constexpr qreal kBubblePadding = points(10);
constexpr qreal kBubbleRadius = points(8);
constexpr qreal kThoughtIndent = points(14);
constexpr qreal kThoughtBar = points(1.5);

QString shown(const std::string& text) {
    return QString::fromStdString(text);
}

QString speaker(const Turn& turn) {
    if (turn.role == engine::Role::User) return QStringLiteral("You");
    return turn.answer.modelName.empty() ? QStringLiteral("Assistant") : shown(turn.answer.modelName);
}

class Chapter {
public:
    Chapter(PdfPaper& paper, const Conversation& chat) : paper_(paper), chat_(chat) {}

    void write(std::int64_t nowMs) {
        paper_.beginChapter(shown(chat_.header.title));
        line(shown(chat_.header.title), PdfText::Title, column_.left);
        paper_.leave(points(2));
        line("Exported from Ponder on " + shown(dayText(nowMs)), PdfText::About, column_.left);
        if (!chat_.header.system.empty()) {
            paper_.leave(kTurnGap);
            quiet("System prompt", ui::parseTyped(shown(chat_.header.system)));
        }
        for (const int number : chat_.activePath()) writeTurn(chat_.turn(number));
    }

private:
    void line(const QString& text, PdfText kind, qreal left, QColor colour = {}) {
        PdfSetting setting{.style = pdfStyle(kind), .width = column_.width};
        if (colour.isValid()) setting.style.colour = colour;
        PdfParagraph(text, setting).write(paper_, left);
    }

    void writeTurn(const Turn& turn) {
        paper_.leave(kTurnGap);
        paper_.keepTogether(points(60)); // a name does not stand alone at the foot of a sheet
        line(speaker(turn), PdfText::Speaker, column_.left);
        paper_.leave(points(3));
        bool first = true;
        for (const Part& part : turn.parts) {
            if (part.text.empty() && part.name.empty() && part.input.empty()) continue;
            if (!std::exchange(first, false)) paper_.leave(kPartGap);
            writePart(part, turn.role);
        }
        if (turn.state == TurnState::Failed && !turn.answer.failure.empty()) {
            paper_.leave(kPartGap);
            line(shown(turn.answer.failure), PdfText::Body, column_.left, pdfColours().danger);
        }
    }

    void writePart(const Part& part, engine::Role role) {
        switch (part.kind) {
        case PartKind::Reasoning:
            return quiet("Thoughts", parsed(part.text));
        case PartKind::Attachment:
            return line(attachmentLine(part), PdfText::About, column_.left);
        case PartKind::Tool:
            return writePdfCode(paper_,
                                shown(part.input.empty() || part.text.empty()
                                          ? part.input + part.text
                                          : part.input + "\n\n" + part.text),
                                shown(part.name), column_);
        case PartKind::Text:
            break;
        }
        if (role == engine::Role::User) return bubble(ui::parseTyped(shown(part.text)));
        writePdfMarkdown(paper_, parsed(part.text), column_);
    }

    static std::vector<ui::MarkdownBlock> parsed(const std::string& markdown) {
        return ui::parseMarkdown(QByteArray::fromStdString(markdown));
    }

    /// The document is for reading: a file that was attached is named, not printed.
    static QString attachmentLine(const Part& part) {
        QString text = QStringLiteral("Attached: ") + shown(part.name);
        if (!part.text.empty())
            text += " (" + QLocale().formattedDataSize(qint64(part.text.size()), 0) + u')';
        return text;
    }

    void bubble(const std::vector<ui::MarkdownBlock>& blocks) {
        paper_.open(
            {.left = 0, .width = paper_.width(), .colour = pdfColours().bubble, .radius = kBubbleRadius},
            kBubblePadding);
        writePdfMarkdown(paper_, blocks,
                         {.left = kBubblePadding, .width = column_.width - 2 * kBubblePadding});
        paper_.close(kBubblePadding);
    }

    /// A label, and what it names in small grey print beside a bar.
    void quiet(const QString& label, const std::vector<ui::MarkdownBlock>& blocks) {
        paper_.keepTogether(points(40));
        paper_.open({.left = 0, .width = kThoughtBar, .colour = pdfColours().border});
        line(label, PdfText::Speaker, kThoughtIndent);
        paper_.leave(points(2));
        writePdfMarkdown(
            paper_, blocks,
            {.left = kThoughtIndent, .width = column_.width - kThoughtIndent, .body = PdfText::Thought});
        paper_.close();
    }

    PdfPaper& paper_;
    const Conversation& chat_;
    PdfColumn column_{.left = 0, .width = paper_.width()};
};

} // namespace

std::string exportPdf(const std::vector<Conversation>& chats, std::int64_t nowMs) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        PdfPaper paper(buffer,
                       chats.size() == 1 ? shown(chats[0].header.title) : QStringLiteral("Ponder chats"));
        for (const Conversation& chat : chats) Chapter(paper, chat).write(nowMs);
    }
    return withOrdinaryLetters(std::move(bytes)).toStdString();
}

} // namespace ponder::app
