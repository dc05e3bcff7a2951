#pragma once

#include "engine/engine.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ponder::engine {

// What Ponder and its engine process say to each other. A frame on the socket is
//     u32 length of the rest | u8 kind, the alternative's place in the variant below | fields in order
// with numbers as this machine keeps them and texts as u32 length and bytes.

/// Both programs are installed together; a mismatch means one of them was replaced while the other ran.
constexpr std::uint32_t kWireVersion = 6;
constexpr std::size_t kMaximumFrameBytes = std::size_t{16} << 20;

/// The first command, once: everything in `EngineOptions` that the engine process needs.
struct OpenModel {
    std::string modelPath;
    int contextTokens = 0;
    CacheType cacheType = CacheType::F16;
    std::optional<double> expertsInMemory;
    int threads = 0;
    std::string snapshotFolder;
    std::uint64_t snapshotBytes = 0;
};

struct StartAnswer {
    std::uint64_t number = 0; ///< counts the answers of one process
    ChatRequest request;
};

struct StartPreview {
    std::uint64_t number = 0; ///< counts with the answers
    ChatRequest request;
    TokenRange listed;
};

struct StartExamination {
    std::uint64_t number = 0; ///< counts with the answers
    ExamineRequest request;
};

/// May cross the end of the answer it is meant for; its number keeps it from stopping the next one.
struct StopAnswer {
    std::uint64_t number = 0;
};

/// Ponder → engine process.
using Command = std::variant<OpenModel, StartAnswer, StopAnswer, StartPreview, StartExamination>;

/// The first report, before the model is touched.
struct Hello {
    std::uint32_t wireVersion = kWireVersion;
};

/// "I am alive", several times a second while there is work.
struct Heartbeat {};

struct LoadProgress {
    double fraction = 0;
};

struct ModelReady {
    ModelInfo info;
    std::string confinement;
};

struct PromptProgress {
    int done = 0;
    int total = 0;
};

enum class AfterFailure {
    Ready,  ///< the next command is welcome
    Ending, ///< the process ends
};

/// An Error on the other side, with its words.
struct Failure {
    AfterFailure after = AfterFailure::Ready;
    std::string message;
};

/// Engine process → Ponder. A summary or a failure ends an answer or an examination, ModelReady or a failure
/// the loading.
using Report = std::variant<Hello, Heartbeat, LoadProgress, ModelReady, PromptProgress, AnswerPiece,
                            AnswerSummary, Failure, PromptPreview, ExaminedToken, ExamineSummary>;

/// A whole frame, ready to send. Throws Error if it would exceed kMaximumFrameBytes.
std::string encode(const Command& command);
std::string encode(const Report& report);

/// The inverse, given a frame without its length. Throws Error for anything `encode` does not produce. The
/// engine process is as hostile as the file it reads: the texts of a report come back as valid UTF-8 whatever
/// it sent, its counts are not negative, its seconds are finite and its probabilities are some.
Command decodeCommand(std::string_view frame);
Report decodeReport(std::string_view frame);

/// Cuts a byte stream into frames.
class FrameBuffer {
public:
    void append(std::span<const char> bytes);
    /// The next whole frame, without its length. Throws Error if the stream announces a frame that is empty
    /// or larger than kMaximumFrameBytes.
    std::optional<std::string> take();

private:
    std::string bytes_;
    std::size_t begin_ = 0;
};

} // namespace ponder::engine
