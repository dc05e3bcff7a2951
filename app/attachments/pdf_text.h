#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

namespace ponder::app {

struct PdfText {
    std::string text;
    int pages = 0;
};

/// The text of a PDF, read in a process of its own, ponder-extract, that cannot reach the network, write,
/// start programs or stay: a hostile file costs at most half a minute. Needs a QCoreApplication; any thread,
/// waits, until `stop` at the latest. `name` is what errors call the file. Throws Error.
PdfText readPdfText(const std::filesystem::path& file, const std::string& name, std::stop_token stop);

} // namespace ponder::app
