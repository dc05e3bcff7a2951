#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include <vector>

#include <QObject>

#include "app/attachments/attachment_draft.h"
#include "app/store_thread.h"
#include "ui/widgets/queue_strip.h"

namespace ponder::app {

/// A message that waits, with the files that go with it.
struct WaitingPrompt {
    QString text;
    std::vector<DraftAttachment> files = {};
};

/// Messages written while a chat is being answered, one queue a chat, on the disk as soon as they are queued.
/// Shows the queue of the open chat. Window's thread.
class PromptQueue : public QObject {
    Q_OBJECT
public:
    PromptQueue(StoreThread& store, ui::QueueStrip& strip);

    /// Shows this chat's queue; what the disk has of it from the last time is held until the person goes on.
    void open(const std::string& chat, ChatKeeping keeping);
    void add(const std::string& chat, WaitingPrompt prompt);
    /// The next one to be sent; none where the queue is empty or held.
    std::optional<WaitingPrompt> next(const std::string& chat) const;
    /// It is on its way to the disk as a message of the chat. Only then it leaves the queue, so that a kill
    /// in between keeps it twice rather than not at all.
    void sent(const std::string& chat);
    /// Nothing more is sent until the person says so.
    void hold(const std::string& chat);

signals:
    /// The person wants it back in the composer. It leaves the queue when the receiver has it.
    void editWanted(const ponder::app::WaitingPrompt& prompt);
    /// The person wants a held queue to go on.
    void goOnWanted(const std::string& chat);

private:
    using Prompts = std::vector<WaitingPrompt>;

    /// What is done with one of the open chat's.
    void withPrompt(int index, const std::function<void(Prompts&)>& act);
    void change(const std::string& chat, Prompts prompts);
    void show();

    StoreThread& store_;
    ui::QueueStrip& strip_;
    std::string open_;
    std::map<std::string, Prompts> queues_;
    std::set<std::string> read_; // from the disk
    std::set<std::string> held_;
    std::set<std::string> unkept_; // of temporary chats
};

} // namespace ponder::app
