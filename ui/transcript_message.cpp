#include "ui/transcript_message.h"

#include "ui/blocks/action_row.h"
#include "ui/blocks/answer_block.h"
#include "ui/blocks/attachment_block.h"
#include "ui/blocks/bubble_block.h"
#include "ui/blocks/cut_block.h"
#include "ui/blocks/ending_block.h"
#include "ui/blocks/reasoning_block.h"
#include "ui/markdown/growing_markdown.h"
#include "ui/markdown/growing_text.h"
#include "ui/markdown/markdown_parser.h"

#include <QElapsedTimer>
#include <QPainter>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kLongestParse = 250; // ms
constexpr int kPartGap = space::kSmall;
constexpr int kEndingGap = space::kMedium;
constexpr int kRowGap = space::kTiny;

// Thoughts come in lines that mean something, and rarely as careful Markdown.
LineBreaks lineBreaksOf(PartKind kind) {
    return kind == PartKind::Reasoning ? LineBreaks::Keep : LineBreaks::Join;
}

bool hasText(const MessageContent& content) {
    return std::any_of(content.parts.begin(), content.parts.end(),
                       [](const MessagePart& part) { return part.kind == PartKind::Text; });
}

} // namespace

TranscriptMessage::TranscriptMessage(const Theme& theme)
    : theme_(theme), row_(std::make_unique<ActionRow>(theme)) {}
TranscriptMessage::~TranscriptMessage() = default;

std::unique_ptr<Block> TranscriptMessage::makeBlock(const MessagePart& part) const {
    switch (part.kind) {
    case PartKind::Reasoning:
        return std::make_unique<ReasoningBlock>(theme_);
    case PartKind::Attachment:
        return std::make_unique<AttachmentBlock>(theme_, part.text);
    case PartKind::Text:
        break;
    }
    if (role_ == Role::User) return std::make_unique<BubbleBlock>(theme_);
    return std::make_unique<AnswerBlock>(theme_);
}

std::vector<MarkdownBlock> parsePart(Role role, PartKind kind, const QString& text) {
    if (role == Role::User) return parseTyped(text);
    return parseMarkdown(text.toUtf8(), lineBreaksOf(kind));
}

std::vector<MarkdownBlock> TranscriptMessage::parse(Part& part) const {
    if (part.tooSlow) return parseNothing(part.text);
    QElapsedTimer timer;
    timer.start();
    std::vector<MarkdownBlock> blocks = parsePart(role_, part.kind, part.text);
    if (timer.elapsed() <= kLongestParse) return blocks;
    part.tooSlow = true;
    return parseNothing(part.text);
}

/// What has been written long ago is not parsed again with every word.
void TranscriptMessage::parseGrowth(Part& part) const {
    auto& block = static_cast<EnclosingBlock&>(*part.block);
    if (!part.growth) part.growth = std::make_unique<GrowingMarkdown>(lineBreaksOf(part.kind));
    QElapsedTimer timer;
    timer.start();
    GrowingMarkdown::Blocks blocks = part.growth->parse(part.text);
    block.replaceBlocks(blocks.kept, std::move(blocks.rest));
    if (timer.elapsed() <= kLongestParse) return;
    part.tooSlow = true;
    part.growth.reset();
    block.replaceBlocks(0, parseNothing(part.text));
}

void TranscriptMessage::takeUpText(Part& part, const QString& text, Growth growth) {
    const bool same = part.parsedBefore && part.text == text;
    part.text = text;
    part.parsedBefore = true;
    const bool grows = growth == Growth::GoesOn && !part.tooSlow;
    if (!same && (grows || part.growth) && part.kind != PartKind::Attachment && role_ == Role::Assistant)
        parseGrowth(part);
    else if (!same)
        takeUpWhole(part);
    if (!grows) part.growth.reset();
}

void TranscriptMessage::takeUpWhole(Part& part) const {
    if (part.kind == PartKind::Reasoning)
        static_cast<ReasoningBlock&>(*part.block).setBlocks(parse(part));
    else if (part.kind == PartKind::Attachment)
        return;
    else if (role_ == Role::User)
        static_cast<BubbleBlock&>(*part.block).setBlocks(parse(part));
    else
        static_cast<AnswerBlock&>(*part.block).setBlocks(parse(part));
}

