#include "ui/markdown/formula_delimiters.h"

#include <algorithm>
#include <cstring>

namespace ponder::ui {

namespace {

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// Walks the source once, line by line; each method consumes from `at_` and appends to `out_`.
class DelimiterRewriter {
public:
    explicit DelimiterRewriter(const QByteArray& source) : begin_(source.constData()), size_(source.size()) {
        out_.reserve(size_ + size_ / 16);
    }

    QByteArray rewrite() {
        bool lineStart = true;
        while (at_ < size_) {
            if (lineStart && copyFence()) continue;
            const char c = begin_[at_];
            lineStart = c == '\n';
            if (c == '`')
                copyCodeSpan();
            else if (c == '\\')
                rewriteBackslash();
            else if (c == '$')
                rewriteDollar();
            else
                out_.append(begin_[at_++]);
        }
        return std::move(out_);
    }

private:
    char at(qsizetype index) const { return index >= 0 && index < size_ ? begin_[index] : '\0'; }

    qsizetype lineEnd(qsizetype from) const {
        const void* found = std::memchr(begin_ + from, '\n', size_t(size_ - from));
        return found ? static_cast<const char*>(found) - begin_ : size_;
    }

    qsizetype runOf(char c, qsizetype from) const {
        qsizetype end = from;
        while (end < size_ && begin_[end] == c) ++end;
        return end - from;
    }

    /// Skips what may stand before a fence: spaces, quote marks, list markers.
    qsizetype afterContainers(qsizetype from) const {
        while (true) {
            const char c = at(from);
            const bool marker = (c == '-' || c == '*' || c == '+') && at(from + 1) == ' ';
            if (marker)
                from += 2;
            else if (c == ' ' || c == '\t' || c == '>')
                ++from;
            else
                return from;
        }
    }

    /// Copies a fenced block whole, to its closing fence or the end of the text.
    bool copyFence() {
        const qsizetype fence = afterContainers(at_);
        const char mark = at(fence);
        if (mark != '`' && mark != '~') return false;
        const qsizetype width = runOf(mark, fence);
        if (width < 3) return false;
        const qsizetype opening = lineEnd(fence);
        if (mark == '`' && std::memchr(begin_ + fence + width, '`', size_t(opening - fence - width)))
            return false;
        qsizetype line = opening;
        while (line < size_) {
            const qsizetype next = line + 1;
            line = next < size_ ? lineEnd(next) : size_;
            const qsizetype closing = afterContainers(next);
            if (closing >= line || at(closing) != mark) continue;
            const qsizetype closingWidth = runOf(mark, closing);
            qsizetype rest = closing + closingWidth;
            while (rest < line && isSpace(at(rest))) ++rest;
            if (closingWidth >= width && rest >= line) break;
        }
        out_.append(begin_ + at_, line - at_);
        at_ = line;
        return true;
    }

    void copyCodeSpan() {
        const qsizetype width = runOf('`', at_);
        qsizetype end = at_ + width;
        // A code span ends at a run of the same width, within the paragraph. Without one the backticks are
        // text.
        for (qsizetype scan = end; scan < size_ && width < kLongestRun;) {
            if (begin_[scan] == '\n' && at(scan + 1) == '\n') break;
            if (begin_[scan] != '`') {
                ++scan;
                continue;
            }
            const qsizetype run = runOf('`', scan);
            scan += run;
            if (run == width) {
                end = scan;
                break;
            }
            if (scan - at_ > kLongestSpan) break;
        }
        out_.append(begin_ + at_, end - at_);
        at_ = end;
    }

    void rewriteBackslash() {
        const char next = at(at_ + 1);
        if (next == '(' || next == '[') {
            const char closing = next == '(' ? ')' : ']';
            const qsizetype end = closingDelimiter(at_ + 2, closing);
            if (end > 0) {
                if (writeFormula(next == '(' ? "$" : "$$", at_ + 2, end)) {
                    at_ = end + 2;
                    return;
                }
            } else if (noCloserAfter_[next == '[']) {
                // The formula is still being written: its opener stays visible as it is.
                out_.append("\\\\").append(next);
                at_ += 2;
                return;
            }
        }
        out_.append(begin_[at_++]);
        if (at_ < size_ && begin_[at_] != '\n') out_.append(begin_[at_++]);
    }

    /// Where `\)` or `\]` stands in the same paragraph; -1 without one.
    qsizetype closingDelimiter(qsizetype from, char closing) {
        bool& none = noCloserAfter_[closing == ']'];
        if (none && from < noCloserUntil_[closing == ']']) return -1;
        for (qsizetype i = from; i + 1 < size_; ++i) {
            if (begin_[i] == '\n' && begin_[i + 1] == '\n') {
                none = true;
                noCloserUntil_[closing == ']'] = i;
                return -1;
            }
            if (begin_[i] != '\\') continue;
            if (begin_[i + 1] == closing) {
                none = false;
                return i;
            }
            ++i;
        }
        none = true;
        noCloserUntil_[closing == ']'] = size_;
        return -1;
    }

