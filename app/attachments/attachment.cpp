#include "app/attachments/attachment.h"

namespace ponder::app {

namespace {

// English text and code take about four bytes a token; scripts of three bytes a letter about a token a
// letter.
constexpr double kTokensPerAsciiByte = 0.27;
constexpr double kTokensPerOtherCharacter = 0.8;

} // namespace

int roughTokens(std::string_view text) {
    std::size_t ascii = 0;
    std::size_t others = 0;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte < 0x80)
            ++ascii;
        else if ((byte & 0xc0) != 0x80)
            ++others;
    }
    return static_cast<int>(static_cast<double>(ascii) * kTokensPerAsciiByte +
                            static_cast<double>(others) * kTokensPerOtherCharacter) +
           (text.empty() ? 0 : 1);
}

Part partOf(const Attachment& attachment) {
    Part part = textPart(attachment.text);
    part.kind = PartKind::Attachment;
    part.name = attachment.name;
    return part;
}

} // namespace ponder::app
