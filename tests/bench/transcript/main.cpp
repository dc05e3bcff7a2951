// What the window promises about its speed and size, measured: `transcript_bench`. Medians, unless a line
// says otherwise. With --check it fails where a promise is missed, by the time this thread has computed.
#include "tests/bench/transcript/program_figures.h"
#include "tests/bench/transcript/view_figures.h"

#include <QApplication>
#include <QStyleFactory>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>

int main(int argumentCount, char** arguments) {
    using namespace ponder::bench;
    setenv("QT_QPA_PLATFORM", "offscreen", 0);
    setenv("QT_LOGGING_RULES", "*.debug=false", 0);
    if (argumentCount == 4 && std::string(arguments[1]) == kBeTheProgram)
        return beTheProgram(argumentCount, arguments, arguments[2], std::stod(arguments[3]));
    const bool check = argumentCount == 2 && std::string(arguments[1]) == "--check";
    QApplication application(argumentCount, arguments);
    QApplication::setStyle(QStyleFactory::create("Fusion"));
    printHeader();
    std::vector<Figure> figures = measureView();
    const std::vector<Figure> program = measureProgram(std::filesystem::canonical("/proc/self/exe").string());
    figures.insert(figures.end(), program.begin(), program.end());
    const bool kept = !program.empty() && std::all_of(figures.begin(), figures.end(),
                                                      [](const Figure& figure) { return figure.isKept(); });
    return check && !kept ? EXIT_FAILURE : EXIT_SUCCESS;
}
