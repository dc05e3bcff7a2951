#include "engine/text/jinja/clock.h"

#include "engine/support/error.h"
#include "engine/text/jinja/failure.h"

#include <array>
#include <charconv>
#include <chrono>
#include <clocale>
#include <ctime>

namespace ponder::engine {

namespace {

constexpr std::size_t kLongestFormat = 1024;
constexpr std::size_t kLongestTime = 4096;

[[noreturn]] void refuse(std::string_view text) {
    throw Error("\"" + std::string(text.substr(0, 60)) +
                "\" is not a time. Write it like 2026-01-15T12:00:00.");
}

/// Reads numbers and the marks between them from left to right.
class TimeReader {
public:
    explicit TimeReader(std::string_view text) : text_(text), rest_(text) {}

    int number(std::size_t digits, int lowest, int highest) {
        int value = 0;
        const auto [end, error] =
            std::from_chars(rest_.data(), rest_.data() + std::min(digits, rest_.size()), value);
        if (error != std::errc() || end != rest_.data() + digits || value < lowest || value > highest)
            refuse(text_);
        rest_.remove_prefix(digits);
        return value;
    }
    bool skip(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void expect(char c) {
        if (!skip(c)) refuse(text_);
    }
    void skipDigits() {
        while (!rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9') rest_.remove_prefix(1);
    }
    bool atEnd() const { return rest_.empty(); }

private:
    std::string_view text_;
    std::string_view rest_;
};

locale_t plainLocale() {
    static const locale_t locale = newlocale(LC_ALL_MASK, "C", nullptr);
    return locale;
}

} // namespace

std::int64_t parseIsoTime(std::string_view text) {
    using namespace std::chrono;
    TimeReader reader(text);
    const year y(reader.number(4, 1, 9999));
    reader.expect('-');
    const month m(static_cast<unsigned>(reader.number(2, 1, 12)));
    reader.expect('-');
    const year_month_day date(y, m, day(static_cast<unsigned>(reader.number(2, 1, 31))));
    if (!date.ok()) refuse(text);
    std::int64_t seconds = duration_cast<std::chrono::seconds>(sys_days(date).time_since_epoch()).count();
    if (reader.atEnd()) return seconds;

    if (!reader.skip('T')) reader.expect(' ');
    seconds += reader.number(2, 0, 23) * 3600;
    reader.expect(':');
    seconds += reader.number(2, 0, 59) * 60;
    if (reader.skip(':')) seconds += reader.number(2, 0, 59);
    if (reader.skip('.')) reader.skipDigits();
    if (reader.skip('Z') || reader.atEnd()) {
        if (!reader.atEnd()) refuse(text);
        return seconds;
    }
    const bool ahead = reader.skip('+');
    if (!ahead) reader.expect('-');
    int offset = reader.number(2, 0, 23) * 3600;
    reader.skip(':');
    offset += reader.number(2, 0, 59) * 60;
    if (!reader.atEnd()) refuse(text);
    return ahead ? seconds - offset : seconds + offset;
}

std::string formatTime(const std::string& format, std::int64_t now) {
    if (format.empty()) return {};
    if (format.size() > kLongestFormat) jinja::fail("the format of a time is too long");
    const std::time_t time = now != 0 ? static_cast<std::time_t>(now) : std::time(nullptr);
    std::tm parts{};
    if (now != 0)
        gmtime_r(&time, &parts);
    else
        localtime_r(&time, &parts);
    std::array<char, kLongestTime> buffer{};
    // Something is always written: nothing written then means that it was too long.
    const std::string marked = format + "|";
    const std::size_t length =
        strftime_l(buffer.data(), buffer.size(), marked.c_str(), &parts, plainLocale());
    if (length == 0) jinja::fail("a formatted time is too long");
    return {buffer.data(), length - 1};
}

} // namespace ponder::engine
