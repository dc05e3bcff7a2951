#pragma once

namespace ponder::engine {

/// Whether drafting pays, by what passes of both kinds took in this process: a drafted pass reads the draft
/// head and a second token's experts, and pays only where enough guesses are right. An answer begins with
/// both kinds in turn; then the cheaper one goes on, and the other is tried again now and then. One thread.
class DraftMeter {
public:
    enum class Pass { Plain, Drafted };

    /// Of each kind, at the beginning of an answer.
    static constexpr int kTrialPasses = 8;
    /// Drafting begins where it saves at least this share of a token's time, and ends where it saves none.
    static constexpr double kLeastGain = 0.05;
    /// Between two looks at the other kind: a plain pass costs little while drafting pays, drafted ones are
    /// several, for one guess says nothing.
    static constexpr int kPassesUntilPlain = 32;
    static constexpr int kPassesUntilDrafted = 256;
    static constexpr int kRetriedPasses = 6;

    void beginAnswer();
    /// Which kind the next pass should be of.
    Pass next() const;
    /// A pass took so long and brought so many tokens forth.
    void record(Pass pass, double seconds, int tokens);

    /// What goes on until the next look.
    bool drafts() const { return drafts_; }

private:
    /// Seconds a token, recent passes counting most.
    struct Cost {
        double seconds = 0;
        double tokens = 0;

        void add(double moreSeconds, double moreTokens);
        double perToken() const { return seconds / tokens; }
    };

    void decide();

    Cost plain_, drafted_;
    bool drafts_ = false;
    int trial_ = 2 * kTrialPasses; // passes of it to come
    int since_ = 0;                // passes since the last look at the other kind
    int retried_ = 0;              // drafted passes of a look to come
};

} // namespace ponder::engine
