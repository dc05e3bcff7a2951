#include "app/summary_keeper.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace ponder::app {

namespace {

using nlohmann::json;

constexpr const char* kSummaries = "summaries";
// One for each branch that is looked at, and the one before: the next is written from it.
constexpr std::size_t kMostKept = 8;

std::string written(const std::vector<Summary>& summaries) {
    json list = json::array();
    for (const Summary& summary : summaries)
        list.push_back({{"through", summary.through}, {"text", summary.text}});
    return list.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<Summary> readList(const std::string& text) {
    std::vector<Summary> summaries;
    const json list = json::parse(text, nullptr, false);
    if (!list.is_array()) return summaries;
    for (const json& entry : list) {
        if (!entry.is_object()) continue;
        const auto through = entry.find("through");
        const auto words = entry.find("text");
        if (through == entry.end() || !through->is_number_integer() || words == entry.end() ||
            !words->is_string())
            continue;
        summaries.push_back({through->get<int>(), words->get<std::string>()});
    }
    return summaries;
}

} // namespace

void SummaryKeeper::open(const std::string& chat, ChatKeeping keeping) {
    if (keeping == ChatKeeping::InMemory) {
        unkept_.insert(chat);
        read_.insert(chat);
    } else if (unkept_.erase(chat) > 0) {
        write(chat);
    } else {
        whenRead(chat, {});
    }
}

void SummaryKeeper::whenRead(const std::string& chat, std::function<void()> then) {
    if (read_.contains(chat)) {
        if (then) then();
        return;
    }
    auto& waiting = reading_[chat];
    waiting.push_back(std::move(then));
    if (waiting.size() > 1) return;
    const auto done = [this, chat] {
        read_.insert(chat);
        const auto due = reading_.extract(chat);
        for (const auto& next : due.mapped())
            if (next) next();
    };
    store_.ask<std::string>(
        this, [chat](ChatStore& store) { return store.remembered(chatKey(kSummaries, chat)); },
        [this, chat, done](const std::string& text) {
            std::vector<Summary> kept = readList(text);
            auto& known = summaries_[chat];
            known.insert(known.begin(), kept.begin(), kept.end());
            done();
        },
        done);
}

const Summary* SummaryKeeper::through(const std::string& chat, int turn) const {
    const auto found = summaries_.find(chat);
    if (found == summaries_.end()) return nullptr;
    for (const Summary& summary : found->second)
        if (summary.through == turn) return &summary;
    return nullptr;
}

void SummaryKeeper::add(const std::string& chat, Summary summary) {
    auto& known = summaries_[chat];
    std::erase_if(known, [&](const Summary& other) { return other.through == summary.through; });
    known.push_back(std::move(summary));
    if (known.size() > kMostKept) known.erase(known.begin());
    write(chat);
}

void SummaryKeeper::write(const std::string& chat) {
    const auto found = summaries_.find(chat);
    if (found == summaries_.end() || found->second.empty() || unkept_.contains(chat)) return;
    store_.run([key = chatKey(kSummaries, chat), text = written(found->second)](ChatStore& store) {
        store.remember(key, text);
    });
}

} // namespace ponder::app
