// How TranscriptView shows what has been found in it, and goes to a message.
#include "ui/transcript_find.h"
#include "ui/transcript_layout.h"
#include "ui/transcript_pointer.h"
#include "ui/transcript_scroll.h"
#include "ui/transcript_scroll_marks.h"
#include "ui/transcript_view.h"

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kBarRoom = 64; // the find bar lies over the top of the view
constexpr int kMostFolds = 4;
// What is scrolled past on the way gets its true height, which moves the place once more.
constexpr int kMostRounds = 4;

} // namespace

void TranscriptView::connectFind() {
    connect(find_, &TranscriptFind::currentChosen, this, &TranscriptView::revealFound);
    connect(find_, &TranscriptFind::changed, this, [this] {
        placeScrollMarks();
        viewport()->update();
        emit foundChanged();
    });
}

void TranscriptView::findWords(const QStringList& words, LetterCase letterCase, int fromMessage) {
    int first = isEmpty() ? 0 : layout_->messageAt(scroll_->top());
    for (int i = 0; i < layout_->count(); ++i) {
        if (fromMessage != 0 && messages()[size_t(i)].id == fromMessage) first = i;
    }
    find_->setWords(words, letterCase, first);
}

void TranscriptView::findNext() {
    find_->next();
}

void TranscriptView::findPrevious() {
    find_->previous();
}

FindCount TranscriptView::findCount() const {
    return {find_->currentNumber(), find_->count(), find_->isComplete()};
}

void TranscriptView::placeScrollMarks() {
    std::vector<qreal> places;
    qreal chosen = -1;
    const qreal whole = std::max(1.0, layout_->totalHeight());
    const auto placeOf = [&](int message, const FoundPlace& place) {
        return (layout_->topOf(message) + layout_->heightOf(message) * find_->depthOf(message, place)) /
               whole;
    };
    for (int i = 0; i < layout_->count(); ++i) {
        for (const FoundPlace& place : find_->placesIn(i)) places.push_back(placeOf(i, place));
    }
    if (const auto current = find_->current()) chosen = placeOf(current->message, current->place);
    scrollMarks_->setPlaces(places, chosen);
}

/// Opens what hides the place and scrolls to it.
void TranscriptView::revealFound() {
    const auto found = find_->current();
    if (!found || found->message >= layout_->count() || found->message == layout_->editedMessage()) return;
    const int part = found->place.part;
    TranscriptMessage& live = layout_->live(found->message);
    const auto offset = [&] { return live.rangeOf(part, found->place.block).from + found->place.range.from; };
    if (part >= live.blockCount()) return;
    for (int fold = 0; fold < kMostFolds; ++fold) {
        if (live.uncover(part, offset()) != BlockEffect::Relayout) break;
        pointer_->forget();
        layout_->relayout(found->message);
    }
    live.block(part).reveal(offset());
    for (int round = 0; round < kMostRounds; ++round) {
        const QRectF caret = layout_->caretAt({found->message, part, offset()});
        const int top = scroll_->top();
        const int shown = viewport()->height();
        const bool seen = caret.top() >= top + kBarRoom && caret.bottom() <= top + shown;
        if (seen && round == 0) {
            scroll_->stay();
            break;
        }
        const qreal from = caret.center().y() - shown / 2.0;
        scroll_->reveal(from, from + shown);
        settle();
        if (scroll_->top() == top) break;
    }
    viewport()->update();
}

void TranscriptView::showMessage(int id) {
    const auto at = std::find_if(messages().begin(), messages().end(),
                                 [id](const MessageContent& message) { return message.id == id; });
    if (at == messages().end()) return;
    const int message = int(at - messages().begin());
    for (int round = 0; round < kMostRounds; ++round) {
        layout_->live(message);
        const qreal from = layout_->topOf(message) - space::kLarge;
        const int top = scroll_->top();
        scroll_->reveal(from, from + viewport()->height());
        settle();
        if (scroll_->top() == top) break;
    }
}

} // namespace ponder::ui
