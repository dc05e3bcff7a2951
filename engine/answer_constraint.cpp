#include "engine/answer_constraint.h"

#include "engine/support/error.h"

#include <algorithm>

namespace ponder::engine {

namespace {

using Kind = ReasoningFormat::Kind;

constexpr std::string_view kSpace = " \t\n\v\f\r";
constexpr std::string_view kMessage = "<|message|>";

std::string_view withoutSpaceAtStart(std::string_view text) {
    return text.substr(std::min(text.size(), text.find_first_not_of(kSpace)));
}

} // namespace

AnswerConstraint::AnswerConstraint(const LoadedModel& loaded, GrammarMasks& masks, const ChatRequest& request,
                                   const Prompt& prompt)
    : loaded_(loaded), masks_(masks), thought_(static_cast<std::size_t>(loaded.tokenizer.size())) {
    masks_.restart();
    findTokens();
    begin(request, prompt);
}

void AnswerConstraint::findTokens() {
    const Tokenizer& tokenizer = loaded_.tokenizer;
    const bool hasTextMarks = loaded_.reasoning.kind == Kind::Text;
    for (TokenId id = 0; id < tokenizer.size(); ++id) {
        if (tokenizer.endsAnswer(id)) {
            ends_.push_back(id);
            continue;
        }
        thought_.add(id);
        if (hasTextMarks && tokenizer.bytes(id).find(loaded_.reasoning.closer.back()) != std::string::npos)
            closers_.push_back(id);
    }
}

void AnswerConstraint::begin(const ChatRequest& request, const Prompt& prompt) {
    const bool goesOn = request.continued && !request.continued->tokens.empty();
    AnswerSplitter splitter = prompt.splitter;
    if (goesOn) splitter = AnswerSplitter(loaded_.reasoning, composePrompt(loaded_, request).templateStart);
    if (loaded_.reasoning.kind == Kind::Harmony) {
        const TokenId last = prompt.tokens.empty() ? -1 : prompt.tokens.back();
        const bool isHeadDone = last >= 0 && loaded_.tokenizer.bytes(last) == kMessage;
        isText_ = (isHeadDone && !goesOn) || (request.continued && !request.continued->text.empty());
    }
    mayThink_ = request.reasoning != ReasoningMode::Off && !(request.continued && !goesOn);
    if (goesOn) {
        for (const TokenId token : request.continued->tokens) {
            if (loaded_.tokenizer.endsAnswer(token)) break;
            const State before = splitter.where();
            const std::vector<AnswerPiece> pieces = takeToken(loaded_, splitter, token);
            take(token, before, splitter, pieces);
        }
    } else if (request.continued && splitter.where() == State::Text) {
        takeText(request.continued->text);
    }
}

const TokenMask& AnswerConstraint::allowed(const AnswerSplitter& splitter) {
    const Kind kind = loaded_.reasoning.kind;
    mask_ = TokenMask(static_cast<std::size_t>(loaded_.tokenizer.size()));
    switch (splitter.where()) {
    case State::Text:
        if (isText_)
            addTextTokens();
        else
            add("<|channel|>");
        if (mayThink_ && kind == Kind::Tokens) add(loaded_.reasoning.opener);
        break;
    case State::Opening:
        if (mayBeText_) addTextTokens();
        if (mayThink_) addOpenerTokens();
        break;
    case State::Between:
        add("<|start|>");
        add("<|channel|>");
        break;
    case State::Header:
    case State::Thought:
    case State::Name:
    case State::Done:
        if (kind != Kind::Text) return thought_;
        addThoughtTokens();
        break;
    }
    if (!mask_.empty()) return mask_;
    throw Error(
        "This model's vocabulary cannot write what the JSON schema asks for at this place. Choose another "
        "model, or loosen the schema.");
}

void AnswerConstraint::addTextTokens() {
    mask_ = masks_.allowed();
    if (!masks_.complete()) return;
    for (const TokenId id : ends_) mask_.add(id);
}

void AnswerConstraint::add(std::string_view name) {
    const TokenId id = loaded_.tokenizer.find(name);
    if (id >= 0) mask_.add(id);
}

/// Tokens that spell the opener on, where it is ordinary text.
void AnswerConstraint::addOpenerTokens() {
    const std::string_view opener = loaded_.reasoning.opener;
    for (TokenId id = 0; id < loaded_.tokenizer.size(); ++id) {
        const std::string_view bytes = loaded_.tokenizer.bytes(id);
        if (bytes.empty() || bytes.size() > opener.size() + 1 || !thought_.has(id)) continue;
        const std::string text = tail_ + std::string(bytes);
        const std::string_view begun = withoutSpaceAtStart(text);
        if (!begun.empty() && opener.starts_with(begun)) mask_.add(id);
    }
}

/// A token may carry the closer's end and more: that has to be the beginning of the text.
void AnswerConstraint::addThoughtTokens() {
    mask_ = thought_;
    for (const TokenId id : closers_) {
        if (!mayClose(loaded_.tokenizer.bytes(id))) mask_.remove(id);
    }
}

bool AnswerConstraint::mayClose(std::string_view bytes) {
    const std::string text = tail_ + std::string(bytes);
    const std::size_t closer = text.find(loaded_.reasoning.closer);
    if (closer == std::string::npos) return true;
    const auto rest =
        withoutSpaceAtStart(std::string_view(text).substr(closer + loaded_.reasoning.closer.size()));
    const bool isRight = rest.empty() || masks_.take(rest);
    masks_.restart();
    return isRight;
}

void AnswerConstraint::take(TokenId token, State before, const AnswerSplitter& splitter,
                            const std::vector<AnswerPiece>& pieces) {
    const std::string_view bytes = loaded_.tokenizer.bytes(token);
    const State after = splitter.where();
    if (before == State::Text && isText_) {
        if (after == State::Text) takeText(bytes);
    } else if (before == State::Opening) {
        tail_ += bytes;
        mayBeText_ = mayBeText_ && masks_.take(bytes);
        if (after == State::Thought) {
            masks_.restart();
            tail_.clear();
        } else if (after == State::Text && !mayBeText_) {
            takeText(tail_);
        }
        mayThink_ = mayThink_ && after == State::Opening;
        return;
    } else if (after == State::Text && before != State::Text) {
        isText_ = true;
        if (loaded_.reasoning.kind == Kind::Text) {
            masks_.restart();
            for (const AnswerPiece& piece : pieces) {
                if (piece.kind == PieceKind::Text) takeText(piece.text);
            }
        }
    } else if (loaded_.reasoning.kind == Kind::Text) {
        const std::size_t most = loaded_.reasoning.closer.size() - 1;
        tail_ += bytes;
        if (tail_.size() > most) tail_.erase(0, tail_.size() - most);
    }
    mayThink_ = false;
}

/// White space before the text may be of any kind where it was not drawn.
void AnswerConstraint::takeText(std::string_view bytes) {
    const std::string_view words = anyText_ ? bytes : withoutSpaceAtStart(bytes);
    if (!masks_.take(bytes) && !words.empty() && !masks_.take(words))
        throw Error(
            "The answer that is to be continued does not follow the JSON schema. Ask anew, or leave the "
            "schema out.");
    anyText_ = anyText_ || !words.empty();
}

bool AnswerConstraint::isWhole(const AnswerSplitter& splitter) const {
    return splitter.where() == State::Text && isText_ && masks_.complete() && !masks_.goesOn();
}

} // namespace ponder::engine
