#include "app/exchange/export_formats.h"

namespace ponder::app {

namespace {

constexpr std::size_t kLongestTitle = 100; // characters
constexpr std::string_view kForbidden = "<>:\"/\\|?*";

constexpr ExportFormat kFormats[] = {
    {"md", exportMarkdown},
    {"html", exportHtml},
    {"pdf", exportPdf, true},
    {"txt", [](const std::vector<Conversation>& chats, std::int64_t) { return exportText(chats); }},
    {"json", exportJson},
};

} // namespace

const ExportFormat* exportFormat(std::string_view extension) {
    for (const ExportFormat& format : kFormats)
        if (format.extension == extension) return &format;
    return nullptr;
}

std::string exportFileName(std::string_view title, std::int64_t nowMs, std::string_view extension) {
    std::string name;
    std::size_t characters = 0;
    for (const char letter : title) {
        const auto byte = static_cast<unsigned char>(letter);
        if ((byte & 0xc0) != 0x80 && ++characters > kLongestTitle) break;
        if (byte < 0x20 || byte == 0x7f || kForbidden.find(letter) != std::string_view::npos) continue;
        name += letter == ' ' ? '-' : letter;
    }
    // A name must not hide (".x"), look like an option ("-x") or end in what Windows drops.
    const std::size_t first = name.find_first_not_of("-.");
    const std::size_t last = name.find_last_not_of("-.");
    name = first == std::string::npos ? "chat" : name.substr(first, last - first + 1);
    return name + "_" + dayText(nowMs) + "." + std::string(extension);
}

} // namespace ponder::app
