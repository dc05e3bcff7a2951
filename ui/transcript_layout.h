#pragma once

#include "ui/transcript_message.h"
#include "ui/transcript_position.h"

#include <optional>

namespace ponder::ui {

/// Where every message of a chat stands. Heights are estimated until a message is laid out, which happens
/// when it comes into view or in idle time; layouts far from the viewport are thrown away, their heights
/// kept. Points are in the coordinates of the reading column, y from the top of the chat.
class TranscriptLayout {
public:
    static constexpr int kReadingWidth = 720;

    explicit TranscriptLayout(const Theme& theme);
    ~TranscriptLayout();

    const std::vector<MessageContent>& contents() const { return contents_; }
    int count() const { return int(contents_.size()); }
    /// Messages that are the same as before, and at the same place, stay laid out.
    void setContents(std::vector<MessageContent> contents);
    void append(MessageContent content);
    /// For the message that is changing; followed by takeUp.
    MessageContent& content(int index) { return contents_[size_t(index)]; }
    /// Its content has changed.
    void takeUp(int index);
    void setRowState(RowState state);

    void setWidth(qreal width);
    qreal width() const { return width_; }
    void restyle();
    /// The message is being edited and takes up this height; nullopt: no more.
    void setEditorHeight(int index, std::optional<qreal> height);
    int editedMessage() const { return edited_; }

    qreal totalHeight() const;
    qreal topOf(int index) const { return entries_[size_t(index)].top; }
    qreal heightOf(int index) const { return entries_[size_t(index)].height; }
    bool isExact(int index) const { return entries_[size_t(index)].exact; }
    bool isLive(int index) const { return entries_[size_t(index)].live != nullptr; }
    bool hasUnknownHeights() const { return unknown_ > 0; }
    int messageAt(qreal y) const;
    /// Lays the message out if it is not.
    TranscriptMessage& live(int index);
    /// The message's controls in its own coordinates, until it changes; none while it is edited.
    const std::vector<Control>& controlsOf(int index);
    /// One of them in the coordinates of the layout; nothing where there are not so many.
    std::optional<Control> controlOf(int index, int number);
    /// Lays out what lies between; true where heights have changed by it.
    bool realize(qreal top, qreal bottom);
    /// A live message's blocks have changed their heights.
    void relayout(int index);
    /// Asks for the formulas of live messages between these that are not ready.
    void askForFormulas(qreal top, qreal bottom);
    /// Formulas have become ready; true where heights may have changed by it.
    bool takeUpFormulas();
    void evictFarFrom(int index);
    /// Measures one message of which the height is not known yet, the nearest to `index` first; false: all
    /// are known.
    bool measureNext(int index);

    /// The nearest place in the text; lays out the message.
    TranscriptPosition positionAt(const QPointF& point);
    QRectF caretAt(const TranscriptPosition& position);
    Target targetAt(const QPointF& point);
    /// The live message that has this block, -1: none.
    int messageHolding(const Block* leaf) const;

private:
    /// What has to be done to a live message before it can be used.
    enum class Stale { No, Width, Style };

    struct Entry {
        qreal top = 0;
        qreal height = 0;
        bool exact = false;
        Stale stale = Stale::No;
        std::unique_ptr<TranscriptMessage> live;
    };

    void outdate(Stale why);
    qreal estimate(const MessageContent& content) const;
    bool setHeight(int index, qreal height);
    void restack(int from);
    qreal gapAfter(int index) const;
    std::unique_ptr<TranscriptMessage> make(int index) const;

    const Theme& theme_;
    std::vector<MessageContent> contents_;
    std::vector<Entry> entries_;
    RowState rowState_ = RowState::Open;
    qreal width_ = kReadingWidth;
    int edited_ = -1;
    qreal editorHeight_ = 0;
    int unknown_ = 0; ///< how many heights are estimates
};

} // namespace ponder::ui
