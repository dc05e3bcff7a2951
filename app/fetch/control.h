#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "app/downloads/fetch_protocol.h"

namespace ponder::fetch {

/// The line to Ponder: what it asks for while a request runs, and what it is told. One thread.
class Control {
public:
    /// Waits for the first line. Throws FetchFailure when it is no request.
    app::FetchRequest first();

    /// Reads what has come. Throws PauseAsked once Ponder asked for a pause, closed the line, or SIGTERM
    /// came.
    void check();
    /// `check` for a while.
    void wait(std::chrono::milliseconds time);
    std::uint64_t bytesPerSecond() const { return bytesPerSecond_; }
    void setBytesPerSecond(std::uint64_t speed) { bytesPerSecond_ = speed; }
    /// To be watched for input while waiting elsewhere.
    static int handle();

    void tell(const app::FetchEvent& event);
    /// At most five times a second, except for the last one of a phase.
    void tellProgress(const app::ProgressEvent& progress);

    /// SIGTERM asks for a pause; Ctrl+C is Ponder's to understand, and a broken line no reason to die.
    static void setSignals();

private:
    bool readMore(); ///< false: the line has ended
    void obey(std::string_view line);

    std::string input_;
    std::uint64_t bytesPerSecond_ = 0;
    bool pauseAsked_ = false;
    app::FetchPhase lastPhase_ = app::FetchPhase::Downloading;
    std::chrono::steady_clock::time_point lastProgress_{};
};

} // namespace ponder::fetch
