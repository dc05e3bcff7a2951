#include "engine/text/jinja/unicode.h"

#include <array>
#include <utf8proc.h>

namespace ponder::engine::jinja {

namespace {

utf8proc_category_t categoryOf(std::int32_t point) {
    return utf8proc_category(point);
}

bool isOneOf(std::int32_t point, std::initializer_list<utf8proc_category_t> categories) {
    const utf8proc_category_t category = categoryOf(point);
    for (const auto candidate : categories) {
        if (candidate == category) return true;
    }
    return false;
}

std::string encoded(std::int32_t point) {
    std::string text;
    appendCodePoint(text, point);
    return text;
}

/// Characters whose capitals are several characters (Unicode's SpecialCasing.txt, unconditional rows).
struct LongCapital {
    std::int32_t point;
    std::string_view upper;
    std::string_view title;
};

constexpr LongCapital kLongCapitals[] = {
    {0x00DF, "SS", "Ss"},           {0x0149, "\u02BCN", "\u02BCN"}, {0x01F0, "J\u030C", "J\u030C"},
    {0x1E96, "H\u0331", "H\u0331"}, {0x1E97, "T\u0308", "T\u0308"}, {0x1E98, "W\u030A", "W\u030A"},
    {0x1E99, "Y\u030A", "Y\u030A"}, {0x1E9A, "A\u02BE", "A\u02BE"}, {0xFB00, "FF", "Ff"},
    {0xFB01, "FI", "Fi"},           {0xFB02, "FL", "Fl"},           {0xFB03, "FFI", "Ffi"},
    {0xFB04, "FFL", "Ffl"},         {0xFB05, "ST", "St"},           {0xFB06, "ST", "St"},
};

const LongCapital* longCapital(std::int32_t point) {
    for (const LongCapital& capital : kLongCapitals) {
        if (capital.point == point) return &capital;
    }
    return nullptr;
}

} // namespace

std::int32_t codePointAt(std::string_view text, std::size_t offset) {
    const auto first = static_cast<unsigned char>(text[offset]);
    if (first < 0x80) return first;
    utf8proc_int32_t point = -1;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + offset;
    const auto length = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - offset), &point);
    return length > 0 ? point : -1;
}

void appendCodePoint(std::string& text, std::int32_t point) {
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto length = utf8proc_encode_char(point, bytes.data());
    text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

bool isSpace(std::int32_t point) {
    if (point < 0x80)
        return point == ' ' || (point >= 0x09 && point <= 0x0D) || (point >= 0x1C && point <= 0x1F);
    return point == 0x85 ||
           isOneOf(point, {UTF8PROC_CATEGORY_ZS, UTF8PROC_CATEGORY_ZL, UTF8PROC_CATEGORY_ZP});
}

bool isLetter(std::int32_t point) {
    return isOneOf(point, {UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LL, UTF8PROC_CATEGORY_LT,
                           UTF8PROC_CATEGORY_LM, UTF8PROC_CATEGORY_LO});
}

bool isDecimal(std::int32_t point) {
    return categoryOf(point) == UTF8PROC_CATEGORY_ND;
}

bool isDigit(std::int32_t point) {
    const bool superscript = point == 0xB2 || point == 0xB3 || point == 0xB9 || point == 0x2070 ||
                             (point >= 0x2074 && point <= 0x2079) || (point >= 0x2080 && point <= 0x2089);
    return superscript || isDecimal(point);
}

bool isNumeric(std::int32_t point) {
    return isOneOf(point, {UTF8PROC_CATEGORY_ND, UTF8PROC_CATEGORY_NL, UTF8PROC_CATEGORY_NO});
}

bool isUpper(std::int32_t point) {
    return utf8proc_isupper(point) != 0;
}

bool isLower(std::int32_t point) {
    return utf8proc_islower(point) != 0 || point == 0xAA || point == 0xBA;
}

bool isCased(std::int32_t point) {
    return isUpper(point) || isLower(point) || categoryOf(point) == UTF8PROC_CATEGORY_LT;
}

bool isPrintable(std::int32_t point) {
    if (point == ' ') return true;
    return !isOneOf(point,
                    {UTF8PROC_CATEGORY_CC, UTF8PROC_CATEGORY_CF, UTF8PROC_CATEGORY_CS, UTF8PROC_CATEGORY_CO,
                     UTF8PROC_CATEGORY_CN, UTF8PROC_CATEGORY_ZL, UTF8PROC_CATEGORY_ZP, UTF8PROC_CATEGORY_ZS});
}

bool isWord(std::int32_t point) {
    return point == '_' || isLetter(point) || isNumeric(point);
}

std::string upperOf(std::int32_t point) {
    if (const LongCapital* capital = longCapital(point)) return std::string(capital->upper);
    return encoded(utf8proc_toupper(point));
}

std::string lowerOf(std::int32_t point) {
    if (point == 0x130) return "i\u0307";
    return encoded(utf8proc_tolower(point));
}

std::string titleOf(std::int32_t point) {
    if (const LongCapital* capital = longCapital(point)) return std::string(capital->title);
    return encoded(utf8proc_totitle(point));
}

std::string foldOf(std::int32_t point) {
    if (point == 0xDF || point == 0x1E9E) return "ss";
    if (const LongCapital* capital = longCapital(point)) {
        std::string folded;
        for (std::size_t at = 0; at < capital->upper.size(); at += characterLength(capital->upper, at)) {
            folded += lowerOf(codePointAt(capital->upper, at));
        }
        return folded;
    }
    if (point == 0x3C2) return "\u03C3";
    return lowerOf(point);
}

std::size_t skipSpace(std::string_view text, std::size_t from) {
    while (from < text.size() && isSpace(codePointAt(text, from))) from += characterLength(text, from);
    return from;
}

std::size_t spaceBegins(std::string_view text) {
    std::size_t end = text.size();
    while (end > 0) {
        const std::size_t previous = previousCharacter(text, end);
        if (!isSpace(codePointAt(text, previous))) break;
        end = previous;
    }
    return end;
}

} // namespace ponder::engine::jinja
