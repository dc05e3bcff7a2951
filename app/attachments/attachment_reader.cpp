#include "app/attachments/attachment_reader.h"

#include <fstream>
#include <optional>

#include "app/atomic_file.h"
#include "app/attachments/file_kind.h"
#include "app/attachments/pdf_text.h"
#include "app/attachments/text_encoding.h"

namespace ponder::app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLookedAt = 4096;

std::string megabytes(std::uintmax_t bytes) {
    return std::to_string((bytes + (std::uintmax_t{1} << 20) - 1) >> 20) + " MB";
}

[[noreturn]] void throwTooLarge(const std::string& name, std::uintmax_t bytes) {
    throw engine::Error(name + " is too long to attach: " + megabytes(bytes) + " of text, at most " +
                        megabytes(kLargestAttachedText) + " can be attached. Attach the part that matters.");
}

[[noreturn]] void throwNoText(const std::string& name, std::string_view bytes) {
    throw engine::Error(name + " is " + std::string(binaryKind(bytes.substr(0, kLookedAt), name)) +
                        ", not text. Attach a text, source code or a PDF.");
}

std::string firstBytes(const fs::path& file) {
    std::string bytes(kLookedAt, '\0');
    std::ifstream stream(file, std::ios::binary);
    stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(stream.gcount()));
    return bytes;
}

} // namespace

Attachment attachmentFromBytes(std::string name, std::string_view bytes) {
    const std::optional<std::string> text = textFromBytes(bytes);
    if (!text) throwNoText(name, bytes);
    if (text->size() > kLargestAttachedText) throwTooLarge(name, text->size());
    if (text->find_first_not_of(" \t\n") == std::string::npos)
        throw engine::Error(name + " is empty. Attach a file with text in it.");
    return {.name = std::move(name), .text = *text};
}

Attachment readAttachment(const fs::path& file, std::stop_token stop) {
    const std::string name = file.filename().string();
    std::error_code error;
    if (fs::is_directory(file, error))
        throw engine::Error(name + " is a folder. Attach the files in it that matter.");
    // Devices and pipes would keep us waiting.
    if (!fs::is_regular_file(file, error))
        throw engine::Error(name + " cannot be read. Check that it is there.");
    const std::string start = firstBytes(file);
    if (isPdf(start)) {
        PdfText pdf = readPdfText(file, name, stop);
        if (pdf.text.size() > kLargestAttachedText) throwTooLarge(name, pdf.text.size());
        return {.name = name, .text = std::move(pdf.text), .pages = pdf.pages};
    }
    // Other encodings take up to twice the room of UTF-8. What is no text is named as such, however large.
    const std::uintmax_t size = fs::file_size(file, error);
    if (!error && size > 2 * kLargestAttachedText) {
        if (!textFromBytes(start)) throwNoText(name, start);
        throwTooLarge(name, size);
    }
    return attachmentFromBytes(name, readFile(file, 2 * kLargestAttachedText));
}

} // namespace ponder::app
