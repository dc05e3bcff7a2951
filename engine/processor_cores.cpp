#include "engine/processor_cores.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <sched.h>
#include <set>
#include <string>
#include <thread>

namespace ponder::engine {

namespace {

constexpr int kMostThreads = 64;
constexpr int kEnoughForMemory = 4; // cores
constexpr int kMostProcessors = 4096;

std::optional<std::string> firstLine(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line)) return std::nullopt;
    return line;
}

/// "0-3,8" as 0, 1, 2, 3, 8; what is written otherwise ends the list.
std::set<int> numbersOf(const std::string& list) {
    std::set<int> numbers;
    const char* at = list.data();
    const char* const end = at + list.size();
    while (at < end) {
        int first = 0;
        auto read = std::from_chars(at, end, first);
        if (read.ec != std::errc()) break;
        int last = first;
        if (read.ptr < end && *read.ptr == '-') read = std::from_chars(read.ptr + 1, end, last);
        if (read.ec != std::errc() || first < 0 || last >= kMostProcessors) break;
        for (int number = first; number <= last; ++number) numbers.insert(number);
        at = read.ptr + 1;
    }
    return numbers;
}

/// Those of the fastest kind: Intel names them, others give each a capacity.
std::set<int> fastestOf(const std::set<int>& cores, const std::filesystem::path& devices) {
    std::set<int> named, able;
    if (const auto list = firstLine(devices / "cpu_core" / "cpus")) named = numbersOf(*list);
    int largest = 0;
    const auto capacityOf = [&](int core) {
        const auto line = firstLine(devices / "system/cpu" / ("cpu" + std::to_string(core)) / "cpu_capacity");
        return line ? std::atoi(line->c_str()) : 0;
    };
    for (const int core : cores) largest = std::max(largest, capacityOf(core));
    for (const int core : cores) {
        const bool isFast = named.empty() ? 4 * capacityOf(core) >= 3 * largest : named.contains(core);
        if (isFast) able.insert(core);
    }
    return able;
}

std::vector<int> allowedProcessors() {
    cpu_set_t set;
    CPU_ZERO(&set);
    std::vector<int> allowed;
    if (::sched_getaffinity(0, sizeof set, &set) == 0) {
        for (int i = 0; i < CPU_SETSIZE; ++i)
            if (CPU_ISSET(i, &set)) allowed.push_back(i);
    }
    if (allowed.empty()) // more processors than the set can name
        for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i)
            allowed.push_back(static_cast<int>(i));
    return allowed;
}

} // namespace

int ProcessorCores::threads() const {
    return std::clamp(performance >= kEnoughForMemory ? performance : cores, 1, kMostThreads);
}

ProcessorCores coresOf(const std::vector<int>& allowed, const std::filesystem::path& devices) {
    std::set<int> cores; // by the first of their processors that is allowed
    std::set<int> seen;
    for (const int processor : allowed) {
        if (seen.contains(processor)) continue;
        cores.insert(processor);
        const auto siblings = firstLine(devices / "system/cpu" / ("cpu" + std::to_string(processor)) /
                                        "topology/thread_siblings_list");
        if (siblings) seen.merge(numbersOf(*siblings));
    }
    return {.processors = static_cast<int>(allowed.size()),
            .cores = static_cast<int>(cores.size()),
            .performance = static_cast<int>(fastestOf(cores, devices).size())};
}

int defaultThreads() {
    static const int threads = coresOf(allowedProcessors(), "/sys/devices").threads();
    return threads;
}

} // namespace ponder::engine
