#pragma once

#include <cstdint>
#include <string>

#include "app/store/database.h"

namespace ponder::app {

struct SalvageReport {
    std::int64_t chats = 0;
    std::int64_t turns = 0;
    bool complete = false; ///< every row could be read

    /// What a person is told.
    std::string sentence(const std::string& keptAs) const;
};

/// Copies all rows that can still be read from a damaged chat file into a fresh one, row range by row range.
/// Messages whose chat is lost come into a chat named "Recovered". The damaged file is only read.
SalvageReport salvage(const std::string& damagedPath, Database& into);

} // namespace ponder::app
