#include <gtest/gtest.h>

#include "app/context_ledger.h"

namespace ponder::app {

namespace {

NextPrompt smallPrompt() {
    NextPrompt next;
    next.request.messages = {{engine::Role::System, "Be brief.", ""},
                             {engine::Role::User, "2 + 2?", ""},
                             {engine::Role::Assistant, "4", ""},
                             {engine::Role::User, "and 3?", ""}};
    next.withoutThoughts = {2};
    return next;
}

TEST(ContextLedger, CountsEachMessageAndSaysWhatIsLeftOut) {
    engine::PromptPreview preview;
    preview.messageTokens = {3, 4, 1, 3};
    preview.markupTokens = 9;
    preview.totalTokens = 20;
    preview.contextTokens = 100;
    preview.segments = {{engine::PromptOrigin::Markup, -1, "<user>", 1},
                        {engine::PromptOrigin::Text, 1, "2 + 2?", 4}};
    preview.tokens = {{7, "<user>", -1}, {8, "2", 1}};
    const ui::ContextLedger ledger = ledgerOf(smallPrompt(), preview);
    ASSERT_EQ(ledger.rows.size(), 4u);
    EXPECT_EQ(ledger.rows[1].tokens, 4);
    EXPECT_EQ(ledger.rows[2].note, "its thoughts are left out");
    EXPECT_EQ(ledger.rows[3].note, "not sent yet");
    EXPECT_EQ(ledger.totalTokens, 20);
    EXPECT_TRUE(ledger.prompt[0].markup);
    EXPECT_FALSE(ledger.prompt[1].markup);
    EXPECT_EQ(ledger.tokens[1].text, "2");
}

TEST(ContextLedger, WithoutAModelTheMessagesAreThereAndTheReason) {
    const ui::ContextLedger ledger = emptyLedger(smallPrompt(), "No model.");
    EXPECT_EQ(ledger.rows.size(), 4u);
    EXPECT_EQ(ledger.problem, "No model.");
}

} // namespace

} // namespace ponder::app
