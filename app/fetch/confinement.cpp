#include "app/fetch/confinement.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "app/fetch/owned_file.h"

namespace ponder::fetch {

namespace {

// Newer than Debian 12's headers; the kernel says by its ABI number which of them it knows.
constexpr std::uint64_t kAccessRefer = 1ull << 13;    // ABI 2
constexpr std::uint64_t kAccessTruncate = 1ull << 14; // ABI 3

constexpr std::uint64_t kReading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t kWriting = kReading | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |
                                   LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_SYM |
                                   LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR;

// Names and addresses of servers, certificates, time zones, and the libraries that look them up.
constexpr std::array kReadableFolders{"/etc", "/usr", "/lib", "/lib64", "/run", "/var/lib/ca-certificates"};

void allow(int ruleset, const std::string& path, std::uint64_t access) {
    const OwnedFile place(::open(path.c_str(), O_PATH | O_CLOEXEC));
    struct stat status {};
    if (!place.open() || ::fstat(place.number(), &status) != 0) return;
    if (!S_ISDIR(status.st_mode)) access &= LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;
    landlock_path_beneath_attr rule{};
    rule.allowed_access = access;
    rule.parent_fd = place.number();
    ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

void confineFiles(const std::string& writableFolder) {
    const long abi = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (abi < 1) return;
    landlock_ruleset_attr attributes{};
    attributes.handled_access_fs = kAccessRefer - 1;
    std::uint64_t writing = kWriting;
    if (abi >= 2) attributes.handled_access_fs |= kAccessRefer;
    if (abi >= 3) {
        attributes.handled_access_fs |= kAccessTruncate;
        writing |= kAccessTruncate;
    }
    const OwnedFile ruleset(
        static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0)));
    if (!ruleset.open()) return;
    for (const char* folder : kReadableFolders) allow(ruleset.number(), folder, kReading);
    for (const char* variable : {"CURL_CA_BUNDLE", "SSL_CERT_FILE"})
        if (const char* file = std::getenv(variable); file && *file)
            allow(ruleset.number(), file, LANDLOCK_ACCESS_FS_READ_FILE);
    if (!writableFolder.empty()) allow(ruleset.number(), writableFolder, writing);
    ::syscall(SYS_landlock_restrict_self, ruleset.number(), 0);
}

/// No program is started, nothing listened to, no other process looked into.
void confineCalls() {
    const std::unique_ptr<void, decltype(&::seccomp_release)> filter(::seccomp_init(SCMP_ACT_ALLOW),
                                                                     &::seccomp_release);
    if (!filter) return;
    for (const int call : {SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork),
                           SCMP_SYS(listen), SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(ptrace),
                           SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(io_uring_setup),
                           SCMP_SYS(mount), SCMP_SYS(bpf), SCMP_SYS(keyctl), SCMP_SYS(unshare)})
        ::seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EPERM), call, 0);
    const scmp_arg_cmp noThread = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0);
    ::seccomp_rule_add_array(filter.get(), SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1, &noThread);
    // Its flags lie where a filter cannot see them; told that it is missing, the C library uses clone.
    ::seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    ::seccomp_load(filter.get());
}

} // namespace

void confineFetcher(const std::string& writableFolder) {
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return;
    confineFiles(writableFolder);
    confineCalls();
}

} // namespace ponder::fetch
