// What a download reads was written by a server, by another program, or by a disk that failed: answers of
// Hugging Face, heads of HTTP answers, lines between Ponder and ponder-fetch, journals, queues, links and
// lists of models. The first byte of an input says which it is. Whatever comes out is safe to act on.

#include "app/downloads/catalogue.h"
#include "app/downloads/download.h"
#include "app/fetch/answer_head.h"
#include "app/fetch/part_journal.h"
#include "engine/engine.h"
#include "engine/support/check.h"
#include "tests/fuzz/fuzz_target.h"

#include <openssl/evp.h>

namespace ponder::fuzz {

namespace {

using namespace app;

/// Names and addresses that something will be done with.
void checkFiles(const std::vector<FetchFile>& files) {
    for (const FetchFile& file : files) {
        CHECK(isSafeFileName(file.name));
        CHECK(file.name.find('/') == std::string::npos && file.name.front() != '.');
        CHECK(parseWebAddress(file.url));
        CHECK(file.sha256.empty() || file.sha256.size() == 64);
    }
}

void tryListing(std::string_view input) {
    try {
        const HubListing listing = parseHubListing(input, "org/name");
        for (const HubModel& model : listing.models) {
            CHECK(!model.files.empty());
            checkFiles(orderFor(listing, model).files);
        }
        // What ponder-fetch says of it, Ponder understands.
        CHECK(parseFetchEvent(toLine(FetchEvent(ListedEvent{listing}))));
    } catch (const engine::Error&) {
    }
}

void tryRequest(std::string_view input) {
    const auto request = parseFetchRequest(input);
    if (!request) return;
    CHECK(parseFetchRequest(toLine(*request)));
    if (const auto* get = std::get_if<GetRequest>(&*request)) checkFiles(get->files);
}

void tryEvent(std::string_view input) {
    const auto event = parseFetchEvent(input);
    if (!event) return;
    CHECK(parseFetchEvent(toLine(*event)));
    if (const auto* done = std::get_if<DoneEvent>(&*event))
        for (const std::string& name : done->names) CHECK(isSafeFileName(name));
    if (const auto* failure = std::get_if<FailedEvent>(&*event))
        CHECK(!problemWords(failure->problem).whatToDo.isEmpty());
}

void tryJournal(std::string_view input) {
    const auto journal = fetch::parseJournal(input);
    if (!journal) return;
    CHECK(journal->confirmedBytes <= journal->sizeBytes);
    CHECK(fetch::parseJournal(fetch::journalText(*journal)) == journal);
}

void tryQueue(std::string_view input) {
    for (const Download& download : parseDownloads(input)) {
        CHECK(!isRunning(download.state));
        checkFiles(download.order.files);
    }
}

void tryLink(std::string_view input) {
    const ParsedLink parsed = parseModelLink(input, "https://hub.example");
    if (parsed.fault != LinkFault::None) return;
    CHECK(parseWebAddress(parsed.link.onHub() ? hubListingUrl("https://h", parsed.link) : parsed.link.url));
    CHECK(!firstHost(parsed.link).empty());
    if (!parsed.link.onHub()) CHECK(isSafeFileName(safeFileName(parsed.link.path)));
}

void tryHead(std::string_view input) {
    fetch::AnswerHead head;
    while (!input.empty()) {
        const std::size_t end = std::min(input.find('\n'), input.size() - 1) + 1;
        if (!head.add(input.substr(0, end))) return;
        input.remove_prefix(end);
    }
    CHECK(head.linkedHash().empty() || head.linkedHash().size() == 64);
    if (head.retryAfterSeconds()) CHECK(*head.retryAfterSeconds() >= 0);
}

std::string hexOf(const unsigned char* bytes, std::size_t size) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        text += kHex[bytes[i] >> 4];
        text += kHex[bytes[i] & 15];
    }
    return text;
}

