#include "app/fetch/answer_head.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "app/downloads/json_members.h"

namespace ponder::fetch {

namespace {

constexpr std::size_t kLongestHead = 65'536;
constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 50;

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return lower;
}

std::optional<std::uint64_t> countIn(std::string_view text) {
    std::uint64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc() || end != text.data() + text.size() || count > kMostBytes) return std::nullopt;
    return count;
}

std::optional<ContentRange> rangeIn(std::string_view text) {
    constexpr std::string_view kUnit = "bytes ";
    if (!text.starts_with(kUnit)) return std::nullopt;
    text.remove_prefix(kUnit.size());
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto total = countIn(text.substr(slash + 1));
    if (!total) return std::nullopt;
    const std::string_view span = text.substr(0, slash);
    if (span == "*") return ContentRange{.first = {}, .last = 0, .total = *total};
    const std::size_t dash = span.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto first = countIn(span.substr(0, dash));
    const auto last = countIn(span.substr(dash + 1));
    if (!first || !last) return std::nullopt;
    return ContentRange{*first, *last, *total};
}

std::optional<std::int64_t> secondsIn(std::string_view date) {
    const std::time_t seconds = ::curl_getdate(std::string(date).c_str(), nullptr);
    return seconds < 0 ? std::nullopt : std::optional<std::int64_t>(seconds);
}

} // namespace

bool AnswerHead::add(std::string_view line) {
    size_ += line.size();
    if (size_ > kLongestHead) return false;
    if (complete_ && !line.starts_with("HTTP/")) return true; // a chunked body's trailer
    line = trimmed(line);
    if (line.starts_with("HTTP/")) {
        const std::size_t whole = size_;
        *this = AnswerHead();
        size_ = whole;
        const std::size_t space = std::min(line.find(' '), line.size() - 1);
        status_ = static_cast<int>(countIn(line.substr(space + 1, 3)).value_or(0));
        return true;
    }
    if (line.empty()) {
        complete_ = status_ >= 200;
        return true;
    }
    if (const std::size_t colon = line.find(':'); colon != std::string_view::npos)
        take(lowerCase(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
    return true;
}

void AnswerHead::take(std::string_view name, std::string_view value) {
    if (name == "content-length") length_ = countIn(value);
    if (name == "content-range") range_ = rangeIn(value);
    if (name == "content-encoding") packed_ = !value.empty() && lowerCase(value) != "identity";
    if (name == "location") location_ = value;
    if (name == "etag")
        strongEtag_ = value.starts_with('"') && value.size() <= 1024 ? value : std::string_view();
    if (name == "x-linked-size") linkedSize_ = countIn(value).value_or(0);
    if (name == "x-linked-etag") {
        const std::string_view hash =
            value.size() == 66 && value.starts_with('"') ? value.substr(1, 64) : std::string_view();
        if (app::isHashOrEmpty(hash)) linkedHash_ = hash;
    }
    if (name == "date") date_ = secondsIn(value);
    if (name == "retry-after") {
        if (const auto seconds = countIn(value))
            retryAfterSeconds_ = static_cast<std::int64_t>(*seconds);
        else if (const auto at = secondsIn(value))
            // By the server's own clock, whatever ours says.
            retryAfterSeconds_ = std::max<std::int64_t>(0, *at - date_.value_or(std::time(nullptr)));
    }
}

} // namespace ponder::fetch
