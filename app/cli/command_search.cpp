#include <nlohmann/json.hpp>
#include <ostream>

#include "app/cli/commands.h"
#include "app/exchange/export.h"
#include "app/store/chat_store.h"

namespace ponder::app {

namespace {

constexpr int kDefaultLimit = 50;

std::string markedSnippet(const SearchHit& hit) {
    std::string text;
    std::size_t at = 0;
    for (const auto& [begin, end] : hit.marks) {
        text += plainForTerminal(hit.snippet.substr(at, begin - at)) + "\033[1m" +
                plainForTerminal(hit.snippet.substr(begin, end - begin)) + "\033[0m";
        at = end;
    }
    return text + plainForTerminal(hit.snippet.substr(at));
}

void printHits(const SearchResults& results, CommandContext& context) {
    for (const SearchHit& hit : results.hits)
        context.output << plainForTerminal(hit.title) << "  (" << hit.chat << ", " << roleName(hit.role)
                       << ", " << dayText(hit.createdMs) << ")\n    "
                       << (context.outputIsTerminal ? markedSnippet(hit) : hit.snippet) << "\n";
    if (results.total == 0)
        context.output << "Nothing was found.\n";
    else if (results.total > static_cast<std::int64_t>(results.hits.size()))
        context.output << results.hits.size() << " of " << results.total << "; --limit 0 shows all.\n";
}

int runSearch(const Arguments& arguments, CommandContext& context) {
    const int limit = static_cast<int>(arguments.integer("--limit", 0, 1 << 30).value_or(kDefaultLimit));
    const SearchQuery query = parseSearch(arguments.operands().front(), LastWord::Whole);
    SearchResults results;
    // Searching does not create a chat file where there is none.
    if (std::filesystem::exists(context.paths.chatFile())) {
        ChatStore store(context.paths.chatFile().string());
        for (const std::string& notice : store.notices()) context.complaints << "ponder: " << notice << "\n";
        results = store.search(query, limit);
    }
    if (!arguments.has("--json")) {
        printHits(results, context);
        return 0;
    }
    nlohmann::ordered_json hits = nlohmann::ordered_json::array();
    for (const SearchHit& hit : results.hits)
        hits.push_back({{"chat", hit.chat},
                        {"message", hit.turn},
                        {"title", hit.title},
                        {"snippet", hit.snippet},
                        {"role", roleName(hit.role)},
                        {"date", dateText(hit.createdMs)}});
    const nlohmann::ordered_json object{{"total", results.total}, {"hits", hits}};
    context.output << object.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
    return 0;
}

} // namespace

Command searchCommand() {
    return {
        {.name = "search",
         .operands = "QUERY",
         .summary =
             "Finds words in all chats. \"Quotes\" find a phrase, word* a beginning; filters are role:user,\n"
             "role:assistant, in:thoughts, in:answers, in:archive, model:NAME, before:2026-03-31 and after:2026-03-31.",
         .options = {{"--limit", "N", "at most N hits (50), 0 for all", ""},
                     {"--json", "", "write one JSON object", ""},
                     dataFolderOption()},
         .leastOperands = 1,
         .mostOperands = 1},
        runSearch};
}

} // namespace ponder::app
