#include "engine/remote/wire.h"

#include "engine/remote/valid_utf8.h"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstring>
#include <map>
#include <type_traits>
#include <utility>

namespace ponder::engine {

namespace {

// A vocabulary's worth of biases fits; a frame of nothing but empty strings stays a few dozen megabytes.
constexpr std::uint32_t kMaximumItems = 1u << 20;

[[noreturn]] void refuse() {
    throw Error(
        "The engine process sent nonsense and was ended. Load the model again; if it happens again, the "
        "model file may be damaged.");
}

template <typename Enum>
constexpr Enum kLast{};
template <>
constexpr Role kLast<Role> = Role::Assistant;
template <>
constexpr ReasoningMode kLast<ReasoningMode> = ReasoningMode::Off;
template <>
constexpr RequestKind kLast<RequestKind> = RequestKind::Aside;
template <>
constexpr PieceKind kLast<PieceKind> = PieceKind::TextWasReasoning;
template <>
constexpr StopReason kLast<StopReason> = StopReason::Cancelled;
template <>
constexpr PromptOrigin kLast<PromptOrigin> = PromptOrigin::Reasoning;
template <>
constexpr ExamineEnd kLast<ExamineEnd> = ExamineEnd::Cancelled;
template <>
constexpr CacheType kLast<CacheType> = CacheType::Q8_0;
template <>
constexpr DrawKind kLast<DrawKind> = DrawKind::All;
template <>
constexpr AfterFailure kLast<AfterFailure> = AfterFailure::Ending;

template <typename Type>
constexpr bool kIsNumber = std::is_arithmetic_v<Type> && !std::is_same_v<Type, bool>;

// One list of fields per struct serves both directions: Writer takes them as constants, Reader fills them.
// The bindings make a field that is added to the struct, and not here, a compile error.
template <typename Value, typename Type>
concept Is = std::same_as<std::remove_const_t<Value>, Type>;

void fields(auto& wire, Is<Message> auto& message) {
    auto& [role, text, reasoning] = message;
    wire(role, text, reasoning);
}
void fields(auto& wire, Is<SamplingSettings> auto& settings) {
    auto& [temperature, topK, topP, minP, repetition, presence, frequency, penaltyTokens, seed, bias,
           stopTexts] = settings;
    wire(temperature, topK, topP, minP, repetition, presence, frequency, penaltyTokens, seed, bias,
         stopTexts);
}
void fields(auto& wire, Is<PartialAnswer> auto& partial) {
    auto& [reasoning, text, reasoningClosed, tokens] = partial;
    wire(reasoning, text, reasoningClosed, tokens);
}
void fields(auto& wire, Is<ChatRequest> auto& request) {
    auto& [messages, continued, sampling, reasoning, reasoningEffort, reasoningBudget, maximumTokens, kind,
           jsonSchema, chat] = request;
    wire(messages, continued, sampling, reasoning, reasoningEffort, reasoningBudget, maximumTokens, kind,
         jsonSchema, chat);
}
void fields(auto& wire, Is<TokenRange> auto& range) {
    auto& [first, count] = range;
    wire(first, count);
}
void fields(auto& wire, Is<PreviewSegment> auto& segment) {
    auto& [origin, message, text, tokens] = segment;
    wire(origin, message, text, tokens);
}
void fields(auto& wire, Is<PreviewToken> auto& token) {
    auto& [id, text, message] = token;
    wire(id, text, message);
}
void fields(auto& wire, Is<PromptPreview> auto& preview) {
    auto& [segments, messageTokens, markupTokens, totalTokens, cachedTokens, contextTokens, tokens] = preview;
    wire(segments, messageTokens, markupTokens, totalTokens, cachedTokens, contextTokens, tokens);
}
void fields(auto& wire, Is<ExamineRequest> auto& request) {
    auto& [chat, alternatives] = request;
    wire(chat, alternatives);
}
void fields(auto& wire, Is<TokenAlternative> auto& alternative) {
    auto& [id, text, probability] = alternative;
    wire(id, text, probability);
}
void fields(auto& wire, Is<ExaminedToken> auto& token) {
    auto& [id, text, part, offset, probability, alternatives] = token;
    wire(id, text, part, offset, probability, alternatives);
}
void fields(auto& wire, Is<ExamineSummary> auto& summary) {
    auto& [end, tokens, reusedTokens, seconds] = summary;
    wire(end, tokens, reusedTokens, seconds);
}
void fields(auto& wire, Is<MemoryPart> auto& part) {
    auto& [name, bytes] = part;
    wire(name, bytes);
}
void fields(auto& wire, Is<WeightShape> auto& shape) {
    auto& [type, columns, rows, bytes] = shape;
    wire(type, columns, rows, bytes);
}
void fields(auto& wire, Is<AttentionShape> auto& shape) {
    auto& [layers, window, numbers, heads, sharing, positions] = shape;
    wire(layers, window, numbers, heads, sharing, positions);
}
void fields(auto& wire, Is<WindowFootprint> auto& each) {
    auto& [window, cacheF16, cacheQ8_0] = each;
    wire(window, cacheF16, cacheQ8_0);
}
void fields(auto& wire, Is<DraftFootprint> auto& draft) {
    auto& [weights, cacheF16, cacheQ8_0, scratch] = draft;
    wire(weights, cacheF16, cacheQ8_0, scratch);
}
void fields(auto& wire, Is<ModelFootprint> auto& footprint) {
    auto& [dense, embedding, shared, expertBytes, experts, expertsUsed, trained, cacheF16, cacheQ8_0,
           cacheFixed, windows, vocabularyBytes, scratch, denseRead, sharedRead, expertRead, products,
           expertProducts, attention, loops, normed, activated, converted, vocabulary, draw, draft] =
        footprint;
    wire(dense, embedding, shared, expertBytes, experts, expertsUsed, trained, cacheF16, cacheQ8_0,
         cacheFixed, windows, vocabularyBytes, scratch, denseRead, sharedRead, expertRead, products,
         expertProducts, attention, loops, normed, activated, converted, vocabulary, draw, draft);
}
void fields(auto& wire, Is<ProcessMemory> auto& memory) {
    auto& [own, file, peak, unread] = memory;
    wire(own, file, peak, unread);
}
void fields(auto& wire, Is<ModelInfo> auto& info) {
    auto& [path, name, architecture, quantisation, license, description, identity, reasoningFormat,
           switchable, budgetable, efforts, sizeBytes, parameters, contextTokens, trainedContextTokens,
           experts, expertsUsed, memory, sampling, notices, footprint, cacheType, expertsInMemory, process] =
        info;
    wire(path, name, architecture, quantisation, license, description, identity, reasoningFormat, switchable,
         budgetable, efforts, sizeBytes, parameters, contextTokens, trainedContextTokens, experts,
         expertsUsed, memory, sampling, notices, footprint, cacheType, expertsInMemory, process);
}
void fields(auto& wire, Is<OpenModel> auto& open) {
    auto& [modelPath, contextTokens, cacheType, expertsInMemory, threads, snapshotFolder, snapshotBytes] =
        open;
    wire(modelPath, contextTokens, cacheType, expertsInMemory, threads, snapshotFolder, snapshotBytes);
}
void fields(auto& wire, Is<StartAnswer> auto& start) {
    auto& [number, request] = start;
    wire(number, request);
}
void fields(auto& wire, Is<StartPreview> auto& start) {
    auto& [number, request, listed] = start;
    wire(number, request, listed);
}
void fields(auto& wire, Is<StartExamination> auto& start) {
    auto& [number, request] = start;
    wire(number, request);
}
void fields(auto& wire, Is<StopAnswer> auto& stop) {
    auto& [number] = stop;
    wire(number);
}
void fields(auto& wire, Is<Hello> auto& hello) {
    auto& [wireVersion] = hello;
    wire(wireVersion);
}
void fields(auto&, Is<Heartbeat> auto&) {}
void fields(auto& wire, Is<LoadProgress> auto& progress) {
    auto& [fraction] = progress;
    wire(fraction);
}
void fields(auto& wire, Is<ModelReady> auto& ready) {
    auto& [info, confinement] = ready;
    wire(info, confinement);
}
void fields(auto& wire, Is<PromptProgress> auto& progress) {
    auto& [done, total] = progress;
    wire(done, total);
}
void fields(auto& wire, Is<AnswerPiece> auto& piece) {
    auto& [kind, text, tokens] = piece;
    wire(kind, text, tokens);
}
void fields(auto& wire, Is<AnswerSummary> auto& summary) {
    auto& [stop, promptTokens, reusedTokens, reasoningTokens, answerTokens, reasoningCut, promptSeconds,
           answerSeconds, seed, conversationTokens, memory] = summary;
    wire(stop, promptTokens, reusedTokens, reasoningTokens, answerTokens, reasoningCut, promptSeconds,
         answerSeconds, seed, conversationTokens, memory);
}
void fields(auto& wire, Is<Failure> auto& failure) {
    auto& [after, message] = failure;
    wire(after, message);
}

class Writer {
public:
    explicit Writer(std::string& out) : out_(out) {}

