#include "engine/answer_run.h"

#include <chrono>
#include <utility>

namespace ponder::engine {

AnswerRun::AnswerRun(const LoadedModel& loaded, Timeline& timeline, const ChatRequest& request, Prompt prompt,
                     const AnswerSink& sink, GrammarMasks* schema)
    : loaded_(loaded), timeline_(timeline), request_(request), sink_(sink), prompt_(std::move(prompt)),
      sampler_(Sampler::merged(request.sampling, loaded.sampling)), stopTexts_(request.sampling.stopTexts),
      mostTokens_(request.maximumTokens > 0 ? request.maximumTokens : timeline.contextTokens()) {
    if (schema) constraint_.emplace(loaded, *schema, request, prompt_);
}

AnswerSummary AnswerRun::run(AnswerSummary summary, const std::stop_token& stop) {
    const auto begin = std::chrono::steady_clock::now();
    summary.seed = sampler_.seed();
    summary.stop = StopReason::EndOfAnswer;
    handOut(prompt_.pieces);
    if (!prompt_.ended) {
        while (goesOn(summary, stop)) {
        }
    }
    handOut(prompt_.splitter.finish());
    if (!stopTexts_.hit()) emit({PieceKind::Text, stopTexts_.finish(), 0});
    summary.answerSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return summary;
}

/// One token more. False: the answer ends here, and `summary` says why.
bool AnswerRun::goesOn(AnswerSummary& summary, const std::stop_token& stop) {
    const auto end = [&](StopReason reason) {
        summary.stop = reason;
        return false;
    };
    if (isWhole(summary)) return end(StopReason::EndOfAnswer);
    if (timeline_.full()) return end(StopReason::ContextFull);
    if (summary.answerTokens >= mostTokens_) return end(StopReason::TokenLimit);
    if (isOverBudget(summary)) {
        closeThought(summary);
        return true;
    }
    if (constraint_) sampler_.allowOnly(&constraint_->allowed(prompt_.splitter));
    const std::optional<TokenId> token = timeline_.next(sampler_, stop);
    if (!token || stop.stop_requested()) return end(StopReason::Cancelled);
    if (loaded_.tokenizer.endsAnswer(*token)) {
        ++summary.answerTokens;
        return end(StopReason::EndOfAnswer);
    }
    take(*token, summary);
    return stopTexts_.hit() ? end(StopReason::StopText) : true;
}

/// Is all said that the schema allows, where no token would be left to say so with?
bool AnswerRun::isWhole(const AnswerSummary& summary) const {
    if (!constraint_ || !constraint_->isWhole(prompt_.splitter)) return false;
    return !constraint_->canEnd() || timeline_.full() || summary.answerTokens >= mostTokens_;
}

bool AnswerRun::isOverBudget(const AnswerSummary& summary) const {
    return request_.reasoningBudget > 0 && summary.reasoningTokens >= request_.reasoningBudget &&
           prompt_.splitter.closable();
}

/// What is written here the model takes for its own words: they are part of the thought and of the history.
void AnswerRun::closeThought(AnswerSummary& summary) {
    const std::string& lastWords = loaded_.reasoning.lastWords;
    std::vector<TokenId> tokens = loaded_.tokenizer.encode(lastWords, SpecialTokens::AsText);
    const std::string_view before =
        tokens.empty() ? loaded_.tokenizer.bytes(timeline_.tokens().back()) : lastWords;
    for (const TokenId token : closingTokens(loaded_, before)) tokens.push_back(token);
    for (const TokenId token : tokens) {
        if (timeline_.full()) return;
        timeline_.append(token);
        take(token, summary);
    }
    summary.reasoningCut = true;
}

void AnswerRun::take(TokenId token, AnswerSummary& summary) {
    ++summary.answerTokens;
    if (prompt_.splitter.state() == "reasoning") ++summary.reasoningTokens;
    const AnswerSplitter::State before = prompt_.splitter.where();
    const std::vector<AnswerPiece> pieces = takeToken(loaded_, prompt_.splitter, token);
    if (constraint_) constraint_->take(token, before, prompt_.splitter, pieces);
    handOut(pieces);
}

/// Hands the pieces on, but holds back what may become a stop text.
void AnswerRun::handOut(const std::vector<AnswerPiece>& pieces) {
    for (const AnswerPiece& piece : pieces) {
        if (stopTexts_.hit()) return;
        if (piece.kind == PieceKind::Text) {
            emit({piece.kind, stopTexts_.take(piece.text), piece.tokens});
            continue;
        }
        // A stop text does not reach across a thought.
        if (piece.kind == PieceKind::Reasoning)
            emit({PieceKind::Text, stopTexts_.finish(), 0});
        else
            stopTexts_.forget();
        emit(piece);
    }
}

void AnswerRun::emit(const AnswerPiece& piece) const {
    if (sink_.piece && (!piece.text.empty() || piece.tokens > 0)) sink_.piece(piece);
}

} // namespace ponder::engine
