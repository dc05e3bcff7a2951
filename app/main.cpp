#include <sys/stat.h>

#include <string>
#include <vector>

#include "app/cli.h"

int main(int argumentCount, char** arguments) {
    ::umask(077); // what Ponder writes is for its user alone
    const std::vector<std::string> words(arguments + 1, arguments + argumentCount);
    return ponder::app::runCommandLine(words);
}
