// Files of a sent message: pressed by mouse, key or screen reader they are to be opened.
#include "tests/ui/transcript/stage.h"
#include "ui/accessible/transcript_voice.h"

#include <gtest/gtest.h>

#include <QAccessible>
#include <QSignalSpy>

namespace ponder::ui {
namespace {

MessageContent promptWithFiles() {
    MessageContent message = prompt(3, "What is in them?");
    for (const char* name : {"notes.txt", "table.csv"})
        message.parts.insert(message.parts.end() - 1,
                             {.kind = PartKind::Attachment, .text = name, .elapsed = {}});
    return message;
}

struct OpenedFiles {
    explicit OpenedFiles(TranscriptStage& stage) : spy(&stage.view(), &TranscriptView::attachmentRequested) {}
    std::vector<std::pair<int, int>> all() const {
        std::vector<std::pair<int, int>> places;
        for (const QList<QVariant>& each : spy) places.emplace_back(each[0].toInt(), each[1].toInt());
        return places;
    }
    QSignalSpy spy;
};

using Places = std::vector<std::pair<int, int>>;

TEST(SentAttachment, OpensAtAClick) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "one"), answer(2, "two"), promptWithFiles()});
    OpenedFiles opened(stage);
    stage.click(stage.placeOf(TargetKind::Attachment, 2));
    EXPECT_EQ(opened.all(), (Places{{3, 0}}));
    EXPECT_EQ(stage.view().viewport()->cursor().shape(), Qt::PointingHandCursor);
}

TEST(SentAttachment, OpensWithTheKeyboard) {
    TranscriptStage stage;
    stage.view().show({promptWithFiles()});
    OpenedFiles opened(stage);
    stage.key(Qt::Key_Tab);
    stage.key(Qt::Key_Return);
    stage.key(Qt::Key_Tab);
    stage.key(Qt::Key_Space);
    EXPECT_EQ(opened.all(), (Places{{3, 0}, {3, 1}}));
}

TEST(SentAttachment, IsAButtonForAScreenReader) {
    TranscriptStage stage;
    stage.view().show({promptWithFiles()});
    OpenedFiles opened(stage);
    QAccessibleInterface* message = QAccessible::queryAccessibleInterface(&stage.view())->child(0);
    ASSERT_GE(message->childCount(), 2);
    QAccessibleInterface* chip = message->child(1);
    EXPECT_EQ(chip->text(QAccessible::Name), "Open table.csv");
    EXPECT_EQ(chip->role(), QAccessible::Button);
    chip->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    EXPECT_EQ(opened.all(), (Places{{3, 1}}));
}

} // namespace
} // namespace ponder::ui
