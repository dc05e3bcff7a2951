// The library in the window: real files in real folders, found, shown, planned for and removed.

#include "tests/app/window/wait.h"
#include "tests/app/window/window_harness.h"
#include "tests/support/tiny_model.h"
#include "tests/ui/window/parts.h"
#include "ui/commands.h"
#include "ui/library/card_part.h"
#include "ui/library/folders_part.h"
#include "ui/library/library_list.h"
#include "ui/library/library_page.h"
#include "ui/library/plan_part.h"
#include "ui/library/prompt_view.h"
#include "ui/widgets/slider.h"

#include <fstream>

#include <gtest/gtest.h>

#include <QDialog>

namespace ponder::app {
namespace {

namespace fs = std::filesystem;

std::string tinyModelBytes() {
    return tests::tinyModel({.contextTokens = 4096}).bytes();
}

void writeModel(const fs::path& path) {
    std::ofstream(path, std::ios::binary) << tinyModelBytes();
}

class WindowLibrary : public testing::Test {
protected:
    void SetUp() override {
        fs::create_directories(harness.paths().modelsFolder());
        harness.open();
    }

    ui::LibraryPage& page() { return harness.window().library(); }
    ui::LibraryList& list() { return *page().findChild<ui::LibraryList*>(); }
    fs::path put(const std::string& name) {
        const fs::path path = harness.paths().modelsFolder() / (name + ".gguf");
        writeModel(path);
        return path;
    }
    bool lists(const std::string& path) {
        return comesTrue([&] {
            for (const ModelCard& card : harness.found().cards())
                if (card.found.path.string() == path) return true;
            return false;
        });
    }
    void show(const fs::path& path) {
        harness.window().run(ui::Command::Models);
        page().choose(QString::fromStdString(path.string()));
        emit page().chosen(QString::fromStdString(path.string()));
    }
    bool says(const QString& words) {
        return comesTrue([&] { return harness.shows(words); });
    }

