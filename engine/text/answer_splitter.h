#pragma once

#include "engine/engine.h"

#include <string>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// How a model marks its thoughts (conventions.md, "Reasoning format"). `None` has no thoughts.
struct ReasoningFormat {
    std::string name; ///< "none", "think", "harmony", …
    /// The formats known by name; throws Error for another name.
    static ReasoningFormat named(std::string_view name);
};

/// Tells thought from answer while tokens arrive, by token and not by text wherever the model's markers are special
/// tokens: a literal `</think>` in code stays text. Holds back incomplete UTF-8. Feeding token by token or all at
/// once gives the same. One answer each; single thread.
class AnswerSplitter {
public:
    enum class Start { InText, InReasoning };
    AnswerSplitter(ReasoningFormat format, Start start);

    /// Takes one token's bytes; returns what became certain, in order (possibly nothing).
    std::vector<AnswerPiece> take(std::string_view bytes, bool special);
    /// What was held back, at the end of the answer.
    std::vector<AnswerPiece> finish();
    /// "reasoning" or "answer": where the next token would go.
    std::string_view state() const;

private:
    ReasoningFormat format_;
    Start start_;
};

} // namespace ponder::engine
