#include "engine/remote/sandbox.h"

#include "engine/engine.h"
#include "engine/support/file_descriptor.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

namespace ponder::engine {

namespace {

// Newer than Debian 12's headers; the kernel says by its ABI number which of them it knows.
constexpr std::uint64_t kAccessRefer = 1ull << 13;       // ABI 2
constexpr std::uint64_t kAccessTruncate = 1ull << 14;    // ABI 3
constexpr std::uint64_t kAccessIoctlDevice = 1ull << 15; // ABI 5
constexpr std::uint64_t kNetBindConnect = 3;             // ABI 4
constexpr std::uint64_t kScopeSocketsAndSignals = 3;     // ABI 6

struct RulesetAttributes {
    std::uint64_t handledFiles = 0;
    std::uint64_t handledNet = 0;
    std::uint64_t scoped = 0;
};

/// As far as the kernel's ABI goes; what it does not know must be zero or left off.
RulesetAttributes everythingKnownTo(long abi) {
    RulesetAttributes attributes{.handledFiles = kAccessRefer - 1};
    if (abi >= 2) attributes.handledFiles |= kAccessRefer;
    if (abi >= 3) attributes.handledFiles |= kAccessTruncate;
    if (abi >= 4) attributes.handledNet = kNetBindConnect;
    if (abi >= 5) attributes.handledFiles |= kAccessIoctlDevice;
    if (abi >= 6) attributes.scoped = kScopeSocketsAndSignals;
    return attributes;
}

enum class What { File, Folder, WritableFolder };

bool allow(int ruleset, const std::string& path, What what) {
    const FileDescriptor place(::open(path.c_str(), O_PATH | O_CLOEXEC));
    struct stat status {};
    if (!place.open() || ::fstat(place.number(), &status) != 0) return false;
    // A rule on a folder opens all that lies beneath, so a folder given as a model must not become one.
    if (what == What::File && !S_ISREG(status.st_mode)) return false;
    landlock_path_beneath_attr rule{};
    rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
    if (what != What::File) rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
    if (what == What::WritableFolder) {
        rule.allowed_access |=
            LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE;
        const long abi = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
        if (abi >= 3) rule.allowed_access |= kAccessTruncate;
    }
    rule.parent_fd = place.number();
    return ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

/// A file of /proc, whose inode lasts only as long as somebody looks at it: kept open, so that the rule stays
/// true.
void allowReadingProcFile(int ruleset, const char* path) {
    const int place = ::open(path, O_PATH | O_CLOEXEC);
    if (place < 0) return;
    landlock_path_beneath_attr rule{};
    rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
    rule.parent_fd = place;
    ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

/// `writable` stays only if it holds.
bool restrictFiles(const std::vector<std::string>& readableFiles,
                   const std::vector<std::string>& readableFolders, std::string& writable) {
    const long abi = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (abi < 1) return false;
    const RulesetAttributes attributes = everythingKnownTo(abi);
    const std::size_t size = abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
    const FileDescriptor ruleset(
        static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, size, 0)));
    if (!ruleset.open()) return false;

    for (const std::string& file : readableFiles) allow(ruleset.number(), file, What::File);
    for (const std::string& folder : readableFolders) allow(ruleset.number(), folder, What::Folder);
    if (!writable.empty() && !allow(ruleset.number(), writable, What::WritableFolder)) writable.clear();
    // How many cores and how much memory there is, and what time it is where the user lives.
    allow(ruleset.number(), "/sys/devices/system/cpu", What::Folder);
    allow(ruleset.number(), "/sys/devices/system/node", What::Folder);
    allow(ruleset.number(), "/usr/share/zoneinfo", What::Folder);
    allow(ruleset.number(), "/etc/localtime", What::File);
    allowReadingProcFile(ruleset.number(), "/proc/meminfo");
    allowReadingProcFile(ruleset.number(), "/proc/self/status");
    allowReadingProcFile(ruleset.number(), "/proc/self/statm");
    // The C library looks up the main thread's stack here.
    allowReadingProcFile(ruleset.number(), "/proc/self/maps");
    return ::syscall(SYS_landlock_restrict_self, ruleset.number(), 0) == 0;
}

// clang-format off
constexpr std::array kAllowedCalls{
    // memory; executable too, because PCRE2 compiles the tokenizer's patterns to machine code
    SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(mprotect), SCMP_SYS(madvise), SCMP_SYS(brk),
    SCMP_SYS(mincore), SCMP_SYS(mlock), SCMP_SYS(munlock), SCMP_SYS(membarrier), SCMP_SYS(msync),
    // reading, and talking over what is already open
    SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(readv), SCMP_SYS(preadv), SCMP_SYS(preadv2), SCMP_SYS(lseek),
    SCMP_SYS(readahead), SCMP_SYS(fadvise64), SCMP_SYS(close), SCMP_SYS(fcntl), SCMP_SYS(fstat),
    SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(fstatfs), SCMP_SYS(statfs),
    SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat),
    SCMP_SYS(getcwd), SCMP_SYS(getdents64), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(recvfrom),
    SCMP_SYS(poll), SCMP_SYS(ppoll),
    SCMP_SYS(pipe), SCMP_SYS(pipe2), // to oneself; sanitizers probe memory with them
    // threads and time
    SCMP_SYS(futex), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_setaffinity), SCMP_SYS(gettid), SCMP_SYS(getcpu),
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(restart_syscall),
    SCMP_SYS(arch_prctl), // asks for AMX tiles
    // signals to oneself, the end
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),
    SCMP_SYS(exit), SCMP_SYS(exit_group),
    // facts
    SCMP_SYS(getpid), SCMP_SYS(getppid), SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid),
    SCMP_SYS(getegid), SCMP_SYS(uname), SCMP_SYS(sysinfo), SCMP_SYS(getrusage), SCMP_SYS(getrlimit),
    SCMP_SYS(times), SCMP_SYS(getrandom), SCMP_SYS(get_mempolicy),
};
// clang-format on

