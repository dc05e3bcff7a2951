#include "engine/sampling/stop_texts.h"

#include <algorithm>
#include <utility>

namespace ponder::engine {

StopTexts::StopTexts(std::vector<std::string> texts) : texts_(std::move(texts)) {
    std::erase(texts_, std::string());
}

std::string StopTexts::take(std::string_view piece) {
    if (hit_) return {};
    held_ += piece;
    // Of several, the one that is complete first: however the text is cut, it is the same one.
    std::size_t end = std::string::npos;
    std::size_t begin = held_.size();
    std::size_t beginning = 0;
    for (const std::string& text : texts_) {
        const std::size_t at = held_.find(text);
        if (at == std::string::npos) {
            std::size_t length = std::min(text.size() - 1, held_.size());
            while (length > beginning && !held_.ends_with(std::string_view(text).substr(0, length))) --length;
            beginning = std::max(beginning, length);
        } else if (at + text.size() < end || (at + text.size() == end && at < begin)) {
            begin = at;
            end = at + text.size();
        }
    }
    hit_ = end != std::string::npos;
    std::string certain = held_.substr(0, hit_ ? begin : held_.size() - beginning);
    held_.erase(0, hit_ ? held_.size() : certain.size());
    return certain;
}

std::string StopTexts::finish() {
    return std::exchange(held_, {});
}

} // namespace ponder::engine
