#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/conversion.h"
#include "engine/memory_plan.h"
#include "engine/model_details.h"
#include "engine/support/error.h"

namespace ponder::engine {

enum class Role { System, User, Assistant };

/// One message of a conversation as the model is shown it. `reasoning` is only used where the template keeps
/// thoughts.
struct Message {
    Role role = Role::User;
    std::string text = {};
    std::string reasoning = {};
};

/// What the user set; what is empty comes from the model's own defaults, then from ours.
struct SamplingSettings {
    std::optional<float> temperature = {};       ///< 0 takes the most likely token
    std::optional<int> topK = {};                ///< 0 is off
    std::optional<float> topP = {};              ///< 1 is off
    std::optional<float> minP = {};              ///< 0 is off
    std::optional<float> repetitionPenalty = {}; ///< 1 is off
    std::optional<float> presencePenalty = {};   ///< 0 is off
    std::optional<float> frequencyPenalty = {};  ///< 0 is off
    std::optional<int> penaltyTokens = {};       ///< how far back the penalties look
    std::optional<std::uint64_t> seed = {};      ///< empty: drawn, and told in the summary
    std::map<std::int32_t, float> logitBias = {};
    std::vector<std::string> stopTexts = {};
};

enum class ReasoningMode { ModelDefault, On, Off };

/// An answer that stopped half-way and is to be continued where it stands. The last answer goes on from its
/// own tokens, as if it had not stopped; any other text, an edited thought among them, is taken as it reads.
struct PartialAnswer {
    std::string reasoning = {};
    std::string text = {};
    bool reasoningClosed = false; ///< the thought was finished, or is now, before the text begins
    /// Where there are any, the answer begins with exactly these instead, and its first pieces are their
    /// text: a branch off the tokens of `Engine::examine`.
    std::vector<std::int32_t> tokens = {};
};

enum class RequestKind {
    Chat,
    /// A small question beside the chats, such as one for a title. It is evaluated apart, at most
    /// kAsideTokens with its answer, so that the chats' cache keeps every token, and leaves nothing behind.
    Aside,
};
constexpr int kAsideTokens = 1024;

struct ChatRequest {
    std::vector<Message> messages = {}; ///< oldest first, the last one is the user's
    std::optional<PartialAnswer> continued = {};
    SamplingSettings sampling = {};
    ReasoningMode reasoning = ReasoningMode::ModelDefault;
    std::string reasoningEffort = {}; ///< "low", "medium", "high" for models that know it, else empty
    /// Tokens of thought after which the engine closes it and the answer begins; 0: as many as the model
    /// likes.
    int reasoningBudget = 0;
    int maximumTokens = 0; ///< 0: until the context is full
    RequestKind kind = RequestKind::Chat;
    /// A JSON Schema as JSON text; empty: free text. The answer behind the thoughts is then one JSON value
    /// that satisfies it (what of a schema is known: engine/sampling/json_schema.h), whole unless the summary
    /// names another stop than EndOfAnswer. The model is not told of it: what is wanted belongs into the
    /// messages.
    std::string jsonSchema = {};
    /// Names the conversation to what is kept of it on the disk (EngineOptions::snapshotFolder). Empty:
    /// nothing is kept.
    std::string chat = {};
};

enum class PieceKind {
    Reasoning,
    Text,
    /// All text so far was a thought, which stands in this piece once more: the model closed a thought that
    /// it had not opened.
    TextWasReasoning,
};

/// A stretch of the answer, whole UTF-8 characters. `tokens` is how many tokens it took.
struct AnswerPiece {
    PieceKind kind = PieceKind::Text;
    std::string text = {};
    int tokens = 0;
};

/// Called on the thread that called `answer`, in order.
struct AnswerSink {
    std::function<void(const AnswerPiece&)> piece = {};
    /// Prompt tokens evaluated so far, of how many.
    std::function<void(int done, int total)> promptProgress = {};
};

enum class StopReason { EndOfAnswer, StopText, TokenLimit, ContextFull, Cancelled };

/// "endOfAnswer", "stopText", "tokenLimit", "contextFull", "cancelled": as JSON and the store spell it.
std::string_view stopReasonName(StopReason reason);

/// What a process holds of memory, as the system counts it. Zeros where it does not tell.
struct ProcessMemory {
    std::uint64_t ownBytes = 0;    ///< that nothing but it needs: weights, conversation, vocabulary, work
    std::uint64_t fileBytes = 0;   ///< of files it reads: can be had back at any time
    std::uint64_t peakBytes = 0;   ///< of both together, the most there ever was
    std::uint64_t unreadBytes = 0; ///< of weights that are still to come into memory, behind what is answered

