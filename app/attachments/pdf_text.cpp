#include "app/attachments/pdf_text.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>

#include <charconv>

#include "app/attachments/extract_protocol.h"
#include "engine/engine.h"

namespace ponder::app {

namespace {

constexpr int kPatienceMilliseconds = 30'000;
constexpr int kLookMilliseconds = 50;

[[noreturn]] void throwDamaged(const std::string& name) {
    throw engine::Error(name + " is damaged and cannot be read. Open it in a PDF viewer and save it anew.");
}

void checkEnd(ExtractEnd end, const std::string& name) {
    switch (end) {
    case ExtractEnd::Done:
        return;
    case ExtractEnd::Locked:
        throw engine::Error(name + " is protected with a password. Save it without one and attach that.");
    case ExtractEnd::TooLarge:
        throw engine::Error(name + " is too large to read: at most 256 MB. Attach the pages that matter.");
    case ExtractEnd::TooLong:
        throw engine::Error(name + " holds too much text to attach. Attach the pages that matter.");
    case ExtractEnd::Unconfined:
        throw engine::Error(
            "PDF files cannot be read safely on this system: its kernel lacks seccomp filters. "
            "Copy the text out of " +
            name + " and paste it.");
    case ExtractEnd::Damaged:
        break;
    }
    throwDamaged(name);
}

/// Pages apart by an empty line, without the space that layouts leave at their ends.
std::string joinedPages(std::string_view pages) {
    std::string text;
    while (!pages.empty()) {
        const std::size_t end = std::min(pages.find('\f'), pages.size());
        std::string_view page = pages.substr(0, end);
        pages.remove_prefix(std::min(end + 1, pages.size()));
        const std::size_t last = page.find_last_not_of(" \t\n");
        page = last == std::string_view::npos ? std::string_view() : page.substr(0, last + 1);
        if (page.empty()) continue;
        if (!text.empty()) text += "\n\n";
        text += page;
    }
    return text;
}

} // namespace

PdfText readPdfText(const std::filesystem::path& file, const std::string& name, std::stop_token stop) {
    QProcess process;
    process.setProgram(QCoreApplication::applicationDirPath() + QStringLiteral("/ponder-extract"));
    process.setProcessEnvironment(QProcessEnvironment());
    process.setStandardInputFile(QString::fromStdString(file.string()));
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start();
    if (!process.waitForStarted())
        throw engine::Error("PDF files cannot be read: ponder-extract is missing. Install Ponder again.");
    QElapsedTimer timer;
    timer.start();
    while (!process.waitForFinished(kLookMilliseconds) && process.state() != QProcess::NotRunning) {
        if (timer.elapsed() < kPatienceMilliseconds && !stop.stop_requested()) continue;
        process.kill();
        process.waitForFinished();
        throw engine::Error(name +
                            " takes too long to read. Save it anew in a PDF viewer, or attach fewer pages.");
    }
    if (process.exitStatus() != QProcess::NormalExit) throwDamaged(name);
    checkEnd(static_cast<ExtractEnd>(process.exitCode()), name);
    const std::string output = process.readAllStandardOutput().toStdString();
    PdfText result;
    const char* const start = output.data();
    const char* const end = start + output.size();
    const auto [rest, error] = std::from_chars(start, end, result.pages);
    if (error != std::errc() || rest == end || *rest != '\n') throwDamaged(name);
    result.text = joinedPages(std::string_view(rest + 1, static_cast<std::size_t>(end - rest - 1)));
    if (result.text.empty())
        throw engine::Error(name + " holds no text: its pages are pictures, as from a scanner. Run text "
                                   "recognition on it first.");
    return result;
}

} // namespace ponder::app
