#include "app/attachments/text_encoding.h"

#include <gtest/gtest.h>

namespace ponder::app {

namespace {

using namespace std::string_literals;

std::string utf16(const std::u16string& text, bool bigEndian) {
    std::string bytes;
    for (const char16_t unit : text) {
        const char high = static_cast<char>(unit >> 8);
        const char low = static_cast<char>(unit & 0xff);
        bytes += bigEndian ? std::string{high, low} : std::string{low, high};
    }
    return bytes;
}

TEST(TextEncoding, Utf8StaysAsItIs) {
    EXPECT_EQ(textFromBytes("Grüße, 世界 🙂\n"), "Grüße, 世界 🙂\n");
    EXPECT_EQ(textFromBytes(""), "");
}

TEST(TextEncoding, MarksGo) {
    EXPECT_EQ(textFromBytes("\xef\xbb\xbfhello"), "hello");
    EXPECT_EQ(textFromBytes("\xff\xfe" + utf16(u"é🙂", false)), "é🙂");
    EXPECT_EQ(textFromBytes("\xfe\xff" + utf16(u"世界", true)), "世界");
    EXPECT_EQ(textFromBytes("\xff\xfe\0\0a\0\0\0"s), "a");
}

TEST(TextEncoding, Utf16WithoutAMarkIsSeenByItsZeros) {
    EXPECT_EQ(textFromBytes(utf16(u"plain words", false)), "plain words");
    EXPECT_EQ(textFromBytes(utf16(u"plain words", true)), "plain words");
}

TEST(TextEncoding, WhatIsNoUtf8IsWestern) {
    EXPECT_EQ(textFromBytes("caf\xe9 \x80 5, \x93quoted\x94"), "café € 5, “quoted”");
}

TEST(TextEncoding, LineEndsAreOneCharacter) {
    EXPECT_EQ(textFromBytes("a\r\nb\rc\n"), "a\nb\nc\n");
}

TEST(TextEncoding, AStrayControlCharacterGoesAndTheTextStays) {
    EXPECT_EQ(textFromBytes(std::string(500, 'x') + "\x1b[0m\ttab"), std::string(500, 'x') + "[0m\ttab");
}

TEST(TextEncoding, BinaryIsNoText) {
    EXPECT_EQ(textFromBytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"s), std::nullopt);
    EXPECT_EQ(textFromBytes("\x7f"
                            "ELF\x02\x01\x01\0\0\0"s),
              std::nullopt);
    EXPECT_EQ(textFromBytes(std::string(100, '\0')), std::nullopt);
    std::string every;
    for (int i = 1; i < 256; ++i) every += static_cast<char>(i);
    EXPECT_EQ(textFromBytes(every), std::nullopt);
}

} // namespace

} // namespace ponder::app
