#include "ui/library/downloads_part.h"

#include "tests/ui/window/parts.h"
#include "ui/library/download_card.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

namespace ponder::ui {
namespace {

DownloadRow download(const QString& id, DownloadState state, double part = 0.5) {
    DownloadRow row;
    row.id = id;
    row.name = id + ".gguf";
    row.line = "1.2 GB of 2.4 GB";
    row.part = part;
    row.state = state;
    return row;
}

struct DownloadsOnScreen {
    DownloadsOnScreen() {
        part.resize(760, 600);
        open(part);
    }
    void show(std::vector<DownloadRow> rows) {
        part.setDownloads(rows);
        QCoreApplication::processEvents();
    }

    Theme theme;
    DownloadsPart part{theme};
    QSignalSpy paused{&part, &DownloadsPart::pauseRequested};
    QSignalSpy resumed{&part, &DownloadsPart::resumeRequested};
    QSignalSpy cancelled{&part, &DownloadsPart::cancelRequested};
};

TEST(DownloadsPart, ARunningOnePausesAndAPausedOneResumes) {
    DownloadsOnScreen screen;
    screen.show({download("a", DownloadState::Running), download("b", DownloadState::Paused)});
    click(screen.part, "Pause a.gguf");
    ASSERT_EQ(screen.paused.size(), 1);
    EXPECT_EQ(screen.paused[0][0].toString(), "a");
    click(screen.part, "Resume b.gguf");
    ASSERT_EQ(screen.resumed.size(), 1);
    EXPECT_EQ(screen.resumed[0][0].toString(), "b");
}

TEST(DownloadsPart, AFailedOneCanBeTriedAgainOrGivenUp) {
    DownloadsOnScreen screen;
    DownloadRow failed = download("a", DownloadState::Failed);
    failed.problem = "The disk is full. Free 0.4 GB and try again.";
    screen.show({failed});
    click(screen.part, "Try again a.gguf");
    EXPECT_EQ(screen.resumed.size(), 1);
    click(screen.part, "Cancel a.gguf");
    EXPECT_EQ(screen.cancelled.size(), 1);
}

TEST(DownloadsPart, AFinishedOneLeadsToItsModel) {
    DownloadsOnScreen screen;
    QSignalSpy cards(&screen.part, &DownloadsPart::cardRequested);
    screen.show({download("a", DownloadState::Done, 1)});
    click(screen.part, "Show the model a.gguf");
    EXPECT_EQ(cards.size(), 1);
    EXPECT_TRUE(screen.paused.isEmpty());
}

TEST(DownloadsPart, ACardStaysTheSameWhileItsNumbersMove) {
    DownloadsOnScreen screen;
    screen.show({download("a", DownloadState::Running, 0.1), download("b", DownloadState::Waiting, 0)});
    const DownloadCard* first = screen.part.findChild<DownloadCard*>();
    screen.show({download("a", DownloadState::Running, 0.2), download("b", DownloadState::Waiting, 0)});
    EXPECT_EQ(screen.part.findChild<DownloadCard*>(), first);
    screen.show({download("b", DownloadState::Running, 0), download("a", DownloadState::Paused, 0.2)});
    EXPECT_EQ(screen.part.findChildren<DownloadCard*>().size(), 2) << "moved, not made anew";
}

TEST(DownloadsPart, AReceiverMayTakeTheLineAwayAtOnce) {
    DownloadsOnScreen screen;
    QObject::connect(&screen.part, &DownloadsPart::cancelRequested, &screen.part,
                     [&] { screen.part.setDownloads({}); });
    screen.show({download("a", DownloadState::Running)});
    click(screen.part, "Cancel a.gguf");
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_EQ(screen.cancelled.size(), 1);
    EXPECT_TRUE(screen.part.findChildren<DownloadCard*>().isEmpty());
}

} // namespace
} // namespace ponder::ui
