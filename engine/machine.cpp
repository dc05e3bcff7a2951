#include "engine/machine.h"

#include "engine/processor_cores.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/resource.h>
#include <unistd.h>

namespace ponder::engine {

namespace {

constexpr const char* kGroupRoot = "/sys/fs/cgroup";

/// A control group that may limit memory.
struct MemoryGroup {
    std::string limit; // files
    std::string used;
    std::string details;
};

/// The first line of a small file, empty where it cannot be read.
std::string firstLine(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

std::optional<std::uint64_t> numberIn(const std::string& path) {
    const std::string line = firstLine(path);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
    if (error != std::errc() || end == line.data()) return std::nullopt; // "max" among others
    return value;
}

/// "name number" or "name: number kB" lines.
std::uint64_t entryOf(const std::string& path, std::initializer_list<std::string_view> names) {
    std::ifstream file(path);
    std::string line;
    std::uint64_t sum = 0;
    while (std::getline(file, line)) {
        std::istringstream words(line);
        std::string name, unit;
        std::uint64_t value = 0;
        if (!(words >> name >> value)) continue;
        words >> unit;
        if (std::find(names.begin(), names.end(), name) == names.end()) continue;
        sum += unit == "kB" ? value * 1024 : value;
    }
    return sum;
}

/// This process's groups and those above them: each may hold the limit. Version 1 names its controllers,
/// version 2 has an empty list of them (cgroups(7)).
std::vector<MemoryGroup> findGroups() {
    std::vector<MemoryGroup> groups;
    std::ifstream list("/proc/self/cgroup");
    std::string line;
    while (std::getline(list, line)) {
        const std::size_t first = line.find(':');
        const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
        if (second == std::string::npos) continue;
        const std::string controllers = "," + line.substr(first + 1, second - first - 1) + ",";
        const bool isSecond = controllers == ",,";
        if (!isSecond && controllers.find(",memory,") == std::string::npos) continue;
        std::filesystem::path root = kGroupRoot;
        std::error_code ignored;
        if (!isSecond)
            root /= "memory";
        else if (std::filesystem::is_directory(root / "unified", ignored))
            root /= "unified";
        std::filesystem::path group = (root / line.substr(second + 2)).lexically_normal();
        for (int depth = 0; depth < 32; ++depth) {
            const MemoryGroup files =
                isSecond ? MemoryGroup{group / "memory.max", group / "memory.current", group / "memory.stat"}
                         : MemoryGroup{group / "memory.limit_in_bytes", group / "memory.usage_in_bytes",
                                       group / "memory.stat"};
            if (std::filesystem::exists(files.limit, ignored)) groups.push_back(files);
            if (group == root || !group.has_relative_path()) break;
            group = group.parent_path();
        }
    }
    return groups;
}

// A process stays in its group; looked up once, also because a confined one cannot look it up later.
const std::vector<MemoryGroup>& memoryGroups() {
    static const std::vector<MemoryGroup> groups = findGroups();
    return groups;
}

void applyGroup(const MemoryGroup& group, Machine& machine) {
    const auto limit = numberIn(group.limit);
    const auto used = numberIn(group.used);
    // Version 1 says "no limit" by a number beyond any memory.
    if (!limit || !used || *limit >= machine.memoryBytes) return;
    machine.memoryBytes = *limit;
    const std::uint64_t files = entryOf(group.details, {"inactive_file", "active_file"});
    const std::uint64_t held = *used > files ? *used - files : 0;
    const std::uint64_t free = *limit > held ? *limit - held : 0;
    if (free >= machine.freeBytes) return;
    machine.freeBytes = free;
    machine.isLimited = true;
}

std::optional<std::uint64_t> addressesLeft() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return std::nullopt;
    std::ifstream pages("/proc/self/statm");
    std::uint64_t mapped = 0;
    pages >> mapped;
    mapped *= static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    return limit.rlim_cur > mapped ? limit.rlim_cur - mapped : 0;
}

} // namespace

Machine lookAtMachine() {
    Machine machine;
    const std::string memory = "/proc/meminfo";
    machine.memoryBytes = entryOf(memory, {"MemTotal:"});
    machine.freeBytes = entryOf(memory, {"MemAvailable:"});
    // Without /proc nothing is known but the size: what is held is then not seen.
    if (machine.memoryBytes == 0) {
        machine.memoryBytes = static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES)) *
                              static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
        machine.freeBytes = machine.memoryBytes;
    }
    for (const MemoryGroup& group : memoryGroups()) applyGroup(group, machine);
    machine.freeAddresses = addressesLeft();
    machine.threads = defaultThreads();
    return machine;
}

std::vector<std::string> machineFiles() {
    std::vector<std::string> files;
    for (const MemoryGroup& group : memoryGroups()) {
        for (const std::string& file : {group.limit, group.used, group.details}) files.push_back(file);
    }
    return files;
}

} // namespace ponder::engine
