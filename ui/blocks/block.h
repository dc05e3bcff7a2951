#pragma once

#include "ui/blocks/found_marks.h"
#include "ui/markdown/markdown_writer.h"
#include "ui/theme.h"

#include <QPointF>
#include <QRectF>
#include <QString>

#include <optional>
#include <vector>

class QPainter;

namespace ponder::ui {

class Block;

/// How running text looks where a block stands: answers in body text, thoughts smaller and quieter.
struct BlockLook {
    TextStyle body = TextStyle::Body;
    QColor Colours::*ink = &Colours::text;
};

/// What lies under the pointer.
enum class TargetKind {
    None,
    Text,
    Link,
    ScrollBar, ///< of a block that scrolls its own content
    CopyCode,
    WrapCode,
    CopyTable,
    CopyTableAsCsv,
    MoreRows,
    MoreLines,
    Attachment,
    ReasoningHeader,
    AnswerNow,
    EditThought,
    Details,
    Continue,
    CopyMessage,
    EditMessage,
    Regenerate,
    PreviousBranch,
    NextBranch,
};

struct Target {
    TargetKind kind = TargetKind::None;
    Block* block = nullptr; ///< the leaf that has it
    QString address;        ///< of a link

    bool operator==(const Target&) const = default;
};

/// Whether a control opens and closes something, and which of the two it is now.
enum class Unfolding { Nothing, Closed, Open };

/// A target that can be pressed, by pointer or by key.
struct Control {
    Target target;
    QRectF box;
    QString name; ///< for the tool tip and the screen reader
    Unfolding unfolding = Unfolding::Nothing;
};

/// Words that are drawn but cannot be selected: the marker of a list item, how an answer ended. Whoever hears
/// the text hears them before the character at `at`.
struct Aside {
    int at = 0;
    QString words;

    bool operator==(const Aside&) const = default;
};

/// How a stretch of characters looks.
struct TextLook {
    TextRange range;
    quint8 style = 0;   ///< bits of Span::style
    quint8 heading = 0; ///< level, 0: none

    bool operator==(const TextLook&) const = default;
};

/// What has to follow an activation.
enum class BlockEffect { None, Repaint, Relayout };

/// Everything painting depends on that is not in the block.
struct BlockPaint {
    QRectF visible;           ///< in the block's coordinates; nothing outside need be drawn
    TextRange selection = {}; ///< in the block's characters
    FoundMarks found = {};
    Target hovered = {};
    Target pressed = {};
    Target focused = {}; ///< by keyboard
    Target copied = {};  ///< has just copied, and says so for a while

    /// As seen by a part of the block that lies at `at` and begins with character `start`.
    BlockPaint within(const QPointF& at, int start) const;
};

/// Something a message can contain. A block has a width given to it and a height of its own; its characters
/// count from 0 to length() and are what can be selected. Points are relative to its top left corner.
class Block {
public:
    explicit Block(const Theme& theme) : theme_(theme) {}
    virtual ~Block() = default;
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;

    /// What lies in this stretch is, or soon will be, seen: asks for formulas that are not ready.
    virtual void askForFormulas(qreal, qreal) {}
    /// Formulas that were waited for may be there; true where the block has to be laid out again.
    virtual bool takeUpFormulas() { return false; }
    /// Lays out for this width. Does nothing where nothing has changed.
    virtual void layout(qreal width) = 0;
    /// Colours or sizes have changed: everything laid out is void.
    virtual void restyle() = 0;
    qreal height() const { return height_; }
    /// The width it really uses, at most the one it was given.
    virtual qreal usedWidth() const = 0;
    virtual void paint(QPainter& painter, const BlockPaint& paint) const = 0;

    virtual int length() const = 0;
    /// Its characters, `length()` of them.
    virtual QString text() const = 0;
    /// In the order of their places.
    virtual std::vector<Aside> asides() const;
    /// How the character looks, and as far as that goes.
    virtual TextLook lookAt(int offset) const;
    /// Of the paragraph that the character is in.
    virtual Qt::LayoutDirection directionAt(int) const { return Qt::LeftToRight; }
    /// The character nearest to the point.
    virtual int offsetAt(const QPointF& point) const = 0;
    /// A box of no width before this character.
    virtual QRectF caretAt(int offset) const = 0;
    virtual TextRange wordAt(int offset) const = 0;
    /// What a triple click selects: the paragraph, the line of code, the cell.
    virtual TextRange lineAt(int offset) const = 0;
    virtual QString copied(TextRange range, CopyFormat format) const = 0;

    virtual Target targetAt(const QPointF& point) = 0;
    /// Whether this is the block, or a part of it.
    virtual bool holds(const Block* leaf) const { return leaf == this; }
    /// In reading order.
    virtual std::vector<Control> controls();
    virtual BlockEffect activate(const Target& target);
    /// Text the target copies.
    virtual QString copyText(const Target& target) const;
    /// Scrolls its own content; false where there is nothing (more) to scroll that way.
    virtual bool scrollBy(const QPointF& point, const QPointF& delta);
    /// Its scroll bar (TargetKind::ScrollBar) is dragged this far.
    virtual void dragScrollBar(const QPointF& delta);
    /// Where the footnote with this label begins.
    virtual std::optional<int> offsetOfNote(const QString& label) const;
    /// Moves its own scroll position so that this character can be seen.
    virtual void reveal(int offset);
    /// Shows this character where it is folded away; asked again after a Relayout, until nothing has changed.
    virtual BlockEffect uncover(int offset);

protected:
    const Theme& theme() const { return theme_; }
    const Colours& colours() const { return theme_.colours(); }
    bool isMine(const Target& target, TargetKind kind) const {
        return target.block == this && target.kind == kind;
    }

    qreal height_ = 0;

private:
    const Theme& theme_;
};

} // namespace ponder::ui
