#include "app/library/library_view.h"

#include <gtest/gtest.h>

namespace ponder::app {
namespace {

ModelCard card(const std::string& path) {
    ModelCard made;
    made.found.name = "Qwen3-4B-Q4_K_M";
    made.found.path = path;
    made.found.sizeBytes = 2'500'000'000;
    made.found.files = {{path, {}}};
    made.info.name = "Qwen3 4B";
    made.info.architecture = "qwen3";
    made.info.parameters = 4'020'000'000;
    made.info.quantisation = "Q4_K";
    made.depth = CardDepth::Whole;
    return made;
}

TEST(LibraryView, ARowSaysWhatAModelIs) {
    const ui::LibraryRow row = libraryRow(card("/models/a.gguf"), {});
    EXPECT_EQ(row.name, "Qwen3 4B");
    EXPECT_EQ(row.line.toStdString(), "qwen3 · 4.0 billion · Q4_K · 2.5 GB");
    EXPECT_EQ(row.state, ui::LibraryState::Ready);
}

TEST(LibraryView, TheModelInMemoryIsMarked) {
    const ModelCard model = card("/models/a.gguf");
    EXPECT_EQ(libraryRow(model, {"/models/a.gguf", true}).state, ui::LibraryState::InMemory);
    EXPECT_EQ(libraryRow(model, {"/models/a.gguf", false}).state, ui::LibraryState::Ready);
    EXPECT_EQ(libraryRow(model, {"/models/b.gguf", true}).state, ui::LibraryState::Ready);
}

TEST(LibraryView, WhatCannotRunAndWhatIsNotFinishedAreToldApart) {
    ModelCard broken = card("/models/a.gguf");
    broken.problem = "Models of the family “mamba” cannot run yet.";
    EXPECT_EQ(libraryRow(broken, {}).state, ui::LibraryState::CannotRun);
    EXPECT_EQ(libraryRow(broken, {}).problem.toStdString(), broken.problem);
    ModelCard growing = card("/models/b.gguf");
    growing.found.state = ModelState::BeingWritten;
    growing.found.problem = "Still being written.";
    EXPECT_EQ(libraryRow(growing, {}).state, ui::LibraryState::Unfinished);
}

TEST(LibraryView, TheCardHasEveryPlaceOfTheSameContent) {
    ModelCard model = card("/models/a.gguf");
    model.found.otherPaths = {"/hub/a.gguf"};
    FoundModel copy = model.found;
    copy.path = "/backup/a.gguf";
    model.copies = {copy};
    EXPECT_EQ(libraryCard(model, {}, {}).paths,
              QStringList({"/models/a.gguf", "/hub/a.gguf", "/backup/a.gguf"}));
}

TEST(LibraryView, DetailsBecomeFactsTypesAndTokens) {
    engine::ModelDetails details;
    details.family = "qwen3moe";
    details.parameters = 30'500'000'000;
    details.activeParameters = 3'300'000'000;
    details.types = {{"Q4_K", 200, 750}, {"F32", 10, 250}};
    details.specialTokens = {{"ends an answer", 151645, "<|im_end|>"}};
    details.sampling = {{"temperature", 0.6, true}};
    details.chatTemplate = "{{ messages }}";
    details.problems = {"The file has no licence."};
    const ui::LibraryCard shown = libraryCard(card("/models/a.gguf"), {}, details);
    ASSERT_EQ(shown.types.size(), 2U);
    EXPECT_DOUBLE_EQ(shown.types[0].share, 0.75);
    ASSERT_EQ(shown.tokens.size(), 1U);
    EXPECT_EQ(shown.tokens[0].name, "Ends an answer");
    EXPECT_EQ(shown.tokens[0].value, "<|im_end|> (151645)");
    EXPECT_EQ(shown.sampling[0].value, "0.6, says the file");
    EXPECT_TRUE(shown.notices.contains("The file has no licence."));
    bool saysActive = false;
    for (const ui::CardFact& fact : shown.facts)
        saysActive |= fact.value == "31 billion, 3.3 billion of them for each token";
    EXPECT_TRUE(saysActive);
}

TEST(LibraryView, AFolderThatIsNotThereStaysInTheList) {
    const std::vector<FolderState> folders{{{ModelSource::Ponder, "/own"}, FolderOutcome::Found},
                                           {{ModelSource::Folder, "/media/stick"}, FolderOutcome::NotThere}};
    const auto rows = modelFolders(folders, {card("/own/a.gguf"), card("/own2/b.gguf")}, {"/media/stick"});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].note, "1 model") << "what lies in /own2 is not in /own";
    EXPECT_FALSE(rows[0].canBeTakenOff);
    EXPECT_FALSE(rows[1].isThere);
    EXPECT_TRUE(rows[1].canBeTakenOff);
}

TEST(LibraryView, TheQuestionBeforeARemovalNamesFilesAndSpace) {
    RemovalPlan plan;
    plan.name = "Qwen3 4B";
    plan.steps.emplace_back().path = "/own/a.gguf";
    plan.freedBytes = 2'500'000'000;
    plan.toTrash = true;
    const auto words = removalQuestion(plan);
    EXPECT_TRUE(words.consequence.contains("/own/a.gguf"));
    EXPECT_TRUE(words.consequence.contains("2.5 GB"));
    EXPECT_EQ(words.action, "Move to the trash");
    plan.toTrash = false;
    EXPECT_EQ(removalQuestion(plan).action, "Delete for good");
}

TEST(LibraryView, AHashKeepsItsVerdict) {
    HashState state;
    state.stage = HashState::Stage::Known;
    state.sha256 = std::string(64, 'a');
    state.verdict = HashVerdict::Differs;
    EXPECT_EQ(cardHash(state).verdict, ui::HashVerdict::Different);
    state.stage = HashState::Stage::Running;
    state.doneBytes = 1;
    state.totalBytes = 4;
    EXPECT_DOUBLE_EQ(cardHash(state).part, 0.25);
}

} // namespace
} // namespace ponder::app
