#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "app/attachments/attachment.h"

namespace ponder::app {

constexpr std::size_t kLargestAttachedText = std::size_t{2} << 20; // bytes

/// Reads a file as text: plain text and source code in any usual encoding, PDF through ponder-extract.
/// Whatever the file holds cannot harm this process. Any thread; may take as long as a PDF allows itself
/// (pdf_text.h), or until `stop`. Throws Error: not there, no text, too large.
Attachment readAttachment(const std::filesystem::path& file, std::stop_token stop = {});

/// The same for bytes that are no PDF.
Attachment attachmentFromBytes(std::string name, std::string_view bytes);

} // namespace ponder::app
