#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include <QObject>

#include "app/context_fit.h"
#include "app/engine_client.h"
#include "app/model_controller.h"

namespace ponder::app {

/// Messages of a chat that a summary shall stand for.
struct SummaryTask {
    engine::ChatRequest request = {}; ///< the whole prompt
    PromptCost cost = {};
    std::size_t from = 0; ///< so many of its oldest messages are in `before` already
    std::size_t to = 0;   ///< so many shall be in the new summary
    std::string before = {};
};

/// The next question to the model on the way there.
struct SummaryStep {
    engine::ChatRequest request = {};
    std::size_t to = 0; ///< so many of the oldest messages its answer stands for
};

/// As many messages as the context holds at once, after what is known of those before them. It begins as the
/// chat's own prompt did, so that the engine finds it in its cache. A question that is too long alone is
/// shortened in its middle. nullopt: the context is too small for any summary.
std::optional<SummaryStep> nextSummaryStep(const SummaryTask& task);

/// Has the model summarise the beginnings of chats, in as many pieces as it takes. One at a time a chat.
/// Window's thread.
class SummaryWriter : public QObject {
    Q_OBJECT
public:
    SummaryWriter(EngineClient& engine, ModelController& models) : engine_(engine), models_(models) {}

    /// Called with the summary, or with nothing and why there is none.
    using Done = std::function<void(const std::string& summary, const std::string& problem)>;

    void write(const std::string& chat, SummaryTask task, Done done);
    /// Nothing is heard of it any more.
    void cancel(const std::string& chat);
    bool writes(const std::string& chat) const { return writing_.contains(chat); }

private:
    struct Writing {
        SummaryTask task;
        Done done;
        RequestId request = 0;
        std::string answer = {};
        std::string problem = {};
    };

    void ask(const std::string& chat);
    void onEvent(const std::string& chat, RequestId request, std::size_t to, const EngineEvent& event);
    void end(const std::string& chat, const std::string& summary, const std::string& problem);

    EngineClient& engine_;
    ModelController& models_;
    std::map<std::string, Writing> writing_;
};

} // namespace ponder::app
