#include "app/exchange/import.h"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "app/chat_title.h"
#include "app/exchange/import_formats.h"
#include "app/exchange/import_value.h"
#include "app/exchange/json_elements.h"

namespace ponder::app {

namespace {

using nlohmann::json;

// Of a large zip the unpacking takes about as long as half of what follows.
constexpr double kReadingShare = 0.33;

/// Hands over the values in a document that may be chats; names the place where it is broken.
void readDocument(const ImportDocument& document, const std::function<void(const json&)>& take,
                  const std::function<void(std::size_t)>& passed) {
    try {
        forEachElement(document.text, take, passed);
    } catch (const BrokenJson& error) {
        const std::size_t at = std::min(error.byte, document.text.size());
        const auto line = 1 + std::count(document.text.begin(),
                                         document.text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
        throw engine::Error(document.name + " is not valid JSON: something is wrong in line " +
                            std::to_string(line) + ", at byte " + std::to_string(error.byte) +
                            ". Nothing was imported. Export the chats again.");
    } catch (const json::out_of_range& error) {
        throw engine::Error(document.name + " holds a number that is too large (" + error.what() +
                            "). Nothing was imported. Export the chats again.");
    }
}

const ChatFormat* formatOf(const json& chat) {
    for (const ChatFormat& format : chatFormats())
        if (format.recognises(chat)) return &format;
    return nullptr;
}

/// Jan keeps a thread and its messages in files of their own.
class JanThreads {
public:
    bool take(const json& value) {
        const std::string kind = textOf(value, "object");
        const bool isMessage =
            kind == "thread.message" || (kind.empty() && memberOf(value, "thread_id").is_string());
        const bool isThread = kind == "thread" || (kind.empty() && memberOf(value, "assistants").is_array());
        if (isMessage)
            messages_[textOf(value, "thread_id")].push_back(value);
        else if (isThread)
            threads_.push_back(value);
        return isMessage || isThread;
    }

    std::vector<json> chats() const {
        std::vector<json> joined;
        for (const json& thread : threads_) {
            const auto found = messages_.find(textOf(thread, "id"));
            joined.push_back(
                {{"janThread", thread},
                 {"janMessages", found == messages_.end() ? json::array() : json(found->second)}});
        }
        return joined;
    }

private:
    std::vector<json> threads_;
    std::map<std::string, std::vector<json>> messages_;
};

std::string firstPrompt(const Conversation& chat) {
    for (const Turn& turn : chat.turns())
        if (turn.role == engine::Role::User) return joinedText(turn, PartKind::Text);
    return {};
}

class Reading {
public:
    void add(const json& value) {
        const ChatFormat* format = formatOf(value);
        if (!format) return; // a user.json, a list of projects
        recognised_ = true;
        result_.source = format->name;
        std::vector<std::string> notes;
        try {
            Conversation chat = format->read(value, notes);
            complete(chat);
            const bool isEmpty = chat.empty() && format->name != kPonderFormat.name;
            if (isEmpty)
                notes.push_back("Chats without a message were left out.");
            else if (seen_.insert(chat.header.id).second)
                result_.chats.push_back(std::move(chat));
        } catch (const engine::Error& error) {
            ++result_.unreadable;
            notes.push_back(std::string("A chat was left out: ") + error.what());
        } catch (const json::exception& error) {
            ++result_.unreadable;
            notes.push_back(std::string("A chat was left out: ") + error.what());
        }
        for (std::string& note : notes)
            if (noted_.insert(note).second) result_.notes.push_back(std::move(note));
    }

    ImportedChats take(const std::string& name) {
        if (!recognised_)
            throw engine::Error(
                name + " holds no chats that Ponder knows. It reads exports of ChatGPT, Claude, DeepSeek, "
                       "Open WebUI, LM Studio, llama.cpp, Jan and its own.");
        return std::move(result_);
    }

private:
    static void complete(Conversation& chat) {
        ChatHeader& header = chat.header;
        if (header.title.empty()) header.title = titleFromPrompt(firstPrompt(chat));
        if (header.createdMs == 0) header.createdMs = nowMilliseconds();
        header.updatedMs = std::max(header.updatedMs, header.createdMs);
    }

    ImportedChats result_;
    std::set<std::string> seen_;
    std::set<std::string> noted_;
    bool recognised_ = false;
};

} // namespace

std::span<const ChatFormat> chatFormats() {
    static const std::array formats{kPonderFormat,    kDeepSeekFormat, kChatGptFormat,  kClaudeFormat,
                                    kOpenWebUiFormat, kLmStudioFormat, kLlamaCppFormat, kJanFormat};
    return formats;
}

ImportedChats readChats(const std::filesystem::path& path, const ImportWatch& watch) {
    const ImportWatch reading{[&](double fraction) { watch.report(fraction * kReadingShare); }, watch.stop};
    const ImportWatch parsing{
        [&](double fraction) { watch.report(kReadingShare + fraction * (1 - kReadingShare)); }, watch.stop};
    return readChats(readDocuments(path, reading), path.string(), parsing);
}

ImportedChats readChats(const std::vector<ImportDocument>& documents, const std::string& name,
                        const ImportWatch& watch) {
    std::size_t size = 1;
    for (const ImportDocument& document : documents) size += document.text.size();
    std::size_t before = 0;
    Reading reading;
    JanThreads jan;
    for (const ImportDocument& document : documents) {
        readDocument(
            document,
            [&](const json& value) {
                if (!jan.take(value)) reading.add(value);
            },
            [&](std::size_t bytes) {
                watch.report(static_cast<double>(before + bytes) / static_cast<double>(size));
            });
        before += document.text.size();
    }
    for (const json& chat : jan.chats()) {
        watch.report(1);
        reading.add(chat);
    }
    return reading.take(name);
}

} // namespace ponder::app