    void operator()(const auto&... values) { (put(values), ...); }

private:
    template <typename Number>
    requires kIsNumber<Number>
    void put(Number value) {
        char bytes[sizeof value];
        std::memcpy(bytes, &value, sizeof value);
        out_.append(bytes, sizeof value);
    }
    void put(bool value) { out_.push_back(value ? 1 : 0); }
    template <typename Enum>
    requires std::is_enum_v<Enum>
    void put(Enum value) { out_.push_back(static_cast<char>(value)); }
    void put(const std::string& text) {
        putCount(text.size());
        out_ += text;
    }
    template <typename Value>
    void put(const std::optional<Value>& value) {
        put(value.has_value());
        if (value) put(*value);
    }
    template <typename Value>
    void put(const std::vector<Value>& values) {
        putCount(values.size());
        for (const Value& value : values) put(value);
    }
    template <typename Key, typename Value>
    void put(const std::map<Key, Value>& values) {
        putCount(values.size());
        for (const auto& [key, value] : values) (*this)(key, value);
    }
    template <typename Struct>
    requires std::is_class_v<Struct>
    void put(const Struct& value) { fields(*this, value); }

    void putCount(std::size_t count) {
        put(static_cast<std::uint32_t>(std::min(count, kMaximumFrameBytes + 1)));
    }

