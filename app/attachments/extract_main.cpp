// ponder-extract: the text of a PDF, for one file and one time. Whoever wrote the PDF may have meant harm, so
// this process gives up everything it does not need before it looks at the first byte.

#include <iconv.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-page.h>
#include <string>

#include "app/attachments/extract_protocol.h"
#include "engine/engine.h"

#ifdef __SANITIZE_ADDRESS__
/// Leaks are looked for by tracing, which this process gives up.
extern "C" const char* __asan_default_options() {
    return "detect_leaks=0";
}
#endif

namespace {

using ponder::app::ExtractEnd;

constexpr rlim_t kMostSeconds = 25;
[[maybe_unused]] constexpr rlim_t kMostMemory = rlim_t{2} << 30;
constexpr int kInput = 0;

/// poppler looks up the meaning of East Asian letters here.
constexpr const char* kPopplerData = "/usr/share/poppler";

void limit(__rlimit_resource_t what, rlim_t most) {
    const rlimit limits{most, most};
    ::setrlimit(what, &limits);
}

void setLimits() {
    limit(RLIMIT_CPU, kMostSeconds);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // which map terabytes of shadow
    limit(RLIMIT_AS, kMostMemory);
#endif
}

void appendUtf8(std::string& text, char32_t letter) {
    if (letter < 0x80) {
        text += static_cast<char>(letter);
    } else if (letter < 0x800) {
        text += static_cast<char>(0xc0 | letter >> 6);
        text += static_cast<char>(0x80 | (letter & 0x3f));
    } else if (letter < 0x10000) {
        text += static_cast<char>(0xe0 | letter >> 12);
        text += static_cast<char>(0x80 | (letter >> 6 & 0x3f));
        text += static_cast<char>(0x80 | (letter & 0x3f));
    } else {
        text += static_cast<char>(0xf0 | letter >> 18);
        text += static_cast<char>(0x80 | (letter >> 12 & 0x3f));
        text += static_cast<char>(0x80 | (letter >> 6 & 0x3f));
        text += static_cast<char>(0x80 | (letter & 0x3f));
    }
}

bool isBetween(unsigned unit, unsigned first, unsigned last) {
    return unit >= first && unit <= last;
}

/// UTF-8 without control characters; halves of letters become the sign for what cannot be shown.
std::string toUtf8(const poppler::ustring& units) {
    std::string text;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const unsigned unit = units[i];
        const bool isPair = isBetween(unit, 0xd800, 0xdbff) && i + 1 < units.size() &&
                            isBetween(units[i + 1], 0xdc00, 0xdfff);
        if (isPair)
            appendUtf8(text, 0x10000 + ((unit - 0xd800) << 10) + (units[++i] - 0xdc00u));
        else if (isBetween(unit, 0xd800, 0xdfff))
            appendUtf8(text, 0xfffd);
        else if (unit == '\n' || unit == '\t' ||
                 (unit >= 0x20 && !isBetween(unit, 0x7f, 0x9f) && unit != 0xfeff))
            appendUtf8(text, unit);
    }
    return text;
}

ExtractEnd extract() {
    struct stat status {};
    if (::fstat(kInput, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0)
        return ExtractEnd::Damaged;
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size > ponder::app::kLargestPdf) return ExtractEnd::TooLarge;
    void* const bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, kInput, 0);
    if (bytes == MAP_FAILED) return ExtractEnd::Damaged;
    const std::unique_ptr<poppler::document> document(
        poppler::document::load_from_raw_data(static_cast<const char*>(bytes), static_cast<int>(size)));
    if (!document) return ExtractEnd::Damaged;
    if (document->is_locked()) return ExtractEnd::Locked;
    std::string text = std::to_string(document->pages()) + "\n";
    for (int number = 0; number < document->pages(); ++number) {
        const std::unique_ptr<poppler::page> page(document->create_page(number));
        if (page)
            text += toUtf8(page->text(poppler::rectf(), poppler::page::non_raw_non_physical_layout)) + "\f";
        if (text.size() > ponder::app::kLongestExtractedText) return ExtractEnd::TooLong;
    }
    std::fwrite(text.data(), 1, text.size(), stdout);
    return std::fflush(stdout) == 0 ? ExtractEnd::Done : ExtractEnd::Damaged;
}

} // namespace

int main() {
    // poppler converts its text with a part of the C library that is loaded from a file, once and while it
    // can.
    const iconv_t converter = ::iconv_open("UTF-16", "UTF-8");
    setLimits();
    if (!ponder::engine::confineThisProcess({kPopplerData})) return static_cast<int>(ExtractEnd::Unconfined);
    const ExtractEnd end = extract();
    if (converter != reinterpret_cast<iconv_t>(-1)) ::iconv_close(converter);
    return static_cast<int>(end);
}
