#include "app/attachments/file_kind.h"

#include <array>
#include <utility>

namespace ponder::app {

namespace {

using std::string_view_literals::operator""sv;
using Kind = std::pair<std::string_view, std::string_view>;

constexpr std::array kByStart{
    Kind{"\x89PNG", "a PNG picture"},
    Kind{"\xff\xd8\xff", "a JPEG picture"},
    Kind{"GIF8", "a GIF picture"},
    Kind{"BM", "a bitmap picture"},
    Kind{"II*\0"sv, "a TIFF picture"},
    Kind{"MM\0*"sv, "a TIFF picture"},
    Kind{"\x7f"sv
         "ELF",
         "a program"},
    Kind{"MZ", "a program"},
    Kind{"\x1f\x8b", "a compressed file"},
    Kind{"BZh", "a compressed file"},
    Kind{"\xfd"
         "7zXZ",
         "a compressed file"},
    Kind{"\x28\xb5\x2f\xfd", "a compressed file"},
    Kind{"7z\xbc\xaf", "an archive"},
    Kind{"Rar!", "an archive"},
    Kind{"ID3", "a sound"},
    Kind{"OggS", "a sound"},
    Kind{"fLaC", "a sound"},
    Kind{"\x1a\x45\xdf\xa3", "a film"},
    Kind{"GGUF", "a model"},
    Kind{"SQLite format 3", "a database"},
    Kind{"\xd0\xcf\x11\xe0", "a document of an old office program"},
};

constexpr std::array kZipByEnding{
    Kind{".docx", "a Word document"},
    Kind{".xlsx", "an Excel table"},
    Kind{".pptx", "a PowerPoint document"},
    Kind{".odt", "a LibreOffice document"},
    Kind{".ods", "a LibreOffice table"},
    Kind{".odp", "a LibreOffice presentation"},
    Kind{".epub", "an e-book"},
};

} // namespace

std::string_view binaryKind(std::string_view firstBytes, std::string_view name) {
    if (firstBytes.starts_with("PK\x03\x04")) {
        for (const auto& [ending, kind] : kZipByEnding)
            if (name.ends_with(ending)) return kind;
        return "a zip archive";
    }
    if (firstBytes.starts_with("RIFF") && firstBytes.size() >= 12)
        return firstBytes.substr(8, 4) == "WEBP" ? "a WebP picture" : "a sound or film";
    if (firstBytes.size() >= 12 && firstBytes.substr(4, 4) == "ftyp") return "a film or picture";
    for (const auto& [start, kind] : kByStart)
        if (firstBytes.starts_with(start)) return kind;
    return "a binary file";
}

bool isPdf(std::string_view firstBytes) {
    // Readers allow some bytes of rubbish before it.
    return firstBytes.substr(0, 1024).find("%PDF-") != std::string_view::npos;
}

} // namespace ponder::app