    std::string& out_;
};

enum class TextRule { AsItIs, ValidUtf8 };

class Reader {
public:
    Reader(std::string_view bytes, TextRule rule) : bytes_(bytes), rule_(rule) {}

    void operator()(auto&... values) { (take(values), ...); }
    bool atEnd() const { return bytes_.empty(); }

private:
    std::string_view cut(std::size_t count) {
        if (count > bytes_.size()) refuse();
        const std::string_view front = bytes_.substr(0, count);
        bytes_.remove_prefix(count);
        return front;
    }
    template <typename Number>
    requires kIsNumber<Number>
    void take(Number& value) { std::memcpy(&value, cut(sizeof value).data(), sizeof value); }
    void take(bool& value) {
        const char byte = cut(1).front();
        if (byte != 0 && byte != 1) refuse();
        value = byte == 1;
    }
    template <typename Enum>
    requires std::is_enum_v<Enum>
    void take(Enum& value) {
        const auto byte = static_cast<unsigned char>(cut(1).front());
        if (byte > static_cast<unsigned>(kLast<Enum>)) refuse();
        value = static_cast<Enum>(byte);
    }
    void take(std::string& text) {
        std::uint32_t count = 0;
        take(count);
        const std::string_view bytes = cut(count);
        text = rule_ == TextRule::ValidUtf8 ? validUtf8(bytes) : std::string(bytes);
    }
    template <typename Value>
    void take(std::optional<Value>& value) {
        bool present = false;
        take(present);
        value.reset();
        if (present) take(value.emplace());
    }
    template <typename Value>
    void take(std::vector<Value>& values) {
        values.clear();
        // Grown item by item: a count alone must not allocate.
        for (std::uint32_t left = takeCount(); left > 0; --left) take(values.emplace_back());
    }
    template <typename Key, typename Value>
    void take(std::map<Key, Value>& values) {
        values.clear();
        for (std::uint32_t left = takeCount(); left > 0; --left) {
            Key key{};
            Value value{};
            (*this)(key, value);
            if (!values.empty() && !(values.rbegin()->first < key)) refuse();
            values.emplace_hint(values.end(), key, value);
        }
    }
    template <typename Struct>
    requires std::is_class_v<Struct>
    void take(Struct& value) { fields(*this, value); }

