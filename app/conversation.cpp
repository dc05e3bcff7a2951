#include "app/conversation.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <utility>

namespace ponder::app {

namespace {

constexpr std::size_t kChatIdLength = 12;

template <typename Value>
using NameTable = std::pair<Value, std::string_view>;

constexpr std::array<NameTable<PartKind>, 4> kPartKinds{{
    {PartKind::Text, "text"},
    {PartKind::Reasoning, "reasoning"},
    {PartKind::Attachment, "attachment"},
    {PartKind::Tool, "tool"},
}};

constexpr std::array<NameTable<TurnState>, 5> kTurnStates{{
    {TurnState::Interrupted, "interrupted"},
    {TurnState::Complete, "complete"},
    {TurnState::Streaming, "streaming"},
    {TurnState::Stopped, "stopped"},
    {TurnState::Failed, "failed"},
}};

constexpr std::array<NameTable<engine::Role>, 3> kRoles{{
    {engine::Role::User, "user"},
    {engine::Role::Assistant, "assistant"},
    {engine::Role::System, "system"},
}};

template <typename Table, typename Value>
std::string_view nameIn(const Table& table, Value value) {
    for (const auto& [entry, name] : table)
        if (entry == value) return name;
    return table.front().second;
}

template <typename Table>
auto valueIn(const Table& table, std::string_view name) {
    for (const auto& [entry, entryName] : table)
        if (entryName == name) return entry;
    return table.front().first;
}

// Our own mistake, and nothing sensible to go on with.
[[noreturn]] void missing(int number) {
    std::fprintf(stderr, "ponder: there is no message %d in this chat\n", number);
    std::abort();
}

} // namespace

Part textPart(std::string text) {
    Part part;
    part.text = std::move(text);
    return part;
}

Part reasoningPart(std::string text) {
    Part part = textPart(std::move(text));
    part.kind = PartKind::Reasoning;
    return part;
}

Conversation::Conversation(ChatHeader chatHeader, std::vector<Turn> turns)
    : header(std::move(chatHeader)), turns_(std::move(turns)) {
    std::sort(turns_.begin(), turns_.end(), [](const Turn& a, const Turn& b) { return a.number < b.number; });
    int previous = 0;
    for (const Turn& turn : turns_) {
        if (turn.number <= previous || turn.parent >= turn.number || turn.parent < 0 ||
            (turn.parent > 0 && !find(turn.parent)))
            throw engine::Error("A message of the chat \"" + header.title +
                                "\" is out of place. Restore it from an export, or delete the chat.");
        previous = turn.number;
    }
    // A choice that points nowhere is forgotten rather than refused: the newest child stands in for it.
    auto mend = [this](int parent, int& child) {
        const Turn* chosen = find(child);
        if (chosen && chosen->parent == parent) return;
        const std::vector<int> candidates = children(parent);
        child = candidates.empty() ? 0 : candidates.back();
    };
    mend(0, header.activeRoot);
    for (Turn& turn : turns_)
        if (turn.activeChild != 0) mend(turn.number, turn.activeChild);
}

const Turn* Conversation::find(int number) const {
    const auto place = std::lower_bound(turns_.begin(), turns_.end(), number,
                                        [](const Turn& turn, int wanted) { return turn.number < wanted; });
    return place != turns_.end() && place->number == number ? &*place : nullptr;
}

Turn* Conversation::find(int number) {
    return const_cast<Turn*>(std::as_const(*this).find(number));
}

const Turn& Conversation::turn(int number) const {
    const Turn* found = find(number);
    if (!found) missing(number);
    return *found;
}

Turn& Conversation::turn(int number) {
    return const_cast<Turn&>(std::as_const(*this).turn(number));
}

Turn& Conversation::add(int parent, engine::Role role, std::vector<Part> parts) {
    if (parent != 0 && !find(parent)) missing(parent);
    Turn turn;
    turn.number = turns_.empty() ? 1 : turns_.back().number + 1;
    turn.parent = parent;
    turn.role = role;
    turn.parts = std::move(parts);
    turn.createdMs = nowMilliseconds();
    const int number = turn.number;
    turns_.push_back(std::move(turn));
    select(number);
    return turns_.back();
}

std::vector<int> Conversation::activePath() const {
    std::vector<int> path;
    for (int number = header.activeRoot; number != 0; number = turn(number).activeChild)
        path.push_back(number);
    return path;
}

std::vector<int> Conversation::pathTo(int number) const {
    std::vector<int> path;
    for (; number != 0; number = turn(number).parent) path.push_back(number);
    std::reverse(path.begin(), path.end());
    return path;
}

std::vector<int> Conversation::children(int number) const {
    std::vector<int> found;
    for (const Turn& turn : turns_)
        if (turn.parent == number) found.push_back(turn.number);
    return found;
}

std::vector<int> Conversation::siblings(int number) const {
    return children(turn(number).parent);
}

void Conversation::select(int number) {
    while (number != 0) {
        const int parent = turn(number).parent;
        activeChildOf(parent) = number;
        number = parent;
    }
}

int Conversation::activeChild(int number) const {
    return number == 0 ? header.activeRoot : turn(number).activeChild;
}

int& Conversation::activeChildOf(int number) {
    return number == 0 ? header.activeRoot : turn(number).activeChild;
}

std::vector<engine::Message> messagesFor(const Conversation& conversation, const std::vector<int>& path,
                                         PastThoughts pastThoughts) {
    std::vector<engine::Message> messages;
    if (!conversation.header.system.empty())
        messages.push_back({engine::Role::System, conversation.header.system, {}});
    for (const int number : path) {
        const Turn& turn = conversation.turn(number);
        if (turn.role == engine::Role::User) {
            messages.push_back({turn.role, promptText(turn), {}});
            continue;
        }
        engine::Message message{turn.role, joinedText(turn, PartKind::Text), {}};
        if (pastThoughts == PastThoughts::Keep) message.reasoning = joinedText(turn, PartKind::Reasoning);
        messages.push_back(std::move(message));
    }
    return messages;
}

std::string joinedText(const Turn& turn, PartKind kind) {
    std::string joined;
    for (const Part& part : turn.parts) {
        if (part.kind != kind) continue;
        if (!joined.empty()) joined += "\n\n";
        joined += part.text;
    }
    return joined;
}

std::string promptText(const Turn& turn) {
    std::string prompt;
    for (const Part& part : turn.parts)
        if (part.kind == PartKind::Attachment) prompt += "[" + part.name + "]\n" + part.text + "\n\n";
    return prompt + joinedText(turn, PartKind::Text);
}

std::int64_t nowMilliseconds() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::string newChatId() {
    std::random_device random;
    std::string bytes;
    for (std::size_t i = 0; i < kChatIdLength; ++i) bytes += static_cast<char>(random());
    return chatIdFrom(bytes);
}

std::string chatIdFrom(std::string_view bytes) {
    static constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string id;
    for (const char byte : bytes.substr(0, kChatIdLength))
        id += kAlphabet[static_cast<unsigned char>(byte) % kAlphabet.size()];
    return id;
}

std::string_view partKindName(PartKind kind) {
    return nameIn(kPartKinds, kind);
}
std::string_view turnStateName(TurnState state) {
    return nameIn(kTurnStates, state);
}
std::string_view roleName(engine::Role role) {
    return nameIn(kRoles, role);
}
PartKind partKindFromName(std::string_view name) {
    return valueIn(kPartKinds, name);
}
TurnState turnStateFromName(std::string_view name) {
    return valueIn(kTurnStates, name);
}
engine::Role roleFromName(std::string_view name) {
    return valueIn(kRoles, name);
}

} // namespace ponder::app
