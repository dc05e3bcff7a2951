#include "app/library/file_use.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

namespace ponder::app {

namespace {

namespace fs = std::filesystem;

bool isNumber(const std::string& text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool hasOpen(const fs::path& process, const std::set<std::string>& files) {
    std::error_code error;
    for (fs::directory_iterator entry(process / "fd", error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code gone;
        if (files.contains(fs::read_symlink(entry->path(), gone).string())) return true;
    }
    std::ifstream maps(process / "maps");
    for (std::string line; std::getline(maps, line);)
        if (const std::size_t path = line.find('/');
            path != std::string::npos && files.contains(line.substr(path)))
            return true;
    return false;
}

} // namespace

std::vector<std::string> programsUsing(const std::vector<std::string>& files) {
    std::set<std::string> real;
    std::error_code error;
    for (const std::string& file : files) real.insert(fs::canonical(file, error).string());
    real.erase("");
    std::set<std::string> names;
    const std::string self = std::to_string(::getpid());
    for (fs::directory_iterator entry("/proc", error), end; !error && entry != end; entry.increment(error)) {
        const std::string process = entry->path().filename().string();
        if (!isNumber(process) || process == self || !hasOpen(entry->path(), real)) continue;
        std::string name;
        std::getline(std::ifstream(entry->path() / "comm"), name);
        names.insert(name.empty() ? "another program" : name);
    }
    return {names.begin(), names.end()};
}

} // namespace ponder::app
