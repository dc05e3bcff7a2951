#include "ui/markdown/parser_lines.h"

#include "ui/markdown/code_fence.h"

#include <QByteArrayView>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr qsizetype kLeastDelimiter = 3;
constexpr char kCodeTabBytes[] = "\xEF\xB7\x90";

int cellsIn(QByteArrayView line) {
    const QByteArrayView text = line.sliced(containersOf(line)).trimmed();
    if (text.isEmpty()) return 0;
    int bars = 0;
    for (qsizetype i = 0; i < text.size(); ++i) bars += text[i] == '|' && (i == 0 || text[i - 1] != '\\');
    return bars + 1 - int(text.front() == '|') - int(text.size() > 1 && text.back() == '|');
}

/// A line of delimiters of which one at least is too short.
bool isShortDelimiterRow(QByteArrayView line) {
    const auto isPart = [](char c) { return c == '|' || c == ':' || c == '-' || c == '>' || isLineSpace(c); };
    if (!line.contains('|') || !line.contains('-') || !std::all_of(line.begin(), line.end(), isPart))
        return false;
    qsizetype width = 0;
    bool tooShort = false;
    for (qsizetype i = 0; i <= line.size(); ++i) {
        const char c = i < line.size() ? line[i] : ' ';
        if (c == '-' || c == ':') {
            ++width;
            continue;
        }
        tooShort = tooShort || (width > 0 && width < kLeastDelimiter);
        width = 0;
    }
    return tooShort;
}

class LinePreparer {
public:
    QByteArray prepare(const QByteArray& markdown) {
        out_.reserve(markdown.size() + markdown.size() / 16);
        for (qsizetype at = 0; at < markdown.size();) {
            qsizetype end = markdown.indexOf('\n', at);
            if (end < 0) end = markdown.size();
            takeLine(QByteArrayView(markdown).sliced(at, end - at));
            if (end < markdown.size()) out_ += '\n';
            at = end + 1;
        }
        return std::move(out_);
    }

private:
    void takeLine(QByteArrayView line) {
        const QByteArrayView before = std::exchange(before_, line);
        if (fence_.takeLine(line)) {
            out_.append(line.data(), line.size());
        } else if (fence_.isOpen()) {
            appendCode(line);
        } else if (isShortDelimiterRow(line) && before.contains('|') && cellsIn(before) == cellsIn(line)) {
            appendLengthened(line);
        } else {
            out_.append(line.data(), line.size());
        }
    }

    /// Tabs within the indentation of the fence itself belong to what it stands in.
    void appendCode(QByteArrayView line) {
        const qsizetype indent = fence_.indent();
        qsizetype at = 0;
        while (at < line.size() && at < indent && (line[at] == ' ' || line[at] == '>')) ++at;
        out_.append(line.data(), at);
        for (; at < line.size() && at >= indent && (line[at] == ' ' || line[at] == '\t'); ++at) {
            if (line[at] == '\t')
                out_ += kCodeTabBytes;
            else
                out_ += ' ';
        }
        out_.append(line.data() + at, line.size() - at);
    }

    void appendLengthened(QByteArrayView line) {
        for (qsizetype i = 0; i < line.size(); ++i) {
            out_ += line[i];
            if (line[i] == '-' && (i == 0 || line[i - 1] != '-')) out_ += "--";
        }
    }

    QByteArray out_;
    QByteArrayView before_;
    CodeFence fence_;
};

} // namespace

QByteArray withParserLines(const QByteArray& markdown) {
    if (!markdown.contains('|') && !markdown.contains('\t')) return markdown;
    return LinePreparer().prepare(markdown);
}

} // namespace ponder::ui
