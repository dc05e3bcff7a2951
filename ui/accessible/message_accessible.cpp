#include "ui/accessible/message_accessible.h"

#include "ui/accessible/control_accessible.h"
#include "ui/accessible/transcript_voice.h"
#include "ui/markdown/markdown_parser.h"
#include "ui/transcript_focus.h"
#include "ui/transcript_layout.h"
#include "ui/transcript_selection.h"

#include <QCoreApplication>
#include <QWidget>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kNameCharacters = 200;

/// Gives the words of this file a context.
struct MessageWords {
    Q_DECLARE_TR_FUNCTIONS(MessageWords)
};

/// The beginning of what a message says, without laying anything out.
QString firstWords(const MessageContent& content) {
    QString words;
    for (const MessagePart& part : content.parts) {
        if (part.kind == PartKind::Reasoning || words.size() > kNameCharacters) continue;
        // Markers may be longer than what they mark, but not by much.
        const QString beginning = part.text.left(4 * kNameCharacters);
        if (part.kind == PartKind::Attachment || content.role == Role::User) {
            words += beginning + u' ';
            continue;
        }
        for (const MarkdownBlock& block : parseMarkdown(beginning.toUtf8())) {
            words += block.content.text + u' ';
            for (const InlineText& cell : block.cells) words += cell.text + u' ';
        }
    }
    words.replace(QChar(QChar::Null), QChar(QChar::ReplacementCharacter));
    words = words.simplified();
    if (words.size() <= kNameCharacters) return words;
    const qsizetype space = words.lastIndexOf(u' ', kNameCharacters);
    return words.left(space > kNameCharacters / 2 ? space : kNameCharacters) + QChar(0x2026);
}

/// Behind the last sentence that is complete: a mark with something behind it, or the end of a line.
int endOfSentences(const QString& text) {
    for (qsizetype i = text.size() - 1; i >= 0; --i) {
        if (text[i] == u'\n') return int(i) + 1;
        if (QStringView(u"\u3002\uFF01\uFF1F").contains(text[i])) return int(i) + 1; // of Chinese
        const bool goesOn = i + 1 < text.size() && text[i + 1].isSpace();
        if (goesOn && QStringView(u".!?\u2026\u061F").contains(text[i])) return int(i) + 2;
    }
    return 0;
}

QString attributesOf(const TextLook& look) {
    QStringList all;
    if (look.heading > 0 || look.style & span::kBold) all << QStringLiteral("font-weight:bold");
    if (look.style & span::kItalic) all << QStringLiteral("font-style:italic");
    if (look.style & span::kStrike) all << QStringLiteral("text-line-through-type:single");
    if (look.style & span::kLink) all << QStringLiteral("text-underline-style:solid");
    if (look.style & (span::kCode | span::kFormula)) all << QStringLiteral("font-family:monospace");
    return all.isEmpty() ? QString() : all.join(u';') + u';';
}

} // namespace

bool MessageAccessible::isValid() const {
    return voice_.indexOf(messageId_) >= 0;
}

QWindow* MessageAccessible::window() const {
    return parent()->window();
}

QAccessibleInterface* MessageAccessible::parent() const {
    return QAccessible::queryAccessibleInterface(&voice_.access().view);
}

int MessageAccessible::childCount() const {
    return voice_.controlCount(messageId_);
}

QAccessibleInterface* MessageAccessible::child(int index) const {
    return index >= 0 && index < childCount() ? voice_.control(messageId_, index) : nullptr;
}

QAccessibleInterface* MessageAccessible::childAt(int x, int y) const {
    const int number = voice_.controlAt(messageId_, voice_.access().fromScreen(QPointF(x, y)));
    return number < 0 ? nullptr : voice_.control(messageId_, number);
}

int MessageAccessible::indexOfChild(const QAccessibleInterface* child) const {
    const auto* control = dynamic_cast<const ControlAccessible*>(child);
    const bool own = control && control->messageId() == messageId_ && control->number() < childCount();
    return own ? control->number() : -1;
}

