#include "app/answer_mailbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace ponder::app {

namespace {

using engine::AnswerPiece;
using engine::PieceKind;
using testing::IsEmpty;
using testing::SizeIs;

AnswerPiece piece(const std::string& text, PieceKind kind = PieceKind::Text) {
    return {kind, text, 1};
}

TEST(AnswerMailbox, IsEmptyUntilSomethingIsPosted) {
    AnswerMailbox mailbox;
    EXPECT_THAT(mailbox.collect(), IsEmpty());
    mailbox.post(1, AnswerStarted{});
    EXPECT_THAT(mailbox.collect(), SizeIs(1));
    EXPECT_THAT(mailbox.collect(), IsEmpty());
}

TEST(AnswerMailbox, JoinsNeighbouringPieces) {
    AnswerMailbox mailbox;
    for (const char* text : {"a", "b", "c"}) mailbox.post(1, piece(text));
    const auto deliveries = mailbox.collect();
    ASSERT_THAT(deliveries, SizeIs(1));
    EXPECT_EQ(std::get<AnswerPiece>(deliveries[0].event).text, "abc");
    EXPECT_EQ(std::get<AnswerPiece>(deliveries[0].event).tokens, 3);
}

TEST(AnswerMailbox, KeepsThoughtAndAnswerApart) {
    AnswerMailbox mailbox;
    mailbox.post(1, piece("hm", PieceKind::Reasoning));
    mailbox.post(1, piece("4"));
    EXPECT_THAT(mailbox.collect(), SizeIs(2));
}

TEST(AnswerMailbox, KeepsRequestsApart) {
    AnswerMailbox mailbox;
    mailbox.post(1, piece("a"));
    mailbox.post(2, piece("b"));
    mailbox.post(1, piece("c"));
    const auto deliveries = mailbox.collect();
    ASSERT_THAT(deliveries, SizeIs(3));
    EXPECT_EQ(deliveries[1].request, 2U);
}

TEST(AnswerMailbox, OfProgressOnlyTheLatestMatters) {
    AnswerMailbox mailbox;
    for (int done = 0; done <= 10; ++done) mailbox.post(1, PromptProgress{done, 10});
    for (const double part : {0.1, 0.5, 0.9}) mailbox.post(1, LoadProgress{part});
    const auto deliveries = mailbox.collect();
    ASSERT_THAT(deliveries, SizeIs(2));
    EXPECT_EQ(std::get<PromptProgress>(deliveries[0].event).done, 10);
    EXPECT_EQ(std::get<LoadProgress>(deliveries[1].event).part, 0.9);
}

TEST(AnswerMailbox, EndsAreNeverJoined) {
    AnswerMailbox mailbox;
    mailbox.post(1, RequestDone{});
    mailbox.post(1, RequestDone{});
    EXPECT_THAT(mailbox.collect(), SizeIs(2));
}

TEST(AnswerMailbox, LosesNothingBetweenTwoThreads) {
    AnswerMailbox mailbox;
    constexpr int kPieces = 20'000;
    std::jthread engine([&] {
        for (int i = 0; i < kPieces; ++i) mailbox.post(1, piece("x"));
        mailbox.post(1, RequestDone{});
    });
    int tokens = 0;
    for (bool done = false; !done;)
        for (const Delivery& delivery : mailbox.collect()) {
            if (const auto* arrived = std::get_if<AnswerPiece>(&delivery.event)) tokens += arrived->tokens;
            done = done || std::holds_alternative<RequestDone>(delivery.event);
        }
    EXPECT_EQ(tokens, kPieces);
}

} // namespace

} // namespace ponder::app
