#include "ui/library/card_part.h"

#include "tests/ui/window/parts.h"
#include "ui/library/hash_line.h"
#include "ui/library/plan_part.h"
#include "ui/library/prompt_view.h"
#include "ui/widgets/label.h"

#include <gtest/gtest.h>

#include <QScrollBar>
#include <QSignalSpy>

namespace ponder::ui {
namespace {

LibraryCard card(const QString& path) {
    LibraryCard made;
    made.path = path;
    made.name = "Qwen3 4B";
    made.line = "qwen3 · 2.5 GB";
    made.paths = {path};
    made.facts = {{"Family", "qwen3"}, {"Licence", "Apache 2.0"}};
    made.templateOrigin = "The file's own";
    made.templateText = "{{ messages }}";
    return made;
}

struct CardOnScreen {
    CardOnScreen() {
        part.resize(560, 700);
        part.setCard(card("/models/a.gguf"));
        open(part);
    }
    bool says(const QString& words) {
        for (const Label* label : part.findChildren<Label*>()) {
            if (label->isVisible() && label->text().contains(words)) return true;
        }
        return false;
    }
    bool canPress(const QString& name) { return partNamed<Button>(part, name).isVisible(); }

    Theme theme;
    CardPart part{theme};
};

TEST(CardPart, SaysWhatTheModelIs) {
    CardOnScreen screen;
    EXPECT_TRUE(screen.says("Qwen3 4B"));
    EXPECT_TRUE(screen.says("Apache 2.0"));
    EXPECT_TRUE(screen.says("/models/a.gguf"));
    EXPECT_FALSE(screen.part.findChild<PlanPart*>()->isVisible()) << "no plan is known yet";
}

TEST(CardPart, AModelInUseCannotBeChosenAgain) {
    CardOnScreen screen;
    QSignalSpy used(&screen.part, &CardPart::useRequested);
    click(screen.part, "Use this model");
    EXPECT_EQ(used.size(), 1);
    LibraryCard current = card("/models/a.gguf");
    current.isCurrent = true;
    screen.part.setCard(current);
    EXPECT_FALSE(partNamed<Button>(screen.part, "In use").isEnabled());
}

TEST(CardPart, AModelThatCannotRunSaysWhyAndIsNotOffered) {
    CardOnScreen screen;
    LibraryCard broken = card("/models/b.gguf");
    broken.state = LibraryState::CannotRun;
    broken.problem = "The file ends after 1.2 of 4.1 GB. Download it again.";
    broken.templateText.clear();
    screen.part.setCard(broken);
    EXPECT_TRUE(screen.says("The file ends after 1.2 of 4.1 GB."));
    EXPECT_FALSE(screen.canPress("Use this model"));
    EXPECT_FALSE(screen.canPress("Show the template"));
    EXPECT_TRUE(screen.canPress("Delete…"));
}

TEST(CardPart, AnotherModelBeginsAtTheTopWithoutTheFiguresOfTheLastOne) {
    CardOnScreen screen;
    PlanView plan;
    plan.headline = "Fits. About 9 tokens a second";
    plan.mostContextTokens = 4096;
    screen.part.setPlan(plan);
    screen.part.setPrompt({.tokens = 12, .stretches = {{"<|im_start|>", true}, {"Hello", false}}});
    QCoreApplication::processEvents();
    EXPECT_TRUE(screen.says("Fits. About 9 tokens a second"));
    EXPECT_TRUE(screen.part.findChild<PromptView*>()->isVisible());
    screen.part.setCard(card("/models/b.gguf"));
    EXPECT_FALSE(screen.says("Fits. About 9 tokens a second"));
    EXPECT_FALSE(screen.part.findChild<PromptView*>()->isVisible());
    EXPECT_EQ(screen.part.verticalScrollBar()->value(), 0);
}

TEST(CardPart, TheSameModelKeepsItsFiguresWhenItsStateChanges) {
    CardOnScreen screen;
    PlanView plan;
    plan.headline = "Fits. About 9 tokens a second";
    plan.mostContextTokens = 4096;
    screen.part.setPlan(plan);
    LibraryCard loaded = card("/models/a.gguf");
    loaded.state = LibraryState::InMemory;
    screen.part.setCard(loaded);
    EXPECT_TRUE(screen.says("Fits. About 9 tokens a second"));
}

TEST(CardPart, TheHashIsShownWithItsVerdict) {
    CardOnScreen screen;
    const QString digest(64, 'a');
    screen.part.setHash({.state = HashState::Running, .part = 0.4});
    EXPECT_TRUE(screen.says("40 %"));
    EXPECT_FALSE(partNamed<Button>(screen.part, "Verify").isEnabled());
    screen.part.setHash(
        {.state = HashState::Known, .digest = digest, .verdict = HashVerdict::Different, .with = "its name"});
    EXPECT_TRUE(screen.says("not the same as its name"));
    bool whole = false;
    for (const Label* label : screen.part.findChildren<Label*>()) whole |= label->accessibleName() == digest;
    EXPECT_TRUE(whole) << "it can be heard in one piece";
}

TEST(CardPart, AFailedTemplateSaysWhy) {
    CardOnScreen screen;
    PromptSample failed;
    failed.problem = "The template refuses a chat without a system prompt.";
    screen.part.setPrompt(failed);
    EXPECT_TRUE(screen.says("The template refuses"));
}

} // namespace
} // namespace ponder::ui
