#pragma once

#include "engine/sampling/grammar.h"

#include <array>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace ponder::engine {

using StateId = std::int32_t;

/// Where a text stands in a grammar, as numbers: a state is the set of all places, each with its stack of
/// calls, that the bytes so far lead to. States, stacks and steps are kept, so that a step that was taken
/// before costs one look-up. Single thread; the grammar must outlive it.
class GrammarStates {
public:
    static constexpr StateId kDead = -1;
    /// Beyond these an Error is thrown: the schema can be read in too many ways.
    static constexpr std::size_t kMostPlaces = 2000;
    static constexpr std::size_t kMostStates = 100'000;
    static constexpr std::size_t kMostFrames = 2'000'000;
    static constexpr std::size_t kMostPlacesInAll = 4'000'000;
    static constexpr std::size_t kMostWork = 100'000'000; ///< between two calls of `rest`; about a second

    explicit GrammarStates(const Grammar& grammar);

    StateId start();
    /// The state behind one byte more, kDead if none. Throws Error beyond the limits.
    StateId step(StateId state, unsigned char byte) {
        const StateId next = steps(state)[byte];
        return next != kUnknownStep ? next : takeStep(state, byte);
    }
    /// [byte]: the state behind it, kUnknownStep where `step` has not been asked yet. Stays where it is until
    /// states are forgotten.
    using Steps = std::array<StateId, 256>;
    static constexpr StateId kUnknownStep = -2;
    const Steps& steps(StateId state) {
        const auto& known = states_[static_cast<std::size_t>(state)].steps;
        return known ? *known : makeSteps(state);
    }
    /// May the text end here?
    bool complete(StateId state) const { return states_[static_cast<std::size_t>(state)].complete; }
    /// May a byte follow?
    bool goesOn(StateId state) const { return !states_[static_cast<std::size_t>(state)].places.empty(); }

    /// The same state as far as texts of at most Grammar::kForesight bytes can tell: fewer different ones.
    StateId equivalent(StateId state) { return shortened(state, Stack::Whole); }
    /// The same for texts that do not leave the innermost calls. What they leave to is not known any more,
    /// `leaves` says that they do: fewer still.
    StateId innermost(StateId state) { return shortened(state, Stack::Top); }
    /// Of an innermost state: does one of its ways lead out of what is known?
    bool leaves(StateId state) const { return states_[static_cast<std::size_t>(state)].leaves; }

    /// Begins to count work anew.
    void rest() { work_ = 0; }
    /// Is so much kept that it should be forgotten?
    bool crowded() const {
        return states_.size() > kMostStates / 4 || frames_.size() > kMostFrames / 4 ||
               placesInAll_ > kMostPlacesInAll / 4;
    }
    /// Forgets all states but one; returns its new number.
    StateId forgetAllBut(StateId state);

private:
    using FrameId = std::int32_t;
    static constexpr FrameId kBottom = -1;
    static constexpr FrameId kUnknown = -2; ///< the rest of a stack that was cut off

    /// Where a call returns to; for a repetition with the number of times that are done by then.
    struct Frame {
        NodeId node = 0;
        std::uint32_t count = 0;
        FrameId parent = kBottom;
        bool operator==(const Frame&) const = default;
    };
    /// A node that takes bytes, and its stack.
    struct Place {
        NodeId node = 0;
        FrameId frame = kBottom;
        auto operator<=>(const Place&) const = default;
    };
    struct State {
        std::vector<Place> places = {}; ///< sorted
        bool complete = false;
        bool leaves = false;
        std::unique_ptr<Steps> steps = {};
    };
    struct FrameHash {
        std::size_t operator()(const Frame& frame) const;
    };

    enum class Stack { Whole, Top };

    void begin();
    const Steps& makeSteps(StateId state);
    StateId shortened(StateId state, Stack stack);
    StateId takeStep(StateId state, unsigned char byte);
    FrameId frameOf(const Frame& frame);
    void reach(const Frame& first);
    void visit(const Frame& item);
    StateId intern();
    std::uint32_t shortenedCount(const Frame& frame) const;

    const Grammar& grammar_;
    std::vector<Frame> frames_;
    std::unordered_map<Frame, FrameId, FrameHash> frameIds_;
    std::vector<State> states_;
    std::unordered_multimap<std::size_t, StateId> stateIds_; ///< by hash
    std::size_t placesInAll_ = 0;
    std::size_t work_ = 0;
    // What is being put together. An open item is a node to be looked at, its count and its stack.
    State built_;
    std::vector<Frame> open_;
    std::vector<Frame> seen_;
};

} // namespace ponder::engine
