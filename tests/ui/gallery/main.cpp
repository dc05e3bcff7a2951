// ponder-gallery [--scale FACTOR] [--only NAME] DIRECTORY: draws every scene of the window to DIRECTORY/NAME.png.

#include "tests/ui/gallery/scenes.h"
#include "tests/ui/still_style.h"
#include "ui/translations.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QTextStream>

int main(int argc, char** argv) {
    using namespace ponder::ui;
    // Before the application exists, which reads them.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    for (int i = 1; i + 1 < argc; ++i) {
        if (qstrcmp(argv[i], "--scale") == 0) qputenv("QT_SCALE_FACTOR", argv[i + 1]);
    }
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    QApplication application(argc, argv);
    QApplication::setStyle(new StillStyle);
    QApplication::setCursorFlashTime(0);
    const Translations words(Language::English);

    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({"scale", "Device pixels for one pixel.", "factor", "1"});
    parser.addOption({"only", "Draw the scenes whose name contains this.", "name"});
    parser.addPositionalArgument("directory", "Where the pictures go.");
    parser.process(application);
    if (parser.positionalArguments().size() != 1) parser.showHelp(2);

    const QDir directory(parser.positionalArguments().first());
    if (!directory.mkpath(".")) {
        QTextStream(stderr) << "ponder-gallery: cannot make the folder " << directory.path() << ".\n";
        return 1;
    }
    for (const Scene& scene : allScenes()) {
        if (!scene.name.contains(parser.value("only"))) continue;
        const QString path = directory.filePath(scene.name + ".png");
        if (!drawScene(scene).save(path)) {
            QTextStream(stderr) << "ponder-gallery: cannot write " << path << ".\n";
            return 1;
        }
        QTextStream(stdout) << path << '\n';
    }
    return 0;
}
