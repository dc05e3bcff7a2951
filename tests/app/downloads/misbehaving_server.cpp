#include "tests/app/downloads/misbehaving_server.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <span>
#include <stdexcept>

#include "app/fetch/running_hash.h"
#include "tests/places.h"

namespace ponder::app {

MisbehavingServer::MisbehavingServer(std::string content, std::string other)
    : content_(std::move(content)), other_(std::move(other)) {
    const std::string file = folder_.write("content", content_).string();
    const std::string otherFile = folder_.write("other", other_).string();
    std::array<int, 2> input{};
    std::array<int, 2> output{};
    if (::pipe2(input.data(), O_CLOEXEC) != 0 || ::pipe2(output.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe");
    process_ = ::fork();
    if (process_ == 0) {
        ::dup2(input[0], STDIN_FILENO);
        ::dup2(output[1], STDOUT_FILENO);
        ::execlp("python3", "python3", PONDER_SOURCE_DIR "/tests/support/misbehaving_server.py",
                 folder_.path().c_str(), file.c_str(), otherFile.c_str(), nullptr);
        ::_exit(127);
    }
    ::close(input[0]);
    ::close(output[1]);
    input_ = input[1];
    std::string line;
    for (char letter = 0; ::read(output[0], &letter, 1) == 1 && letter != '\n';) line += letter;
    ::close(output[0]);
    const auto told = nlohmann::json::parse(line, nullptr, false);
    if (!told.is_object()) throw std::runtime_error("the server did not start; it needs python3 and openssl");
    ports_ = told.at("ports").get<std::map<std::string, int>>();
    authority_ = told.at("authority");
}

MisbehavingServer::~MisbehavingServer() {
    ::close(input_);
    ::waitpid(process_, nullptr, 0);
}

std::string MisbehavingServer::url(const std::string& behaviour, const std::string& port,
                                   const std::string& host) const {
    return "https://" + host + ":" + std::to_string(ports_.at(port)) + "/" + behaviour + "/" +
           std::to_string(++addresses_) + "/m.gguf";
}

std::string MisbehavingServer::endpoint() const {
    return "https://localhost:" + std::to_string(ports_.at("main"));
}

std::map<std::string, std::string> MisbehavingServer::environment() const {
    return {{"CURL_CA_BUNDLE", authority_},
            {"HF_ENDPOINT", endpoint()},
            {"HF_TOKEN", ""},
            {"https_proxy", ""},
            {"HTTPS_PROXY", ""},
            {"all_proxy", ""},
            {"ALL_PROXY", ""}};
}

std::vector<MisbehavingServer::Entry> MisbehavingServer::log(const std::string& part) const {
    std::ifstream file(folder_ / "log.jsonl");
    std::vector<Entry> entries;
    const auto text = [](const nlohmann::json& object, const char* member) {
        return object.contains(member) && object[member].is_string() ? object[member].get<std::string>() : "";
    };
    for (std::string line; std::getline(file, line);) {
        const auto object = nlohmann::json::parse(line, nullptr, false);
        if (!object.is_object() || text(object, "path").find(part) == std::string::npos) continue;
        entries.push_back({.event = text(object, "event"),
                           .port = text(object, "port"),
                           .path = text(object, "path"),
                           .authorization = text(object, "authorization"),
                           .encoding = text(object, "encoding"),
                           .start = object["start"].is_number() ? object["start"].get<std::uint64_t>() : 0,
                           .sent = object.value("sent", std::uint64_t{0})});
    }
    return entries;
}

std::string sha256Of(const std::string& bytes) {
    fetch::RunningHash hash;
    hash.add(std::as_bytes(std::span(bytes)));
    return hash.hex();
}

} // namespace ponder::app
