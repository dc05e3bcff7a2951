#pragma once

#include "engine/prompt.h"
#include "engine/sampling/grammar_masks.h"

#include <string>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// Holds an answer to a grammar: which tokens may come next. Thoughts are free, but cannot end the answer;
/// behind them, the text follows the grammar from its first byte to its last, and only then may the answer
/// end. One answer; one thread.
class AnswerConstraint {
public:
    /// `masks` begin anew. All must outlive it, but the prompt. Throws Error: an answer to go on from does
    /// not follow the grammar.
    AnswerConstraint(const LoadedModel& loaded, GrammarMasks& masks, const ChatRequest& request,
                     const Prompt& prompt);

    /// What may come next where `splitter` stands. Valid until the next call. Throws Error: the vocabulary
    /// cannot write what would have to come, or the grammar can be read in too many ways.
    const TokenMask& allowed(const AnswerSplitter& splitter);

    /// The answer's next token, drawn or not: the splitter stood at `before` and made `pieces` of it. Throws
    /// Error where one that was not drawn does not follow the grammar.
    void take(TokenId token, AnswerSplitter::State before, const AnswerSplitter& splitter,
              const std::vector<AnswerPiece>& pieces);

    /// Is the text complete, with nothing that may follow?
    bool isWhole(const AnswerSplitter& splitter) const;
    bool canEnd() const { return !ends_.empty(); } ///< does the vocabulary have a token for it?

private:
    using State = AnswerSplitter::State;

    void begin(const ChatRequest& request, const Prompt& prompt);
    void findTokens();
    void takeText(std::string_view bytes);
    void addTextTokens();
    void addOpenerTokens();
    void addThoughtTokens();
    bool mayClose(std::string_view bytes);
    void add(std::string_view name);

    const LoadedModel& loaded_;
    GrammarMasks& masks_;
    TokenMask mask_;    ///< what `allowed` hands out
    TokenMask thought_; ///< everything that does not end the answer
    std::vector<TokenId> ends_;
    std::vector<TokenId> closers_; ///< where marks are ordinary text: tokens with a closer's last letter
    bool mayThink_ = false;        ///< nothing was said yet, and a thought may be opened
    bool mayBeText_ = true;        ///< what was said before it is known whether it opens a thought
    bool isText_ = true; ///< where the splitter stands in text, it is the answer's; else a head follows
    bool anyText_ = false;
    std::string tail_; ///< what may be the beginning of a mark that is ordinary text
};

} // namespace ponder::engine
