#include "app/downloads/download_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QElapsedTimer>
#include <QTest>

#include <sys/stat.h>

#include <fstream>

#include "tests/app/downloads/misbehaving_server.h"
#include "tests/app/environment.h"
#include "tests/places.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tiny_model.h"

namespace ponder::app {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;

namespace fs = std::filesystem;

constexpr int kPatienceMilliseconds = 20'000;

MisbehavingServer& server() {
    static MisbehavingServer only(tests::tinyModel({.seed = 1}).bytes(),
                                  tests::tinyModel({.seed = 2}).bytes());
    return only;
}

class Queue : public testing::Test {
protected:
    Queue() {
        for (const auto& [name, value] : server().environment())
            variables_.emplace_back(std::make_unique<Variable>(name, value));
        start();
    }

    void start(const QString& program = QStringLiteral(PONDER_BINARY_DIR "/bin/ponder-fetch")) {
        queue_ = std::make_unique<DownloadQueue>(
            DownloadQueueOptions{.file = folder_ / "downloads.json",
                                 .program = program,
                                 .patience = {.stallSeconds = 2,
                                              .tries = 3,
                                              .firstPauseMilliseconds = 50,
                                              .longestPauseMilliseconds = 1000,
                                              .spareBytes = 0}});
    }
    /// A program that stands in for ponder-fetch.
    QString script(const std::string& body) const {
        const fs::path file = folder_.write("fake-fetch", "#!/bin/sh\n" + body);
        ::chmod(file.c_str(), 0700);
        return QString::fromStdString(file.string());
    }

    DownloadOrder hubOrder(const std::string& repository, const std::string& quantisation = {}) const {
        DownloadOrder order{.name = repository,
                            .link = {},
                            .sha256 = {},
                            .files = {},
                            .folder = (folder_ / "models").string()};
        order.link.repository = repository;
        order.link.quantisation = quantisation;
        return order;
    }
    DownloadOrder urlOrder(const std::string& behaviour) const {
        DownloadOrder order{.name = behaviour,
                            .link = {},
                            .sha256 = sha256Of(server().content()),
                            .files = {},
                            .folder = (folder_ / behaviour).string()};
        order.link.url = server().url(behaviour);
        order.link.path = "/m.gguf";
        return order;
    }

    bool waitFor(const std::function<bool()>& condition) {
        return QTest::qWaitFor(condition, kPatienceMilliseconds);
    }
    bool waitFor(const std::string& id, DownloadState state) {
        return waitFor([&] { return queue_->find(id) && queue_->find(id)->state == state; });
    }
    std::string contentOf(const std::string& name) const { return tests::contentOf(folder_ / name); }

