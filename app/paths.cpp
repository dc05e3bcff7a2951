#include "app/paths.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

#include "engine/engine.h"

namespace ponder::app {

namespace {

namespace fs = std::filesystem;

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

fs::path homeFolder() {
    const fs::path home = environment("HOME");
    if (home.is_absolute()) return home;
    const passwd* user = ::getpwuid(::getuid());
    if (user && user->pw_dir && fs::path(user->pw_dir).is_absolute()) return user->pw_dir;
    return {};
}

fs::path xdgFolder(const char* variable, const fs::path& home, const char* otherwise) {
    const fs::path named = environment(variable);
    if (named.is_absolute()) return named / "ponder";
    if (home.empty())
        throw engine::Error("There is no home folder to keep the chats in. Name a folder with --data-dir.");
    return home / otherwise / "ponder";
}

/// A file of ours, beside the installed program or in the source tree; empty: not there.
fs::path resource(const fs::path& name) {
    std::error_code error;
    const fs::path installed = (programFolder() / ".." / "share" / "ponder" / name).lexically_normal();
    if (fs::exists(installed, error)) return installed;
    const fs::path source = fs::path(PONDER_RESOURCES) / name;
    return fs::exists(source, error) ? source : fs::path();
}

} // namespace

Paths Paths::find(const std::string& dataFolder) {
    const std::string named = dataFolder.empty() ? environment("PONDER_DATA_DIR") : dataFolder;
    const fs::path home = homeFolder();
    if (!named.empty()) {
        const fs::path folder = fs::absolute(named);
        return {.data = folder,
                .config = folder,
                .cache = folder / "cache",
                .state = folder / "state",
                .home = home};
    }
    return {.data = xdgFolder("XDG_DATA_HOME", home, ".local/share"),
            .config = xdgFolder("XDG_CONFIG_HOME", home, ".config"),
            .cache = xdgFolder("XDG_CACHE_HOME", home, ".cache"),
            .state = xdgFolder("XDG_STATE_HOME", home, ".local/state"),
            .home = home};
}

void makePrivateFolder(const fs::path& folder) {
    // The folders above may be the user's own: only those we create get our permissions.
    fs::path missing;
    std::error_code error;
    for (fs::path part = folder; !part.empty() && !fs::exists(part, error); part = part.parent_path()) {
        missing = part;
        if (part == part.parent_path()) break;
    }
    fs::create_directories(folder, error);
    if (error)
        throw engine::Error("The folder " + folder.string() + " cannot be created (" + error.message() +
                            "). Check the permissions, or choose another with --data-dir.");
    if (missing.empty()) return;
    for (fs::path part = folder;; part = part.parent_path()) {
        fs::permissions(part, fs::perms::owner_all, error);
        if (part == missing) break;
    }
}

fs::path programFolder() {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    return error ? fs::path() : program.parent_path();
}

fs::path starterModel() {
    const fs::path named = environment("PONDER_STARTER");
    if (!named.empty()) return named;
    return resource(fs::path("starter") / "ponder-starter.gguf");
}

fs::path catalogueFile() {
    return resource(fs::path("catalogue") / "catalogue.json");
}

} // namespace ponder::app
