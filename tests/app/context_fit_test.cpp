#include "app/context_fit.h"

#include <gtest/gtest.h>

#include <numeric>
#include <random>

namespace ponder::app {

namespace {

using engine::Role;

struct Chat {
    engine::ChatRequest request;
    PromptCost cost;

    void add(Role role, int tokens) {
        request.messages.push_back({role, std::string(static_cast<std::size_t>(tokens), 'x'), {}});
        cost.messages.push_back(tokens);
    }
    int sentWithout(std::size_t leftOut) const {
        const auto first = cost.messages.begin() + static_cast<std::ptrdiff_t>(systemMessages(request));
        return cost.total() - std::accumulate(first, first + static_cast<std::ptrdiff_t>(leftOut), 0);
    }
};

/// Questions and answers of this many tokens each, with one question more at the end.
Chat chatOf(int pairs, int tokens, int context) {
    Chat chat;
    chat.cost.context = context;
    for (int i = 0; i < pairs; ++i) {
        chat.add(Role::User, tokens);
        chat.add(Role::Assistant, tokens);
    }
    chat.add(Role::User, tokens);
    return chat;
}

Chat randomChat(std::mt19937& random) {
    const auto number = [&](int least, int most) {
        return std::uniform_int_distribution(least, most)(random);
    };
    Chat chat;
    chat.cost.context = number(64, 4000);
    chat.cost.around = number(0, 20);
    if (number(0, 1) == 1) chat.add(Role::System, number(1, 60));
    if (number(0, 4) == 0) chat.add(Role::Assistant, number(1, 300)); // imported chats may begin so
    for (int pairs = number(0, 60); pairs > 0; --pairs) {
        chat.add(Role::User, number(1, 200));
        if (number(0, 9) > 0) chat.add(Role::Assistant, number(0, 600));
    }
    chat.add(Role::User, number(1, 200));
    chat.request.maximumTokens = number(0, 2) == 0 ? number(1, 500) : 0;
    return chat;
}

TEST(ContextFit, WhatFitsIsSentWhole) {
    const Chat chat = chatOf(3, 100, 1000);
    EXPECT_TRUE(leavesRoom(chat.request, chat.cost));
    EXPECT_EQ(leftOutOf(chat.request, chat.cost, 0), 0U);
}

TEST(ContextFit, AQuarterOfTheContextIsKeptForTheAnswerOrWhatItMayHave) {
    engine::ChatRequest request;
    EXPECT_EQ(answerRoom(request, 1000), 250);
    EXPECT_EQ(answerRoom(request, 1 << 20), 4096);
    request.reasoningBudget = 100;
    EXPECT_EQ(answerRoom(request, 1000), 350);
    request.maximumTokens = 20;
    EXPECT_EQ(answerRoom(request, 1000), 20);
}

TEST(ContextFit, LeavesOutSoMuchThatTheChatMayGrowByHalfAgain) {
    const Chat chat = chatOf(4, 100, 1000); // 900 tokens, 750 are there for them
    ASSERT_FALSE(leavesRoom(chat.request, chat.cost));
    EXPECT_EQ(leftOutOf(chat.request, chat.cost, 0), 4U) << "500 are left";
    const Chat later = chatOf(5, 100, 1000);
    EXPECT_EQ(leftOutOf(later.request, later.cost, 0), 4U) << "700 are left";
    EXPECT_EQ(leftOutOf(later.request, later.cost, 200), 8U) << "300 are left of 550";
}

TEST(ContextFit, TheCutStaysWhereItIsUntilTheChatIsTooLongAgain) {
    std::size_t cut = 0;
    int moves = 0;
    for (int pairs = 0; pairs < 200; ++pairs) {
        const Chat chat = chatOf(pairs, 100, 4000);
        const std::size_t now = leftOutOf(chat.request, chat.cost, 0);
        ASSERT_GE(now, cut);
        if (now > cut) ++moves;
        cut = now;
    }
    EXPECT_EQ(moves, 31) << "in 200 prompts";
}

TEST(ContextFit, OfAnyChat) {
    std::mt19937 random(7);
    for (int round = 0; round < 3000; ++round) {
        const Chat chat = randomChat(random);
        const std::size_t first = systemMessages(chat.request);
        for (const int reserved : {0, 40}) {
            const std::size_t count = leftOutOf(chat.request, chat.cost, reserved);
            ASSERT_EQ(count, leftOutOf(chat.request, chat.cost, reserved)) << "the same chat, the same cut";
            // Never the last question, and what is sent begins with a question.
            ASSERT_LT(first + count, chat.request.messages.size());
            if (count > 0) {
                ASSERT_EQ(chat.request.messages[first + count].role, Role::User);
            }
            // It fits, unless the last question is too long alone.
            const bool onlyTheQuestion = first + count + 1 == chat.request.messages.size();
            ASSERT_TRUE(onlyTheQuestion ||
                        chat.sentWithout(count) + reserved + answerRoom(chat.request, chat.cost.context) <=
                            chat.cost.context)
                << round;
            // The chat grows: the cut never goes back.
            Chat grown = chat;
            grown.add(Role::Assistant, 50);
            grown.add(Role::User, 20);
            ASSERT_GE(leftOutOf(grown.request, grown.cost, reserved), count);
            const engine::ChatRequest sent = withoutOldest(chat.request, count);
            ASSERT_EQ(sent.messages.size() + count, chat.request.messages.size());
            ASSERT_EQ(sent.messages.back().text, chat.request.messages.back().text);
            ASSERT_EQ(systemMessages(sent), first);
        }
        if (surelyFits(chat.request, chat.cost.context)) {
            ASSERT_TRUE(leavesRoom(chat.request, chat.cost));
        }
    }
}

TEST(ContextFit, AnAnswerThatGoesOnCounts) {
    Chat chat = chatOf(2, 100, 1000);
    EXPECT_EQ(leftOutOf(chat.request, chat.cost, 0), 0U);
    chat.cost.continued = 300;
    EXPECT_FALSE(leavesRoom(chat.request, chat.cost));
    EXPECT_EQ(leftOutOf(chat.request, chat.cost, 0), 4U);
}

TEST(ContextFit, ASummaryTakesThePlaceOfWhatIsLeftOut) {
    engine::ChatRequest request;
    request.messages = {{Role::System, "Be brief.", {}},
                        {Role::User, "one", {}},
                        {Role::Assistant, "1", {}},
                        {Role::User, "two", {}}};
    const engine::ChatRequest sent = withSummary(request, 2, "They counted.");
    ASSERT_EQ(sent.messages.size(), 2 + kSummaryMessages);
    EXPECT_EQ(sent.messages[0].text, "Be brief.");
    EXPECT_NE(sent.messages[1].text.find("They counted."), std::string::npos);
    EXPECT_EQ(sent.messages[1].role, Role::User);
    EXPECT_EQ(sent.messages[2].role, Role::Assistant) << "templates want them in turn";
    EXPECT_EQ(sent.messages[3].text, "two");
}

TEST(ContextFit, MarkupCountsForTheMessageBehindIt) {
    engine::ChatRequest request;
    request.messages = {{Role::User, "one", {}}, {Role::Assistant, "1", {}}, {Role::User, "two", {}}};
    request.continued = engine::PartialAnswer{.reasoning = {}, .text = "2"};
    engine::PromptPreview preview;
    using engine::PromptOrigin;
    preview.segments = {{PromptOrigin::Markup, -1, "<start>", 5}, {PromptOrigin::Text, 0, "one", 1},
                        {PromptOrigin::Markup, -1, "<model>", 2}, {PromptOrigin::Text, 1, "1", 1},
                        {PromptOrigin::Markup, -1, "<user>", 3},  {PromptOrigin::Text, 2, "two", 1},
                        {PromptOrigin::Markup, -1, "<model>", 4}, {PromptOrigin::Text, 3, "2", 7}};
    preview.messageTokens = {1, 1, 1, 7};
    preview.totalTokens = 24;
    preview.contextTokens = 100;
    const PromptCost cost = costOf(request, preview);
    EXPECT_EQ(cost.messages, (std::vector<int>{1, 3, 4}));
    EXPECT_EQ(cost.continued, 7);
    EXPECT_EQ(cost.around, 9);
    EXPECT_EQ(cost.total(), 24);
}

TEST(ContextFit, OfAnExtremelyLongChatTheOldestMessagesAreEstimated) {
    engine::ChatRequest request;
    request.messages.push_back({Role::System, "Be brief.", {}});
    for (int i = 0; i < 6; ++i) {
        request.messages.push_back({Role::User, std::string(1'000'000, 'a'), {}});
        request.messages.push_back({Role::Assistant, "yes", {}});
    }
    request.messages.push_back({Role::User, "And now?", {}});
    const engine::ChatRequest counted = countedPart(request);
    EXPECT_EQ(counted.messages.size(), 1 + 2 * 4 + 1U);
    EXPECT_EQ(counted.messages[0].text, "Be brief.");
    engine::PromptPreview preview;
    preview.messageTokens.assign(counted.messages.size(), 10);
    preview.totalTokens = 10 * static_cast<int>(counted.messages.size());
    const PromptCost cost = costOf(request, preview);
    ASSERT_EQ(cost.messages.size(), request.messages.size());
    EXPECT_EQ(cost.messages[0], 10);
    EXPECT_EQ(cost.messages[1], 250'000);
    EXPECT_EQ(cost.messages.back(), 10);
}

} // namespace

} // namespace ponder::app