QAccessibleInterface* MessageAccessible::focusChild() const {
    const TranscriptFocus& focus = voice_.access().focus;
    if (!focus.isSet() || focus.message() != voice_.indexOf(messageId_)) return nullptr;
    QAccessibleInterface* control = child(focus.number());
    return control && control->state().focused ? control : nullptr;
}

QString MessageAccessible::text(QAccessible::Text which) const {
    const int index = voice_.indexOf(messageId_);
    if (which != QAccessible::Name || index < 0) return {};
    const MessageContent& content = voice_.access().layout.contents()[size_t(index)];
    QString who = MessageWords::tr("You");
    if (content.role == Role::Assistant)
        who = content.modelName.isEmpty() ? MessageWords::tr("Model") : content.modelName;
    return MessageWords::tr("%1: %2").arg(who, firstWords(content));
}

QRect MessageAccessible::rect() const {
    const int index = voice_.indexOf(messageId_);
    if (index < 0) return {};
    const TranscriptLayout& layout = voice_.access().layout;
    const QPointF corner = voice_.access().toScreen({0, layout.topOf(index)});
    return QRectF(corner, QSizeF(layout.width(), layout.heightOf(index))).toAlignedRect();
}

QAccessible::State MessageAccessible::state() const {
    QAccessible::State state;
    const int index = voice_.indexOf(messageId_);
    if (index < 0) {
        state.invalid = true;
        return state;
    }
    const TranscriptLayout& layout = voice_.access().layout;
    state.readOnly = true;
    state.multiLine = true;
    state.selectableText = true;
    state.busy = layout.contents()[size_t(index)].state == MessageState::Streaming;
    state.offscreen =
        voice_.access().isOffscreen(QRectF(0, layout.topOf(index), layout.width(), layout.heightOf(index)));
    return state;
}

void* MessageAccessible::interface_cast(QAccessible::InterfaceType type) {
    return type == QAccessible::TextInterface ? static_cast<QAccessibleTextInterface*>(this) : nullptr;
}

const SpokenText& MessageAccessible::spoken() const {
    if (spokenRevision_ == voice_.revision()) return spoken_;
    const int index = voice_.indexOf(messageId_);
    if (index < 0) return spoken_;
    TranscriptLayout& layout = voice_.access().layout;
    const bool made = !layout.isLive(index);
    spoken_ = SpokenText(layout.live(index));
    if (spokenRevision_ < 0) told_ = spoken_.text();
    spokenRevision_ = voice_.revision();
    if (made) voice_.access().settle();
    return spoken_;
}

void MessageAccessible::tellGrowth(Growth told) {
    if (spokenRevision_ < 0) return;
    const QString& all = spoken().text();
    const QString now = told == Growth::All ? all : all.left(endOfSentences(all));
    const auto [inNow, inTold] = std::mismatch(now.begin(), now.end(), told_.begin(), told_.end());
    const int same = int(inNow - now.begin());
    if (inNow == now.end() && told == Growth::Sentences) return;
    if (inNow == now.end() && inTold == told_.end()) return;
    if (inTold == told_.end()) {
        QAccessibleTextInsertEvent event(this, same, now.sliced(same));
        told_ = now;
        voice_.tell(event);
        return;
    }
    QAccessibleTextUpdateEvent event(this, same, told_.sliced(same), now.sliced(same));
    told_ = now;
    voice_.tell(event);
}

int MessageAccessible::characterCount() const {
    return spoken().length();
}

QString MessageAccessible::text(int from, int to) const {
    const QString& all = spoken().text();
    const int end = to < 0 ? int(all.size()) : std::min(to, int(all.size()));
    const int start = std::clamp(from, 0, end);
    return all.sliced(start, end - start);
}

TranscriptPosition MessageAccessible::positionOf(int offset) const {
    const SpokenText::Place place = spoken().placeOf(offset);
    return {voice_.indexOf(messageId_), place.block, place.offset};
}

