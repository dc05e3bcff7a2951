#pragma once

#include "engine/engine.h"
#include "engine/text/reasoning_format.h"

#include <string>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// Tells thought from answer while tokens arrive, by token and not by text wherever the model's marks are
/// special tokens: a literal `</think>` in code stays text. Whole characters only, invalid bytes become
/// U+FFFD; white space around thoughts is dropped, thoughts after the first begin a new paragraph. Feeding
/// token by token or all at once gives the same. One answer each; single thread.
class AnswerSplitter {
public:
    /// Where the prompt ends: at the beginning of the answer or of a thought, or amid one that is continued.
    enum class Start { InText, WithinText, InReasoning, WithinReasoning };
    AnswerSplitter(ReasoningFormat format, Start start);

    enum class State {
        Opening, ///< at the beginning, where marks are text: is this the opener?
        Header,  ///< between an opener and its thought
        Thought,
        Between, ///< Harmony: behind a thought's end
        Name,    ///< Harmony: a message's role and channel
        Text,
        Done,
    };
    /// What the tokens so far have led into.
    State where() const { return state_; }

    /// Takes one token's bytes; returns what became certain, in order (possibly nothing). The tokens of all
    /// pieces, those of `finish` included, are the tokens taken.
    /// `special`: a control token, or a mark of the format that is a token of its own.
    std::vector<AnswerPiece> take(std::string_view bytes, bool special);
    /// What was held back, at the end of the answer.
    std::vector<AnswerPiece> finish();
    /// "reasoning" or "answer": where the next token would go. "done" behind a token that ends the answer.
    std::string_view state() const;
    /// Amid a thought and between two characters: markup that closes it may follow.
    bool closable() const { return state_ == State::Thought && bytes_.empty(); }

private:
    bool takeSpecial(std::string_view name);
    bool takeHarmonyMark(std::string_view name);
    void takeText(std::string_view bytes);
    void route(std::string_view text);
    void lookForOpener();
    void lookForHeader();
    void lookForCloser();
    void openThought(State state);
    void closeThought();
    void textWasThought();
    void beginMessage();
    void closeCharacter();
    void closeStretch();
    void close();
    void emitThought(std::string_view text);
    void emitText(std::string_view text);
    void emit(PieceKind kind, std::string_view text);
    std::vector<AnswerPiece> handOver();

    ReasoningFormat format_;
    State state_ = State::Text;
    std::string bytes_; ///< the beginning of a character whose rest may still come
    std::string held_;  ///< the beginning of a mark, a header or a name
    std::string space_; ///< white space that only counts if more of the same kind follows
    std::string soFar_; ///< the text, as long as it may turn out to be a thought
    bool mayBeThought_ = false;
    bool hasChannel_ = false; ///< Harmony: the message being opened names one
    bool anyThought_ = false;
    bool anyText_ = false;
    bool thoughtBegins_ = false;
    bool afterThought_ = false; ///< no text yet, and a thought before it
    int tokens_ = 0;            ///< taken, not yet part of a piece
    std::vector<AnswerPiece> pieces_;
};

} // namespace ponder::engine