void TranscriptMessage::takeUpThoughts(ReasoningBlock& thoughts, const MessageContent& content,
                                       size_t index) const {
    thoughts.setElapsed(content.parts[index].elapsed);
    const bool last = index + 1 == content.parts.size();
    if (content.state == MessageState::Streaming && last)
        thoughts.setRunning(true);
    else if (thoughts.isRunning() && !last)
        thoughts.answerBegins();
    else
        thoughts.setRunning(false);
}

void TranscriptMessage::takeUpEnding(const MessageContent& content) {
    const bool ended = content.state != MessageState::Streaming && content.state != MessageState::Done;
    if (ended && ending_ && state_ == content.state && failure_ == content.failure) return;
    ending_.reset();
    if (ended) ending_ = std::make_unique<EndingBlock>(theme_, content.state, content.failure);
}

void TranscriptMessage::setContent(const MessageContent& content) {
    controls_.reset();
    if (content.role != role_) parts_.clear();
    role_ = content.role;
    const bool streaming = content.state == MessageState::Streaming;
    std::vector<MessagePart> parts = content.parts;
    // Before the first word there is a place for it, with the caret.
    if (parts.empty() && streaming) parts.emplace_back();
    for (size_t i = 0; i < parts.size(); ++i) {
        if (i < parts_.size() && parts_[i].kind != parts[i].kind) parts_.resize(i);
        const bool made = i >= parts_.size();
        if (made) {
            Part& part = parts_.emplace_back();
            part.kind = parts[i].kind;
            part.block = makeBlock(parts[i]);
        }
        const bool growing = streaming && i + 1 == parts.size() && role_ == Role::Assistant;
        takeUpText(parts_[i], growing ? settledText(parts[i].text) : parts[i].text,
                   growing ? Growth::GoesOn : Growth::Ended);
        if (parts[i].kind == PartKind::Reasoning) {
            auto& thoughts = static_cast<ReasoningBlock&>(*parts_[i].block);
            if (made && !hasText(content)) thoughts.setOpen(true);
            takeUpThoughts(thoughts, content, i);
        } else if (parts[i].kind == PartKind::Text && role_ == Role::Assistant) {
            static_cast<AnswerBlock&>(*parts_[i].block).setGrowing(growing);
        }
    }
    parts_.resize(parts.size());
    takeUpEnding(content);
    row_->setContent(content);
    if (content.cutBelow.isEmpty())
        cut_.reset();
    else if (!cut_ || cut_->words() != content.cutBelow)
        cut_ = std::make_unique<CutBlock>(theme_, content.cutBelow);
    state_ = content.state;
    failure_ = content.failure;
}

void TranscriptMessage::setRowState(RowState state) {
    controls_.reset();
    row_->setLocked(state == RowState::Locked);
}

qreal TranscriptMessage::gapBefore(size_t index) const {
    if (placed_[index].block == cut_.get()) return kPartGap;
    if (placed_[index].block == row_.get()) return role_ == Role::User ? 0 : kRowGap;
    if (index == 0) return 0;
    return placed_[index].block == ending_.get() ? kEndingGap : kPartGap;
}

void TranscriptMessage::layout(qreal width) {
    controls_.reset();
    placed_.clear();
    for (const Part& part : parts_) placed_.push_back({part.block.get(), {}});
    if (ending_) placed_.push_back({ending_.get(), {}});
    placed_.push_back({row_.get(), {}});
    if (cut_) placed_.push_back({cut_.get(), {}});
    qreal y = 0;
    for (size_t i = 0; i < placed_.size(); ++i) {
        placed_[i].block->layout(width);
        y += gapBefore(i);
        placed_[i].at = QPointF(0, y);
        y += placed_[i].block->height();
    }
    height_ = y;
}

void TranscriptMessage::restyle() {
    controls_.reset();
    for (const Part& part : parts_) part.block->restyle();
    if (ending_) ending_->restyle();
    row_->restyle();
}

void TranscriptMessage::askForFormulas(qreal top, qreal bottom) {
    for (int i = blockCount() - 1; i >= 0; --i) {
        const qreal y = placed_[size_t(i)].at.y();
        if (y <= bottom && y + block(i).height() >= top) block(i).askForFormulas(top - y, bottom - y);
    }
}

bool TranscriptMessage::takeUpFormulas() {
    controls_.reset();
    bool changed = false;
    for (const Part& part : parts_) changed |= part.block->takeUpFormulas();
    return changed;
}

bool TranscriptMessage::isRunningText(int block) const {
    return block < int(parts_.size()) && parts_[size_t(block)].kind == PartKind::Text;
}

