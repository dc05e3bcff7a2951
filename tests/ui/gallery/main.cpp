// ponder-gallery [--all] [--scale FACTOR] [--only NAME] DIRECTORY: draws the scenes of the window to
// DIRECTORY/SCENE_LOOK_LANGUAGE_SCALE.png. Without --scale both are drawn, 1x here and 2x by a second run of
// itself: the factor holds for a whole process.

#include "tests/ui/gallery/scenes.h"
#include "tests/ui/still_style.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QProcess>
#include <QTextStream>

namespace {

using namespace ponder::ui;

int fail(const QString& message) {
    QTextStream(stderr) << "ponder-gallery: " << message << '\n';
    return 1;
}

std::vector<Picture> picturesOf(bool all, const QString& scale) {
    if (all) return allPictures();
    return scale == "1" ? chosenPictures() : chosenLargePictures();
}

} // namespace

int main(int argc, char** argv) {
    // Before the application exists, which reads them.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QString scale;
    for (int i = 1; i + 1 < argc; ++i) {
        if (qstrcmp(argv[i], "--scale") == 0) scale = argv[i + 1];
    }
    const bool both = scale.isEmpty();
    if (both) scale = "1";
    qputenv("QT_SCALE_FACTOR", scale.toUtf8());
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    QApplication application(argc, argv);
    QApplication::setStyle(new StillStyle);
    QApplication::setCursorFlashTime(0);

    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({"all", "Draw every scene in every look and language."});
    parser.addOption({"scale", "Device pixels for one pixel; else 1 and 2.", "factor"});
    parser.addOption({"only", "Draw the pictures whose name contains this.", "name"});
    parser.addPositionalArgument("directory", "Where the pictures go.");
    parser.process(application);
    if (parser.positionalArguments().size() != 1) parser.showHelp(2);

    const QDir directory(parser.positionalArguments().first());
    if (!directory.mkpath(".")) return fail("cannot make the folder " + directory.path() + ".");
    for (const Picture& picture : picturesOf(parser.isSet("all"), scale)) {
        const QString name = picture.name() + u'_' + scale + "x.png";
        if (!name.contains(parser.value("only"))) continue;
        const QString path = directory.filePath(name);
        if (!draw(picture).save(path)) return fail("cannot write " + path + ".");
        QTextStream(stdout) << path << '\n';
    }
    if (!both) return 0;
    return QProcess::execute(QCoreApplication::applicationFilePath(),
                             QStringList{"--scale", "2"} + QCoreApplication::arguments().mid(1));
}
