#include <sys/stat.h>

#include <string>
#include <vector>

#include "app/cli.h"
#include "app/window_program.h"

int main(int argumentCount, char** arguments) {
    ::umask(077); // what Ponder writes is for its user alone
    const std::vector<std::string> words(arguments + 1, arguments + argumentCount);
    if (ponder::app::startFor(words) == ponder::app::Start::Window)
        return ponder::app::runWindow(argumentCount, arguments);
    return ponder::app::runCommandLine(words);
}
