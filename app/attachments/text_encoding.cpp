#include "app/attachments/text_encoding.h"

#include <QStringDecoder>

#include <algorithm>
#include <array>

namespace ponder::app {

namespace {

// Of the characters of a text without a mark that are none a person types.
constexpr double kMostControls = 0.01;
// UTF-16 without a mark: so many of its characters are of the first 256.
constexpr double kLeastNarrow = 0.4;

// What Windows-1252 has where Latin-1 has control characters; 0: nothing.
constexpr std::array<char16_t, 32> kWindowsLetters{
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

bool isTyped(char16_t letter) {
    return letter >= 0x20 || letter == '\t' || letter == '\n' || letter == '\r' || letter == '\f';
}

std::optional<QString> decoded(std::string_view bytes, QStringConverter::Encoding encoding) {
    QStringDecoder decoder(encoding);
    QString text = decoder.decode(QByteArrayView(bytes.data(), qsizetype(bytes.size())));
    // A character that was cut off at the end is no error to the decoder, only unfinished.
    if (decoder.hasError()) return std::nullopt;
    return text;
}

struct Mark {
    std::string_view bytes;
    QStringConverter::Encoding encoding;
};

using std::string_view_literals::operator""sv;

// The longer marks first: one begins with another.
constexpr std::array kMarks{
    Mark{"\xff\xfe\0\0"sv, QStringConverter::Utf32LE}, Mark{"\0\0\xfe\xff"sv, QStringConverter::Utf32BE},
    Mark{"\xef\xbb\xbf"sv, QStringConverter::Utf8},    Mark{"\xff\xfe"sv, QStringConverter::Utf16LE},
    Mark{"\xfe\xff"sv, QStringConverter::Utf16BE},
};

/// By where the zeros are: Western text has one in every character, always at the same place.
std::optional<QStringConverter::Encoding> utf16WithoutMark(std::string_view bytes) {
    if (bytes.size() < 4 || bytes.size() % 2 != 0) return std::nullopt;
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        if (bytes[i] == '\0') ++zeros[i % 2];
    const auto least = static_cast<std::size_t>(kLeastNarrow * static_cast<double>(bytes.size()) / 2);
    if (zeros[1] > least && zeros[0] == 0) return QStringConverter::Utf16LE;
    if (zeros[0] > least && zeros[1] == 0) return QStringConverter::Utf16BE;
    return std::nullopt;
}

QString fromWindowsLetters(std::string_view bytes) {
    QString text;
    text.reserve(qsizetype(bytes.size()));
    for (const char letter : bytes) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte >= 0x80 && byte < 0xa0)
            text += QChar(kWindowsLetters[byte - 0x80u]);
        else
            text += QChar(char16_t(byte));
    }
    return text;
}

/// Decoded or as good as: whether a person could have typed it.
bool readsAsText(const QString& text) {
    const auto controls =
        std::count_if(text.begin(), text.end(), [](QChar letter) { return !isTyped(letter.unicode()); });
    return double(controls) <= kMostControls * double(text.size());
}

std::string cleaned(const QString& text) {
    QString clean;
    clean.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar letter = text[i];
        if (letter == u'\r') {
            if (i + 1 == text.size() || text[i + 1] != u'\n') clean += u'\n';
        } else if (letter == u'\f') {
            clean += u'\n';
        } else if (isTyped(letter.unicode())) {
            clean += letter;
        }
    }
    return clean.toStdString();
}

} // namespace

std::optional<std::string> textFromBytes(std::string_view bytes) {
    for (const Mark& mark : kMarks) {
        if (!bytes.starts_with(mark.bytes)) continue;
        const auto text = decoded(bytes.substr(mark.bytes.size()), mark.encoding);
        if (text && readsAsText(*text)) return cleaned(*text);
    }
    if (bytes.find('\0') != std::string_view::npos) {
        const auto encoding = utf16WithoutMark(bytes);
        const auto text = encoding ? decoded(bytes, *encoding) : std::nullopt;
        if (text && readsAsText(*text)) return cleaned(*text);
        return std::nullopt;
    }
    QString text;
    if (const auto utf8 = decoded(bytes, QStringConverter::Utf8))
        text = *utf8;
    else
        text = fromWindowsLetters(bytes);
    if (!readsAsText(text)) return std::nullopt;
    return cleaned(text);
}

} // namespace ponder::app
