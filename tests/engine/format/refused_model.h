#pragma once

#include "tests/support/gguf_image.h"

#include <functional>
#include <ostream>
#include <string>

namespace ponder::tests {

/// A sound file whose contents are no model Ponder can run.
struct RefusedModel {
    std::string name;     ///< of the test: the row of the checklist, then what is wrong
    std::string mentions; ///< by the message
    std::function<void(GgufImage&)> breakIt;
};

inline void PrintTo(const RefusedModel& model, std::ostream* stream) {
    *stream << model.name;
}

/// Expects the inspection to end with an Error that mentions this, within 100 ms and 64 MiB.
void expectModelRefused(const GgufImage& image, const std::string& mentions);

} // namespace ponder::tests
