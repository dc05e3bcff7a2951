#include "ui/transcript_layout.h"

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kTopMargin = space::kWide;
constexpr int kBottomMargin = space::kLarge;
constexpr int kAfterPrompt = 0; // its row of actions, mostly unseen, is distance enough
constexpr int kAfterAnswer = space::kLarge;
constexpr int kKeptMessages = 40;
// Of running text, for estimates only.
constexpr qreal kCharacterWidth = 7.6;
constexpr int kLongestPromptLines = 12;

int linesOf(const QString& text, qreal width) {
    const int perLine = std::max(1, int(width / kCharacterWidth));
    int lines = 0;
    for (qsizetype from = 0; from <= text.size();) {
        qsizetype end = text.indexOf(u'\n', from);
        if (end < 0) end = text.size();
        lines += 1 + int(end - from) / perLine;
        from = end + 1;
    }
    return lines;
}

} // namespace

TranscriptLayout::TranscriptLayout(const Theme& theme) : theme_(theme) {}
TranscriptLayout::~TranscriptLayout() = default;

qreal TranscriptLayout::estimate(const MessageContent& content) const {
    const qreal line = theme_.lineHeight(TextStyle::Body);
    qreal height = theme_.scaled(32) + space::kTiny;
    if (!content.cutBelow.isEmpty()) height += theme_.lineHeight(TextStyle::Caption) + space::kSmall;
    for (const MessagePart& part : content.parts) {
        if (part.kind == PartKind::Reasoning)
            height += theme_.scaled(30) + space::kSmall;
        else if (part.kind == PartKind::Attachment)
            height += theme_.scaled(36) + space::kSmall;
        else if (content.role == Role::User)
            height += line * std::min(kLongestPromptLines + 1, linesOf(part.text, width_ * 0.75)) +
                      2 * space::kMedium;
        else
            height += line * linesOf(part.text, width_);
    }
    return height;
}

void TranscriptLayout::setContents(std::vector<MessageContent> contents) {
    size_t same = 0;
    while (same < contents_.size() && same < contents.size() && contents_[same] == contents[same]) ++same;
    contents_ = std::move(contents);
    entries_.resize(same);
    entries_.resize(contents_.size());
    for (size_t i = same; i < contents_.size(); ++i) entries_[i].height = estimate(contents_[i]);
    unknown_ =
        int(std::count_if(entries_.begin(), entries_.end(), [](const Entry& entry) { return !entry.exact; }));
    edited_ = -1;
    restack(0);
}

void TranscriptLayout::append(MessageContent content) {
    Entry entry;
    entry.height = estimate(content);
    contents_.push_back(std::move(content));
    entries_.push_back(std::move(entry));
    ++unknown_;
    restack(count() - 1);
}

void TranscriptLayout::takeUp(int index) {
    Entry& entry = entries_[size_t(index)];
    if (!entry.live) {
        if (entry.exact) ++unknown_;
        entry.exact = false;
        setHeight(index, estimate(contents_[size_t(index)]));
        return;
    }
    entry.live->setContent(contents_[size_t(index)]);
    if (entry.stale == Stale::No) relayout(index);
}

void TranscriptLayout::relayout(int index) {
    Entry& entry = entries_[size_t(index)];
    entry.live->layout(width_);
    setHeight(index, entry.live->height());
}

void TranscriptLayout::setRowState(RowState state) {
    rowState_ = state;
    for (Entry& entry : entries_) {
        if (entry.live) entry.live->setRowState(state);
    }
}

void TranscriptLayout::setWidth(qreal width) {
    if (width == width_) return;
    width_ = width;
    outdate(Stale::Width);
}

void TranscriptLayout::restyle() {
    outdate(Stale::Style);
}

/// Only what is seen is laid out again at once.
void TranscriptLayout::outdate(Stale why) {
    for (int i = 0; i < count(); ++i) {
        Entry& entry = entries_[size_t(i)];
        if (entry.live)
            entry.stale = std::max(entry.stale, why);
        else
            entry.height = estimate(contents_[size_t(i)]);
        entry.exact = false;
    }
    unknown_ = count();
    restack(0);
}

void TranscriptLayout::setEditorHeight(int index, std::optional<qreal> height) {
    edited_ = height ? index : -1;
    editorHeight_ = height.value_or(0);
    restack(0);
}

qreal TranscriptLayout::gapAfter(int index) const {
    return contents_[size_t(index)].role == Role::User ? kAfterPrompt : kAfterAnswer;
}

void TranscriptLayout::restack(int from) {
    for (int i = from; i < count(); ++i) {
        const Entry* above = i == 0 ? nullptr : &entries_[size_t(i) - 1];
        const qreal aboveHeight = !above ? 0 : i - 1 == edited_ ? editorHeight_ : above->height;
        entries_[size_t(i)].top = above ? above->top + aboveHeight + gapAfter(i - 1) : kTopMargin;
    }
}

bool TranscriptLayout::setHeight(int index, qreal height) {
    Entry& entry = entries_[size_t(index)];
    if (entry.height == height) return false;
    entry.height = height;
    restack(index + 1);
    return true;
}

