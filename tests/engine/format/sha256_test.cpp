#include "engine/format/sha256.h"

#include <gtest/gtest.h>

#include <string_view>

namespace ponder::engine {
namespace {

std::string digest(std::string_view text, std::size_t pieceBytes) {
    Sha256 hash;
    for (std::size_t at = 0; at < text.size(); at += pieceBytes) {
        const std::string_view piece = text.substr(at, pieceBytes);
        hash.add(std::as_bytes(std::span(piece)));
    }
    return hash.hex();
}

// FIPS 180-4's examples.
TEST(Sha256, AgreesWithTheStandard) {
    EXPECT_EQ(digest("", 1), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(digest("abc", 3), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(digest(std::string(1'000'000, 'a'), 1000),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, DoesNotDependOnHowTheBytesCome) {
    const std::string text(300, 'x');
    const std::string whole = digest(text, text.size());
    for (std::size_t piece : {1, 7, 63, 64, 65, 128, 299}) EXPECT_EQ(digest(text, piece), whole) << piece;
}

} // namespace
} // namespace ponder::engine
