#include "engine/format/file_signature.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <string>

namespace ponder::engine {

namespace {

using namespace std::string_view_literals;

struct Signature {
    std::string_view start;
    std::string_view meaning;
};

constexpr Signature kSignatures[] = {
    {"version https://git-lfs"sv, "a git-LFS pointer, not the file it points to"sv},
    {"PK\3\4"sv, "a zip archive or a PyTorch checkpoint"sv},
    {"\x80\2"sv, "a PyTorch checkpoint"sv},
    {"\x1F\x8B"sv, "a gzip archive"sv},
    {"\xFD"
     "7zXZ"sv,
     "an xz archive"sv},
    {"\x28\xB5\x2F\xFD"sv, "a Zstandard archive"sv},
    {"7z\xBC\xAF"sv, "a 7-Zip archive"sv},
    {"%PDF"sv, "a PDF document"sv},
    {"\x7F"
     "ELF"sv,
     "a program"sv},
    {"lmgg"sv, "a model of the GGML format, which came before GGUF"sv},
    {"fmgg"sv, "a model of the GGML format, which came before GGUF"sv},
    {"tjgg"sv, "a model of the GGML format, which came before GGUF"sv},
    {"FUGG"sv, "a GGUF file with its bytes in reverse order"sv},
};

bool looksLikeWebPage(std::string_view bytes) {
    const auto start = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF"sv);
    if (start == std::string_view::npos) return false;
    std::string text(bytes.substr(start, 16));
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text.starts_with("<!doctype") || text.starts_with("<html") || text.starts_with("<?xml") ||
           text.starts_with("<head");
}

/// A 64-bit length, then JSON.
bool looksLikeSafetensors(std::string_view bytes) {
    return bytes.size() > 9 && bytes[8] == '{' && (bytes[9] == '"' || bytes[9] == '}' || bytes[9] == ' ');
}

} // namespace

std::string_view looksLike(std::string_view firstBytes) {
    for (const Signature& signature : kSignatures) {
        if (firstBytes.starts_with(signature.start)) return signature.meaning;
    }
    if (looksLikeWebPage(firstBytes)) return "a web page, perhaps a login or an error page";
    if (looksLikeSafetensors(firstBytes)) return "a model of the safetensors format";
    return {};
}

} // namespace ponder::engine
