#include "ui/accessible/spoken_text.h"

#include "ui/transcript_message.h"

#include <algorithm>

namespace ponder::ui {

SpokenText::SpokenText(const TranscriptMessage& message) {
    for (int i = 0; i < message.blockCount(); ++i) append(i, message.block(i));
    text_.replace(QChar(QChar::LineSeparator), u'\n');
    // The bus of the screen readers ends a text at its first NUL.
    text_.replace(QChar(QChar::Null), QChar(QChar::ReplacementCharacter));
}

void SpokenText::append(int block, const Block& source) {
    const QString characters = source.text();
    const std::vector<Aside> asides = source.asides();
    if (characters.isEmpty() && asides.empty()) return;
    if (!text_.isEmpty()) text_ += u'\n';
    int from = 0;
    const auto takeUpTo = [&](int to) {
        stretches_.push_back({int(text_.size()), block, from, to - from});
        text_ += QStringView(characters).sliced(from, to - from);
        from = to;
    };
    int asidesBefore = 0;
    for (const Aside& aside : asides) {
        if (aside.at > from) takeUpTo(std::min(aside.at, int(characters.size())));
        // Several at one place of a block without characters are several lines.
        if (characters.isEmpty() && asidesBefore++ > 0) text_ += u'\n';
        text_ += aside.words;
    }
    takeUpTo(int(characters.size()));
}

SpokenText::Place SpokenText::placeOf(int offset) const {
    if (stretches_.empty()) return {};
    const auto after =
        std::upper_bound(stretches_.begin(), stretches_.end(), offset,
                         [](int value, const Stretch& stretch) { return value < stretch.start; });
    if (after == stretches_.begin()) return {stretches_.front().block, stretches_.front().from};
    const Stretch& stretch = *(after - 1);
    const int within = offset - stretch.start;
    if (within <= stretch.length || after == stretches_.end())
        return {stretch.block, stretch.from + std::min(within, stretch.length)};
    return {after->block, after->from};
}

int SpokenText::offsetOf(const Place& place) const {
    const auto after = std::upper_bound(
        stretches_.begin(), stretches_.end(), place, [](const Place& value, const Stretch& stretch) {
            return value.block != stretch.block ? value.block < stretch.block : value.offset < stretch.from;
        });
    if (after == stretches_.begin()) return 0;
    const Stretch& stretch = *(after - 1);
    if (stretch.block != place.block) return stretch.start + stretch.length;
    return stretch.start + std::clamp(place.offset - stretch.from, 0, stretch.length);
}

TextRange SpokenText::rangeOf(int block, TextRange characters) const {
    if (characters.isEmpty()) return {};
    // The end is behind its last character, not before what stands beside the next one.
    return {offsetOf({block, characters.from}), offsetOf({block, characters.to - 1}) + 1};
}

} // namespace ponder::ui
