#pragma once

#include <functional>
#include <map>

#include <QObject>
#include <QTimer>

#include "app/answer_mailbox.h"
#include "app/engine_runner.h"

namespace ponder::app {

/// The engine as the window sees it: requests go in, their events come back on the window's thread, 30 times
/// a second while anything is under way and not at all otherwise.
class EngineClient : public QObject {
    Q_OBJECT
public:
    /// Called for each event of a request, RequestDone last.
    using Handler = std::function<void(const EngineEvent&)>;

    static constexpr int kFrameMilliseconds = 33;

    explicit EngineClient(EngineOpener open, QObject* parent = nullptr);

    RequestId load(engine::EngineOptions options, Handler handler);
    RequestId answer(engine::EngineOptions options, engine::ChatRequest request, PromptRoom room,
                     Handler handler);
    /// What the model would be given; waits its turn behind the answers.
    RequestId preview(engine::EngineOptions options, engine::ChatRequest request, engine::TokenRange listed,
                      Handler handler);
    /// How likely each token of an answer was.
    RequestId examine(engine::EngineOptions options, engine::ExamineRequest request, Handler handler);
    /// A small question beside the chats, such as one for a title: it gives way to whatever is asked for
    /// next, is cancelled then, and opens no model.
    RequestId ask(engine::EngineOptions options, engine::ChatRequest aside, Handler handler);
    void unload();
    /// What the engine has kept of these chats, or of all others, goes from `folder` once nothing that was
    /// asked for before is under way.
    void forgetSnapshots(std::string folder, std::vector<std::string> chats);
    void forgetOtherSnapshots(std::string folder, std::vector<std::string> chats);
    void cancel(RequestId request);
    bool busy() const { return !handlers_.empty(); }

signals:
    /// All events of a frame have been handed out.
    void frameEnded();

private:
    RequestId watch(RequestId request, Handler handler);
    void giveWay();
    void drain();

    AnswerMailbox mailbox_;
    std::map<RequestId, Handler> handlers_;
    RequestId aside_ = 0; // the last question beside the chats
    QTimer timer_;
    EngineRunner runner_; // last: its thread posts to the mailbox
};

} // namespace ponder::app
