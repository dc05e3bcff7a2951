#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "app/downloads/fetch_protocol.h"
#include "app/fetch/answer_head.h"
#include "app/fetch/control.h"

namespace ponder::fetch {

/// What became of one request. Without a problem, the answer came whole.
struct TransferEnd {
    std::optional<app::FetchProblem> problem = {};
    bool worthAnotherTry = false;
    std::optional<std::int64_t> retryAfterSeconds = {};
};

struct TransferSteps {
    /// The head of the answer proper: 200, 206 or 416. Before the first byte.
    std::function<void(const AnswerHead&)> begin = {};
    std::function<void(std::span<const std::byte>)> take = {};
};

/// GET over https, with the rules that a stranger's server is held to: at most five redirects, none of them
/// to anything but https or into a private network, and no token to anybody but the hub. libcurl is used here
/// and nowhere else. One thread.
class Transfer {
public:
    Transfer(Control& control, app::FetchPatience patience);
    ~Transfer();

    /// Bytes from `from` on. What a step throws ends the transfer and comes out here, as does PauseAsked.
    TransferEnd run(const std::string& url, std::uint64_t from, const TransferSteps& steps);
    /// Hugging Face's size and hash of the last file, as told on the way to it.
    std::uint64_t linkedSize() const { return linkedSize_; }
    const std::string& linkedHash() const { return linkedHash_; }
    /// Who answered last, as a person is told.
    const std::string& host() const { return host_; }

private:
    struct Connection;
    TransferEnd runOne(const std::string& url, std::uint64_t from, const TransferSteps& steps,
                       std::string& location);

    Control& control_;
    app::FetchPatience patience_;
    std::unique_ptr<Connection> connection_;
    std::string hub_;       // who may see the token
    std::string firstHost_; // whom the user named
    std::string host_;
    std::string contacted_;
    std::uint64_t linkedSize_ = 0;
    std::string linkedHash_;
};

} // namespace ponder::fetch
