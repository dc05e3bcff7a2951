#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// Watches streaming text for the texts that end an answer, wherever the pieces are cut. One answer each.
class StopTexts {
public:
    explicit StopTexts(std::vector<std::string> texts);

    /// Takes a piece; returns what can no longer be the beginning of a stop text. Behind a hit: nothing.
    std::string take(std::string_view piece);
    /// What was held back, at the end of the answer.
    std::string finish();
    /// Forgets what was held back: the text it belonged to does not count any more.
    void forget() { held_.clear(); }
    /// Has one of the texts come? What was returned ends before it.
    bool hit() const { return hit_; }

private:
    std::vector<std::string> texts_;
    std::string held_;
    bool hit_ = false;
};

} // namespace ponder::engine
