#include "app/draft_keeper.h"

namespace ponder::app {

namespace {

constexpr int kSaveAfterMilliseconds = 500;
constexpr const char* kNewChatDraft = "newChatDraft";

void saveDraft(ChatStore& store, const std::string& chat, const std::string& text) {
    if (chat.empty())
        store.remember(kNewChatDraft, text);
    else
        store.setDraft(chat, text);
}

} // namespace

DraftKeeper::DraftKeeper(StoreThread& store, ui::Composer& composer) : store_(store), composer_(composer) {
    timer_.setSingleShot(true);
    timer_.setInterval(kSaveAfterMilliseconds);
    connect(&timer_, &QTimer::timeout, this, &DraftKeeper::flush);
}

void DraftKeeper::open(const std::string& chat) {
    flush();
    chat_ = chat;
    kept_ = true;
    composer_.setDraft({});
    store_.ask<std::string>(
        this,
        [chat](ChatStore& store) {
            return chat.empty() ? store.remembered(kNewChatDraft) : store.draft(chat);
        },
        [this, chat](const std::string& draft) {
            // What has been typed since stands.
            if (chat == chat_ && kept_ && !unsaved_ && composer_.draft().isEmpty())
                composer_.setDraft(QString::fromStdString(draft));
        });
}

void DraftKeeper::openUnkept() {
    flush();
    kept_ = false;
    composer_.setDraft({});
}

void DraftKeeper::keep(const std::string& chat) {
    chat_ = chat;
    kept_ = true;
    changed(composer_.draft());
}

void DraftKeeper::sent(const std::string& chat) {
    timer_.stop();
    unsaved_.reset();
    composer_.setDraft({});
    if (!kept_) return;
    store_.run([before = chat_](ChatStore& store) { saveDraft(store, before, ""); });
    chat_ = chat;
}

void DraftKeeper::changed(const QString& text) {
    if (!kept_) return;
    unsaved_ = text;
    timer_.start();
}

void DraftKeeper::flush() {
    timer_.stop();
    if (!unsaved_) return;
    store_.run(
        [chat = chat_, text = unsaved_->toStdString()](ChatStore& store) { saveDraft(store, chat, text); });
    unsaved_.reset();
}

} // namespace ponder::app