    void rewriteDollar() {
        const qsizetype width = runOf('$', at_);
        if (width == 2) {
            const qsizetype end = closingDollars(at_ + 2);
            if (end > 0 && writeFormula("$$", at_ + 2, end)) {
                at_ = end + 2;
                return;
            }
        } else if (width == 1 && !isSpace(at(at_ + 1)) && at(at_ + 1) != '\0') {
            const qsizetype end = closingDollar(at_ + 1);
            if (end > 0 && writeFormula("$", at_ + 1, end)) {
                at_ = end + 1;
                return;
            }
        }
        for (qsizetype i = 0; i < width; ++i) out_.append("\\$");
        at_ += width;
    }

    qsizetype closingDollar(qsizetype from) const {
        const qsizetype end = lineEnd(from);
        for (qsizetype i = from; i < end && i - from < kLongestFormula; ++i) {
            if (begin_[i] == '\\') {
                ++i;
                continue;
            }
            if (begin_[i] == '`') return -1;
            if (begin_[i] != '$') continue;
            if (at(i + 1) == '$' || i == from || isSpace(begin_[i - 1]) || isDigit(at(i + 1))) return -1;
            return i;
        }
        return -1;
    }

    qsizetype closingDollars(qsizetype from) const {
        for (qsizetype i = from; i + 1 < size_ && i - from < kLongestFormula; ++i) {
            if (begin_[i] == '\\') {
                ++i;
                continue;
            }
            if (begin_[i] == '\n' && begin_[i + 1] == '\n') return -1;
            if (begin_[i] == '$' && begin_[i + 1] == '$') return i == from ? -1 : i;
        }
        return -1;
    }

    /// False where there is nothing between the delimiters. A formula of several lines becomes one line, or
    /// its lines could be taken for items, headings or rules; U+2028 stands for their ends.
    bool writeFormula(const char* dollars, qsizetype from, qsizetype to) {
        static constexpr char kLineBreak[] = "\xE2\x80\xA8";
        static constexpr char kNoSpace[] = "\xE2\x80\x8B";
        // Looking back to the start of the line for each formula in it would take the square of its length.
        const int quotes = std::memchr(begin_ + from, '\n', size_t(to - from)) ? quoteMarks(from) : 0;
        while (from < to && isSpace(begin_[from]))
            from = begin_[from] == '\n' ? afterQuoteMarks(from + 1, quotes) : from + 1;
        while (to > from && isSpace(begin_[to - 1])) --to;
        // The closing delimiter of a quoted formula has quote marks before it.
        for (qsizetype line = to;
             quotes > 0 && line > from && (isSpace(begin_[line - 1]) || begin_[line - 1] == '>');)
            if (begin_[--line] == '\n') to = line;
        if (from >= to) return false;
        if (out_.endsWith('$') && !out_.endsWith("\\$")) out_.append(kNoSpace);
        out_.append(dollars);
        while (from < to) {
            const qsizetype end = std::min(to, lineEnd(from));
            out_.append(begin_ + from, end - from);
            from = end;
            if (from == to) break;
            from = afterQuoteMarks(from + 1, quotes);
            out_.append(kLineBreak);
        }
        out_.append(dollars);
        return true;
    }

    /// How many quotes the line is in.
    int quoteMarks(qsizetype at) const {
        while (at > 0 && begin_[at - 1] != '\n') --at;
        int marks = 0;
        for (; isSpace(this->at(at)) || this->at(at) == '>'; ++at) marks += this->at(at) == '>';
        return marks;
    }

    qsizetype afterQuoteMarks(qsizetype at, int marks) const {
        for (; at < size_ && begin_[at] != '\n'; ++at) {
            if (begin_[at] == '>' && marks > 0)
                --marks;
            else if (begin_[at] != ' ' && begin_[at] != '\t')
                break;
        }
        return at;
    }

    // Bounds on looking ahead keep the walk linear on hostile text.
    static constexpr qsizetype kLongestFormula = 4000;
    static constexpr qsizetype kLongestSpan = 20'000;
    static constexpr qsizetype kLongestRun = 32;

    const char* begin_;
    qsizetype size_;
    qsizetype at_ = 0;
    QByteArray out_;
    bool noCloserAfter_[2] = {false, false};
    qsizetype noCloserUntil_[2] = {0, 0};
};

} // namespace

QByteArray withDollarFormulas(const QByteArray& markdown) {
    if (!markdown.contains('$') && !markdown.contains("\\(") && !markdown.contains("\\[")) return markdown;
    return DelimiterRewriter(markdown).rewrite();
}

} // namespace ponder::ui