    std::uint64_t bytes() const { return ownBytes + fileBytes; }
};

struct AnswerSummary {
    StopReason stop = StopReason::EndOfAnswer;
    int promptTokens = 0;
    int reusedTokens = 0; ///< of the prompt, found in the cache
    int reasoningTokens = 0;
    int answerTokens = 0;      ///< all generated tokens, thoughts and what closed them included
    bool reasoningCut = false; ///< the budget closed a thought
    double promptSeconds = 0;
    double answerSeconds = 0;
    std::uint64_t seed = 0;
    int conversationTokens = 0; ///< evaluated and in the cache, when the answer ended
    ProcessMemory memory = {};  ///< of the process that computes, when the answer ended
};

/// Which tokens of a prompt are to be listed one by one.
struct TokenRange {
    int first = 0;
    int count = 0; ///< at most kMostListedTokens are
};
constexpr int kMostListedTokens = 1 << 16;

/// Where a stretch of a prompt comes from.
enum class PromptOrigin { Markup, Text, Reasoning };

struct PreviewSegment {
    PromptOrigin origin = PromptOrigin::Markup;
    int message = -1; ///< place in ChatRequest::messages, one more for a continued answer; -1: markup
    std::string text = {};
    int tokens = 0; ///< that begin in it
};

struct PreviewToken {
    std::int32_t id = 0;
    std::string text = {}; ///< valid UTF-8: U+FFFD where the token is part of a character
    int message = -1;
};

/// Exactly what the model would be given before it answers.
struct PromptPreview {
    std::vector<PreviewSegment> segments = {};
    std::vector<int> messageTokens = {}; ///< [message], one more for a continued answer
    int markupTokens = 0;
    int totalTokens = 0;
    int cachedTokens = 0; ///< of the first ones, how many would not be evaluated again
    int contextTokens = 0;
    std::vector<PreviewToken> tokens = {}; ///< the range that was asked for, as far as it exists
};

struct TokenAlternative {
    std::int32_t id = 0;
    std::string text = {}; ///< as PreviewToken's
    float probability = 0;
};

/// A token of an answer as the model saw it: what else it might have said there, and how likely, by its own
/// distribution (temperature 1, nothing cut off), whatever the answer was drawn with.
struct ExaminedToken {
    std::int32_t id = 0;
    std::string text = {};
    PromptOrigin part = PromptOrigin::Text; ///< Markup: opens or closes a thought
    int offset = 0;                         ///< where in the part's text it begins, in bytes
    float probability = 0;
    std::vector<TokenAlternative> alternatives = {}; ///< most likely first, this token among them if it is
};
constexpr int kMostAlternatives = 8;

struct ExamineRequest {
    ChatRequest chat = {}; ///< its `continued` is the answer to be examined
    int alternatives = 5;  ///< at most kMostAlternatives
};

/// Called on the thread that called `examine`, in order.
struct ExamineSink {
    std::function<void(const ExaminedToken&)> token = {};
    /// Tokens evaluated so far, of how many.
    std::function<void(int done, int total)> progress = {};
};

enum class ExamineEnd { Complete, Cancelled };

struct ExamineSummary {
    ExamineEnd end = ExamineEnd::Complete;
    int tokens = 0;
    int reusedTokens = 0; ///< found in the cache
    double seconds = 0;
};

struct MemoryPart {
    std::string name; ///< "Weights", "Experts", "Context", "Working memory"
    std::uint64_t bytes = 0;
};

/// What a person wants to know of a model file.
struct ModelInfo {
    std::string path;
    std::string name;
    std::string architecture;
    std::string quantisation; ///< the type that holds most bytes, "Q4_K"
    std::string license;
    std::string description;
    std::string identity; ///< SHA-256 over the file's header and size: the same file, the same identity
    std::string reasoningFormat;                    ///< "none", "think", "harmony", …
    bool reasoningSwitchable = false;               ///< answers can be had with and without thoughts
    bool reasoningBudgetable = false;               ///< it thinks, and a thought can be closed
    std::vector<std::string> reasoningEfforts = {}; ///< least first; empty: the model knows none
    std::uint64_t sizeBytes = 0;
    std::uint64_t parameters = 0;
    int contextTokens = 0; ///< what this engine was opened with; trained length when inspecting
    int trainedContextTokens = 0;
    int experts = 0;
    int expertsUsed = 0;
    std::vector<MemoryPart> memory;
    SamplingSettings sampling;        ///< the model's own defaults
    std::vector<std::string> notices; ///< what was odd but not refused, one sentence each
    ModelFootprint footprint = {};
    CacheType cacheType = CacheType::F16; ///< what this engine was opened with
    double expertsInMemory = 0;           ///< 0…1, the share that was read with the model
    ProcessMemory process = {};           ///< once the model was read
};

struct EngineOptions {
    std::string modelPath = {}; ///< first part of a split model
    int contextTokens = 0;      ///< 0: the trained length, at most what memory allows
    CacheType cacheType = CacheType::F16;
    std::optional<double> expertsInMemory = {}; ///< 0…1; empty: all that fits
    int threads = 0;                            ///< 0: one a core
    bool inProcess = false;                     ///< for tests and benchmarks: no engine process, no sandbox
    std::string hostProgram = {};               ///< path of ponder-engine; empty: beside the running program
    /// Where evaluated conversations are kept, so that neither another chat nor a new start evaluates them
    /// again; a folder of its own, made where it is missing. They hold what was said: see forgetSnapshots.
    /// Empty: they are kept in memory alone.
    std::string snapshotFolder = {};
    std::uint64_t snapshotBytes = 0; ///< most that all of them take; 0: 2 GiB, or a tenth of the free disk
    /// 0…1 while the model is read; called on the calling thread.
    std::function<void(double)> loadProgress = {};
    std::stop_token stop = {}; ///< cancels the load
};

/// A model ready to answer. One thread at a time; app/ gives it its own. FakeEngine stands in for tests.
class Engine {
public:
    virtual ~Engine() = default;

