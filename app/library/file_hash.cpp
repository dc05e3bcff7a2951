#include "app/library/file_hash.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <memory>
#include <vector>

#include "app/library/model_names.h"
#include "engine/engine.h"

namespace ponder::app {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kChunk = 4 << 20;
constexpr auto kProgressShown = 200ms;

class OpenFile {
public:
    explicit OpenFile(const std::string& path) {
        // A pipe must not block, a device must not begin anything.
        if (!stampOf(path))
            throw engine::Error("There is no file " + path + " any more. Look for models again.");
        file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        if (file_ < 0)
            throw engine::Error("The file " + path + " cannot be opened (" + std::strerror(errno) +
                                "). Check its permissions.");
    }
    ~OpenFile() { ::close(file_); }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    int handle() const { return file_; }

private:
    int file_ = -1;
};

/// Are all bytes from `offset` on in memory already?
bool isInMemory(int file, std::uint64_t offset, std::size_t size) {
    void* place = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file, static_cast<off_t>(offset));
    if (place == MAP_FAILED) return true; // then nothing is let go
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    std::vector<unsigned char> pages((size + page - 1) / page);
    const bool isKnown = ::mincore(place, size, pages.data()) == 0;
    ::munmap(place, size);
    return !isKnown || std::any_of(pages.begin(), pages.end(), [](unsigned char each) { return each & 1; });
}

std::string hexOf(const unsigned char* bytes, unsigned size) {
    constexpr char kDigits[] = "0123456789abcdef";
    std::string hex;
    for (unsigned i = 0; i < size; ++i) {
        hex += kDigits[bytes[i] >> 4];
        hex += kDigits[bytes[i] & 15];
    }
    return hex;
}

/// OpenSSL's SHA-256, which uses the processor's instructions for it.
class Digest {
public:
    Digest() {
        if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) fail();
    }
    void add(const unsigned char* bytes, std::size_t size) {
        if (EVP_DigestUpdate(context_.get(), bytes, size) != 1) fail();
    }
    std::string hex() {
        std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
        unsigned size = 0;
        if (EVP_DigestFinal_ex(context_.get(), bytes.data(), &size) != 1) fail();
        return hexOf(bytes.data(), size);
    }

private:
    [[noreturn]] static void fail() {
        throw engine::Error("The system's OpenSSL computes no SHA-256. Check its installation.");
    }
    struct Free {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> context_{EVP_MD_CTX_new()};
};

std::size_t readChunk(const OpenFile& file, std::uint64_t offset, std::vector<unsigned char>& chunk,
                      const std::string& path) {
    for (;;) {
        const ssize_t size = ::pread(file.handle(), chunk.data(), chunk.size(), static_cast<off_t>(offset));
        if (size >= 0) return static_cast<std::size_t>(size);
        if (errno == EINTR) continue;
        throw engine::Error("The file " + path + " could not be read (" + std::strerror(errno) +
                            "). Check the disk.");
    }
}

} // namespace

std::optional<FileHash> hashFile(const std::string& path, const HashProgress& progress,
                                 std::stop_token stop) {
    const OpenFile file(path);
    const auto stamp = stampOf(file.handle());
    if (!stamp) throw engine::Error("There is no file " + path + " any more. Look for models again.");
    ::posix_fadvise(file.handle(), 0, 0, POSIX_FADV_SEQUENTIAL);
    Digest digest;
    std::vector<unsigned char> chunk(kChunk);
    auto shown = std::chrono::steady_clock::now();
    std::uint64_t done = 0;
    while (done < stamp->sizeBytes) {
        if (stop.stop_requested()) return std::nullopt;
        const bool wasThere = isInMemory(file.handle(), done, kChunk);
        const std::size_t size = readChunk(file, done, chunk, path);
        if (size == 0) break;
        digest.add(chunk.data(), size);
        if (!wasThere)
            ::posix_fadvise(file.handle(), static_cast<off_t>(done), static_cast<off_t>(size),
                            POSIX_FADV_DONTNEED);
        done += size;
        const auto now = std::chrono::steady_clock::now();
        if (!progress || now - shown < kProgressShown) continue;
        shown = now;
        progress(done);
    }
    const auto after = stampOf(file.handle());
    if (!after || done != stamp->sizeBytes || !after->isUnchangedSince(*stamp))
        throw engine::Error("The file " + path +
                            " was changed while it was read. Wait until its copy or download has ended.");
    if (progress) progress(done);
    return FileHash{digest.hex(), *stamp};
}

std::string expectedHash(const std::string& path) {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path link = fs::read_symlink(path, error);
    const fs::path file = error ? fs::path(path) : link;
    // Elsewhere a file may bear such a name by chance.
    if (file.parent_path().filename() != "blobs") return {};
    return sha256In(file.filename().string());
}

HashVerdict compareHash(const std::string& sha256, const std::string& expected) {
    if (sha256.empty()) return HashVerdict::Unknown;
    if (expected.empty()) return HashVerdict::Unchecked;
    return sha256 == expected ? HashVerdict::Verified : HashVerdict::Differs;
}

} // namespace ponder::app
