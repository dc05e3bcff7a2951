#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/temp_dir.h"

namespace ponder::app {

/// tests/support/misbehaving_server.py, running. `content` is what it is asked for, `other` what that may
/// have been replaced by.
class MisbehavingServer {
public:
    MisbehavingServer(std::string content, std::string other);
    ~MisbehavingServer();
    MisbehavingServer(const MisbehavingServer&) = delete;
    MisbehavingServer& operator=(const MisbehavingServer&) = delete;

    const std::string& content() const { return content_; }
    const std::string& other() const { return other_; }
    /// "main", "expired", …; 0: not to be had on this machine.
    int port(const std::string& name) const { return ports_.at(name); }
    /// The case's address under a name of its own: its answers count from the first.
    std::string url(const std::string& behaviour, const std::string& port = "main",
                    const std::string& host = "localhost") const;
    std::string endpoint() const;
    /// What a program that is to trust this server needs in its environment.
    std::map<std::string, std::string> environment() const;

    struct Entry {
        std::string event; ///< "request", "end"
        std::string port;
        std::string path;
        std::string authorization;
        std::string encoding;
        std::uint64_t start = 0;
        std::uint64_t sent = 0;
    };
    /// What has come so far, of addresses that contain `part`.
    std::vector<Entry> log(const std::string& part) const;

private:
    tests::TempDir folder_;
    std::string content_;
    std::string other_;
    std::map<std::string, int> ports_;
    std::string authority_;
    int process_ = -1;
    int input_ = -1;
    mutable int addresses_ = 0;
};

/// The SHA-256 of bytes, in hex.
std::string sha256Of(const std::string& bytes);

} // namespace ponder::app
