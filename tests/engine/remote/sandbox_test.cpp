#include "engine/remote/sandbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <thread>

namespace ponder::engine {

namespace {

using testing::HasSubstr;

/// A folder with a model file and somebody else's file.
class Sandbox : public testing::Test {
protected:
    void SetUp() override {
        std::string name = std::filesystem::temp_directory_path() / "ponder-sandbox-XXXXXX";
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
        model_ = folder_ + "/model.gguf";
        other_ = folder_ + "/diary.txt";
        std::ofstream(model_) << "weights";
        std::ofstream(other_) << "secret";
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    /// Runs `body` in a confined child and returns how that ended, as waitpid tells it. `body` returns the
    /// exit code.
    static int confined(const std::vector<std::string>& readable, const auto& body,
                        const std::string& writable = {}) {
        const pid_t child = ::fork();
        if (child == 0) {
            const Confinement confinement = confine(readable, {}, writable);
            ::_exit(confinement.complete() ? body() : 100);
        }
        int status = 0;
        EXPECT_EQ(::waitpid(child, &status, 0), child);
        return status;
    }

    /// The number of the first of these that succeeded although it must not, 0 if all failed.
    static int firstAllowed(std::initializer_list<long> results) {
        int number = 0;
        for (const long result : results) {
            ++number;
            if (result != -1) return number;
        }
        return 0;
    }

    std::string folder_;
    std::string model_;
    std::string other_;
};

} // namespace

TEST_F(Sandbox, ReadsTheModelAndNoOtherFile) {
    EXPECT_EQ(
        confined({model_},
                 [&] {
                     const int file = ::open(model_.c_str(), O_RDONLY | O_CLOEXEC);
                     char bytes[7];
                     if (file < 0 || ::pread(file, bytes, 7, 0) != 7) return 50;
                     if (::mmap(nullptr, 7, PROT_READ, MAP_PRIVATE, file, 0) == MAP_FAILED) return 51;
                     return firstAllowed(
                         {::open(other_.c_str(), O_RDONLY), ::open("/etc/passwd", O_RDONLY),
                          ::open("/etc", O_RDONLY | O_DIRECTORY), ::open("/proc/self/environ", O_RDONLY),
                          ::open("/proc/self/root/etc/passwd", O_RDONLY), ::open("/dev/tty", O_RDONLY)});
                 }),
        0);
}

TEST_F(Sandbox, WritesNothing) {
    const std::string fresh = folder_ + "/new";
    EXPECT_EQ(confined({model_},
                       [&] {
                           return firstAllowed({
                               ::open(model_.c_str(), O_WRONLY),
                               ::open(model_.c_str(), O_RDWR),
                               ::open(model_.c_str(), O_RDONLY | O_TRUNC),
                               ::open(fresh.c_str(), O_RDONLY | O_CREAT, 0600),
                               ::open(folder_.c_str(), O_TMPFILE | O_RDWR, 0600),
                               ::creat(fresh.c_str(), 0600),
                               ::open("/dev/null", O_WRONLY),
                               ::truncate(model_.c_str(), 0),
                               ::unlink(model_.c_str()),
                               ::rename(model_.c_str(), fresh.c_str()),
                               ::link(model_.c_str(), fresh.c_str()),
                               ::symlink("a", fresh.c_str()),
                               ::mkdir(fresh.c_str(), 0700),
                               ::mkfifo(fresh.c_str(), 0600),
                               ::chmod(model_.c_str(), 0777),
                               ::utimensat(AT_FDCWD, model_.c_str(), nullptr, 0),
                           });
                       }),
              0);
    EXPECT_EQ(std::filesystem::file_size(model_), 7u);
    EXPECT_FALSE(std::filesystem::exists(fresh));
}

TEST_F(Sandbox, WritesInItsFolderAndNowhereElse) {
    const std::string inside = folder_ + "/inside";
    std::filesystem::create_directory(inside);
    std::filesystem::create_symlink(other_, inside + "/link");
    EXPECT_EQ(confined(
                  {model_},
                  [&] {
                      const std::string fresh = folder_ + "/new";
                      const int allowed = firstAllowed({
                          ::open(model_.c_str(), O_WRONLY),
                          ::open(other_.c_str(), O_RDONLY),
                          ::open(other_.c_str(), O_RDWR),
                          ::open((inside + "/link").c_str(), O_RDWR),
                          ::open((inside + "/../diary.txt").c_str(), O_RDWR),
                          ::open(fresh.c_str(), O_RDWR | O_CREAT, 0600),
                          ::unlinkat(AT_FDCWD, other_.c_str(), 0),
                          ::renameat(AT_FDCWD, other_.c_str(), AT_FDCWD, (inside + "/mine").c_str()),
                          ::link(other_.c_str(), (inside + "/mine").c_str()),
                          ::symlink(other_.c_str(), (inside + "/mine").c_str()),
                          ::mkdir((inside + "/folder").c_str(), 0700),
                          ::mkfifo((inside + "/fifo").c_str(), 0600),
                          ::chmod(inside.c_str(), 0777),
                          ::socket(AF_UNIX, SOCK_STREAM, 0),
                      });
                      if (allowed != 0) return allowed;
                      const int folder = ::open(inside.c_str(), O_RDONLY | O_DIRECTORY);
                      const int file = ::openat(folder, "a", O_RDWR | O_CREAT | O_EXCL, 0600);
                      if (file < 0 || ::pwrite(file, "12345678", 8, 0) != 8) return 50;
                      if (::ftruncate(file, 5) != 0 || ::fdatasync(file) != 0) return 51;
                      if (::renameat(folder, "a", folder, "b") != 0 || ::fsync(folder) != 0) return 52;
                      if (::openat(folder, "c", O_RDWR | O_CREAT, 0600) < 0) return 53;
                      return ::unlinkat(folder, "c", 0) == 0 ? 0 : 54;
                  },
                  inside),
              0);
    EXPECT_EQ(std::filesystem::file_size(inside + "/b"), 5u);
    EXPECT_FALSE(std::filesystem::exists(inside + "/c"));
    EXPECT_EQ(std::filesystem::file_size(other_), 6u);
}

TEST_F(Sandbox, ReachesNoNetworkAndNoOtherProgram) {
    EXPECT_EQ(confined({model_},
                       [&] {
                           int pair[2];
                           return firstAllowed(
                               {::socket(AF_INET, SOCK_STREAM, 0), ::socket(AF_INET6, SOCK_DGRAM, 0),
                                ::socket(AF_UNIX, SOCK_STREAM, 0), ::socket(AF_NETLINK, SOCK_RAW, 0),
                                ::socketpair(AF_UNIX, SOCK_STREAM, 0, pair), ::kill(::getppid(), 0),
                                ::syscall(SYS_ptrace, 16, ::getppid(), 0, 0),
                                ::syscall(SYS_process_vm_readv, ::getppid(), nullptr, 0, nullptr, 0, 0),
                                ::syscall(SYS_io_uring_setup, 4, nullptr),
                                ::syscall(SYS_pidfd_open, ::getppid(), 0)});
                       }),
              0);
}

TEST_F(Sandbox, StartsNoProgram) {
    EXPECT_EQ(confined({model_},
                       [] {
                           char name[] = "/bin/true";
                           char* arguments[] = {name, nullptr};
                           ::execve(name, arguments, environ);
                           const pid_t child = ::fork();
                           if (child == 0) ::_exit(0);
                           return child == -1 && errno == EPERM ? 0 : 1;
                       }),
              0);
}

TEST_F(Sandbox, ComputesWithThreadsMemoryAndTheClock) {
    EXPECT_EQ(confined({model_},
                       [] {
                           int sum = 0;
                           std::thread([&] { sum += 1; }).join();
                           std::vector<char> large(64 << 20, 1);
                           const std::time_t now = std::time(nullptr);
                           std::tm local{};
                           return sum == 1 && large.back() == 1 && ::localtime_r(&now, &local) &&
                                          std::thread::hardware_concurrency()
                                      ? 0
                                      : 1;
                       }),
              0);
}

TEST_F(Sandbox, StillReadsHowMuchMemoryThereIs) {
    EXPECT_EQ(confined({model_},
                       [] {
                           std::ifstream memory("/proc/meminfo");
                           std::string word;
                           return memory >> word && word == "MemTotal:" ? 0 : 1;
                       }),
              0);
}

TEST_F(Sandbox, AnAbortIsSeenAsOne) {
    const int status = confined({model_}, []() -> int { std::abort(); });
    ASSERT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(WTERMSIG(status), SIGABRT);
}

TEST_F(Sandbox, AFolderGivenAsAModelOpensNothingBeneathIt) {
    EXPECT_EQ(confined({folder_}, [&] { return firstAllowed({::open(other_.c_str(), O_RDONLY)}); }), 0);
}

TEST_F(Sandbox, FollowsALinkToTheModelAsModelStoresUseThem) {
    const std::string link = folder_ + "/link.gguf";
    std::filesystem::create_symlink(model_, link);
    EXPECT_EQ(confined({link}, [&] { return ::open(link.c_str(), O_RDONLY) >= 0 ? 0 : 1; }), 0);
}

TEST(ModelFiles, AreTheFileOrAllPartsItsNameTellsOf) {
    EXPECT_EQ(modelFiles("/m/a.gguf"), (std::vector<std::string>{"/m/a.gguf"}));
    EXPECT_EQ(modelFiles("/m/a-00001-of-00003.gguf"),
              (std::vector<std::string>{"/m/a-00001-of-00003.gguf", "/m/a-00002-of-00003.gguf",
                                        "/m/a-00003-of-00003.gguf"}));
    EXPECT_EQ(modelFiles("/m/a-0001-of-00003.gguf"), (std::vector<std::string>{"/m/a-0001-of-00003.gguf"}));
    EXPECT_EQ(modelFiles(""), (std::vector<std::string>{""}));
}

TEST_F(Sandbox, OfAFolderReadsSettingsAndWeightsOnly) {
    const std::string model = folder_ + "/folder";
    std::filesystem::create_directory(model);
    for (const char* name : {"config.json", "model.safetensors", "key.pem"})
        std::ofstream(model + "/" + name) << "x";
    EXPECT_EQ(modelFiles(model),
              (std::vector<std::string>{model + "/config.json", model + "/model.safetensors"}));
    const auto opens = [&](const char* name) { return ::open((model + "/" + name).c_str(), O_RDONLY) >= 0; };
    EXPECT_EQ(confined(modelFiles(model),
                       [&] { return opens("config.json") && opens("model.safetensors") ? 0 : 1; }),
              0);
    EXPECT_EQ(confined(modelFiles(model), [&] { return opens("key.pem") ? 1 : 0; }), 0);
}

TEST(Confinement, SaysWhatIsMissing) {
    EXPECT_THAT((Confinement{.files = true, .calls = true}.sentence()),
                HasSubstr("reads no file but the model"));
    EXPECT_THAT((Confinement{.files = false, .calls = true}.sentence()), HasSubstr("lacks Landlock"));
    EXPECT_THAT((Confinement{.files = true, .calls = false}.sentence()), HasSubstr("lacks seccomp"));
    EXPECT_THAT((Confinement{}.sentence()), HasSubstr("unconfined"));
}

} // namespace ponder::engine