bool TranscriptMessage::isBehindText(int block) const {
    const Block* place = placed_[size_t(block)].block;
    return place == row_.get() || place == cut_.get();
}

int TranscriptMessage::blockNear(qreal y) const {
    int near = 0;
    while (near + 1 < blockCount() && placed_[size_t(near) + 1].at.y() <= y) ++near;
    return near;
}

int TranscriptMessage::indexHolding(const Block* leaf) const {
    for (int i = 0; i < blockCount(); ++i) {
        if (block(i).holds(leaf)) return i;
    }
    return -1;
}

bool TranscriptMessage::holds(const Block* leaf) const {
    return indexHolding(leaf) >= 0;
}

void TranscriptMessage::paint(QPainter& painter, const MessagePaint& paint) const {
    row_->setShown(paint.actionsShown);
    for (int i = 0; i < blockCount(); ++i) {
        const Placed& placed = placed_[size_t(i)];
        const qreal top = placed.at.y();
        if (top > paint.look.visible.bottom()) break;
        if (top + placed.block->height() < paint.look.visible.top()) continue;
        BlockPaint look = paint.look.within(placed.at, 0);
        look.selection = paint.selectionOf(i);
        if (paint.foundIn) look.found = paint.foundIn(i);
        painter.save();
        painter.translate(placed.at);
        placed.block->paint(painter, look);
        painter.restore();
    }
}

Target TranscriptMessage::targetAt(const QPointF& point) {
    if (placed_.empty()) return {};
    const Placed& placed = placed_[size_t(blockNear(point.y()))];
    if (point.y() > placed.at.y() + placed.block->height()) return {};
    return placed.block->targetAt(point - placed.at);
}

const std::vector<Control>& TranscriptMessage::controls() {
    if (controls_) return *controls_;
    std::vector<Control>& all = controls_.emplace();
    for (const Placed& placed : placed_) {
        for (Control& control : placed.block->controls()) {
            control.box.translate(placed.at);
            all.push_back(std::move(control));
        }
    }
    return all;
}

BlockEffect TranscriptMessage::activate(const Target& target) {
    const int index = indexHolding(target.block);
    if (index < 0) return BlockEffect::None;
    const BlockEffect effect = block(index).activate(target);
    if (effect != BlockEffect::None) touched_ = true;
    return effect;
}

bool TranscriptMessage::scrollBy(const QPointF& point, const QPointF& delta) {
    if (placed_.empty()) return false;
    controls_.reset();
    const Placed& placed = placed_[size_t(blockNear(point.y()))];
    return placed.block->scrollBy(point - placed.at, delta);
}

void TranscriptMessage::takeInHand(int block) {
    controls_.reset();
    if (block >= int(parts_.size()) || parts_[size_t(block)].kind != PartKind::Reasoning) return;
    static_cast<ReasoningBlock&>(*parts_[size_t(block)].block).takeInHand();
    touched_ = true;
}

BlockEffect TranscriptMessage::uncover(int block, int offset) {
    controls_.reset();
    const BlockEffect effect = placed_[size_t(block)].block->uncover(offset);
    if (effect != BlockEffect::None) touched_ = true;
    return effect;
}

const EnclosingBlock* TranscriptMessage::textOf(int part) const {
    if (part >= int(parts_.size()) || parts_[size_t(part)].kind == PartKind::Attachment) return nullptr;
    return static_cast<const EnclosingBlock*>(parts_[size_t(part)].block.get());
}

const std::vector<MarkdownBlock>& TranscriptMessage::markdownOf(int part) const {
    static const std::vector<MarkdownBlock> kNothing;
    const EnclosingBlock* text = textOf(part);
    return text ? text->blocks() : kNothing;
}

TextRange TranscriptMessage::rangeOf(int part, int index) const {
    if (part < int(parts_.size()) && parts_[size_t(part)].kind == PartKind::Attachment)
        return {0, int(parts_[size_t(part)].text.size())};
    const EnclosingBlock* text = textOf(part);
    return text ? text->rangeOf(size_t(index)) : TextRange{};
}

int TranscriptMessage::lastParagraphLength() const {
    if (parts_.empty() || role_ == Role::User) return 0;
    const Part& last = parts_.back();
    if (last.kind == PartKind::Attachment) return 0;
    return static_cast<const EnclosingBlock&>(*last.block).lastParagraphLength();
}

} // namespace ponder::ui
