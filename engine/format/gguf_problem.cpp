#include "engine/format/gguf_problem.h"

#include <cstdio>

namespace ponder::engine {

void refuseFile(const FilePlace& place, GgufProblem problem, const std::string& what,
                std::string_view advice) {
    throw GgufError(problem, "The model file " + quoted(place.path) + " is not usable: " + what + " (byte " +
                                 std::to_string(place.offset) + " of " + std::to_string(place.sizeBytes) +
                                 "). " + std::string(advice));
}

std::string quoted(std::string_view text) {
    constexpr std::size_t kMostShown = 80;
    std::string shown = "\"";
    for (char c : text.substr(0, kMostShown)) {
        if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
            shown += c;
        } else {
            char code[8];
            std::snprintf(code, sizeof code, "\\x%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
            shown += code;
        }
    }
    return shown + (text.size() > kMostShown ? "…\"" : "\"");
}

} // namespace ponder::engine