/// A list that its releaser has signed may be wrong all the same.
void tryCatalogue(std::string_view input) {
    static EVP_PKEY* const key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    unsigned char open[32];
    unsigned char mark[64];
    std::size_t openSize = sizeof open;
    std::size_t markSize = sizeof mark;
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    CHECK(EVP_PKEY_get_raw_public_key(key, open, &openSize) == 1);
    CHECK(EVP_DigestSignInit(context, nullptr, nullptr, nullptr, key) == 1);
    CHECK(EVP_DigestSign(context, mark, &markSize, reinterpret_cast<const unsigned char*>(input.data()),
                         input.size()) == 1);
    EVP_MD_CTX_free(context);
    try {
        for (const CatalogueEntry& entry :
             readCatalogue(input, hexOf(mark, markSize), hexOf(open, openSize)).models)
            CHECK(parseModelLink(entry.repository, {}).fault == LinkFault::None);
    } catch (const engine::Error&) {
    }
}

} // namespace

void tryInput(std::string_view input) {
    if (input.empty()) return;
    const std::string_view rest = input.substr(1);
    switch (input.front()) {
    case 'l':
        return tryListing(rest);
    case 'r':
        return tryRequest(rest);
    case 'e':
        return tryEvent(rest);
    case 'j':
        return tryJournal(rest);
    case 'q':
        return tryQueue(rest);
    case 'a':
        return tryLink(rest);
    case 'h':
        return tryHead(rest);
    case 'c':
        return tryCatalogue(rest);
    default:
        return;
    }
}

std::vector<std::string> seeds() {
    const std::string hash(64, 'a');
    const FetchFile file{"https://h:8443/m.gguf?x=1", "m.gguf", 12, hash};
    const FetchProblem problem{ProblemKind::DiskFull, "h", "d", 5};
    Download download{
        .id = "1",
        .order = {
            .name = "n", .link = {.repository = "a/b"}, .sha256 = hash, .files = {file}, .folder = "/m"}};
    download.state = DownloadState::Failed;
    download.problem = problem;
    const std::string answer =
        R"({"sha":"0123456789abcdef0123456789abcdef01234567","gated":"auto","tags":["license:mit"],"cardData":{"license":"x"},
        "siblings":[{"rfilename":"d/m-00001-of-00002.gguf","size":4,"lfs":{"sha256":")" +
        hash +
        R"(","size":5}},{"rfilename":"d/m-00002-of-00002.gguf"},{"rfilename":"mmproj.gguf"},{"rfilename":"n.gguf","size":1}]})";
    return {
        "l" + answer,
        "r" + toLine(FetchRequest(GetRequest{.folder = "/m", .files = {file}})),
        "r" + toLine(FetchRequest(ListRequest{.link = {.repository = "a/b"}})),
        "r" + toLine(FetchRequest(DiscardRequest{"/m", {"m.gguf"}})),
        "e" + toLine(FetchEvent(ListedEvent{parseHubListing(answer, "a/b")})),
        "e" + toLine(FetchEvent(DoneEvent{{"m.gguf"}, true, true, "n", hash})),
        "e" + toLine(FetchEvent(FailedEvent{problem})),
        "e" + toLine(FetchEvent(WaitEvent{5, problem})),
        "e" + toLine(FetchEvent(ProgressEvent{FetchPhase::CheckingDisk, 1, 2})),
        "j" + fetch::journalText({"https://h/m.gguf", "\"e\"", hash, 10, 4, hash}),
        "q" + downloadsText({download}),
        "ahttps://huggingface.co/a/b/blob/main/d/m%20x.gguf?download=true",
        "aa/b:Q4_K_M",
        "ahttps://[::1]:8443/x/m.gguf#y",
        "hHTTP/1.1 206 P\r\nContent-Range: bytes 1-2/3\r\nETag: \"x\"\r\nX-Linked-ETag: \"" + hash +
            "\"\r\nRetry-After: Fri, 01 Jan 2100 00:00:01 GMT\r\nDate: Fri, 01 Jan 2100 00:00:00 GMT\r\n\r\n",
        R"(c{"format":"ponder-catalogue-1","issued":"i","models":[{"id":"a","name":"A","repository":"x/a","quantisation":"Q8_0",
        "goodFor":["chat"],"memoryGigabytes":3,"sizeBytes":5,"sha256":""}]})",
    };
}

} // namespace ponder::fuzz
