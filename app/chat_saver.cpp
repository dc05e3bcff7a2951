#include "app/chat_saver.h"

#include "app/shown_message.h"
#include "ui/run_later.h"

namespace ponder::app {

namespace {

constexpr int kRetryMilliseconds = 3000;

} // namespace

ChatSaver::ChatSaver(StoreThread& store, ui::MainWindow& window) : store_(store), window_(window) {
    retry_.setSingleShot(true);
    retry_.setInterval(kRetryMilliseconds);
    connect(&retry_, &QTimer::timeout, this, &ChatSaver::saveAgain);
    connect(&store_, &StoreThread::failed, this, &ChatSaver::showTrouble);
    connect(&window_, &ui::MainWindow::noticeActionRequested, this, &ChatSaver::saveAgain);
}

void ChatSaver::save(std::shared_ptr<Conversation> chat, std::vector<Turn> turns,
                     std::vector<BranchChoice> choices, std::function<void()> then) {
    if (chat->keeping == ChatKeeping::InMemory) {
        if (then) ui::runLater(this, then);
        return;
    }
    auto change =
        std::make_shared<ChatChange>(ChatChange{chat->header, std::move(turns), std::move(choices)});
    store_.run(
        this, [change](ChatStore& store) { store.save(*change); }, then,
        [this, chat, then] {
            refused_[chat->header.id] = chat;
            retry_.start();
            if (then) then();
        });
}

void ChatSaver::saveAgain() {
    trouble_.clear();
    for (const auto& [id, chat] : refused_) {
        auto change = std::make_shared<ChatChange>(wholeChat(*chat));
        store_.run(
            this, [change](ChatStore& store) { store.save(*change); }, [this, id = id] { saved(id); },
            [this] { retry_.start(); });
    }
}

std::shared_ptr<Conversation> ChatSaver::refused(const std::string& chat) const {
    const auto found = refused_.find(chat);
    return found == refused_.end() ? nullptr : found->second;
}

std::set<std::string> ChatSaver::refused() const {
    std::set<std::string> ids;
    for (const auto& [id, chat] : refused_) ids.insert(id);
    return ids;
}

void ChatSaver::saved(const std::string& chat) {
    refused_.erase(chat);
    if (!refused_.empty()) return;
    trouble_.clear();
    window_.showNotice(ui::NoticeKind::Information, {tr("Everything is saved again."), {}, {}});
}

void ChatSaver::showTrouble(const QString& message) {
    if (message == trouble_) return; // a notice that was closed does not come back five times a second
    trouble_ = message;
    window_.showNotice(ui::NoticeKind::Error, shownFailure(message), tr("Try again"));
}

} // namespace ponder::app
