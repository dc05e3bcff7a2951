#include "engine/text/answer_splitter.h"

#include "engine/text/answer_ends.h"
#include "engine/text/utf8.h"

#include <algorithm>
#include <utility>

namespace ponder::engine {

namespace {

using Kind = ReasoningFormat::Kind;

constexpr std::string_view kSpace = " \t\n\v\f\r";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

std::string_view withoutSpaceAtStart(std::string_view text) {
    return text.substr(std::min(text.size(), text.find_first_not_of(kSpace)));
}

std::string_view withoutSpaceAtEnd(std::string_view text) {
    return text.substr(0, text.find_last_not_of(kSpace) + 1);
}

/// Length of the longest end of `text` that `mark` may begin with, the whole mark excluded.
std::size_t beginningAtEnd(std::string_view text, std::string_view mark) {
    for (std::size_t length = std::min(text.size(), mark.size() - 1); length > 0; --length) {
        if (mark.starts_with(text.substr(text.size() - length))) return length;
    }
    return 0;
}

/// As a control token; vocabularies that have these as tags of HTML do not call them special.
bool endsAnswer(std::string_view name) {
    return isAnswerEnd(name) || name == "</s>" || name == "<eos>";
}

} // namespace

AnswerSplitter::AnswerSplitter(ReasoningFormat format, Start start) : format_(std::move(format)) {
    if (!format_.hasThoughts()) return;
    switch (start) {
    case Start::InText:
        mayBeThought_ = format_.kind == Kind::Tokens;
        if (format_.kind == Kind::Text) state_ = State::Opening;
        break;
    case Start::WithinText:
        anyText_ = true;
        break;
    case Start::InReasoning:
        openThought(format_.header.empty() ? State::Thought : State::Header);
        break;
    case Start::WithinReasoning:
        state_ = State::Thought;
        anyThought_ = true;
        break;
    }
}

std::vector<AnswerPiece> AnswerSplitter::take(std::string_view bytes, bool special) {
    ++tokens_;
    if (!special || !takeSpecial(bytes)) takeText(bytes);
    return handOver();
}

std::vector<AnswerPiece> AnswerSplitter::finish() {
    close();
    if (pieces_.empty() && tokens_ > 0) {
        pieces_.push_back({state() == "reasoning" ? PieceKind::Reasoning : PieceKind::Text, {}, 0});
    }
    return handOver();
}

std::string_view AnswerSplitter::state() const {
    switch (state_) {
    case State::Header:
    case State::Thought:
    case State::Between:
        return "reasoning";
    case State::Name:
        return anyThought_ ? "reasoning" : "answer";
    case State::Opening:
    case State::Text:
        return "answer";
    case State::Done:
        return "done";
    }
    return "answer";
}

/// False: the token is no mark, but text.
bool AnswerSplitter::takeSpecial(std::string_view name) {
    if (format_.kind == Kind::Harmony) return takeHarmonyMark(name);
    if (format_.kind == Kind::Tokens && name == format_.opener) {
        if (state_ != State::Text) return true;
        closeCharacter();
        openThought(format_.header.empty() ? State::Thought : State::Header);
        return true;
    }
    if (format_.kind == Kind::Tokens && name == format_.closer) {
        closeStretch();
        closeThought();
        return true;
    }
    if (!endsAnswer(name)) return false;
    close();
    state_ = State::Done;
    return true;
}

bool AnswerSplitter::takeHarmonyMark(std::string_view name) {
    if (name == "<|start|>" || name == "<|channel|>") {
        closeStretch();
        state_ = State::Name;
        hasChannel_ = name == "<|channel|>";
        return true;
    }
    if (name == "<|message|>") {
        beginMessage();
        return true;
    }
    if (name == "<|end|>" && state_ == State::Thought) {
        closeStretch();
        state_ = State::Between;
        return true;
    }
    if (endsAnswer(name)) {
        close();
        state_ = State::Done;
        return true;
    }
    return state_ == State::Name;
}

/// What is no final message is no answer: the `commentary` channel speaks to tools or about them.
void AnswerSplitter::beginMessage() {
    closeCharacter();
    std::string_view channel = withoutSpaceAtStart(held_);
    channel = channel.substr(0, channel.find_first_of(kSpace));
    if (state_ == State::Name && hasChannel_ && channel != "final") {
        openThought(State::Thought);
    } else {
        state_ = State::Text;
        afterThought_ = anyThought_ && !anyText_;
    }
    held_.clear();
    space_.clear();
}

void AnswerSplitter::takeText(std::string_view bytes) {
    bytes_ += bytes;
    const std::size_t whole = bytes_.size() - utf8IncompleteSuffix(bytes_);
    const std::string text = utf8Repaired(std::string_view(bytes_).substr(0, whole));
    bytes_.erase(0, whole);
    if (!text.empty()) route(text);
}

void AnswerSplitter::route(std::string_view text) {
    switch (state_) {
    case State::Opening:
        held_ += text;
        lookForOpener();
        break;
    case State::Header:
        held_ += text;
        lookForHeader();
        break;
    case State::Thought:
        if (format_.kind == Kind::Text) {
            held_ += text;
            lookForCloser();
        } else {
            emitThought(text);
        }
        break;
    case State::Name:
        held_ += text;
        break;
    case State::Between:
        state_ = State::Text;
        afterThought_ = !anyText_;
        emitText(text);
        break;
    case State::Text:
        emitText(text);
        break;
    case State::Done:
        break;
    }
}

/// A mark that is ordinary text opens a thought at the beginning of the answer only.
void AnswerSplitter::lookForOpener() {
    const std::string_view begun = withoutSpaceAtStart(held_);
    if (std::string_view(format_.opener).starts_with(begun) && begun.size() < format_.opener.size()) return;
    const std::string text = std::exchange(held_, {});
    const std::string_view rest = withoutSpaceAtStart(text);
    if (rest.starts_with(format_.opener)) {
        openThought(State::Thought);
        if (rest.size() > format_.opener.size()) route(rest.substr(format_.opener.size()));
    } else {
        state_ = State::Text;
        emitText(text);
    }
}

void AnswerSplitter::lookForHeader() {
    const bool isHeader = held_.starts_with(format_.header);
    if (!isHeader && std::string_view(format_.header).starts_with(held_)) return;
    const std::string text = std::exchange(held_, {});
    state_ = State::Thought;
    emitThought(std::string_view(text).substr(isHeader ? format_.header.size() : 0));
}

void AnswerSplitter::lookForCloser() {
    const std::size_t closer = held_.find(format_.closer);
    if (closer == std::string::npos) {
        const std::size_t certain = held_.size() - beginningAtEnd(held_, format_.closer);
        emitThought(std::string_view(held_).substr(0, certain));
        held_.erase(0, certain);
        return;
    }
    const std::string text = std::exchange(held_, {});
    emitThought(std::string_view(text).substr(0, closer));
    closeThought();
    emitText(std::string_view(text).substr(closer + format_.closer.size()));
}

void AnswerSplitter::openThought(State state) {
    state_ = state;
    mayBeThought_ = false;
    thoughtBegins_ = true;
    space_.clear();
    held_.clear();
}

void AnswerSplitter::closeThought() {
    if (state_ == State::Done) return;
    if (mayBeThought_) textWasThought();
    state_ = State::Text;
    mayBeThought_ = false;
    afterThought_ = !anyText_;
    space_.clear();
}

/// The model closed a thought without having opened one: what was handed out as text was that thought.
void AnswerSplitter::textWasThought() {
    const std::string_view thought = withoutSpaceAtEnd(withoutSpaceAtStart(soFar_));
    if (!thought.empty()) {
        emit(PieceKind::TextWasReasoning, thought);
        anyThought_ = true;
    }
    anyText_ = false;
}

/// The rest of a character that was begun does not follow.
void AnswerSplitter::closeCharacter() {
    if (bytes_.empty()) return;
    bytes_.clear();
    route(kReplacement);
}

/// Nor does the rest of a mark, a header or a name.
void AnswerSplitter::closeStretch() {
    closeCharacter();
    const std::string text = std::exchange(held_, {});
    if (state_ == State::Opening) emitText(text);
    if (state_ == State::Thought) emitThought(text);
    if (state_ == State::Thought) space_.clear();
}

void AnswerSplitter::close() {
    closeStretch();
    if (!anyText_ && !afterThought_) emit(PieceKind::Text, std::exchange(space_, {}));
}

void AnswerSplitter::emitThought(std::string_view text) {
    if (thoughtBegins_) text = withoutSpaceAtStart(text);
    const std::string_view words = withoutSpaceAtEnd(text);
    if (!words.empty()) {
        if (thoughtBegins_ && anyThought_) emit(PieceKind::Reasoning, "\n\n");
        emit(PieceKind::Reasoning, std::exchange(space_, {}));
        emit(PieceKind::Reasoning, words);
        thoughtBegins_ = false;
        anyThought_ = true;
    }
    space_ += text.substr(words.size());
}

void AnswerSplitter::emitText(std::string_view text) {
    if (!anyText_) {
        const std::string_view words = withoutSpaceAtStart(text);
        if (!afterThought_) space_ += text.substr(0, text.size() - words.size());
        if (words.empty()) return;
        emit(PieceKind::Text, std::exchange(space_, {}));
        text = words;
        anyText_ = true;
        afterThought_ = false;
    }
    emit(PieceKind::Text, text);
}

void AnswerSplitter::emit(PieceKind kind, std::string_view text) {
    if (text.empty()) return;
    if (kind == PieceKind::Text && mayBeThought_) soFar_ += text;
    if (!pieces_.empty() && pieces_.back().kind == kind)
        pieces_.back().text += text;
    else
        pieces_.push_back({kind, std::string(text), 0});
}

std::vector<AnswerPiece> AnswerSplitter::handOver() {
    if (!pieces_.empty()) pieces_.front().tokens += std::exchange(tokens_, 0);
    return std::exchange(pieces_, {});
}

} // namespace ponder::engine
