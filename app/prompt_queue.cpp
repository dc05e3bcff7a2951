#include "app/prompt_queue.h"

#include <nlohmann/json.hpp>

#include "app/exchange/import_value.h"

namespace ponder::app {

namespace {

using nlohmann::json;

constexpr const char* kQueue = "queue";

std::string written(const std::vector<WaitingPrompt>& prompts) {
    if (prompts.empty()) return {};
    json list = json::array();
    for (const WaitingPrompt& prompt : prompts) {
        if (prompt.files.empty())
            list.push_back(prompt.text.toStdString());
        else
            list.push_back({{"text", prompt.text.toStdString()}, {"files", attachmentList(prompt.files)}});
    }
    return list.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<WaitingPrompt> readList(const std::string& text) {
    std::vector<WaitingPrompt> prompts;
    const json list = json::parse(text, nullptr, false);
    if (!list.is_array()) return prompts;
    for (const json& prompt : list) {
        if (prompt.is_string())
            prompts.push_back({QString::fromStdString(prompt.get<std::string>())});
        else if (prompt.is_object())
            prompts.push_back(
                {QString::fromStdString(textOf(prompt, "text")), attachmentsFrom(memberOf(prompt, "files"))});
    }
    return prompts;
}

ui::QueuedMessage shown(const WaitingPrompt& prompt) {
    ui::QueuedMessage message{.text = prompt.text};
    for (const DraftAttachment& file : prompt.files)
        message.files << QString::fromStdString(file.attachment.name);
    return message;
}

} // namespace

PromptQueue::PromptQueue(StoreThread& store, ui::QueueStrip& strip) : store_(store), strip_(strip) {
    connect(&strip_, &ui::QueueStrip::removeRequested, this, [this](int index) {
        withPrompt(index, [index](Prompts& prompts) { prompts.erase(prompts.begin() + index); });
    });
    connect(&strip_, &ui::QueueStrip::editRequested, this, [this](int index) {
        withPrompt(index, [this, index](Prompts& prompts) {
            // On the disk as a draft before it is gone from here.
            emit editWanted(prompts[std::size_t(index)]);
            prompts.erase(prompts.begin() + index);
        });
    });
    connect(&strip_, &ui::QueueStrip::moveUpRequested, this, [this](int index) {
        if (index < 1) return;
        withPrompt(index, [index](Prompts& prompts) {
            std::swap(prompts[std::size_t(index)], prompts[std::size_t(index - 1)]);
        });
    });
    connect(&strip_, &ui::QueueStrip::goOnRequested, this, [this] {
        held_.erase(open_);
        show();
        emit goOnWanted(open_);
    });
}

void PromptQueue::withPrompt(int index, const std::function<void(Prompts&)>& act) {
    Prompts prompts = queues_[open_];
    if (index < 0 || index >= static_cast<int>(prompts.size())) return;
    act(prompts);
    change(open_, std::move(prompts));
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
            const Prompts kept = readList(text);
            if (kept.empty()) return;
            held_.insert(chat);
            Prompts& waiting = queues_[chat];
            waiting.insert(waiting.begin(), kept.begin(), kept.end());
            show();
        });
}

void PromptQueue::add(const std::string& chat, WaitingPrompt prompt) {
    Prompts prompts = queues_[chat];
    if (prompts.empty()) held_.erase(chat);
    read_.insert(chat);
    prompts.push_back(std::move(prompt));
    change(chat, std::move(prompts));
}

std::optional<WaitingPrompt> PromptQueue::next(const std::string& chat) const {
    const auto found = queues_.find(chat);
    if (found == queues_.end() || found->second.empty() || held_.contains(chat)) return std::nullopt;
    return found->second.front();
}

void PromptQueue::sent(const std::string& chat) {
    Prompts prompts = queues_[chat];
    if (!prompts.empty()) prompts.erase(prompts.begin());
    change(chat, std::move(prompts));
}

void PromptQueue::hold(const std::string& chat) {
    const auto found = queues_.find(chat);
    if (found == queues_.end() || found->second.empty()) return;
    held_.insert(chat);
    show();
}

void PromptQueue::change(const std::string& chat, Prompts prompts) {
    if (!unkept_.contains(chat))
        store_.run([key = chatKey(kQueue, chat), text = written(prompts)](ChatStore& store) {
            store.remember(key, text);
        });
    queues_[chat] = std::move(prompts);
    if (chat == open_) show();
}

void PromptQueue::show() {
    std::vector<ui::QueuedMessage> messages;
    for (const WaitingPrompt& prompt : queues_[open_]) messages.push_back(shown(prompt));
    strip_.setQueue(messages, held_.contains(open_) ? ui::QueueState::Held : ui::QueueState::Going);
}

} // namespace ponder::app
