#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/downloads/fetch_protocol.h"

namespace ponder::app {

/// One real ponder-fetch, as Ponder starts it. The destructor kills it.
class FetchRun {
public:
    FetchRun(const FetchRequest& request, const std::map<std::string, std::string>& environment);
    /// With bytes of any kind on its input.
    FetchRun(const std::string& input, const std::map<std::string, std::string>& environment);
    ~FetchRun();
    FetchRun(const FetchRun&) = delete;
    FetchRun& operator=(const FetchRun&) = delete;

    int process() const { return process_; }
    void say(const FetchRequest& request);
    /// As if Ponder had died.
    void closeInput();
    /// The next event; nothing when it has ended.
    std::optional<FetchEvent> next();
    /// Reads to the end and gives back the last event.
    FetchEvent finish();
    /// Kills it, with no chance to say anything.
    void kill();
    bool killed() const { return killed_; }

    const std::vector<FetchEvent>& events() const { return events_; }
    int exitCode() const { return exitCode_; }

private:
    void start(const std::map<std::string, std::string>& environment);
    void write(const std::string& text);
    void wait();

    int process_ = -1;
    int input_ = -1;
    int output_ = -1;
    int exitCode_ = -1;
    bool killed_ = false; // by us, while it ran
    std::string pending_;
    std::vector<FetchEvent> events_;
};

} // namespace ponder::app