QString MessageAccessible::attributes(int offset, int* from, int* to) const {
    const SpokenText& all = spoken();
    *from = 0;
    *to = all.length();
    const TranscriptPosition place = positionOf(std::clamp(offset, 0, all.length()));
    if (place.message < 0) return {};
    const TextLook look = voice_.access().layout.live(place.message).block(place.block).lookAt(place.offset);
    const TextRange range = all.rangeOf(place.block, look.range);
    if (range.isEmpty() || offset < range.from || offset >= range.to) {
        // Between the blocks, or beside one.
        *from = offset;
        *to = std::min(offset + 1, all.length());
        return {};
    }
    *from = range.from;
    *to = range.to;
    return attributesOf(look);
}

QRect MessageAccessible::characterRect(int offset) const {
    const TranscriptPosition place = positionOf(offset);
    if (place.message < 0) return {};
    TranscriptLayout& layout = voice_.access().layout;
    QRectF box = layout.caretAt(place);
    const QRectF next = layout.caretAt({place.message, place.block, place.offset + 1});
    if (next.top() == box.top()) box = box.united(next);
    // A caret has no width; screen readers take an empty box for none.
    if (box.width() < 1) box.setWidth(1);
    return QRectF(voice_.access().toScreen(box.topLeft()), box.size()).toAlignedRect();
}

int MessageAccessible::offsetAtPoint(const QPoint& point) const {
    const TranscriptPosition place = voice_.access().layout.positionAt(voice_.access().fromScreen(point));
    if (place.message != voice_.indexOf(messageId_)) return -1;
    return spoken().offsetOf({place.block, place.offset});
}

int MessageAccessible::cursorPosition() const {
    const TranscriptPosition& caret = voice_.access().selection.caret();
    if (!caret.isValid() || caret.message != voice_.indexOf(messageId_)) return 0;
    return spoken().offsetOf({caret.block, caret.offset});
}

void MessageAccessible::setCursorPosition(int position) {
    setSelection(0, position, position);
}

TextRange MessageAccessible::selected() const {
    const int index = voice_.indexOf(messageId_);
    if (index < 0) return {};
    const TranscriptMessage& message = voice_.access().layout.live(index);
    TextRange all;
    for (int i = 0; i < message.blockCount(); ++i) {
        const TextRange range = voice_.access().selection.rangeIn(index, i, message.block(i).length());
        if (range.isEmpty()) continue;
        const TextRange here = spoken().rangeOf(i, range);
        all = all.isEmpty() ? here : TextRange{all.from, here.to};
    }
    return all;
}

int MessageAccessible::selectionCount() const {
    return selected().isEmpty() ? 0 : 1;
}

void MessageAccessible::selection(int, int* from, int* to) const {
    const TextRange range = selected();
    *from = range.from;
    *to = range.to;
}

void MessageAccessible::setSelection(int, int from, int to) {
    const TranscriptPosition first = positionOf(from);
    if (first.message < 0) return;
    TranscriptSelection& selection = voice_.access().selection;
    selection.begin(first, SelectionUnit::Character);
    selection.extend(positionOf(to));
    voice_.access().view.update();
    voice_.caretMoved();
}

void MessageAccessible::addSelection(int from, int to) {
    setSelection(0, from, to);
}

void MessageAccessible::removeSelection(int) {
    voice_.access().selection.clear();
    voice_.access().view.update();
}

void MessageAccessible::scrollToSubstring(int from, int to) {
    const TranscriptPosition first = positionOf(from);
    if (first.message < 0) return;
    TranscriptLayout& layout = voice_.access().layout;
    layout.live(first.message).block(first.block).reveal(first.offset);
    const qreal top = layout.caretAt(first).top();
    voice_.access().reveal(top, layout.caretAt(positionOf(std::max(from, to))).bottom());
}

} // namespace ponder::ui
