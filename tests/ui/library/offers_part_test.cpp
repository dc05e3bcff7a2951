#include "ui/library/offers_part.h"

#include "tests/ui/window/parts.h"
#include "ui/library/offer_card.h"
#include "ui/widgets/label.h"
#include "ui/widgets/text_field.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

namespace ponder::ui {
namespace {

struct OffersOnScreen {
    OffersOnScreen() {
        part.setOffers(
            {{.id = "small", .name = "Small", .publisher = "Ada", .line = {}, .words = {}, .needs = {}},
             {.id = "here",
              .name = "Here",
              .publisher = "Ada",
              .line = {},
              .words = {},
              .needs = {},
              .isHere = true}});
        part.resize(760, 700);
        open(part);
    }
    TextField& link() { return *part.findChild<TextField*>(); }

    Theme theme;
    OffersPart part{theme};
    QSignalSpy asked{&part, &OffersPart::linkAsked};
    QSignalSpy edited{&part, &OffersPart::linkEdited};
};

TEST(OffersPart, NothingIsAskedBeforeTheButtonIsPressed) {
    OffersOnScreen screen;
    QTest::keyClicks(&screen.link(), "Qwen/Qwen3-4B-GGUF");
    EXPECT_EQ(screen.edited.last()[0].toString(), "Qwen/Qwen3-4B-GGUF")
        << "so that it can be said who is asked";
    EXPECT_TRUE(screen.asked.isEmpty());
    click(screen.part, "Look");
    ASSERT_EQ(screen.asked.size(), 1);
    EXPECT_EQ(screen.asked[0][0].toString(), "Qwen/Qwen3-4B-GGUF");
}

TEST(OffersPart, AnEmptyLinkCannotBeLookedAt) {
    OffersOnScreen screen;
    EXPECT_FALSE(partNamed<Button>(screen.part, "Look").isEnabled());
    QTest::keyClick(&screen.link(), Qt::Key_Return);
    EXPECT_TRUE(screen.asked.isEmpty());
}

TEST(OffersPart, AFileOfTheAnswerCanBeHad) {
    OffersOnScreen screen;
    QSignalSpy wanted(&screen.part, &OffersPart::fileWanted);
    screen.part.setAnswer({.link = "Qwen/Qwen3-4B-GGUF",
                           .title = "Qwen/Qwen3-4B-GGUF",
                           .files = {{"q4", "Q4.gguf", "2.5 GB"}, {"q8", "Q8.gguf", "4.3 GB"}}});
    QCoreApplication::processEvents();
    click(screen.part, "Download Q8.gguf");
    ASSERT_EQ(wanted.size(), 1);
    EXPECT_EQ(wanted[0][0].toString(), "Qwen/Qwen3-4B-GGUF");
    EXPECT_EQ(wanted[0][1].toString(), "q8");
}

TEST(OffersPart, WhileItLooksItCannotBeAskedTwice) {
    OffersOnScreen screen;
    screen.link().setText("a/b");
    screen.part.setAnswer({.link = "a/b", .isRunning = true});
    EXPECT_FALSE(partNamed<Button>(screen.part, "Look").isEnabled());
    screen.part.setAnswer(
        {.link = "a/b", .problem = "There is no such repository.", .nextStep = "Check it."});
    EXPECT_TRUE(partNamed<Button>(screen.part, "Look").isEnabled());
}

TEST(OffersPart, AnOfferIsTakenUnlessItIsHere) {
    OffersOnScreen screen;
    QSignalSpy wanted(&screen.part, &OffersPart::offerWanted);
    click(screen.part, "Download Small");
    ASSERT_EQ(wanted.size(), 1);
    EXPECT_EQ(wanted[0][0].toString(), "small");
    EXPECT_FALSE(partNamed<Button>(screen.part, "Here is here").isEnabled());
}

TEST(OffersPart, ABrokenListIsNamedAndTheLinkStillWorks) {
    OffersOnScreen screen;
    screen.part.setOffers({});
    screen.part.setOfferProblem("The list of models is damaged. Install Ponder again.");
    screen.link().setText("a/b");
    EXPECT_TRUE(partNamed<Button>(screen.part, "Look").isEnabled());
    EXPECT_TRUE(screen.part.findChildren<OfferCard*>().isEmpty() ||
                !screen.part.findChild<OfferCard*>()->isVisible());
}

} // namespace
} // namespace ponder::ui
