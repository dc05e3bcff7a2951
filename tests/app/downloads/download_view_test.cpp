#include "app/downloads/download_view.h"

#include <gtest/gtest.h>

#include "tests/app/environment.h"

namespace ponder::app {
namespace {

Download download(DownloadState state) {
    Download made;
    made.id = "1";
    made.order.name = "Qwen3-4B-Q4_K_M.gguf";
    made.state = state;
    made.doneBytes = 1'000'000'000;
    made.totalBytes = 2'500'000'000;
    return made;
}

TEST(DownloadView, ARunningOneSaysHowFarHowFastAndWhoIsContacted) {
    Download running = download(DownloadState::Downloading);
    running.bytesPerSecond = 12'000'000;
    running.left = std::chrono::seconds(125);
    running.hosts = {"huggingface.co", "cdn-lfs.hf.co"};
    const ui::DownloadRow row = downloadRow(running);
    EXPECT_EQ(row.line.toStdString(),
              "1.0 GB of 2.5 GB · 12.0 MB a second · 2 minutes left · from huggingface.co, cdn-lfs.hf.co");
    EXPECT_DOUBLE_EQ(row.part, 0.4);
    EXPECT_EQ(row.state, ui::DownloadState::Running);
}

TEST(DownloadView, AFailedOneSaysWhatHappenedAndWhatToDo) {
    Download failed = download(DownloadState::Failed);
    failed.problem = FetchProblem{.kind = ProblemKind::DiskFull, .amount = 400'000'000};
    const ui::DownloadRow row = downloadRow(failed);
    EXPECT_EQ(row.state, ui::DownloadState::Failed);
    EXPECT_TRUE(row.problem.contains("400")) << row.problem.toStdString();
}

TEST(DownloadView, AFinishedOneSaysWhetherItWasVerified) {
    Download done = download(DownloadState::Done);
    done.doneBytes = done.totalBytes;
    EXPECT_TRUE(downloadRow(done).line.contains("no SHA-256 was given"));
    done.verified = true;
    EXPECT_TRUE(downloadRow(done).line.contains("SHA-256 verified"));
}

TEST(DownloadView, AnUnknownSizeIsNoPart) {
    Download unknown = download(DownloadState::Downloading);
    unknown.totalBytes = 0;
    EXPECT_EQ(downloadRow(unknown).part, 0);
    EXPECT_TRUE(downloadRow(unknown).line.startsWith("1.0 GB"));
}

TEST(DownloadView, AnOfferThatIsHereIsKnownByItsName) {
    CatalogueEntry entry;
    entry.name = "Qwen3 4B";
    entry.quantisation = "Q4_K_M";
    entry.memoryGigabytes = 40;
    EXPECT_TRUE(offerRow(entry, {.namesHere = {"Qwen3-4B-Q4_K_M"}}).isHere);
    EXPECT_FALSE(offerRow(entry, {.namesHere = {"Qwen3-4B-Q8_0"}}).isHere);
    EXPECT_TRUE(offerRow(entry, {.memoryBytes = 16'000'000'000}).isTooLarge);
    EXPECT_FALSE(offerRow(entry, {.memoryBytes = 64'000'000'000}).isTooLarge);
}

TEST(DownloadView, WhoIsContactedIsSaidBeforeAnythingIsPressed) {
    const Variable token("HF_TOKEN", std::nullopt);
    const auto words = [](const char* link) {
        return contactWords(parseModelLink(link, "https://huggingface.co")).toStdString();
    };
    EXPECT_NE(words("Qwen/Qwen3-4B-GGUF").find("huggingface.co"), std::string::npos);
    EXPECT_NE(words("https://example.org/models/a.gguf").find("example.org"), std::string::npos);
    EXPECT_EQ(words("no link at all"), "");
    const Variable mine("HF_TOKEN", "hf_secret");
    EXPECT_NE(words("Qwen/Qwen3-4B-GGUF").find("HF_TOKEN"), std::string::npos);
    EXPECT_EQ(words("Qwen/Qwen3-4B-GGUF").find("hf_secret"), std::string::npos);
}

TEST(DownloadView, ARepositoryWithoutModelsSaysWhatToLookFor) {
    HubListing listing;
    listing.repository = "Qwen/Qwen3-4B";
    const ui::LinkAnswer answer = linkAnswer("Qwen/Qwen3-4B", listing);
    EXPECT_TRUE(answer.files.empty());
    EXPECT_FALSE(answer.problem.isEmpty());
    EXPECT_FALSE(answer.nextStep.isEmpty());
}

} // namespace
} // namespace ponder::app
