#pragma once

#include "engine/format/composed_file.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace ponder::engine {

/// A regular file, opened for reading without ever blocking on a pipe or device, that knows whether it was
/// changed since. Reads are absolute, so any thread may read.
class InputFile {
public:
    /// Throws GgufError (NotRegular) or Error when the file is missing or must not be read.
    explicit InputFile(const std::string& path);
    /// One that is nowhere as a whole.
    explicit InputFile(ComposedFile file);
    ~InputFile();
    InputFile(InputFile&& other) noexcept;
    InputFile& operator=(InputFile&& other) noexcept;

    const std::string& path() const { return path_; }
    std::uint64_t sizeBytes() const { return sizeBytes_; }

    /// Fills `target` from `offset` on. Throws GgufError (Changed) where the file has become shorter.
    void read(std::uint64_t offset, std::span<std::byte> target) const;
    /// Maps the whole file for reading, once; later calls return the same address.
    const std::byte* map();
    /// Gives back the memory that the mapped bytes [offset, offset + count) take in this process, and in the
    /// system's cache, where nobody else has them mapped: they are read again when they are needed again. Those
    /// of a composed file are lost.
    void release(std::uint64_t offset, std::uint64_t count) const;
    bool isComposed() const { return composed_ != nullptr; }
    /// Gives back the memory of all mapped bytes in this process; they come again when they are read.
    void forgetPages() const;
    /// Throws GgufError (Changed) when size, time or identity differ from what they were at opening.
    void checkUnchanged() const;

private:
    void close() noexcept;
    void compose();

    std::string path_;
    int descriptor_ = -1;
    std::uint64_t sizeBytes_ = 0;
    std::uint64_t device_ = 0;
    std::uint64_t inode_ = 0;
    std::int64_t modifiedSeconds_ = 0;
    std::int64_t modifiedNanoseconds_ = 0;
    void* mapped_ = nullptr;
    std::unique_ptr<ComposedFile> composed_; // null for a file of the disk
};

} // namespace ponder::engine
