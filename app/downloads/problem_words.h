#pragma once

#include <QString>

#include "app/downloads/fetch_protocol.h"
#include "app/downloads/model_link.h"

namespace ponder::app {

/// What went wrong with a download, for the person who wanted it.
struct DownloadProblem {
    QString what;     ///< one line
    QString whatToDo; ///< one line

    bool operator==(const DownloadProblem&) const = default;
};

DownloadProblem problemWords(const FetchProblem& problem);
DownloadProblem problemWords(LinkFault fault);

/// "1.2 GB", as sizes of files are told.
QString sizeInWords(std::uint64_t bytes);

} // namespace ponder::app