    virtual ModelInfo info() const = 0;

    /// Streams the answer to `request` into `sink` and says how it ended. Turns still cached are not
    /// evaluated again. A stop request takes effect within one layer and keeps the text so far. Throws Error,
    /// for a schema that cannot be enforced before anything is evaluated.
    virtual AnswerSummary answer(const ChatRequest& request, const AnswerSink& sink,
                                 std::stop_token stop) = 0;

    /// What `answer` would give the model for `request`, without evaluating anything: for counting, and for
    /// showing it. Throws Error: the template failed, or the prompt is too long to be shown.
    virtual PromptPreview preview(const ChatRequest& request, TokenRange listed) = 0;

    /// Evaluates a finished or half-finished answer again and says of each of its tokens how likely it was.
    /// To branch off at a token, ask with `continued.tokens`: the ids before it and the alternative's. A stop
    /// request takes effect within one layer. Throws Error.
    virtual ExamineSummary examine(const ExamineRequest& request, const ExamineSink& sink,
                                   std::stop_token stop) = 0;

    /// How the engine is confined, one sentence for a person: "The engine cannot reach the network, …".
    virtual std::string confinement() const = 0;

    /// False once the engine process has ended. `answer` throws from then on: open the model again.
    virtual bool alive() const { return true; }

    /// Returns when nothing more of earlier answers is on its way to the disk. Any thread.
    virtual void settle() {}
};

/// Maps the files and reads the dense part and as many experts as are wanted; the others follow on demand.
/// What does not fit is refused before anything is read, with the words of its MemoryPlan. Starts
/// `ponder-engine` and talks to it, unless `inProcess`. Throws Error: unreadable, unsupported, no memory,
/// cancelled.
std::unique_ptr<Engine> openEngine(const EngineOptions& options);

/// Removes what is kept of these conversations (ChatRequest::chat), of whatever model. What an engine is
/// about to write of an answer that has ended goes as well.
void forgetSnapshots(const std::string& folder, std::span<const std::string> chats);
/// Removes what is kept of all others.
void forgetOtherSnapshots(const std::string& folder, std::span<const std::string> chats);

/// Reads a model's header and nothing else. Throws Error with the words `openEngine` would use.
ModelInfo inspectModel(const std::string& path);
/// What a model would be given for `request`, from its header alone: it need not be open, and nothing counts
/// as cached. Throws Error: as `inspectModel`, or the template failed.
PromptPreview previewPromptOf(const std::string& path, const ChatRequest& request, TokenRange listed);
/// The same as `inspectModel` with all metadata and tensors, as one JSON object.
std::string inspectModelJson(const std::string& path);

struct SpeedRequest {
    EngineOptions engine = {};
    int depthTokens = 0; ///< that lie before the prompt and before the answer
    int promptTokens = 512;
    int answerTokens = 64;
    int runs = 3;
};

/// Medians over the runs.
struct SpeedReport {
    int promptTokens = 0;
    double promptTokensPerSecond = 0;
    int answerTokens = 0;
    double answerTokensPerSecond = 0;
    double loadSeconds = 0;
    double firstTokenSeconds = 0; ///< of a prompt of eight tokens, loading included
    std::uint64_t peakBytes = 0;
    double bytesPerToken = 0;        ///< of weights, that each token of an answer reads
    double memoryBytesPerSecond = 0; ///< read with the same threads, measured at the end
};

/// Times prompt and decode on made-up tokens, in this process. Throws Error.
SpeedReport measureSpeed(const SpeedRequest& request);

/// Locks this process in as the engine's is: from now on it computes and reads what lies in
/// `readableFolders`, nothing else. Call it on the only thread, before anything of a stranger's is looked at.
/// False: the kernel does not refuse network, programs and writing.
bool confineThisProcess(const std::vector<std::string>& readableFolders);

/// `ponder debug …`: the engine's rooms one by one for checks by other programs (README, "Terminal").
/// Returns the exit code; throws Error for a bad model or input.
int runDebugCommand(std::span<const std::string> arguments, std::istream& input, std::ostream& output,
                    std::ostream& complaints);

} // namespace ponder::engine
