#include "ui/finding/findable_text.h"

#include <algorithm>
#include <tuple>

namespace ponder::ui {

QString shownText(const MarkdownBlock& block) {
    if (block.kind != MarkdownKind::Table) return block.content.text;
    QString text;
    for (const InlineText& cell : block.cells) {
        if (&cell != &block.cells.front()) text += u'\n';
        text += cell.text;
    }
    return text;
}

void FindableText::addPart(int part, const std::vector<MarkdownBlock>& blocks) {
    for (size_t i = 0; i < blocks.size(); ++i) {
        FoldedText folded = foldText(shownText(blocks[i]));
        blocks_.push_back({part, int(i), int(text_.size()), std::move(folded.origins)});
        text_ += folded.text;
        text_ += u'\n';
    }
}

std::vector<FoundPlace> FindableText::find(const std::vector<QStringMatcher>& words) const {
    std::vector<FoundPlace> places;
    for (const QStringMatcher& word : words) {
        const int length = int(word.pattern().size());
        if (length == 0) continue;
        auto block = blocks_.begin();
        for (qsizetype at = word.indexIn(text_); at >= 0; at = word.indexIn(text_, at + length)) {
            while (block + 1 != blocks_.end() && (block + 1)->start <= at) ++block;
            const auto origin = [&](int folded) {
                return block->origins.empty() ? folded : block->origins[size_t(folded)];
            };
            const int from = int(at) - block->start;
            places.push_back({block->part, block->index, {origin(from), origin(from + length)}, int(at)});
        }
    }
    if (words.size() < 2) return places;
    std::sort(places.begin(), places.end(), [](const FoundPlace& a, const FoundPlace& b) {
        return std::tuple(a.inMessage, -a.range.length()) < std::tuple(b.inMessage, -b.range.length());
    });
    std::vector<FoundPlace> apart;
    for (const FoundPlace& place : places) {
        const bool overlaps = !apart.empty() && apart.back().part == place.part &&
                              apart.back().block == place.block && place.range.from < apart.back().range.to;
        if (!overlaps) apart.push_back(place);
    }
    return apart;
}

} // namespace ponder::ui
