#include "ui/blocks/code_colouring.h"

#include "ui/script/code_languages.h"

#include <QTimer>

#include <algorithm>

namespace ponder::ui {

namespace {

// Colours are worth at most a quarter of the worker's time: the model needs the processor too.
constexpr int kCostFactor = 4;

} // namespace

CodeColouring::CodeColouring() = default;

CodeColouring::~CodeColouring() {
    if (search_ != 0 && colourer_) colourer_->cancel(search_);
}

void CodeColouring::setCode(const QString& code, const QString& language, int same) {
    const CodeLanguage* known = findCodeLanguage(language);
    if (known != language_) same = 0;
    language_ = known;
    const QString before = code_;
    code_ = code;
    if (code_.size() > kMostCharacters) {
        const qsizetype end = code_.lastIndexOf(u'\n', kMostCharacters - 1);
        code_.truncate(end > 0 ? end : kMostCharacters);
    }
    same = std::min(same, int(code_.size()));
    if (same == code_.size() && same == before.size()) return;
    keepRunsBefore(same, runs_);
    settled_ = false;
}

void CodeColouring::show(SyntaxColourer& colourer) {
    if (settled_ || !language_ || search_ != 0) return;
    colourer_ = &colourer;
    if (const SyntaxRuns* known = colourer.known(*language_, code_)) {
        settled_ = true;
        return adopt(*known);
    }
    const auto waited = std::chrono::milliseconds(sinceSearch_.isValid() ? sinceSearch_.elapsed() : 0);
    if (!sinceSearch_.isValid() || waited >= pause()) return search(colourer);
    if (std::exchange(waits_, true)) return;
    QTimer::singleShot(pause() - waited, this, [this] {
        waits_ = false;
        if (!colourer_) return;
        show(*colourer_);
        if (change_ >= 0) emit colourer_->coloured();
    });
}

std::chrono::milliseconds CodeColouring::pause() const {
    return std::max(kPause, kCostFactor * took_);
}

void CodeColouring::search(SyntaxColourer& colourer) {
    wanted_ = code_;
    sinceSearch_.start();
    search_ = colourer.find(*language_, wanted_, this,
                            [this](const SyntaxColourer::Found& found) { takeUp(found); });
}

void CodeColouring::takeUp(const SyntaxColourer::Found& found) {
    search_ = 0;
    took_ = found.took;
    sinceSearch_.start();
    const qsizetype shorter = std::min(code_.size(), wanted_.size());
    const auto differs = std::mismatch(wanted_.cbegin(), wanted_.cbegin() + shorter, code_.cbegin());
    const int same = int(differs.first - wanted_.cbegin());
    settled_ = same == code_.size() && same == wanted_.size();
    wanted_.clear();
    if (found.found) {
        SyntaxRuns runs = found.runs;
        keepRunsBefore(same, runs);
        adopt(std::move(runs));
    }
    if (!settled_) show(*colourer_);
    if (change_ >= 0) emit colourer_->coloured();
}

void CodeColouring::adopt(SyntaxRuns runs) {
    const int change = firstDifference(runs_, runs);
    if (change < 0) return;
    runs_ = std::move(runs);
    change_ = change_ < 0 ? change : std::min(change_, change);
}

int CodeColouring::takeChange() {
    return std::exchange(change_, -1);
}

} // namespace ponder::ui
