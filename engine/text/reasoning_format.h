#pragma once

#include "engine/text/tokenizer.h"

#include <string>
#include <string_view>

namespace ponder::engine {

/// How a model marks its thoughts (conventions.md, "Reasoning format").
struct ReasoningFormat {
    enum class Kind {
        None,    ///< no thoughts
        Tokens,  ///< between two special tokens
        Text,    ///< between two marks that the model spells as ordinary text
        Harmony, ///< messages with a channel each: analysis, commentary, final
    };

    std::string name = "none"; ///< "none", "think", "think-text", "harmony", …
    Kind kind = Kind::None;
    std::string opener; ///< "<think>"; empty for None and Harmony
    std::string closer;
    std::string header;      ///< what the model writes between the opener and the thought
    std::string afterOpener; ///< white space that a prompt puts around the marks
    std::string afterCloser;
    /// What the family's makers end a thought with that is cut short, so that the model takes to answering.
    std::string lastWords;

    bool hasThoughts() const { return kind != Kind::None; }
    /// Is a token of this text one of the format's marks?
    bool marks(std::string_view token) const;

    /// A format by its name; throws Error for another name.
    static ReasoningFormat named(std::string_view name);
};

/// The format whose marks are special tokens of the vocabulary, or stand in the template where they are not.
ReasoningFormat detectReasoningFormat(const Tokenizer& tokenizer, std::string_view templateSource,
                                      std::string_view architecture);

/// Does the prompt end inside a thought? `markupTail` is the markup at its end.
bool promptOpensReasoning(const ReasoningFormat& format, std::string_view markupTail);

/// Markup that opens a thought at the beginning of an answer.
std::string openingText(const ReasoningFormat& format);
/// Markup that begins the answer's text where no thought was; empty where text needs none.
std::string answerOpeningText(const ReasoningFormat& format);
/// Markup that closes a thought and begins the answer's text.
std::string closingText(const ReasoningFormat& format);

} // namespace ponder::engine
