#pragma once

#include <cerrno>
#include <cstring>
#include <exception>
#include <string>
#include <utility>

#include "app/downloads/fetch_protocol.h"

namespace ponder::fetch {

/// Ends a request with a problem that Ponder words for the user.
class FetchFailure : public std::exception {
public:
    explicit FetchFailure(app::FetchProblem problem) : problem_(std::move(problem)) {}
    const app::FetchProblem& problem() const { return problem_; }
    const char* what() const noexcept override { return "a request of ponder-fetch failed"; }

private:
    app::FetchProblem problem_;
};

/// Ponder asked for a pause, or has gone.
class PauseAsked : public std::exception {
public:
    const char* what() const noexcept override { return "ponder-fetch pauses"; }
};

[[noreturn]] inline void fail(app::ProblemKind kind, std::string detail = {}) {
    throw FetchFailure({.kind = kind, .host = {}, .detail = std::move(detail), .amount = 0});
}

/// What a refused call on a file means for the user.
[[noreturn]] inline void failWithSystemReason(int reason) {
    using app::ProblemKind;
    if (reason == ENOSPC || reason == EDQUOT) fail(ProblemKind::DiskFull);
    if (reason == ENOENT || reason == ENOTDIR) fail(ProblemKind::FolderMissing);
    if (reason == ELOOP) fail(ProblemKind::TargetIsLink);
    fail(ProblemKind::CannotWrite, std::strerror(reason));
}

} // namespace ponder::fetch
