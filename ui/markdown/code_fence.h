#pragma once

#include <QByteArrayView>

namespace ponder::ui {

/// Space within a line.
inline bool isLineSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}
/// How much of the line stands before a block inside quotes and lists.
qsizetype containersOf(QByteArrayView line);
/// Nothing but line space.
bool isBlank(QByteArrayView text);

/// Follows a text line by line and knows code between fences, wherever those are indented to. By
/// CommonMark 4.5.
class CodeFence {
public:
    /// True where the line opens or closes a fence.
    bool takeLine(QByteArrayView line);
    bool isOpen() const { return mark_ != '\0'; }
    /// Of the open fence: what stands before it in its line.
    qsizetype indent() const { return indent_; }

private:
    char mark_ = '\0';
    qsizetype width_ = 0;
    qsizetype indent_ = 0;
};

} // namespace ponder::ui
