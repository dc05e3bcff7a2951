#include "engine/process_memory.h"

#include <fstream>
#include <string>

namespace ponder::engine {

ProcessMemory ownMemory() {
    ProcessMemory memory;
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        const std::size_t colon = line.find(':');
        if (colon == std::string::npos || !line.ends_with(" kB")) continue;
        const std::string name = line.substr(0, colon);
        const auto bytes = [&] { return std::stoull(line.substr(colon + 1)) * 1024; };
        if (name == "RssAnon") memory.ownBytes = bytes();
        if (name == "RssFile") memory.fileBytes = bytes();
        if (name == "VmHWM") memory.peakBytes = bytes();
    }
    return memory;
}

} // namespace ponder::engine
