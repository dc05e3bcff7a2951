#include "ui/finding/title_match.h"

#include "ui/finding/text_folding.h"

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kAtStart = 100;
constexpr int kAtWord = 70;
constexpr int kInside = 40;
constexpr int kScattered = 10;
// Two letters in order are in almost every title.
constexpr int kFewestScattered = 3;

bool isWordStart(const QString& text, qsizetype at) {
    return at == 0 || !text[at - 1].isLetterOrNumber() || (text[at - 1].isLower() && text[at].isUpper());
}

std::optional<TitleMatch> matchWord(const QString& word, const QString& title) {
    qsizetype inside = -1;
    for (qsizetype at = title.indexOf(word, 0, Qt::CaseInsensitive); at >= 0;
         at = title.indexOf(word, at + 1, Qt::CaseInsensitive)) {
        const TextRange range{int(at), int(at + word.size())};
        if (at == 0) return TitleMatch{kAtStart, {range}};
        if (isWordStart(title, at)) return TitleMatch{kAtWord, {range}};
        if (inside < 0) inside = at;
    }
    if (inside >= 0) return TitleMatch{kInside, {{int(inside), int(inside + word.size())}}};
    if (word.size() < kFewestScattered) return std::nullopt;
    TitleMatch match{kScattered, {}};
    qsizetype from = 0;
    for (const QChar letter : word) {
        const qsizetype at = title.indexOf(letter, from, Qt::CaseInsensitive);
        if (at < 0) return std::nullopt;
        if (isWordStart(title, at)) ++match.score;
        if (!match.marks.empty() && match.marks.back().to == at)
            ++match.marks.back().to;
        else
            match.marks.push_back({int(at), int(at) + 1});
        from = at + 1;
    }
    // Letters all over the title are a coincidence.
    if (match.marks.size() > size_t(word.size() + 1) / 2 + 1) return std::nullopt;
    return match;
}

} // namespace

std::optional<TitleMatch> matchTitle(const QString& typed, const QString& title) {
    const FoldedText folded = foldText(title);
    const QString query = foldText(typed).text.simplified();
    TitleMatch whole;
    for (const QString& word : query.split(u' ', Qt::SkipEmptyParts)) {
        const std::optional<TitleMatch> match = matchWord(word, folded.text);
        if (!match) return std::nullopt;
        whole.score += match->score;
        for (const TextRange& range : match->marks)
            whole.marks.push_back({folded.originOf(range.from), folded.originOf(range.to)});
    }
    std::sort(whole.marks.begin(), whole.marks.end(),
              [](const TextRange& a, const TextRange& b) { return a.from < b.from; });
    return whole;
}

bool beginsWords(const QString& typed, const QString& words) {
    const QString folded = foldText(words).text;
    const QStringList query = foldText(typed).text.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(query.begin(), query.end(), [&](const QString& word) {
        const std::optional<TitleMatch> match = matchWord(word, folded);
        return match && match->score >= kAtWord;
    });
}

} // namespace ponder::ui