// Only Landlock says where.
constexpr std::array kWritingCalls{
    SCMP_SYS(pwrite64), SCMP_SYS(ftruncate), SCMP_SYS(fdatasync),
    SCMP_SYS(fsync),    SCMP_SYS(renameat),  SCMP_SYS(unlinkat),
};

enum class Writing { Nowhere, WhereLandlockAllows };

/// What is not named gets EPERM: no socket, connect or bind, no fork or execve, no ptrace or io_uring.
bool restrictCalls(Writing writing) {
    const std::unique_ptr<void, decltype(&::seccomp_release)> filter(::seccomp_init(SCMP_ACT_ERRNO(EPERM)),
                                                                     &::seccomp_release);
    if (!filter) return false;
    bool complete = true;
    const auto allow = [&](int call, std::initializer_list<scmp_arg_cmp> conditions = {}) {
        complete &=
            ::seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call,
                                     static_cast<unsigned>(conditions.size()), conditions.begin()) == 0;
    };
    for (const int call : kAllowedCalls) allow(call);

    constexpr scmp_datum_t kWriting = O_ACCMODE | O_CREAT | O_TRUNC;
    allow(SCMP_SYS(open), {SCMP_A1(SCMP_CMP_MASKED_EQ, kWriting, O_RDONLY)});
    if (writing == Writing::Nowhere) {
        allow(SCMP_SYS(openat), {SCMP_A2(SCMP_CMP_MASKED_EQ, kWriting, O_RDONLY)});
    } else {
        allow(SCMP_SYS(openat));
        for (const int call : kWritingCalls) allow(call);
    }
    // The peer of the one socket there is; an address would name another.
    allow(SCMP_SYS(sendto), {SCMP_A4(SCMP_CMP_EQ, 0)});
    allow(SCMP_SYS(clone), {SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)});
    allow(SCMP_SYS(tgkill), {SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid()))}); // abort()
    allow(SCMP_SYS(sched_setscheduler), {SCMP_A1(SCMP_CMP_EQ, SCHED_IDLE)}); // to be slower than others
    allow(SCMP_SYS(prctl), {SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME)});
    allow(SCMP_SYS(prlimit64), {SCMP_A2(SCMP_CMP_EQ, 0)}); // asking, not setting
    // Its flags lie in memory where a filter cannot see them; told that it is missing, the C library uses
    // clone.
    complete &= ::seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
    return complete && ::seccomp_load(filter.get()) == 0;
}

