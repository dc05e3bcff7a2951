// draw_icon SVG DIRECTORY SIZE…: draws the icon at each size to DIRECTORY/SIZE.png. The build runs it.

#include <QDir>
#include <QGuiApplication>
#include <QImageReader>
#include <QTextStream>

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen"); // there may be no display
    const QGuiApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const auto fail = [](const QString& message) {
        QTextStream(stderr) << "draw_icon: " << message << '\n';
        return 1;
    };
    if (arguments.size() < 4) return fail("give the drawing, a folder and at least one size.");
    const QDir directory(arguments[2]);
    if (!directory.mkpath(".")) return fail("cannot make the folder " + directory.path() + ".");
    for (const QString& size : arguments.mid(3)) {
        QImageReader reader(arguments[1]);
        reader.setScaledSize(QSize(size.toInt(), size.toInt()));
        const QImage image = reader.read();
        if (image.isNull()) return fail(arguments[1] + ": " + reader.errorString());
        const QString path = directory.filePath(size + ".png");
        if (!image.save(path)) return fail("cannot write " + path + ".");
    }
    return 0;
}
