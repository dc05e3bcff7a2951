#include "engine/support/private_folder.h"

#include <filesystem>

namespace ponder::engine {

bool makePrivateFolder(const std::string& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) return false;
    std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
    return !error;
}

} // namespace ponder::engine
