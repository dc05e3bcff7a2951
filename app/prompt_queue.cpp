#include "app/prompt_queue.h"

#include <nlohmann/json.hpp>

namespace ponder::app {

namespace {

using nlohmann::json;

constexpr const char* kQueue = "queue";

std::string written(const QStringList& prompts) {
    if (prompts.isEmpty()) return {};
    json list = json::array();
    for (const QString& prompt : prompts) list.push_back(prompt.toStdString());
    return list.dump(-1, ' ', false, json::error_handler_t::replace);
}

QStringList readList(const std::string& text) {
    QStringList prompts;
    const json list = json::parse(text, nullptr, false);
    if (!list.is_array()) return prompts;
    for (const json& prompt : list)
        if (prompt.is_string()) prompts.push_back(QString::fromStdString(prompt.get<std::string>()));
    return prompts;
}

} // namespace

PromptQueue::PromptQueue(StoreThread& store, ui::QueueStrip& strip) : store_(store), strip_(strip) {
    connect(&strip_, &ui::QueueStrip::removeRequested, this, [this](int index) {
        QStringList prompts = queues_[open_];
        if (index >= prompts.size()) return;
        prompts.removeAt(index);
        change(open_, prompts);
    });
    connect(&strip_, &ui::QueueStrip::editRequested, this, [this](int index) {
        QStringList prompts = queues_[open_];
        if (index >= prompts.size()) return;
        const QString prompt = prompts.takeAt(index);
        change(open_, prompts);
        emit editWanted(prompt);
    });
    connect(&strip_, &ui::QueueStrip::moveUpRequested, this, [this](int index) {
        QStringList prompts = queues_[open_];
        if (index < 1 || index >= prompts.size()) return;
        prompts.swapItemsAt(index - 1, index);
        change(open_, prompts);
    });
    connect(&strip_, &ui::QueueStrip::goOnRequested, this, [this] {
        held_.erase(open_);
        show();
        emit goOnWanted(open_);
    });
}

void PromptQueue::open(const std::string& chat, ChatKeeping keeping) {
    open_ = chat;
    show();
    if (keeping == ChatKeeping::InMemory) {
        unkept_.insert(chat);
        return;
    }
    if (unkept_.erase(chat) > 0) return change(chat, queues_[chat]);
    if (!read_.insert(chat).second) return;
    store_.ask<std::string>(
        this, [chat](ChatStore& store) { return store.remembered(chatKey(kQueue, chat)); },
        [this, chat](const std::string& text) {
            const QStringList kept = readList(text);
            if (kept.isEmpty()) return;
            held_.insert(chat);
            queues_[chat] = kept + queues_[chat];
            show();
        });
}

void PromptQueue::add(const std::string& chat, const QString& prompt) {
    QStringList prompts = queues_[chat];
    if (prompts.isEmpty()) held_.erase(chat);
    read_.insert(chat);
    change(chat, prompts << prompt);
}

std::optional<QString> PromptQueue::next(const std::string& chat) const {
    const auto found = queues_.find(chat);
    if (found == queues_.end() || found->second.isEmpty() || held_.contains(chat)) return std::nullopt;
    return found->second.front();
}

void PromptQueue::sent(const std::string& chat) {
    change(chat, queues_[chat].mid(1));
}

void PromptQueue::hold(const std::string& chat) {
    const auto found = queues_.find(chat);
    if (found == queues_.end() || found->second.isEmpty()) return;
    held_.insert(chat);
    show();
}

void PromptQueue::change(const std::string& chat, QStringList prompts) {
    if (!unkept_.contains(chat))
        store_.run([key = chatKey(kQueue, chat), text = written(prompts)](ChatStore& store) {
            store.remember(key, text);
        });
    queues_[chat] = std::move(prompts);
    if (chat == open_) show();
}

void PromptQueue::show() {
    const auto found = queues_.find(open_);
    strip_.setQueue(found == queues_.end() ? QStringList() : found->second,
                    held_.contains(open_) ? ui::QueueState::Held : ui::QueueState::Going);
}

} // namespace ponder::app
