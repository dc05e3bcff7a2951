// With ten thousand chats the sidebar costs no more than a glance. The limits are several times what an idle
// machine needs; what it needs is printed.

#include "tests/ui/transcript/cpu_clock.h"
#include "tests/ui/window/parts.h"
#include "ui/sidebar.h"
#include "ui/widgets/chat_list_view.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QScrollBar>

#include <algorithm>
#include <cstdio>

namespace ponder::ui {
namespace {

constexpr int kChats = 10'000;

std::vector<ChatRow> tenThousandChats() {
    std::vector<ChatRow> chats;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (int i = 0; i < kChats; ++i) {
        ChatRow row;
        row.id = QString("chat%1").arg(i);
        row.title = QString("A conversation about the matter number %1").arg(i);
        row.updated = now.addSecs(-i * 3600LL);
        row.pinned = i % 1000 == 0;
        row.folder = i % 10 == 0 ? QString("Folder %1").arg(i / 10 % 20) : QString();
        chats.push_back(row);
    }
    return chats;
}

std::vector<FolderRow> twentyFolders() {
    std::vector<FolderRow> folders;
    for (int i = 0; i < 20; ++i) folders.push_back({QString("Folder %1").arg(i), i % 3 == 0});
    return folders;
}

TEST(SidebarSpeed, TenThousandChats) {
    Theme theme;
    Sidebar sidebar(theme);
    sidebar.resize(264, 800);
    open(sidebar);
    std::vector<ChatRow> chats = tenThousandChats();
    CpuClock first;
    sidebar.setFolders(twentyFolders());
    sidebar.setChats(chats);
    const double firstMs = first.milliseconds();

    std::vector<double> changes;
    for (int round = 0; round < 21; ++round) {
        chats[std::size_t(round * 450)].updated = QDateTime::currentDateTimeUtc().addSecs(round);
        chats[std::size_t(round * 7)].title += " again";
        CpuClock clock;
        sidebar.setChats(chats);
        QApplication::processEvents(); // layout and paint of what is seen
        changes.push_back(clock.milliseconds());
    }
    std::sort(changes.begin(), changes.end());

    auto& list = partNamed<ChatListView>(sidebar, "Chats");
    std::vector<double> frames;
    for (int step = 0; step < 200; ++step) {
        CpuClock clock;
        list.verticalScrollBar()->setValue(list.verticalScrollBar()->maximum() / 200 * step);
        QApplication::processEvents();
        frames.push_back(clock.milliseconds());
    }
    std::sort(frames.begin(), frames.end());
    std::printf(
        "10,000 chats: first %.1f ms, a change %.1f ms (worst %.1f), a scrolled frame %.2f ms (p95 %.2f)\n",
        firstMs, changes[changes.size() / 2], changes.back(), frames[frames.size() / 2],
        frames[frames.size() * 95 / 100]);
    EXPECT_LT(firstMs, 200);
    EXPECT_LT(changes[changes.size() / 2], 80);
    EXPECT_LT(frames[frames.size() * 95 / 100], 32);
}

} // namespace
} // namespace ponder::ui
