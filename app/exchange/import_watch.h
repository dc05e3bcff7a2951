#pragma once

#include <functional>
#include <stop_token>

#include "engine/engine.h"

namespace ponder::app {

/// The person does not want the import any more. Nothing came in.
class ImportCancelled : public engine::Error {
public:
    ImportCancelled() : engine::Error("The import was cancelled. Nothing came in.") {}
};

/// Follows the reading of an export from outside, and may end it.
struct ImportWatch {
    std::function<void(double)> progress = {}; ///< 0…1, on the reading thread
    std::stop_token stop = {};

    /// Throws ImportCancelled.
    void report(double fraction) const {
        if (stop.stop_requested()) throw ImportCancelled();
        if (progress) progress(fraction);
    }
};

} // namespace ponder::app
