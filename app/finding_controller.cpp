#include "app/finding_controller.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <QDateTime>
#include <QLocale>

#include "ui/finding/search_page.h"

namespace ponder::app {

namespace {

ui::FoundMessage shownHit(const SearchHit& hit) {
    ui::FoundMessage shown;
    shown.chat = QString::fromStdString(hit.chat);
    shown.message = hit.turn;
    shown.title = QString::fromStdString(hit.title);
    shown.snippet = QString::fromStdString(hit.snippet);
    const auto place = [&](std::size_t bytes) {
        return static_cast<int>(QString::fromUtf8(hit.snippet.data(), static_cast<qsizetype>(bytes)).size());
    };
    for (const auto& [begin, end] : hit.marks) {
        const ui::TextRange mark{place(begin), place(end)};
        // Chinese characters are found one by one, and marked as the word they are.
        if (!shown.marks.empty() && shown.marks.back().to == mark.from)
            shown.marks.back().to = mark.to;
        else
            shown.marks.push_back(mark);
    }
    shown.role = hit.role == engine::Role::User ? ui::Role::User : ui::Role::Assistant;
    shown.written = QDateTime::fromMSecsSinceEpoch(hit.createdMs);
    return shown;
}

ui::FoundMessages shownResults(const QString& query, const SearchQuery& parsed,
                               const SearchResults& results) {
    ui::FoundMessages found;
    found.query = query;
    for (const std::string& word : parsed.words) found.words << QString::fromStdString(word);
    found.total = results.total;
    found.isMore = results.isMore;
    for (const SearchHit& hit : results.hits) found.messages.push_back(shownHit(hit));
    return found;
}

} // namespace

FindingController::FindingController(StoreThread& store, ChatController& chats, ui::MainWindow& window)
    : store_(store), chats_(chats), window_(window), finding_(window.finding()) {
    finding_.palette().setSource(ui::PaletteSection::Chats, [this] { return chatEntries(); });
    connect(&finding_, &ui::WindowFinding::searchAsked, this, &FindingController::search);
    connect(&finding_, &ui::WindowFinding::messageChosen, this, &FindingController::open);
    connect(&finding_, &ui::WindowFinding::opened, this, &FindingController::readNames);
    connect(&chats_, &ChatController::chatShown, this, &FindingController::showWanted);
}

FindingController::~FindingController() {
    for (std::stop_source& search : searches_) search.request_stop();
}

void FindingController::search(ui::FindingPlace place, const QString& query, int limit) {
    std::stop_source& current = searches_[static_cast<std::size_t>(place)];
    current.request_stop();
    current = std::stop_source();
    SearchQuery parsed;
    try {
        parsed = parseSearch(query.toStdString(), LastWord::Prefix);
    } catch (const engine::Error& error) {
        ui::FoundMessages refused;
        refused.query = query;
        refused.problem = QString::fromUtf8(error.what());
        return finding_.showFound(place, refused);
    }
    using Answer = std::optional<SearchResults>;
    store_.ask<Answer>(
        this,
        [parsed, limit, stop = current.get_token()](ChatStore& chats) -> Answer {
            if (stop.stop_requested()) return std::nullopt;
            try {
                return chats.search(parsed, limit, SearchEffort::Quick, stop);
            } catch (const QueryStopped&) {
                return std::nullopt; // another letter has been typed
            }
        },
        [this, place, query, parsed](Answer results) {
            if (results) finding_.showFound(place, shownResults(query, parsed, *results));
        });
}

void FindingController::open(const ui::FoundMessage& message, const QStringList& words) {
    wanted_ = {message.chat.toStdString(), message.message, words};
    if (chats_.shownChat() == wanted_.chat) return showWanted(wanted_.chat);
    chats_.openChat(wanted_.chat);
}

void FindingController::showWanted(const std::string& chat) {
    const Wanted wanted = std::exchange(wanted_, {});
    if (wanted.turn == 0 || wanted.chat != chat) return;
    const std::vector<ui::MessageContent>& seen = window_.transcript().messages();
    const bool onPath = std::any_of(seen.begin(), seen.end(), [&](const ui::MessageContent& message) {
        return message.id == wanted.turn;
    });
    if (!onPath) chats_.goTo(wanted.turn);
    finding_.showMessage(wanted.turn, wanted.words);
}

void FindingController::readNames() {
    if (finding_.page().isVisible()) return readModelNames();
    using Headers = std::vector<ChatHeader>;
    store_.ask<Headers>(
        this, [](ChatStore& chats) { return chats.chats(); },
        [this](Headers headers) {
            headers_ = std::move(headers);
            std::stable_sort(headers_.begin(), headers_.end(), [](const ChatHeader& a, const ChatHeader& b) {
                const bool archived = a.archivedMs > 0; // what has been put away comes last
                const bool otherArchived = b.archivedMs > 0;
                return archived != otherArchived ? otherArchived : a.updatedMs > b.updatedMs;
            });
            if (finding_.palette().isVisible()) finding_.palette().refresh();
        });
}

void FindingController::readModelNames() {
    using Names = std::vector<std::string>;
    store_.ask<Names>(
        this, [](ChatStore& chats) { return chats.modelNames(); },
        [this](const Names& names) {
            QStringList models;
            for (const std::string& name : names) models << QString::fromStdString(name);
            finding_.page().setModelNames(models);
        });
}

std::vector<ui::PaletteEntry> FindingController::chatEntries() {
    std::vector<ui::PaletteEntry> entries;
    entries.reserve(headers_.size());
    for (const ChatHeader& header : headers_) {
        const QDate day = QDateTime::fromMSecsSinceEpoch(header.updatedMs).date();
        entries.push_back({.text = QString::fromStdString(header.title),
                           .detail = QLocale().toString(day, QLocale::ShortFormat),
                           .words = {},
                           .icon = ui::Icon::Chat,
                           .run = [this, id = header.id] {
                               finding_.closeAll();
                               chats_.openChat(id);
                           }});
    }
    return entries;
}

} // namespace ponder::app
