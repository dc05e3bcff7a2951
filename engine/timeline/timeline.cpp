#include "engine/timeline/timeline.h"

#include "engine/support/check.h"
#include "engine/support/seconds_since.h"

#include <algorithm>
#include <utility>

namespace ponder::engine {

namespace {

// Where a cache is cut back to checkpoints, the last chunk is short, so that one lies before the words that
// open the answer: the next turn's prompt agrees up to there, not to the very end.
constexpr int kLastChunkTokens = 16;
// A row of logits for each of them: 10 MB for the largest vocabularies.
constexpr int kReplayTokens = 12;

} // namespace

Timeline::Timeline(const Model& model, Backend& backend, const TimelineOptions& options)
    : model_(model),
      decoder_(model, backend, options.rotaryTokens > 0 ? options.rotaryTokens : options.contextTokens),
      cache_(model.config(), options.cacheType, options.contextTokens, CacheOf::Trunk, options.windows),
      drafting_(options.drafting) {
    if (drafting_ == Drafting::Off || !model.config().draftHead) return;
    // A guess is forgotten by cutting the cache back by one, which what is carried does not allow.
    CHECK(cache_.carriedNumbers() == 0);
    drafter_.emplace(model, options.cacheType, options.contextTokens);
}

int Timeline::shared(std::span<const TokenId> tokens) const {
    const auto end = std::mismatch(tokens.begin(), tokens.end(), tokens_.begin(), tokens_.end()).first;
    // The last token is evaluated again even if it is known: its logits are wanted.
    return std::min(static_cast<int>(end - tokens.begin()), static_cast<int>(tokens.size()) - 1);
}

int Timeline::reusable(std::span<const TokenId> tokens) const {
    return tokens.empty() ? 0 : cache_.reachable(std::min(shared(tokens), cache_.length()));
}

Timeline::Sync Timeline::sync(std::span<const TokenId> tokens,
                              const std::function<void(int done, int total)>& progress,
                              std::stop_token stop) {
    CHECK(!tokens.empty() && static_cast<int>(tokens.size()) <= cache_.capacity());
    rewind(shared(tokens));
    const int reused = cache_.length();
    const int total = static_cast<int>(tokens.size()) - reused;
    const int last = cache_.returnsAnywhere() ? 0 : kLastChunkTokens;
    while (cache_.length() < static_cast<int>(tokens.size())) {
        const auto report = [&](int evaluated) {
            if (progress) progress(cache_.length() - reused + evaluated, total);
        };
        const int left = static_cast<int>(tokens.size()) - cache_.length();
        const int count = left > last ? std::min(kChunkTokens, left - last) : left;
        const auto chunk =
            tokens.subspan(static_cast<std::size_t>(cache_.length()), static_cast<std::size_t>(count));
        const LogitsOf wanted = count == left ? LogitsOf::LastToken : LogitsOf::NoToken;
        if (step(chunk, wanted, stop, report) == StepResult::Stopped) return {StepResult::Stopped, reused};
        cache_.checkpoint();
    }
    if (drafter_) drafter_->catchUp(decoder_, tokens_);
    meter_.beginAnswer();
    if (progress) progress(total, total);
    return {StepResult::Done, reused};
}

Timeline::Sync Timeline::replay(std::span<const TokenId> tokens, int first, const Visit& visit,
                                const std::function<void(int done, int total)>& progress,
                                std::stop_token stop) {
    const int last = static_cast<int>(tokens.size()) - 1; // nobody asks what follows it
    CHECK(first > 0 && first <= last && last < cache_.capacity());
    rewind(std::min(shared(tokens), first - 1));
    const int reused = cache_.length();
    while (cache_.length() < last) {
        const int at = cache_.length();
        const auto report = [&](int evaluated) {
            if (progress) progress(at - reused + evaluated, last - reused);
        };
        const bool shows = at >= first - 1;
        const int count = shows ? std::min(kReplayTokens, last - at) : std::min(kChunkTokens, first - 1 - at);
        const auto chunk = tokens.subspan(static_cast<std::size_t>(at), static_cast<std::size_t>(count));
        const LogitsOf wanted = shows ? LogitsOf::EveryToken : LogitsOf::NoToken;
        if (step(chunk, wanted, stop, report) == StepResult::Stopped) return {StepResult::Stopped, reused};
        if (!shows) {
            cache_.checkpoint();
            continue;
        }
        const std::span<const float> logits = decoder_.logits();
        const std::size_t row = logits.size() / static_cast<std::size_t>(count);
        for (int i = 0; i < count; ++i)
            visit(at + i + 1, logits.subspan(static_cast<std::size_t>(i) * row, row));
    }
    tokens_.push_back(tokens.back());
    if (progress) progress(last - reused, last - reused);
    return {StepResult::Done, reused};
}

StepResult Timeline::step(std::span<const TokenId> tokens, LogitsOf wanted, std::stop_token stop,
                          const std::function<void(int evaluated)>& report) {
    // A layer of all tokens counts like some tokens in all layers.
    const auto count = static_cast<int>(tokens.size());
    const int layers = model_.config().layers;
    const auto entering = [&](int layer) { report(count * layer / layers); };
    const StepResult result = decoder_.forward(tokens, cache_, wanted, std::move(stop), entering);
    if (result == StepResult::Stopped) return result;
    const int first = static_cast<int>(tokens_.size());
    tokens_.insert(tokens_.end(), tokens.begin(), tokens.end());
    logits_ = decoder_.logits();
    follow(first, static_cast<int>(tokens.size()));
    return result;
}

/// Shows the draft head the first `positions` of what the decoder evaluated last.
void Timeline::follow(int first, int positions) {
    if (!drafter_) return;
    const auto numbers =
        static_cast<std::size_t>(positions) * static_cast<std::size_t>(model_.config().width);
    drafter_->follow(decoder_, evaluated(), first, decoder_.hidden().first(numbers));
}

void Timeline::fork(const Timeline& other, std::span<const TokenId> tokens) {
    CHECK(tokens_.empty());
    const int wanted = std::min({other.shared(tokens), other.cache_.length(), cache_.capacity()});
    const int copied = cache_.copy(other.cache_, std::max(0, wanted));
    tokens_.assign(tokens.begin(), tokens.begin() + copied);
}

void Timeline::append(TokenId token) {
    CHECK(!full());
    tokens_.push_back(token);
}

std::optional<TokenId> Timeline::next(Sampler& sampler, std::stop_token stop) {
    CHECK(!tokens_.empty() && !full());
    guess_.reset();
    if (length() < tokens_.size() && evaluateLast(std::move(stop)) == StepResult::Stopped)
        return std::nullopt;
    const TokenId token = sampler.next(logits_, tokens_);
    tokens_.push_back(token);
    if (guess_) judge(*guess_);
    return token;
}

DraftMeter::Pass Timeline::nextPass() const {
    // A guess is for the token behind the only one that is not evaluated.
    const bool canGuess = drafter_ && drafter_->canGuess(tokens_.size());
    if (!canGuess) return DraftMeter::Pass::Plain;
    if (drafting_ == Drafting::Always) return DraftMeter::Pass::Drafted;
    return measures() ? meter_.next() : DraftMeter::Pass::Plain;
}

/// Until weights are in memory a pass takes as long as they take to be read.
bool Timeline::measures() const {
    return drafting_ == Drafting::WherePays && drafter_ && model_.unreadBytes() == 0;
}

/// Evaluates the tokens that are not yet, and behind them, if that is to be, a guess: `guess_`.
StepResult Timeline::evaluateLast(std::stop_token stop) {
    const int first = cache_.length();
    std::vector<TokenId> pending(tokens_.begin() + first, tokens_.end());
    const DraftMeter::Pass pass = nextPass();
    // What was left to do while nobody guessed is not this guess's cost.
    if (pass == DraftMeter::Pass::Drafted) drafter_->catchUp(decoder_, evaluated());
    const auto start = Clock::now();
    if (pass == DraftMeter::Pass::Drafted) pending.push_back(drafter_->guess(decoder_, tokens_));
    const LogitsOf wanted = pass == DraftMeter::Pass::Drafted ? LogitsOf::EveryToken : LogitsOf::LastToken;
    if (decoder_.forward(pending, cache_, wanted, std::move(stop)) == StepResult::Stopped)
        return StepResult::Stopped;
    passSeconds_ = secondsSince(start);
    if (pass == DraftMeter::Pass::Plain) {
        logits_ = decoder_.logits();
        follow(first, static_cast<int>(pending.size()));
        if (pending.size() == 1 && measures()) meter_.record(pass, passSeconds_, 1);
        return StepResult::Done;
    }
    guess_ = pending.back();
    // Its row lies behind the others and counts if the guess is right.
    cache_.rewind(cache_.length() - 1);
    logits_ = decoder_.logits().first(decoder_.logits().size() / 2);
    return StepResult::Done;
}

/// The guess stood where the last token was drawn: were they the same?
void Timeline::judge(TokenId guess) {
    const bool isRight = tokens_.back() == guess;
    ++counts_.made;
    counts_.right += isRight;
    if (measures()) meter_.record(DraftMeter::Pass::Drafted, passSeconds_, isRight ? 2 : 1);
    const int first = cache_.length() - 1;
    if (isRight) {
        cache_.commit(1);
        logits_ = decoder_.logits().last(logits_.size());
    }
    follow(first, isRight ? 2 : 1);
}

void Timeline::rewind(int position) {
    const int length = cache_.rewind(std::min(position, cache_.length()));
    tokens_.resize(static_cast<std::size_t>(length));
    if (drafter_) drafter_->rewind(length);
}

void Timeline::adopt(std::span<const TokenId> tokens, std::span<const float> carried) {
    CHECK(static_cast<int>(tokens_.size()) == cache_.length());
    cache_.restore(static_cast<int>(tokens.size()), carried);
    tokens_.insert(tokens_.end(), tokens.begin(), tokens.end());
}

} // namespace ponder::engine