    tests::TempDir folder_;
    std::vector<std::unique_ptr<Variable>> variables_;
    std::unique_ptr<DownloadQueue> queue_;
};

TEST_F(Queue, AsksTheHubThenFetchesAndChecks) {
    const std::string id = queue_->add(hubOrder("org/one"));
    EXPECT_EQ(queue_->find(id)->state, DownloadState::Asking);
    ASSERT_TRUE(waitFor(id, DownloadState::Done));
    const Download& done = *queue_->find(id);
    EXPECT_TRUE(done.verified);
    EXPECT_THAT(done.paths, ElementsAre((folder_ / "models/m-Q4_K_M.gguf").string()));
    EXPECT_EQ(done.doneBytes, server().content().size());
    EXPECT_THAT(done.hosts, testing::SizeIs(2)) << "the hub, and where it sent us";
    EXPECT_TRUE(contentOf("models/m-Q4_K_M.gguf") == server().content());
}

TEST_F(Queue, ChoosesByQuantisationAndSaysWhenItCannot) {
    const std::string eight = queue_->add(hubOrder("org/several", "Q8_0"));
    ASSERT_TRUE(waitFor(eight, DownloadState::Done));
    EXPECT_TRUE(contentOf("models/m-Q8_0.gguf") == server().other());
    const std::string any = queue_->add(hubOrder("org/several"));
    ASSERT_TRUE(waitFor(any, DownloadState::Failed));
    EXPECT_EQ(problemWords(*queue_->find(any)->problem).what,
              "org/several holds several models, and none of them was named.");
}

TEST_F(Queue, AWrongHashOfThePublisherIsNoModel) {
    const std::string id = queue_->add(hubOrder("org/lying"));
    ASSERT_TRUE(waitFor(id, DownloadState::Failed));
    EXPECT_THAT(problemWords(*queue_->find(id)->problem).what.toStdString(),
                HasSubstr("its SHA-256 differs"));
    EXPECT_FALSE(fs::exists(folder_ / "models/m-Q4_K_M.gguf"));
}

TEST_F(Queue, PausesResumesAndRetries) {
    const std::string id = queue_->add(urlOrder("slow"));
    ASSERT_TRUE(waitFor([&] { return queue_->find(id)->doneBytes > 0; }));
    queue_->pause(id);
    ASSERT_TRUE(waitFor(id, DownloadState::Paused));
    EXPECT_FALSE(fs::exists(folder_ / "slow/m.gguf"));
    queue_->resume(id);
    ASSERT_TRUE(waitFor(id, DownloadState::Done));
    EXPECT_TRUE(contentOf("slow/m.gguf") == server().content());

    const std::string failing = queue_->add(urlOrder("status-503-once"));
    ASSERT_TRUE(waitFor(failing, DownloadState::Done)) << "two failures are borne";
    const std::string refused = queue_->add(urlOrder("status-404"));
    ASSERT_TRUE(waitFor(refused, DownloadState::Failed));
    queue_->resume(refused);
    EXPECT_EQ(queue_->find(refused)->state, DownloadState::Downloading);
    ASSERT_TRUE(waitFor(refused, DownloadState::Failed));
}

TEST_F(Queue, CancelRemovesWhatHasCome) {
    const std::string running = queue_->add(urlOrder("slow"));
    ASSERT_TRUE(waitFor([&] { return queue_->find(running)->doneBytes > 0; }));
    EXPECT_TRUE(fs::exists(folder_ / "slow/m.gguf.part"));
    queue_->cancel(running);
    ASSERT_TRUE(waitFor([&] { return !queue_->find(running); }));
    EXPECT_TRUE(fs::is_empty(folder_ / "slow"));

    const std::string paused = queue_->add(urlOrder("stall-middle"));
    ASSERT_TRUE(waitFor([&] { return queue_->find(paused)->doneBytes > 0; }));
    queue_->pause(paused);
    ASSERT_TRUE(waitFor(paused, DownloadState::Paused));
    EXPECT_TRUE(fs::exists(folder_ / "stall-middle/m.gguf.part"));
    queue_->cancel(paused);
    ASSERT_TRUE(waitFor([&] { return !queue_->find(paused); }));
    EXPECT_TRUE(fs::is_empty(folder_ / "stall-middle"));
}

TEST_F(Queue, RunsOneAtATimeInAnOrderThatCanBeChanged) {
    const std::string first = queue_->add(urlOrder("slow"));
    const std::string second = queue_->add(urlOrder("good"));
    const std::string third = queue_->add(urlOrder("redirect-five"));
    EXPECT_EQ(queue_->find(second)->state, DownloadState::Waiting);
    queue_->move(third, 1);
    std::vector<std::string> finished;
    QObject::connect(queue_.get(), &DownloadQueue::finished, queue_.get(),
                     [&](const QString& id) { finished.push_back(id.toStdString()); });
    ASSERT_TRUE(waitFor([&] { return finished.size() == 3; }));
    EXPECT_THAT(finished, ElementsAre(first, third, second));
    queue_->clearDone();
    EXPECT_TRUE(queue_->downloads().empty());
}

TEST_F(Queue, SeveralAtOnceShareTheSpeed) {
    queue_->setMostAtOnce(2);
    queue_->setSpeedLimit(server().content().size() / 5);
    const std::string first = queue_->add(urlOrder("good"));
    const std::string second = queue_->add(urlOrder("redirect-five"));
    EXPECT_EQ(queue_->find(first)->state, DownloadState::Downloading);
    EXPECT_EQ(queue_->find(second)->state, DownloadState::Downloading);
    QTest::qWait(1500);
    EXPECT_NE(queue_->find(first)->state, DownloadState::Done);
    queue_->setSpeedLimit(0);
    EXPECT_TRUE(waitFor(first, DownloadState::Done));
    EXPECT_TRUE(waitFor(second, DownloadState::Done));
}

TEST_F(Queue, ARestartGoesOnOnlyWhenAsked) {
    const DownloadOrder order = urlOrder("slow");
    std::string id;
    {
        id = queue_->add(order);
        ASSERT_TRUE(waitFor([&] { return queue_->find(id)->doneBytes > 0; }));
        queue_.reset();
    }
    start();
    ASSERT_TRUE(queue_->find(id));
    EXPECT_EQ(queue_->find(id)->state, DownloadState::Paused);
    const std::size_t asked = server().log("/slow").size();
    QTest::qWait(300);
    EXPECT_EQ(server().log("/slow").size(), asked) << "nothing is contacted without a click";
    EXPECT_EQ(queue_->add(order), id) << "the same file is no second download";
    ASSERT_TRUE(waitFor(id, DownloadState::Done));
    EXPECT_TRUE(contentOf("slow/m.gguf") == server().content());
    queue_.reset();
    start();
    EXPECT_TRUE(queue_->downloads().empty()) << "what is done is not kept";
}

TEST_F(Queue, WhatFailedSaysSoAfterARestart) {
    const std::string id = queue_->add(urlOrder("status-404"));
    ASSERT_TRUE(waitFor(id, DownloadState::Failed));
    queue_.reset();
    start();
    ASSERT_TRUE(queue_->find(id) && queue_->find(id)->problem);
    EXPECT_EQ(queue_->find(id)->problem->kind, ProblemKind::NotFound);
}

TEST_F(Queue, ListsARepositoryWithoutWaiting) {
    std::optional<DownloadQueue::Listing> listing;
    queue_->list(parseModelLink("org/several", {}).link,
                 [&](const DownloadQueue::Listing& answer) { listing = answer; });
    EXPECT_FALSE(listing);
    ASSERT_TRUE(waitFor([&] { return listing.has_value(); }));
    EXPECT_EQ(std::get<HubListing>(*listing).models.size(), 2u);
    listing.reset();
    queue_->list(parseModelLink("org/gated", {}).link,
                 [&](const DownloadQueue::Listing& answer) { listing = answer; });
    ASSERT_TRUE(waitFor([&] { return listing.has_value(); }));
    EXPECT_EQ(std::get<FetchProblem>(*listing).kind, ProblemKind::NeedsAccess);
}

TEST_F(Queue, BearsWithAProgramThatIsMissingDiesOrTalksNonsense) {
    struct Program {
        QString path;
        ProblemKind problem;
    };
    for (const Program& program :
         {Program{QStringLiteral("/nowhere/ponder-fetch"), ProblemKind::FetcherMissing},
          Program{script("kill -9 $$"), ProblemKind::FetcherEnded}}) {
        start(program.path);
        const std::string id = queue_->add(urlOrder("good"));
        ASSERT_TRUE(waitFor(id, DownloadState::Failed));
        EXPECT_EQ(queue_->find(id)->problem->kind, program.problem);
        queue_->cancel(id);
        ASSERT_TRUE(waitFor([&] { return !queue_->find(id); }));
    }
    for (const char* body :
         {"echo nonsense; sleep 60", "echo '{\"event\":\"done\",\"names\":[\"../x\"]}'; sleep 60",
          "head -c 9000000 /dev/zero; sleep 60"}) {
        start(script(body));
        const std::string id = queue_->add(urlOrder("good"));
        ASSERT_TRUE(waitFor(id, DownloadState::Failed)) << body;
        EXPECT_EQ(queue_->find(id)->problem->kind, ProblemKind::FetcherEnded);
    }
}

TEST_F(Queue, PausedBeforeItBeganIsPaused) {
    const std::string id = queue_->add(urlOrder("good"));
    queue_->pause(id);
    EXPECT_TRUE(waitFor(id, DownloadState::Paused));
    EXPECT_FALSE(fs::exists(folder_ / "good/m.gguf"));
}

TEST(DownloadRecord, WhatIsDamagedIsLeftOut) {
    Download download{.id = "1", .order = {.name = "n", .link = {.repository = "a/b"}, .folder = "/m"}};
    download.doneBytes = 5;
    const std::string text = downloadsText({download});
    ASSERT_EQ(parseDownloads(text).size(), 1u);
    EXPECT_EQ(parseDownloads(text)[0].state, DownloadState::Paused);
    EXPECT_EQ(parseDownloads(text)[0].order, download.order);
    for (const char* damaged :
         {"", "{}", "[", "{\"format\":\"ponder-downloads-1\",\"downloads\":[1,null,{}]}"})
        EXPECT_TRUE(parseDownloads(damaged).empty());
    EXPECT_EQ(parseDownloads(downloadsText({download, download})).size(), 1u);
}

TEST(RateMeter, IsThatOfTheLastSeconds) {
    using namespace std::chrono_literals;
    RateMeter rate;
    const RateMeter::Clock::time_point start{};
    EXPECT_EQ(rate.bytesPerSecond(), 0u);
    for (int second = 0; second <= 20; ++second)
        rate.add(static_cast<std::uint64_t>(second < 10 ? 0 : (second - 10) * 100), start + second * 1s);
    EXPECT_EQ(rate.bytesPerSecond(), 100u);
    rate.add(0, start + 21s);
    EXPECT_EQ(rate.bytesPerSecond(), 0u) << "begun anew";
}

} // namespace

} // namespace ponder::app
