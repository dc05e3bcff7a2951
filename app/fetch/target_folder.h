#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/fetch/owned_file.h"

namespace ponder::fetch {

enum class Occupant { Nothing, File, Other };

/// What lies under a name.
struct Place {
    Occupant occupant = Occupant::Nothing;
    std::uint64_t sizeBytes = 0;
};

/// The folder in which files get their names. It is held open, so that it is the same one to the end. Throws
/// FetchFailure.
class TargetFolder {
public:
    explicit TargetFolder(std::string path);

    const std::string& path() const { return path_; }
    int handle() const { return handle_.number(); }

    /// Does not follow links.
    Place look(const std::string& name) const;
    std::uint64_t freeBytes() const;
    /// Up to `limit` bytes of a small file; empty where there is none, or something that is no file.
    std::string read(const std::string& name, std::size_t limit) const;
    /// Replaces a small file, also across a power cut: either text stays.
    void replace(const std::string& name, std::string_view text) const;
    void remove(const std::string& name) const;
    /// Gives a finished file its name, which must be free. False: something has that name.
    bool rename(const std::string& from, const std::string& to) const;

private:
    std::string path_;
    OwnedFile handle_;
};

} // namespace ponder::fetch