qreal TranscriptLayout::totalHeight() const {
    if (entries_.empty()) return 0;
    const qreal last = edited_ == count() - 1 ? editorHeight_ : entries_.back().height;
    return entries_.back().top + last + kBottomMargin;
}

int TranscriptLayout::messageAt(qreal y) const {
    const auto below = std::upper_bound(entries_.begin(), entries_.end(), y,
                                        [](qreal value, const Entry& entry) { return value < entry.top; });
    return std::max(0, int(below - entries_.begin()) - 1);
}

std::unique_ptr<TranscriptMessage> TranscriptLayout::make(int index) const {
    auto message = std::make_unique<TranscriptMessage>(theme_);
    message->setContent(contents_[size_t(index)]);
    message->setRowState(rowState_);
    message->layout(width_);
    return message;
}

const std::vector<Control>& TranscriptLayout::controlsOf(int index) {
    static const std::vector<Control> kNone;
    return index == edited_ ? kNone : live(index).controls();
}

std::optional<Control> TranscriptLayout::controlOf(int index, int number) {
    const std::vector<Control>& controls = controlsOf(index);
    if (number < 0 || number >= int(controls.size())) return std::nullopt;
    Control control = controls[size_t(number)];
    control.box.translate(0, topOf(index));
    return control;
}

TranscriptMessage& TranscriptLayout::live(int index) {
    Entry& entry = entries_[size_t(index)];
    if (entry.live && entry.stale == Stale::No) return *entry.live;
    if (!entry.live) entry.live = make(index);
    if (entry.stale == Stale::Style) entry.live->restyle();
    if (entry.stale != Stale::No) entry.live->layout(width_);
    entry.stale = Stale::No;
    if (!entry.exact) --unknown_;
    entry.exact = true;
    setHeight(index, entry.live->height());
    return *entry.live;
}

bool TranscriptLayout::realize(qreal top, qreal bottom) {
    bool changed = false;
    for (int i = messageAt(top); i < count() && topOf(i) < bottom; ++i) {
        const qreal before = heightOf(i);
        live(i);
        changed = changed || heightOf(i) != before;
    }
    return changed;
}

void TranscriptLayout::askForFormulas(qreal top, qreal bottom) {
    for (int i = contents_.empty() ? -1 : messageAt(bottom); i >= 0 && topOf(i) + heightOf(i) >= top; --i) {
        Entry& entry = entries_[size_t(i)];
        if (entry.live && entry.stale == Stale::No)
            entry.live->askForFormulas(top - entry.top, bottom - entry.top);
    }
}

bool TranscriptLayout::takeUpFormulas() {
    bool changed = false;
    for (int i = 0; i < count(); ++i) {
        Entry& entry = entries_[size_t(i)];
        if (!entry.live || !entry.live->takeUpFormulas()) continue;
        changed = true;
        if (entry.stale == Stale::No) relayout(i);
    }
    return changed;
}

void TranscriptLayout::evictFarFrom(int index) {
    for (int i = 0; i < count(); ++i) {
        Entry& entry = entries_[size_t(i)];
        const bool streaming = contents_[size_t(i)].state == MessageState::Streaming;
        if (!entry.live || std::abs(i - index) <= kKeptMessages || entry.live->isTouched() || streaming)
            continue;
        entry.live.reset();
    }
}

bool TranscriptLayout::measureNext(int index) {
    for (int distance = 0; unknown_ > 0 && distance < count(); ++distance) {
        for (int i : {index - distance, index + distance}) {
            if (i < 0 || i >= count() || entries_[size_t(i)].exact) continue;
            const bool keep = isLive(i);
            live(i);
            if (!keep && distance > kKeptMessages) entries_[size_t(i)].live.reset();
            return unknown_ > 0;
        }
    }
    return false;
}

TranscriptPosition TranscriptLayout::positionAt(const QPointF& point) {
    if (contents_.empty()) return {};
    TranscriptPosition position{messageAt(point.y()), 0, 0};
    const TranscriptMessage& message = live(position.message);
    const QPointF inside = point - QPointF(0, topOf(position.message));
    position.block = message.blockNear(inside.y());
    // What is meant lies above it.
    while (position.block > 0 && message.isBehindText(position.block)) --position.block;
    const QPointF origin = message.originOf(position.block);
    position.offset = message.block(position.block).offsetAt(inside - origin);
    return position;
}

QRectF TranscriptLayout::caretAt(const TranscriptPosition& position) {
    const TranscriptMessage& message = live(position.message);
    const int block = std::min(position.block, message.blockCount() - 1);
    const QPointF origin = message.originOf(block) + QPointF(0, topOf(position.message));
    const int offset = std::min(position.offset, message.block(block).length());
    return message.block(block).caretAt(offset).translated(origin);
}

Target TranscriptLayout::targetAt(const QPointF& point) {
    if (contents_.empty()) return {};
    const int index = messageAt(point.y());
    if (index == edited_) return {};
    return live(index).targetAt(point - QPointF(0, topOf(index)));
}

int TranscriptLayout::messageHolding(const Block* leaf) const {
    for (int i = 0; i < count(); ++i) {
        if (isLive(i) && entries_[size_t(i)].live->holds(leaf)) return i;
    }
    return -1;
}

} // namespace ponder::ui
