#include "engine/sampling/grammar_states.h"

#include "engine/support/error.h"

#include <algorithm>
#include <utility>

namespace ponder::engine {

namespace {

constexpr int kKeptFrames = 2; // a character's and its string's

[[noreturn]] void refuse() {
    throw Error(
        "The JSON schema can be read in too many ways at once. Let its alternatives differ early: begin "
        "each with a property of its own with \"const\", or use fewer of them.");
}

std::size_t mixed(std::size_t hash, std::size_t value) {
    hash ^= value + 0x9E3779B97F4A7C15u + (hash << 6) + (hash >> 2);
    return hash * 0xBF58476D1CE4E5B9u;
}

} // namespace

std::size_t GrammarStates::FrameHash::operator()(const Frame& frame) const {
    return mixed(mixed(frame.node, frame.count), static_cast<std::size_t>(frame.parent));
}

GrammarStates::GrammarStates(const Grammar& grammar) : grammar_(grammar) {}

void GrammarStates::begin() {
    built_ = {};
    open_.clear();
    seen_.clear();
}

StateId GrammarStates::start() {
    begin();
    reach({grammar_.start(grammar_.root()), 0, kBottom});
    return intern();
}

StateId GrammarStates::takeStep(StateId state, unsigned char byte) {
    begin();
    // By number: the list of states may move while the new one is made.
    const std::size_t places = states_[static_cast<std::size_t>(state)].places.size();
    for (std::size_t i = 0; i < places; ++i) {
        const Place place = states_[static_cast<std::size_t>(state)].places[i];
        for (const Grammar::ByteRange& range : grammar_.node(place.node).ranges) {
            if (byte >= range.first && byte <= range.last) reach({range.next, 0, place.frame});
        }
    }
    const StateId next = intern();
    makeSteps(state);
    (*states_[static_cast<std::size_t>(state)].steps)[byte] = next;
    return next;
}

const GrammarStates::Steps& GrammarStates::makeSteps(StateId state) {
    auto& steps = states_[static_cast<std::size_t>(state)].steps;
    if (!steps) {
        steps = std::make_unique<Steps>();
        steps->fill(kUnknownStep);
    }
    return *steps;
}

GrammarStates::FrameId GrammarStates::frameOf(const Frame& frame) {
    const auto [entry, isNew] = frameIds_.try_emplace(frame, static_cast<FrameId>(frames_.size()));
    if (isNew) frames_.push_back(frame);
    if (frames_.size() > kMostFrames) refuse();
    return entry->second;
}

/// Adds every place that can be reached from `first` without a byte.
void GrammarStates::reach(const Frame& first) {
    open_.push_back(first);
    while (!open_.empty()) {
        const Frame item = open_.back();
        open_.pop_back();
        visit(item);
    }
}

void GrammarStates::visit(const Frame& item) {
    using Kind = Grammar::Kind;
    const Grammar::Node& node = grammar_.node(item.node);
    work_ += 1 + seen_.size() / 8;
    if (work_ > kMostWork) refuse();
    switch (node.kind) {
    case Kind::End:
        if (item.parent == kBottom) {
            built_.complete = true;
        } else if (item.parent == kUnknown) {
            built_.leaves = true;
        } else {
            open_.push_back(frames_[static_cast<std::size_t>(item.parent)]);
        }
        break;
    case Kind::Bytes:
        built_.places.push_back({item.node, item.parent});
        if (built_.places.size() > 8 * kMostPlaces) refuse();
        break;
    case Kind::Split:
        // Where ways meet again, the second one need not be followed.
        if (std::ranges::find(seen_, item) != seen_.end()) break;
        if (seen_.size() > kMostPlaces) refuse();
        seen_.push_back(item);
        for (const NodeId branch : node.branches) open_.push_back({branch, 0, item.parent});
        break;
    case Kind::Call: {
        // A call that is a rule's last deed needs no return: chains and recursion at the end stay flat.
        const FrameId frame = node.next == Grammar::kEnd ? item.parent : frameOf({node.next, 0, item.parent});
        open_.push_back({grammar_.start(node.rule), 0, frame});
        break;
    }
    case Kind::Repeat:
        if (item.count >= node.least) open_.push_back({node.next, 0, item.parent});
        if (item.count < node.most) {
            const bool counts = node.most != Grammar::kUnbounded || item.count < node.least;
            const FrameId frame = frameOf({item.node, item.count + (counts ? 1 : 0), item.parent});
            open_.push_back({grammar_.start(node.rule), 0, frame});
        }
        break;
    }
}

/// The number of the state that was put together.
StateId GrammarStates::intern() {
    auto& places = built_.places;
    std::ranges::sort(places);
    places.erase(std::unique(places.begin(), places.end()), places.end());
    if (places.size() > kMostPlaces) refuse();
    if (places.empty() && !built_.complete && !built_.leaves) return kDead;
    std::size_t hash = (built_.complete ? 1 : 0) + (built_.leaves ? 2 : 0);
    for (const Place& place : places)
        hash = mixed(mixed(hash, place.node), static_cast<std::size_t>(place.frame));
    const auto [begin, end] = stateIds_.equal_range(hash);
    for (auto entry = begin; entry != end; ++entry) {
        const State& state = states_[static_cast<std::size_t>(entry->second)];
        if (state.complete == built_.complete && state.leaves == built_.leaves && state.places == places)
            return entry->second;
    }
    placesInAll_ += places.size();
    if (states_.size() >= kMostStates || placesInAll_ > kMostPlacesInAll) refuse();
    const auto id = static_cast<StateId>(states_.size());
    places.shrink_to_fit();
    states_.push_back(std::move(built_));
    stateIds_.emplace(hash, id);
    return id;
}

/// Where more than kForesight times are missing or left, it does not matter how many more.
std::uint32_t GrammarStates::shortenedCount(const Frame& frame) const {
    constexpr std::uint32_t kFar = Grammar::kForesight;
    const Grammar::Node& node = grammar_.node(frame.node);
    if (node.kind != Grammar::Kind::Repeat) return frame.count;
    const bool needsMany = node.least > frame.count && node.least - frame.count > kFar;
    const bool needsNone = node.least <= frame.count;
    const bool hasRoom = node.most == Grammar::kUnbounded || node.most - frame.count > kFar;
    if (!hasRoom) return frame.count;
    if (needsMany) return 0;
    return needsNone ? node.least : frame.count;
}

StateId GrammarStates::shortened(StateId state, Stack stack) {
    begin();
    const State& whole = states_[static_cast<std::size_t>(state)];
    built_.complete = whole.complete;
    const std::vector<Place> places = whole.places;
    for (const Place& place : places) {
        std::vector<Frame> kept;
        FrameId frame = place.frame;
        while (frame >= 0 && kept.size() < kKeptFrames) {
            kept.push_back(frames_[static_cast<std::size_t>(frame)]);
            frame = kept.back().parent;
        }
        if (frame >= 0 && stack == Stack::Top) frame = kUnknown;
        for (auto each = kept.rbegin(); each != kept.rend(); ++each)
            frame = frameOf({each->node, shortenedCount(*each), frame});
        const NodeId alike = grammar_.node(place.node).alike;
        built_.places.push_back({alike == Grammar::kEnd ? place.node : alike, frame});
    }
    return intern();
}

StateId GrammarStates::forgetAllBut(StateId state) {
    const State kept = std::move(states_[static_cast<std::size_t>(state)]);
    const std::vector<Frame> old = std::exchange(frames_, {});
    frameIds_.clear();
    states_.clear();
    stateIds_.clear();
    placesInAll_ = 0;
    begin();
    built_.complete = kept.complete;
    for (const Place& place : kept.places) {
        std::vector<Frame> stack;
        for (FrameId frame = place.frame; frame >= 0; frame = stack.back().parent)
            stack.push_back(old[static_cast<std::size_t>(frame)]);
        FrameId frame = kBottom;
        for (auto each = stack.rbegin(); each != stack.rend(); ++each)
            frame = frameOf({each->node, each->count, frame});
        built_.places.push_back({place.node, frame});
    }
    return intern();
}

} // namespace ponder::engine
