#include "engine/text/answer_ends.h"

#include <algorithm>
#include <iterator>

namespace ponder::engine {

namespace {

constexpr std::string_view kAnswerEnds[] = {
    "<|im_end|>",
    "<|eot_id|>",
    "<|eom_id|>",
    "<|end|>",
    "<|return|>",
    "<|call|>",
    "<turn|>",
    "<end_of_turn>",
    "<|endoftext|>",
    "<|end_of_text|>",
    "<EOT>",
    "[EOT]",
    "[EOS]",
    "[e~[",
    "<｜end▁of▁sentence｜>",
    "<end_of_utterance>",
};

} // namespace

bool isAnswerEnd(std::string_view name) {
    return std::find(std::begin(kAnswerEnds), std::end(kAnswerEnds), name) != std::end(kAnswerEnds);
}

} // namespace ponder::engine
