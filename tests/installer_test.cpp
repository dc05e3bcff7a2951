// What the desktop reads about Ponder, as its own tools judge it.

#include <gtest/gtest.h>

#include <QFile>
#include <QImage>
#include <QProcess>
#include <QStandardPaths>

#include "tests/places.h"

namespace {

const QString kSource = QStringLiteral(PONDER_SOURCE_DIR);
const QString kId = QStringLiteral("org.ponder.Ponder");

void expectAccepted(const QString& tool, const QStringList& arguments) {
    if (QStandardPaths::findExecutable(tool).isEmpty())
        GTEST_SKIP() << tool.toStdString() << " is not installed";
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(tool, arguments);
    ASSERT_TRUE(process.waitForFinished());
    EXPECT_EQ(process.exitCode(), 0) << process.readAll().toStdString();
}

QString contentOf(const QString& path) {
    QFile file(kSource + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

TEST(Installer, TheMenuEntryIsValid) {
    expectAccepted("desktop-file-validate", {kSource + "/installer/" + kId + ".desktop"});
}

TEST(Installer, TheDescriptionForSoftwareCentresIsValid) {
    expectAccepted("appstreamcli", {"validate", "--no-net", kSource + "/installer/" + kId + ".metainfo.xml"});
}

TEST(Installer, EverythingGoesByTheSameName) {
    const QString entry = contentOf("/installer/" + kId + ".desktop");
    EXPECT_TRUE(entry.contains("Icon=" + kId + "\n"));
    EXPECT_TRUE(contentOf("/installer/" + kId + ".metainfo.xml").contains("<id>" + kId + "</id>"));
    EXPECT_TRUE(contentOf("/app/desktop_service.cpp").contains('"' + kId + '"'));
    EXPECT_FALSE(contentOf("/resources/icons/" + kId + ".svg").isEmpty());
    EXPECT_FALSE(contentOf("/resources/icons/" + kId + "-symbolic.svg").isEmpty());
}

TEST(Installer, TheIconIsDrawnInEverySize) {
    for (int size : {16, 22, 24, 32, 48, 64, 96, 128, 256, 512}) {
        const QImage icon(QStringLiteral(PONDER_ICON_DIR "/%1.png").arg(size));
        ASSERT_EQ(icon.size(), QSize(size, size));
        EXPECT_EQ(qAlpha(icon.pixel(0, 0)), 0) << size << ": its corner is transparent";
        EXPECT_EQ(qAlpha(icon.pixel(size / 2, size / 4)), 255) << size;
    }
}

} // namespace
