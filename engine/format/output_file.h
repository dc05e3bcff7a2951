#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace ponder::engine {

/// A new file that gets its name when it is whole: until `publish` it is called NAME.part, and it is removed
/// if this ends before. Never overwrites anything. One thread.
class OutputFile {
public:
    /// Throws Error where `path` exists or its folder cannot be written.
    explicit OutputFile(const std::string& path);
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    /// Throws Error: the disk is full.
    void append(std::span<const std::byte> bytes);
    std::uint64_t bytesWritten() const { return bytesWritten_; }

    /// Brings everything to the disk and gives the file its name. Throws Error where a file of that name has
    /// come up meanwhile.
    void publish();

private:
    void flush();
    [[noreturn]] void refuse(const std::string& what) const;

    std::string path_;
    std::string temporary_;
    int descriptor_ = -1;
    std::vector<std::byte> pending_;
    std::uint64_t bytesWritten_ = 0;
};

} // namespace ponder::engine