std::vector<std::string> filesOfFolder(const std::string& path) {
    constexpr std::array<std::string_view, 3> kEndings{".json", ".jinja", ".safetensors"};
    std::vector<std::string> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
        const std::string name = entry.path().string();
        if (std::any_of(kEndings.begin(), kEndings.end(),
                        [&](std::string_view ending) { return name.ends_with(ending); }))
            files.push_back(name);
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// "-00001-of-00005.gguf": where the count begins, and how many parts there are.
struct PartName {
    std::string_view stem;
    int count = 0;
};

std::optional<PartName> parsePartName(std::string_view path) {
    constexpr std::string_view kPattern = "-00000-of-00000.gguf";
    if (path.size() <= kPattern.size()) return std::nullopt;
    const std::string_view tail = path.substr(path.size() - kPattern.size());
    for (std::size_t i = 0; i < tail.size(); ++i) {
        const bool isDigit = tail[i] >= '0' && tail[i] <= '9';
        if (kPattern[i] == '0' ? !isDigit : tail[i] != kPattern[i]) return std::nullopt;
    }
    PartName name{.stem = path.substr(0, path.size() - kPattern.size())};
    std::from_chars(tail.data() + 10, tail.data() + 15, name.count);
    return name;
}

} // namespace

std::string Confinement::sentence() const {
    if (complete() && !writableFolder.empty()) {
        return "The engine cannot reach the network or start programs, reads no file but the model, and "
               "writes none but what it has worked out of your chats.";
    }
    if (complete()) {
        return "The engine cannot reach the network, start programs or write files, and reads no file but "
               "the model.";
    }
    if (calls) {
        return "The engine cannot reach the network, start programs or write files, but it could read files "
               "of "
               "yours: this system's kernel lacks Landlock.";
    }
    if (files) {
        return "The engine cannot write files and reads no file but the model, but it could reach the "
               "network: "
               "this system's kernel lacks seccomp filters.";
    }
    return "The engine runs unconfined: this system's kernel lacks Landlock and seccomp filters.";
}

Confinement confine(const std::vector<std::string>& readableFiles,
                    const std::vector<std::string>& readableFolders, const std::string& writableFolder) {
    Confinement confinement{.writableFolder = writableFolder};
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return {};
    confinement.files = restrictFiles(readableFiles, readableFolders, confinement.writableFolder);
    if (!confinement.files) confinement.writableFolder.clear();
    confinement.calls =
        restrictCalls(confinement.writableFolder.empty() ? Writing::Nowhere : Writing::WhereLandlockAllows);
    return confinement;
}

bool confineThisProcess(const std::vector<std::string>& readableFolders) {
    return confine({}, readableFolders).calls;
}

std::vector<std::string> modelFiles(const std::string& path) {
    if (std::error_code error; std::filesystem::is_directory(path, error)) return filesOfFolder(path);
    std::vector<std::string> files{path};
    const auto name = parsePartName(path);
    if (!name) return files;
    files.clear();
    for (int part = 1; part <= name->count; ++part) {
        char suffix[32];
        std::snprintf(suffix, sizeof suffix, "-%05d-of-%05d.gguf", part, name->count);
        files.push_back(std::string(name->stem) + suffix);
    }
    return files;
}

} // namespace ponder::engine
