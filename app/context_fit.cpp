#include "app/context_fit.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace ponder::app {

namespace {

using engine::Role;

// A template's own words, at most: around a message and around all of them.
constexpr int kMarkupOfMessage = 64;
constexpr int kMarkupOfPrompt = 512;

constexpr int kMostUsualRoom = 4096;
constexpr int kMostSummaryTokens = 768;
constexpr int kLeastSummaryTokens = 64;
constexpr int kWordsAroundSummary = 96; // and a thought that was not wanted

// More than that does not go through the door to the engine's process.
constexpr std::size_t kMostCountedBytes = std::size_t{4} << 20;
constexpr std::size_t kBytesOfToken = 4;

constexpr const char* kSummaryFollows = "This is a summary of our conversation so far:\n\n";
constexpr const char* kSummaryTaken = "Thank you. I go on from there.";

std::size_t bytesOf(const engine::Message& message) {
    return message.text.size() + message.reasoning.size();
}

std::size_t bytesOf(const engine::ChatRequest& request) {
    std::size_t bytes = 0;
    for (const engine::Message& message : request.messages) bytes += bytesOf(message);
    if (request.continued)
        bytes += request.continued->reasoning.size() + request.continued->text.size() +
                 request.continued->tokens.size();
    return bytes;
}

/// Places of the questions, from `first` on.
std::vector<std::size_t> questionsOf(const engine::ChatRequest& request, std::size_t first) {
    std::vector<std::size_t> questions;
    for (std::size_t place = first; place < request.messages.size(); ++place)
        if (request.messages[place].role == Role::User) questions.push_back(place);
    return questions;
}

/// The oldest messages that are not counted.
std::size_t uncountedOf(const engine::ChatRequest& request) {
    const std::size_t first = systemMessages(request);
    std::size_t bytes = bytesOf(request);
    if (bytes <= kMostCountedBytes) return 0;
    const std::vector<std::size_t> questions = questionsOf(request, first);
    std::size_t place = first;
    for (const std::size_t question : questions) {
        for (; place < question; ++place) bytes -= bytesOf(request.messages[place]);
        if (bytes <= kMostCountedBytes) break;
    }
    return place - first;
}

} // namespace

int PromptCost::total() const {
    return std::accumulate(messages.begin(), messages.end(), around + continued);
}

engine::ChatRequest countedPart(const engine::ChatRequest& request) {
    return withoutOldest(request, uncountedOf(request));
}

PromptCost costOf(const engine::ChatRequest& request, const engine::PromptPreview& countedPart) {
    PromptCost cost;
    cost.context = countedPart.contextTokens;
    std::vector<int> counted = countedPart.messageTokens;
    if (request.continued && !counted.empty()) {
        cost.continued = counted.back();
        counted.pop_back();
    }
    int markup = 0;
    for (const engine::PreviewSegment& segment : countedPart.segments) {
        if (segment.message < 0) {
            markup += segment.tokens;
            continue;
        }
        const int before = std::exchange(markup, 0);
        if (segment.message > 0 && segment.message < static_cast<int>(counted.size()))
            counted[static_cast<std::size_t>(segment.message)] += before;
    }
    cost.around =
        countedPart.totalTokens - cost.continued - std::accumulate(counted.begin(), counted.end(), 0);
    const std::size_t first = systemMessages(request);
    const std::size_t uncounted = uncountedOf(request);
    for (std::size_t i = 0; i < uncounted; ++i)
        counted.insert(counted.begin() + static_cast<std::ptrdiff_t>(first + i),
                       static_cast<int>(bytesOf(request.messages[first + i]) / kBytesOfToken));
    cost.messages = std::move(counted);
    return cost;
}

bool surelyFits(const engine::ChatRequest& request, int contextTokens) {
    const std::size_t most = bytesOf(request) + kMarkupOfMessage * request.messages.size() + kMarkupOfPrompt;
    return most + static_cast<std::size_t>(answerRoom(request, contextTokens)) <=
           static_cast<std::size_t>(std::max(contextTokens, 0));
}

int answerRoom(const engine::ChatRequest& request, int contextTokens) {
    const int quarter = contextTokens / 4;
    const int room = std::min(quarter, kMostUsualRoom) + std::min(quarter, request.reasoningBudget);
    return request.maximumTokens > 0 ? std::min(room, request.maximumTokens) : room;
}

bool leavesRoom(const engine::ChatRequest& request, const PromptCost& cost) {
    return cost.total() + answerRoom(request, cost.context) <= cost.context;
}

int summaryTokens(int contextTokens) {
    return std::clamp(contextTokens / 8, kLeastSummaryTokens, kMostSummaryTokens);
}

int summaryRoom(int contextTokens) {
    return summaryTokens(contextTokens) + kWordsAroundSummary;
}

std::size_t systemMessages(const engine::ChatRequest& request) {
    const auto first = std::find_if(request.messages.begin(), request.messages.end(),
                                    [](const auto& message) { return message.role != Role::System; });
    return static_cast<std::size_t>(first - request.messages.begin());
}

std::size_t leftOutOf(const engine::ChatRequest& request, const PromptCost& cost, int reserved) {
    const std::size_t first = systemMessages(request);
    std::vector<long> before{0}; // [place] tokens of all messages before it
    for (const int tokens : cost.messages) before.push_back(before.back() + tokens);
    const long most =
        cost.context - answerRoom(request, cost.context) - reserved - cost.around - before[first];
    const std::vector<std::size_t> questions = questionsOf(request, first);
    std::size_t cut = first;
    for (const std::size_t question : questions) {
        const long continued = question == questions.back() ? cost.continued : 0;
        const auto from = [&](std::size_t place) { return before[question + 1] - before[place] + continued; };
        if (from(cut) <= most) continue;
        const long wanted = most * 2 / 3;
        cut = *std::find_if(questions.begin(), questions.end(), [&](std::size_t place) {
            return place == question || (place > cut && from(place) <= wanted);
        });
    }
    return cut - first;
}

engine::ChatRequest withoutOldest(engine::ChatRequest request, std::size_t count) {
    const auto first = request.messages.begin() + static_cast<std::ptrdiff_t>(systemMessages(request));
    request.messages.erase(first, first + static_cast<std::ptrdiff_t>(count));
    return request;
}

engine::ChatRequest withSummary(engine::ChatRequest request, std::size_t count, const std::string& summary) {
    request = withoutOldest(std::move(request), count);
    const std::vector<engine::Message> words{{Role::User, kSummaryFollows + summary, {}},
                                             {Role::Assistant, kSummaryTaken, {}}};
    request.messages.insert(request.messages.begin() + static_cast<std::ptrdiff_t>(systemMessages(request)),
                            words.begin(), words.end());
    return request;
}

} // namespace ponder::app
