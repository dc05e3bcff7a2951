#include "app/summary_writer.h"

#include <gtest/gtest.h>

#include <numeric>

namespace ponder::app {

namespace {

using engine::Role;

/// Pairs of messages, a token each four letters.
SummaryTask taskOf(int pairs, int tokens, int context) {
    SummaryTask task;
    task.cost.context = context;
    for (int i = 0; i < pairs; ++i) {
        for (const Role role : {Role::User, Role::Assistant}) {
            std::string text = std::to_string(i) + (role == Role::User ? "?" : "!");
            text.resize(static_cast<std::size_t>(4 * tokens), role == Role::User ? 'u' : 'a');
            task.request.messages.push_back({role, text, {}});
            task.cost.messages.push_back(tokens);
        }
    }
    task.request.messages.push_back({Role::User, "Last question", {}});
    task.cost.messages.push_back(4);
    task.to = static_cast<std::size_t>(2 * pairs);
    return task;
}

TEST(SummaryStep, BeginsAsTheChatDidAndEndsWithAQuestion) {
    SummaryTask task = taskOf(3, 50, 4096);
    task.request.messages.insert(task.request.messages.begin(), {Role::System, "Be brief.", {}});
    task.cost.messages.insert(task.cost.messages.begin(), 4);
    const auto step = nextSummaryStep(task);
    ASSERT_TRUE(step);
    EXPECT_EQ(step->to, 6U);
    const auto& messages = step->request.messages;
    ASSERT_EQ(messages.size(), 8U);
    for (std::size_t i = 0; i < 7; ++i) EXPECT_EQ(messages[i].text, task.request.messages[i].text);
    EXPECT_EQ(messages.back().role, Role::User);
    EXPECT_NE(messages.back().text.find("Summarise"), std::string::npos);
    EXPECT_EQ(step->request.reasoning, engine::ReasoningMode::Off);
    EXPECT_GT(step->request.maximumTokens, 0);
}

TEST(SummaryStep, GoesOnFromTheSummaryThatIsThere) {
    SummaryTask task = taskOf(4, 50, 4096);
    task.from = 4;
    task.before = "They counted to two.";
    const auto step = nextSummaryStep(task);
    ASSERT_TRUE(step);
    const auto& messages = step->request.messages;
    ASSERT_EQ(messages.size(), kSummaryMessages + 4 + 1);
    EXPECT_NE(messages[0].text.find("They counted to two."), std::string::npos);
    EXPECT_EQ(messages[2].text, task.request.messages[4].text);
}

TEST(SummaryStep, TakesAsManyPiecesAsTheContextNeeds) {
    SummaryTask task = taskOf(40, 60, 1024);
    std::size_t steps = 0;
    while (task.from < task.to) {
        const auto step = nextSummaryStep(task);
        ASSERT_TRUE(step);
        ASSERT_GT(step->to, task.from);
        ASSERT_EQ(step->to % 2, 0U) << "whole questions with their answers";
        std::size_t bytes = 0;
        for (const engine::Message& message : step->request.messages) bytes += message.text.size();
        ASSERT_LT(bytes / 4 + static_cast<std::size_t>(step->request.maximumTokens), 1024U);
        task.from = step->to;
        task.before = "So far.";
        ++steps;
    }
    EXPECT_GT(steps, 5U);
    EXPECT_LT(steps, 20U);
}

TEST(SummaryStep, ShortensAQuestionThatIsTooLongAlone) {
    const SummaryTask task = taskOf(1, 5000, 1024);
    const auto step = nextSummaryStep(task);
    ASSERT_TRUE(step);
    EXPECT_EQ(step->to, 2U);
    const std::string& text = step->request.messages[0].text;
    EXPECT_LT(text.size() / 4, 512U);
    EXPECT_EQ(text.substr(0, 2), "0?");
    EXPECT_NE(text.find("…"), std::string::npos);
}

TEST(SummaryStep, IsNotThereWhereNothingFits) {
    EXPECT_FALSE(nextSummaryStep(taskOf(3, 50, 256)));
}

} // namespace

} // namespace ponder::app
