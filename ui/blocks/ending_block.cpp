#include "ui/blocks/ending_block.h"

#include "ui/icons.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kCardPadding = space::kLarge;
constexpr int kIconSize = 20;
constexpr int kIconColumn = kIconSize + space::kMedium;
constexpr int kButtonExtent = 32;
constexpr int kGlyphSize = 16;

MarkdownBlock paragraph(const QString& text) {
    MarkdownBlock block;
    block.content.text = text;
    block.content.text.replace(u'\n', QChar(QChar::LineSeparator));
    return block;
}

} // namespace

EndingBlock::EndingBlock(const Theme& theme, MessageState state, const Failure& failure)
    : EnclosingBlock(theme, {.body = TextStyle::Control}), state_(state), failure_(failure) {
    fillCard();
}

void EndingBlock::fillCard() {
    if (!isCard()) return;
    const QString what = failure_.what.isEmpty() ? tr("The answer could not be finished.") : failure_.what;
    MarkdownBlock news = paragraph(failure_.next.isEmpty() ? what : what + u'\n' + failure_.next);
    news.content.spans = {{0, int(what.size()), span::kBold, -1}};
    std::vector<MarkdownBlock> texts{news};
    if (detailed_) texts.push_back(paragraph(failure_.details));
    for (MarkdownBlock& text : texts) updateHash(text);
    column().setBlocks(std::move(texts));
}

QString EndingBlock::statement() const {
    if (!failure_.what.isEmpty()) return failure_.what;
    return state_ == MessageState::Stopped ? tr("Stopped.") : tr("The answer was interrupted.");
}

QString EndingBlock::buttonText() const {
    if (!isCard()) return tr("Continue");
    return detailed_ ? tr("Hide details") : tr("Details");
}

void EndingBlock::layout(qreal width) {
    width_ = width;
    const qreal extent = theme().scaled(kButtonExtent);
    if (!isCard()) {
        height_ = extent;
        return;
    }
    column().layout(width - 2 * kCardPadding - kIconColumn);
    height_ = column().height() + 2 * kCardPadding + (hasButton() ? extent + space::kSmall : 0);
}

QRectF EndingBlock::columnBox() const {
    return {qreal(kCardPadding + kIconColumn), qreal(kCardPadding), width_ - 2 * kCardPadding - kIconColumn,
            column().height()};
}

QRectF EndingBlock::buttonBox() const {
    const qreal extent = theme().scaled(kButtonExtent);
    const qreal words = QFontMetricsF(theme().font(TextStyle::Label)).horizontalAdvance(buttonText());
    if (isCard()) {
        const qreal left = kCardPadding + kIconColumn - space::kSmall;
        return {left, height_ - extent - space::kMedium, words + 2 * space::kSmall, extent};
    }
    const qreal left =
        QFontMetricsF(theme().font(TextStyle::Control)).horizontalAdvance(statement()) + space::kMedium;
    return {left, 0, words + kGlyphSize + space::kTiny + 2 * space::kMedium, extent};
}

void EndingBlock::paintButton(QPainter& painter, const BlockPaint& paint) const {
    const bool hovered = isMine(paint.hovered, buttonKind());
    const QRectF box = buttonBox();
    painter.setBrush(!hovered                              ? QBrush(Qt::NoBrush)
                     : isMine(paint.pressed, buttonKind()) ? QBrush(colours().selectedRow)
                                                           : QBrush(colours().bubble));
    const QColor line = hovered && theme().isHighContrast() ? colours().accent : colours().border;
    painter.setPen(isCard() && !(hovered && theme().isHighContrast()) ? QPen(Qt::NoPen) : QPen(line, 1));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius::kControl, radius::kControl);
    painter.setFont(theme().font(TextStyle::Label));
    QRectF words = box.adjusted(space::kSmall, 0, -space::kSmall, 0);
    if (!isCard()) {
        words = box.adjusted(space::kMedium, 0, -space::kMedium, 0);
        drawIcon(painter, Icon::Play, QRectF(words.left(), 0, kGlyphSize, box.height()), colours().text,
                 kGlyphSize);
        words.setLeft(words.left() + kGlyphSize + space::kTiny);
    }
    painter.setPen(isCard() && !hovered ? colours().muted : colours().text);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, buttonText());
}

void EndingBlock::paint(QPainter& painter, const BlockPaint& paint) const {
    if (isCard()) {
        painter.setBrush(colours().surface);
        painter.setPen(QPen(colours().border, 1));
        painter.drawRoundedRect(QRectF(0.5, 0.5, width_ - 1, height_ - 1), radius::kCode, radius::kCode);
        const qreal line = theme().lineHeight(TextStyle::Control);
        drawIcon(painter, Icon::Warning, QRectF(kCardPadding, kCardPadding, kIconSize, line),
                 colours().danger, kIconSize);
        paintColumn(painter, paint);
    } else {
        painter.setFont(theme().font(TextStyle::Control));
        painter.setPen(colours().muted);
        painter.drawText(QRectF(0, 0, width_, height_), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                         statement());
    }
    if (hasButton()) paintButton(painter, paint);
}

std::vector<Aside> EndingBlock::asides() const {
    if (isCard()) return EnclosingBlock::asides();
    return {{0, statement()}};
}

Target EndingBlock::targetAt(const QPointF& point) {
    if (hasButton() && buttonBox().contains(point)) return {buttonKind(), this, {}};
    return EnclosingBlock::targetAt(point);
}

std::vector<Control> EndingBlock::controls() {
    std::vector<Control> all;
    if (hasButton()) {
        const Unfolding unfolding = !isCard()   ? Unfolding::Nothing
                                    : detailed_ ? Unfolding::Open
                                                : Unfolding::Closed;
        all.push_back({{buttonKind(), this, {}}, buttonBox(), buttonText(), unfolding});
    }
    return all;
}

BlockEffect EndingBlock::activate(const Target& target) {
    if (!isMine(target, TargetKind::Details)) return EnclosingBlock::activate(target);
    detailed_ = !detailed_;
    fillCard();
    return BlockEffect::Relayout;
}

} // namespace ponder::ui
