#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace ponder::tests {

/// A fresh folder of its own, gone with all its files when this ends.
class TempDir {
public:
    TempDir();
    ~TempDir();
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

    /// Writes a file below the folder, with the folders on the way, and returns its path.
    std::filesystem::path write(std::string_view name, std::string_view content) const;

private:
    std::filesystem::path path_;
};

/// The whole file, empty where there is none.
std::string contentOf(const std::filesystem::path& file);

} // namespace ponder::tests