    std::uint32_t takeCount() {
        std::uint32_t count = 0;
        take(count);
        if (count > kMaximumItems) refuse();
        return count;
    }

    std::string_view bytes_;
    TextRule rule_;
};

template <typename Variant>
std::string encodeVariant(const Variant& value) {
    std::string frame(sizeof(std::uint32_t), '\0');
    frame.push_back(static_cast<char>(value.index()));
    Writer writer(frame);
    std::visit([&](const auto& alternative) { fields(writer, alternative); }, value);
    const std::size_t length = frame.size() - sizeof(std::uint32_t);
    if (length > kMaximumFrameBytes) {
        throw Error(
            "This conversation is longer than 16 MB and cannot be sent to the model. Start a new chat.");
    }
    const auto prefix = static_cast<std::uint32_t>(length);
    std::memcpy(frame.data(), &prefix, sizeof prefix);
    return frame;
}

/// Makes the alternative that stands at `index`.
template <typename Variant, std::size_t Place = 0>
Variant alternativeAt(std::size_t index) {
    if constexpr (Place < std::variant_size_v<Variant>) {
        if (index == Place) return Variant(std::in_place_index<Place>);
        return alternativeAt<Variant, Place + 1>(index);
    } else {
        refuse();
    }
}

template <typename Variant>
Variant decodeVariant(std::string_view frame, TextRule rule) {
    if (frame.empty()) refuse();
    auto value = alternativeAt<Variant>(static_cast<unsigned char>(frame.front()));
    Reader reader(frame.substr(1), rule);
    std::visit([&](auto& alternative) { fields(reader, alternative); }, value);
    if (!reader.atEnd()) refuse();
    return value;
}

void requireCounts(std::initializer_list<int> counts) {
    for (const int count : counts) {
        if (count < 0) refuse();
    }
}

void requireFinite(std::initializer_list<double> values) {
    for (const double value : values) {
        if (!std::isfinite(value)) refuse();
    }
}

void validate(const auto&) {}
void validate(const LoadProgress& progress) {
    requireFinite({progress.fraction});
}
void validate(const PromptProgress& progress) {
    requireCounts({progress.done, progress.total});
}
void validate(const AnswerPiece& piece) {
    requireCounts({piece.tokens});
}
void validate(const ModelFootprint& footprint) {
    requireCounts({footprint.experts, footprint.expertsUsed, footprint.trainedContextTokens});
    requireFinite({footprint.denseBytesPerToken, footprint.sharedBytesPerToken, footprint.expertBytesPerToken,
                   footprint.parallelLoops, footprint.normedNumbers, footprint.activatedNumbers,
                   footprint.convertedNumbers});
    for (const auto* shapes : {&footprint.products, &footprint.expertProducts}) {
        for (const WeightShape& shape : *shapes) requireFinite({shape.rows, shape.bytes});
    }
    for (const AttentionShape& shape : footprint.attention)
        requireCounts({shape.layers, shape.window, shape.positions});
    for (const WindowFootprint& each : footprint.windows) requireCounts({each.window});
}

void validate(const ModelReady& ready) {
    const ModelInfo& info = ready.info;
    validate(info.footprint);
    if (!(info.expertsInMemory >= 0 && info.expertsInMemory <= 1)) refuse();
    requireCounts({info.contextTokens, info.trainedContextTokens, info.experts, info.expertsUsed});
    const SamplingSettings& sampling = info.sampling;
    requireFinite({sampling.temperature.value_or(0), sampling.topP.value_or(0), sampling.minP.value_or(0),
                   sampling.repetitionPenalty.value_or(0), sampling.presencePenalty.value_or(0),
                   sampling.frequencyPenalty.value_or(0)});
}
void validate(const AnswerSummary& summary) {
    requireCounts({summary.promptTokens, summary.reusedTokens, summary.reasoningTokens, summary.answerTokens,
                   summary.conversationTokens});
    requireFinite({summary.promptSeconds, summary.answerSeconds});
}

void validate(const PromptPreview& preview) {
    requireCounts({preview.markupTokens, preview.totalTokens, preview.cachedTokens, preview.contextTokens});
    for (const int tokens : preview.messageTokens) requireCounts({tokens});
    const auto messages = static_cast<int>(preview.messageTokens.size());
    const auto requireMessage = [&](int message) {
        if (message < -1 || message >= messages) refuse();
    };
    for (const PreviewSegment& segment : preview.segments) {
        requireMessage(segment.message);
        requireCounts({segment.tokens});
    }
    for (const PreviewToken& token : preview.tokens) {
        requireMessage(token.message);
        requireCounts({token.id});
    }
}

void requireProbability(float probability) {
    if (!(probability >= 0 && probability <= 1)) refuse();
}
void validate(const ExaminedToken& token) {
    requireCounts({token.id, token.offset});
    requireProbability(token.probability);
    if (token.alternatives.size() > kMostAlternatives) refuse();
    for (const TokenAlternative& alternative : token.alternatives) {
        requireCounts({alternative.id});
        requireProbability(alternative.probability);
    }
}
void validate(const ExamineSummary& summary) {
    requireCounts({summary.tokens, summary.reusedTokens});
    requireFinite({summary.seconds});
}

} // namespace

std::string encode(const Command& command) {
    return encodeVariant(command);
}
std::string encode(const Report& report) {
    return encodeVariant(report);
}

Command decodeCommand(std::string_view frame) {
    return decodeVariant<Command>(frame, TextRule::AsItIs);
}

Report decodeReport(std::string_view frame) {
    auto report = decodeVariant<Report>(frame, TextRule::ValidUtf8);
    std::visit([](const auto& alternative) { validate(alternative); }, report);
    return report;
}

void FrameBuffer::append(std::span<const char> bytes) {
    // Frames already taken are dropped in one go, so that a flood of small ones does not shift the rest each
    // time.
    if (begin_ > bytes_.size() / 2) bytes_.erase(0, std::exchange(begin_, 0));
    bytes_.append(bytes.data(), bytes.size());
}

std::optional<std::string> FrameBuffer::take() {
    std::uint32_t length = 0;
    if (bytes_.size() - begin_ < sizeof length) return std::nullopt;
    std::memcpy(&length, bytes_.data() + begin_, sizeof length);
    if (length == 0 || length > kMaximumFrameBytes) refuse();
    if (bytes_.size() - begin_ - sizeof length < length) return std::nullopt;
    std::string frame = bytes_.substr(begin_ + sizeof length, length);
    begin_ += sizeof length + length;
    return frame;
}

} // namespace ponder::engine
