#include "ui/transcript_find.h"

#include "ui/markdown/markdown_parser.h"
#include "ui/theme.h"
#include "ui/transcript_layout.h"

#include <QElapsedTimer>

#include <algorithm>
#include <utility>

namespace ponder::ui {

namespace {

constexpr int kSlice = 5;         // ms
constexpr int kGrowthPause = 250; // ms
constexpr int kNewsPause = 60;    // ms, while more is being found

} // namespace

TranscriptFind::TranscriptFind(const Theme& theme, TranscriptLayout& layout, QObject* parent)
    : QObject(parent), theme_(theme), layout_(layout) {
    connect(&slices_, &QTimer::timeout, this, &TranscriptFind::work);
    growth_.setSingleShot(true);
    growth_.setInterval(kGrowthPause);
    connect(&growth_, &QTimer::timeout, this, [this] {
        if (entries_.empty()) return;
        if (isComplete()) asked_ = false;
        outdate(int(entries_.size()) - 1);
        work();
    });
}

TranscriptFind::~TranscriptFind() = default;

void TranscriptFind::setWords(const QStringList& words, LetterCase letterCase, int firstMessage) {
    matchers_.clear();
    for (const QString& word : words) {
        const QString folded = foldText(word).text;
        if (!folded.isEmpty())
            matchers_.emplace_back(folded, letterCase == LetterCase::Matched ? Qt::CaseSensitive
                                                                             : Qt::CaseInsensitive);
    }
    if (matchers_.empty()) return forget();
    if (const auto now = current()) {
        originMessage_ = now->message;
        originPlace_ = now->place.inMessage;
    } else {
        originMessage_ = firstMessage;
        originPlace_ = 0;
    }
    asked_ = true;
    startOver();
}

void TranscriptFind::forget() {
    slices_.stop();
    growth_.stop();
    entries_ = {};
    unsearched_ = count_ = scanned_ = 0;
    currentMessage_ = -1;
    emit changed();
}

void TranscriptFind::startOver() {
    entries_.resize(size_t(layout_.count()));
    for (Entry& entry : entries_) {
        entry.searched = false;
        entry.places.clear();
    }
    unsearched_ = int(entries_.size());
    count_ = scanned_ = 0;
    currentMessage_ = -1;
    work();
}

void TranscriptFind::takeContents() {
    if (!isOn()) return;
    const std::vector<MessageContent>& contents = layout_.contents();
    for (size_t i = contents.size(); i < entries_.size(); ++i) outdate(int(i));
    unsearched_ += int(contents.size()) - int(entries_.size());
    entries_.resize(contents.size());
    for (size_t i = 0; i < contents.size(); ++i) {
        if (!entries_[i].text || entries_[i].parts == contents[i].parts) continue;
        outdate(int(i));
        if (int(i) == currentMessage_) currentMessage_ = -1;
    }
    if (currentMessage_ >= int(entries_.size())) currentMessage_ = -1;
    scanned_ = 0;
    asked_ = false;
    work();
}

void TranscriptFind::takeGrown() {
    if (isOn() && !growth_.isActive()) growth_.start();
}

void TranscriptFind::outdate(int message) {
    Entry& entry = entries_[size_t(message)];
    if (entry.searched) ++unsearched_;
    count_ -= int(entry.places.size());
    entry = {};
    scanned_ = 0;
}

void TranscriptFind::readText(int message) {
    Entry& entry = entries_[size_t(message)];
    const MessageContent& content = layout_.contents()[size_t(message)];
    entry.parts = content.parts;
    FindableText text;
    // What is laid out has been parsed already; what grows is shown in part only.
    const bool parsed = layout_.isLive(message) || content.state == MessageState::Streaming;
    for (size_t i = 0; i < content.parts.size(); ++i) {
        if (content.parts[i].kind == PartKind::Attachment)
            text.addPart(int(i), parseNothing(content.parts[i].text));
        else if (parsed)
            text.addPart(int(i), layout_.live(message).markdownOf(int(i)));
        else
            text.addPart(int(i), parsePart(content.role, content.parts[i].kind, content.parts[i].text));
    }
    entry.text = std::move(text);
}

void TranscriptFind::search(int message) {
    Entry& entry = entries_[size_t(message)];
    if (!entry.text) readText(message);
    entry.places = entry.text->find(matchers_);
    entry.searched = true;
    --unsearched_;
    count_ += int(entry.places.size());
    if (message == currentMessage_) currentIndex_ = std::min(currentIndex_, int(entry.places.size()) - 1);
    if (currentIndex_ < 0) currentMessage_ = -1;
}

/// One slice: from the origin to the end, then from the start.
void TranscriptFind::work() {
    QElapsedTimer timer;
    timer.start();
    const int messages = int(entries_.size());
    while (unsearched_ > 0 && timer.elapsed() < kSlice) {
        const int message = (std::clamp(originMessage_, 0, messages - 1) + scanned_++) % messages;
        if (entries_[size_t(message)].searched) continue;
        search(message);
        if (currentMessage_ < 0) chooseFirst(message);
    }
    if (unsearched_ > 0) {
        slices_.start(0);
        if (sinceNews_.isValid() && sinceNews_.elapsed() < kNewsPause) return;
        sinceNews_.start();
    } else {
        slices_.stop();
        sinceNews_.invalidate();
        // All that is left lies before the origin, in its own message.
        if (currentMessage_ < 0 && count_ > 0) {
            originPlace_ = 0;
            for (int i = 0; i < messages && currentMessage_ < 0; ++i)
                chooseFirst((std::clamp(originMessage_, 0, messages - 1) + i) % messages);
        }
    }
    emit changed();
}

void TranscriptFind::chooseFirst(int message) {
    const std::vector<FoundPlace>& places = entries_[size_t(message)].places;
    const int from = message == originMessage_ ? originPlace_ : 0;
    const auto first = std::find_if(places.begin(), places.end(),
                                    [from](const FoundPlace& place) { return place.inMessage >= from; });
    if (first == places.end()) return;
    currentMessage_ = message;
    currentIndex_ = int(first - places.begin());
    if (std::exchange(asked_, false)) emit currentChosen();
}

void TranscriptFind::next() {
    step(1);
}

void TranscriptFind::previous() {
    step(-1);
}

void TranscriptFind::step(int direction) {
    if (count_ == 0 || currentMessage_ < 0) return;
    currentIndex_ += direction;
    const auto placesHere = [this] { return int(entries_[size_t(currentMessage_)].places.size()); };
    const int messages = int(entries_.size());
    while (currentIndex_ < 0 || currentIndex_ >= placesHere()) {
        currentMessage_ = (currentMessage_ + direction + messages) % messages;
        currentIndex_ = direction > 0 ? 0 : placesHere() - 1;
    }
    emit currentChosen();
    emit changed();
}

int TranscriptFind::currentNumber() const {
    if (currentMessage_ < 0) return 0;
    int before = 0;
    for (int i = 0; i < currentMessage_; ++i) before += int(entries_[size_t(i)].places.size());
    return before + currentIndex_ + 1;
}

std::optional<TranscriptFind::Current> TranscriptFind::current() const {
    if (currentMessage_ < 0) return std::nullopt;
    const std::vector<FoundPlace>& places = entries_[size_t(currentMessage_)].places;
    if (currentIndex_ >= int(places.size())) return std::nullopt;
    return Current{currentMessage_, places[size_t(currentIndex_)]};
}

const std::vector<FoundPlace>& TranscriptFind::placesIn(int message) const {
    static const std::vector<FoundPlace> kNone;
    return message < int(entries_.size()) ? entries_[size_t(message)].places : kNone;
}

qreal TranscriptFind::depthOf(int message, const FoundPlace& place) const {
    const std::optional<FindableText>& text = entries_[size_t(message)].text;
    return text && text->length() > 0 ? qreal(place.inMessage) / text->length() : 0;
}

FoundMarks TranscriptFind::marksIn(int message, const TranscriptMessage& live, int block) {
    const Colours& colours = theme_.colours();
    FoundMarks marks{.ground = colours.found,
                     .currentGround = colours.currentFound,
                     .currentBorder = colours.warning,
                     .text = colours.text};
    shownRanges_.clear();
    const std::vector<FoundPlace>& places = placesIn(message);
    auto place = std::lower_bound(places.begin(), places.end(), block,
                                  [](const FoundPlace& each, int part) { return each.part < part; });
    const std::optional<Current> chosen = current();
    int index = -1;
    TextRange shown;
    for (; place != places.end() && place->part == block; ++place) {
        if (place->block != index) shown = live.rangeOf(block, place->block);
        index = place->block;
        const TextRange range{shown.from + place->range.from, shown.from + place->range.to};
        if (range.to > shown.to) continue; // folded away
        shownRanges_.push_back(range);
        if (chosen && chosen->message == message && chosen->place == *place) marks.current = range;
    }
    marks.ranges = shownRanges_;
    return marks;
}

} // namespace ponder::ui
