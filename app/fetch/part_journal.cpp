#include "app/fetch/part_journal.h"

#include "app/downloads/json_members.h"

namespace ponder::fetch {

namespace {

using nlohmann::json;

constexpr std::string_view kFormat = "ponder-part-1";
constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 50;

} // namespace

std::string journalText(const PartJournal& journal) {
    return json{{"format", kFormat},
                {"url", journal.url},
                {"etag", journal.etag},
                {"sha256", journal.sha256},
                {"sizeBytes", journal.sizeBytes},
                {"confirmedBytes", journal.confirmedBytes},
                {"confirmedSha256", journal.confirmedSha256}}
               .dump(2, ' ', false, json::error_handler_t::replace) +
           "\n";
}

std::optional<PartJournal> parseJournal(std::string_view text) {
    if (text.size() > kLongestJournal) return std::nullopt;
    const json object = json::parse(text, nullptr, false);
    if (app::textOf(object, "format", 32) != kFormat) return std::nullopt;
    const auto url = app::textOf(object, "url", 4096);
    const auto etag = app::textOf(object, "etag", 1024);
    const auto hash = app::textOf(object, "sha256", 64);
    const auto size = app::countOf(object, "sizeBytes", kMostBytes);
    const auto confirmed = app::countOf(object, "confirmedBytes", kMostBytes);
    const auto confirmedHash = app::textOf(object, "confirmedSha256", 64);
    if (!url || !etag || !hash || !size || !confirmed || !confirmedHash) return std::nullopt;
    if (!app::isHashOrEmpty(*hash) || !app::isHashOrEmpty(*confirmedHash) || confirmedHash->empty())
        return std::nullopt;
    if (*size == 0 || *confirmed > *size) return std::nullopt;
    return PartJournal{.url = *url,
                       .etag = *etag,
                       .sha256 = *hash,
                       .sizeBytes = *size,
                       .confirmedBytes = *confirmed,
                       .confirmedSha256 = *confirmedHash};
}

} // namespace ponder::fetch