    WindowHarness harness;
};

TEST_F(WindowLibrary, AModelThatArrivesIsListedAndOneThatGoesIsNot) {
    harness.window().run(ui::Command::Models);
    const fs::path path = put("arrived");
    ASSERT_TRUE(lists(path.string()));
    EXPECT_TRUE(comesTrue([&] { return list().all() == 2; })) << "and the starter model";
    fs::remove(path);
    EXPECT_TRUE(comesTrue([&] { return list().all() == 1; }));
}

TEST_F(WindowLibrary, TheCardSaysWhatTheModelIsAndThatItFits) {
    const fs::path path = put("small");
    ASSERT_TRUE(lists(path.string()));
    show(path);
    EXPECT_TRUE(says("Fits."));
    EXPECT_TRUE(says("llama"));
    EXPECT_TRUE(comesTrue([&] { return harness.shows("tokens a second"); })) << "this computer is measured";
}

TEST_F(WindowLibrary, AChosenContextIsKeptAndUsed) {
    const fs::path path = put("small");
    ASSERT_TRUE(lists(path.string()));
    show(path);
    ASSERT_TRUE(says("Fits."));
    auto& slider = ui::partNamed<ui::Slider>(page(), "Context");
    QTest::keyClick(&slider, Qt::Key_Home);
    harness.models().pick(path.string());
    const int chosen = harness.models().engineOptions().contextTokens;
    EXPECT_GT(chosen, 0);
    harness.close();
    harness.open();
    harness.models().choose(path.string());
    EXPECT_EQ(harness.models().engineOptions().contextTokens, chosen);
}

TEST_F(WindowLibrary, ThePromptOfTheOpenChatIsShownForAnyModel) {
    const fs::path path = put("small");
    ASSERT_TRUE(lists(path.string()));
    harness.askAndWait("Where do swallows go?");
    show(path);
    ASSERT_TRUE(says("Fits."));
    ASSERT_TRUE(comesTrue(
        [&] { return ui::partNamed<ui::Button>(page(), "Show the prompt of the open chat").isVisible(); }));
    ui::click(page(), "Show the prompt of the open chat");
    auto* view = page().findChild<ui::PromptView*>();
    EXPECT_TRUE(comesTrue([&] { return view->toPlainText().contains("Where do swallows go?"); }));
}

TEST_F(WindowLibrary, AModelInUseIsChosenFromItsCard) {
    const fs::path path = put("small");
    ASSERT_TRUE(lists(path.string()));
    show(path);
    ui::click(page(), "Use this model");
    EXPECT_EQ(harness.models().current(), path.string());
    EXPECT_FALSE(page().isVisible()) << "back to the chat";
    EXPECT_EQ(harness.window().composer().findChild<QWidget*>()->window(), &harness.window());
}

TEST_F(WindowLibrary, ABrokenFileIsListedWithItsReason) {
    const fs::path path = harness.paths().modelsFolder() / "broken.gguf";
    std::ofstream(path) << "<html>Sign in</html>";
    ASSERT_TRUE(lists(path.string()));
    show(path);
    EXPECT_TRUE(comesTrue([&] { return !page().card().card().problem.isEmpty(); }));
    EXPECT_FALSE(ui::partNamed<ui::Button>(page(), "Use this model").isVisible());
}

TEST_F(WindowLibrary, AFileOfNothingIsNoModelAndNoCrash) {
    const fs::path path = harness.paths().modelsFolder() / "empty.gguf";
    std::ofstream(path).close();
    ASSERT_TRUE(lists(path.string()));
    show(path);
    EXPECT_TRUE(comesTrue([&] { return !page().card().card().problem.isEmpty(); }));
}

TEST_F(WindowLibrary, AHalfCopiedFileBecomesAModelWhenItIsWhole) {
    const std::string bytes = tinyModelBytes();
    const fs::path path = harness.paths().modelsFolder() / "growing.gguf";
    std::ofstream(path, std::ios::binary) << bytes.substr(0, bytes.size() / 2);
    ASSERT_TRUE(lists(path.string()));
    show(path);
    EXPECT_TRUE(comesTrue([&] { return page().card().card().state == ui::LibraryState::Unfinished; }));
    std::ofstream(path, std::ios::binary | std::ios::app) << bytes.substr(bytes.size() / 2);
    EXPECT_TRUE(comesTrue([&] { return page().card().card().state == ui::LibraryState::Ready; }));
}

TEST_F(WindowLibrary, AModelOfPondersOwnIsRemovedAfterOneQuestion) {
    const fs::path path = put("small");
    ASSERT_TRUE(lists(path.string()));
    show(path);
    ui::click(page(), "Delete…");
    QDialog* question = nullptr;
    ASSERT_TRUE(comesTrue([&] {
        question = qobject_cast<QDialog*>(QApplication::activeModalWidget());
        return question != nullptr;
    }));
    EXPECT_TRUE(fs::exists(path)) << "nothing happens before the answer";
    question->accept();
    EXPECT_TRUE(comesTrue([&] { return !fs::exists(path); }));
    EXPECT_TRUE(comesTrue([&] { return list().all() == 1; }));
}

TEST_F(WindowLibrary, AFolderIsAddedSearchedAndTakenOff) {
    const fs::path folder = harness.folder() / "more";
    fs::create_directories(folder);
    writeModel(folder / "there.gguf");
    harness.window().run(ui::Command::Models);
    emit page().folders().added(QString::fromStdString(folder.string()));
    EXPECT_TRUE(lists((folder / "there.gguf").string()));
    emit page().folders().takenOff(QString::fromStdString(folder.string()));
    EXPECT_TRUE(comesTrue([&] { return list().all() == 1; }));
    EXPECT_TRUE(fs::exists(folder / "there.gguf")) << "the files stay";
}

TEST_F(WindowLibrary, AVanishedFolderIsNamedAndComesBack) {
    const fs::path folder = harness.folder() / "stick";
    fs::create_directories(folder);
    writeModel(folder / "there.gguf");
    harness.window().run(ui::Command::Models);
    emit page().folders().added(QString::fromStdString(folder.string()));
    ASSERT_TRUE(lists((folder / "there.gguf").string()));
    fs::rename(folder, harness.folder() / "elsewhere");
    ui::click(page(), "Folders…");
    EXPECT_TRUE(says("not there"));
    EXPECT_TRUE(comesTrue([&] { return list().all() == 1; }));
    fs::rename(harness.folder() / "elsewhere", folder);
    EXPECT_TRUE(lists((folder / "there.gguf").string()));
}

TEST_F(WindowLibrary, TheHashIsComputedBehindTheOpenCard) {
    const fs::path path = put("small");
    ASSERT_TRUE(lists(path.string()));
    show(path);
    ASSERT_TRUE(says("Fits."));
    EXPECT_TRUE(says("There is nothing here to compare it with."));
}

} // namespace
} // namespace ponder::app
