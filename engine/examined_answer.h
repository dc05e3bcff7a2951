#pragma once

#include "engine/loaded_model.h"

#include <span>
#include <vector>

namespace ponder::engine {

/// An answer's tokens behind its prompt's, and what the model's numbers say of each of them.
class ExaminedAnswer {
public:
    /// Throws Error: there is no answer, or the template failed.
    ExaminedAnswer(const LoadedModel& loaded, const ExamineRequest& request);

    const std::vector<TokenId>& tokens() const { return tokens_; } ///< prompt and answer
    int first() const { return first_; }                           ///< of the answer's; above 0
    /// `logits` are the model's before the token at `position`, [vocabulary]. Throws Error when they are
    /// broken.
    ExaminedToken describe(int position, std::span<const float> logits) const;

private:
    struct Place {
        PromptOrigin part = PromptOrigin::Markup;
        int offset = 0;
    };

    const LoadedModel& loaded_;
    std::vector<TokenId> tokens_;
    std::vector<Place> places_; ///< [token - first]
    int first_ = 0;
    std::size_t alternatives_ = 0;
};

} // namespace ponder::engine
