#include "ui/markdown/parser_lines.h"

#include <QByteArrayView>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr qsizetype kLeastDelimiter = 3;
constexpr qsizetype kLeastFence = 3;
constexpr char kCodeTabBytes[] = "\xEF\xB7\x90";

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/// How much of the line stands before a block inside quotes and lists.
qsizetype containersOf(QByteArrayView line) {
    qsizetype at = 0;
    while (at < line.size()) {
        const bool marker = at + 1 < line.size() && line[at + 1] == ' ' &&
                            (line[at] == '-' || line[at] == '*' || line[at] == '+');
        if (marker)
            at += 2;
        else if (isSpace(line[at]) || line[at] == '>')
            ++at;
        else
            break;
    }
    return at;
}

bool isBlank(QByteArrayView text) {
    return std::all_of(text.begin(), text.end(), isSpace);
}

int cellsIn(QByteArrayView line) {
    const QByteArrayView text = line.sliced(containersOf(line)).trimmed();
    if (text.isEmpty()) return 0;
    int bars = 0;
    for (qsizetype i = 0; i < text.size(); ++i) bars += text[i] == '|' && (i == 0 || text[i - 1] != '\\');
    return bars + 1 - int(text.front() == '|') - int(text.size() > 1 && text.back() == '|');
}

/// A line of delimiters of which one at least is too short.
bool isShortDelimiterRow(QByteArrayView line) {
    const auto isPart = [](char c) { return c == '|' || c == ':' || c == '-' || c == '>' || isSpace(c); };
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
        if (togglesFence(line)) {
            out_.append(line.data(), line.size());
        } else if (mark_ != '\0') {
            appendCode(line);
        } else if (isShortDelimiterRow(line) && before.contains('|') && cellsIn(before) == cellsIn(line)) {
            appendLengthened(line);
        } else {
            out_.append(line.data(), line.size());
        }
    }

    bool togglesFence(QByteArrayView line) {
        const qsizetype at = containersOf(line);
        const char mark = at < line.size() ? line[at] : '\0';
        if (mark != '`' && mark != '~') return false;
        qsizetype end = at;
        while (end < line.size() && line[end] == mark) ++end;
        const QByteArrayView rest = line.sliced(end);
        if (mark_ == '\0') {
            if (end - at < kLeastFence || (mark == '`' && rest.contains('`'))) return false;
            mark_ = mark;
            width_ = end - at;
            indent_ = at;
            return true;
        }
        if (mark != mark_ || end - at < width_ || !isBlank(rest)) return false;
        mark_ = '\0';
        return true;
    }

    /// Tabs within the indentation of the fence itself belong to what it stands in.
    void appendCode(QByteArrayView line) {
        qsizetype at = 0;
        while (at < line.size() && at < indent_ && (line[at] == ' ' || line[at] == '>')) ++at;
        out_.append(line.data(), at);
        for (; at < line.size() && at >= indent_ && (line[at] == ' ' || line[at] == '\t'); ++at) {
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
    char mark_ = '\0'; // of the open fence
    qsizetype width_ = 0;
    qsizetype indent_ = 0;
};

} // namespace

QByteArray withParserLines(const QByteArray& markdown) {
    if (!markdown.contains('|') && !markdown.contains('\t')) return markdown;
    return LinePreparer().prepare(markdown);
}

} // namespace ponder::ui
