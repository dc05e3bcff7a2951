#include "ui/dialogs/settings_dialog.h"

#include "tests/ui/window/window_on_screen.h"
#include "ui/dialogs/choice_button.h"
#include "ui/dialogs/dialog_line.h"
#include "ui/dialogs/key_button.h"
#include "ui/dialogs/number_field.h"
#include "ui/dialogs/paragraph_field.h"
#include "ui/key_bindings.h"
#include "ui/widgets/label.h"
#include "ui/widgets/switch.h"
#include "ui/widgets/text_field.h"
#include "ui/window_dialogs.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QSignalSpy>

namespace ponder::ui {
namespace {

constexpr int kLeastTarget = 32;

std::vector<Setting> sampleSettings() {
    return {
        {.id = "sendKey",
         .section = SettingsSection::General,
         .title = "Send with",
         .explanation = "The other key begins a new line.",
         .choices = {{"enter", "Enter"}, {"ctrl+enter", "Ctrl+Enter"}},
         .value = "enter",
         .usual = "enter"},
        {.id = "notify",
         .section = SettingsSection::General,
         .title = "Notify me",
         .explanation = "When it took long.",
         .kind = SettingKind::Switch,
         .choices = {{"long answers", {}}, {"never", {}}},
         .value = "long answers",
         .usual = "long answers"},
        {.id = "fontPixels",
         .section = SettingsSection::Appearance,
         .title = "Text size",
         .explanation = "In pixels.",
         .kind = SettingKind::Number,
         .least = 12,
         .most = 24,
         .value = 18,
         .usual = 15},
        {.id = "systemPrompt",
         .section = SettingsSection::Chats,
         .title = "Instructions",
         .explanation = "What the model is told.",
         .kind = SettingKind::Text,
         .value = "",
         .usual = ""},
        {.id = "temperature",
         .section = SettingsSection::Models,
         .title = "Temperature",
         .explanation = "Higher varies more.",
         .kind = SettingKind::Decimal,
         .most = 5,
         .step = 0.1,
         .usualText = "As the model wants",
         .value = {},
         .usual = {}},
        {.id = "modelFolders",
         .section = SettingsSection::Models,
         .title = "Folders with models",
         .explanation = "Nothing is moved.",
         .kind = SettingKind::Folders,
         .value = QStringList{"/models"},
         .usual = QStringList{}},
    };
}

struct DialogOnScreen {
    DialogOnScreen() {
        KeyBindings::ofProgram().setOwn({});
        open(dialog);
    }
    ~DialogOnScreen() { KeyBindings::ofProgram().setOwn({}); }

    TextField& search() { return partNamed<TextField>(dialog, "Search settings"); }
    bool sees(const QString& text) {
        for (const Label* label : dialog.findChildren<Label*>()) {
            if (label->isVisible() && label->text().contains(text)) return true;
        }
        return false;
    }

    Theme theme;
    SettingsDialog dialog{theme, sampleSettings(), {{"Chats", "One file.", "/data/chats.db"}}};
    QSignalSpy chosen{&dialog, &SettingsDialog::chosen};
};

TEST(SettingsDialog, ShowsOneSectionAtATime) {
    DialogOnScreen screen;
    EXPECT_TRUE(screen.sees("Send with"));
    EXPECT_FALSE(screen.sees("Text size"));
    click(screen.dialog, "Appearance");
    EXPECT_TRUE(screen.sees("Text size"));
    EXPECT_FALSE(screen.sees("Send with"));
}

TEST(SettingsDialog, GoesToOneSettingAndPutsTheKeyboardThere) {
    DialogOnScreen screen;
    screen.search().setText("send");
    screen.dialog.showSetting("fontPixels");
    EXPECT_EQ(screen.search().text(), "");
    EXPECT_TRUE(screen.sees("Text size"));
    EXPECT_FALSE(screen.sees("Send with"));
    QWidget* const field = screen.dialog.findChild<NumberField*>();
    ASSERT_TRUE(QApplication::focusWidget());
    EXPECT_TRUE(field == QApplication::focusWidget() || field->isAncestorOf(QApplication::focusWidget()));
    for (const char* id : {"systemPrompt", "modelFolders", "temperature", "notify", "sendKey"}) {
        screen.dialog.showSetting(id);
        EXPECT_FALSE(screen.search().hasFocus()) << id;
    }
}

TEST(SettingsDialog, SearchFindsAcrossSectionsAndSaysWhenThereIsNothing) {
    DialogOnScreen screen;
    QTest::keyClicks(&screen.search(), "temp");
    EXPECT_TRUE(screen.sees("Temperature"));
    EXPECT_FALSE(screen.sees("Send with"));
    screen.search().setText("model folders");
    EXPECT_TRUE(screen.sees("Folders with models")) << "every word, in any order";
    EXPECT_FALSE(screen.sees("Temperature"));
    screen.search().setText("new chat");
    EXPECT_TRUE(screen.sees("New chat")) << "shortcuts are found as well";
    screen.search().setText("xyzzy");
    EXPECT_TRUE(screen.sees("No setting is called so"));
    QTest::keyClick(&screen.search(), Qt::Key_Escape);
    EXPECT_TRUE(screen.dialog.isVisible()) << "Esc ends the search first";
    EXPECT_TRUE(screen.sees("Send with"));
}

TEST(SettingsDialog, AChangeGoesOutAtOnceAndWhatHoldsComesBack) {
    DialogOnScreen screen;
    auto& notify = partNamed<Switch>(screen.dialog, "Notify me");
    EXPECT_TRUE(notify.isChecked());
    QTest::keyClick(&notify, Qt::Key_Space);
    ASSERT_EQ(screen.chosen.size(), 1);
    EXPECT_EQ(screen.chosen[0], QVariantList({"notify", "never"}));

    std::vector<Setting> settings = sampleSettings();
    settings[0].value = "ctrl+enter";
    screen.dialog.setSettings(settings);
    EXPECT_EQ(screen.dialog.findChild<ChoiceButton*>()->text(), "Ctrl+Enter");
    EXPECT_EQ(screen.dialog.findChild<ChoiceButton*>()->accessibleName(), "Send with: Ctrl+Enter");
}

TEST(SettingsDialog, ANumberStaysWithinItsLimits) {
    DialogOnScreen screen;
    screen.dialog.showSection(SettingsSection::Appearance);
    auto& field = partNamed<NumberField>(screen.dialog, "Text size");
    EXPECT_EQ(field.text(), "18");
    field.setText("99");
    QTest::keyClick(&field, Qt::Key_Return);
    EXPECT_EQ(field.text(), "24");
    QTest::keyClick(&field, Qt::Key_Up);
    EXPECT_EQ(field.text(), "24");
    QTest::keyClick(&field, Qt::Key_Down);
    EXPECT_EQ(field.text(), "23");
    field.setText("large");
    QTest::keyClick(&field, Qt::Key_Return);
    EXPECT_EQ(field.text(), "23") << "no number, no change";
    ASSERT_EQ(screen.chosen.size(), 2);
    EXPECT_EQ(screen.chosen[1], QVariantList({"fontPixels", 23}));
    EXPECT_TRUE(screen.dialog.isVisible()) << "Enter is not also the dialog's";
}

TEST(SettingsDialog, AnEmptyDecimalIsTheModelsOwn) {
    DialogOnScreen screen;
    screen.dialog.showSection(SettingsSection::Models);
    auto& field = partNamed<NumberField>(screen.dialog, "Temperature");
    EXPECT_EQ(field.placeholderText(), "As the model wants");
    field.setText("0.7");
    QTest::keyClick(&field, Qt::Key_Return);
    ASSERT_EQ(screen.chosen.size(), 1);
    EXPECT_EQ(screen.chosen[0], QVariantList({"temperature", 0.7}));
    field.clear();
    QTest::keyClick(&field, Qt::Key_Return);
    ASSERT_EQ(screen.chosen.size(), 2);
    EXPECT_TRUE(screen.chosen[1][1].isNull());
}

TEST(SettingsDialog, WhatIsWrittenGoesOutWithTheKeyboard) {
    DialogOnScreen screen;
    screen.dialog.showSection(SettingsSection::Chats);
    auto& field = partNamed<ParagraphField>(screen.dialog, "Instructions");
    field.setFocus();
    QTest::keyClicks(&field, "Be brief");
    screen.search().setFocus();
    ASSERT_EQ(screen.chosen.size(), 1);
    EXPECT_EQ(screen.chosen[0], QVariantList({"systemPrompt", "Be brief"}));
}

TEST(SettingsDialog, AFolderCanBeTakenOffTheList) {
    DialogOnScreen screen;
    screen.dialog.showSection(SettingsSection::Models);
    click(screen.dialog, "Take /models off the list");
    ASSERT_EQ(screen.chosen.size(), 1);
    EXPECT_EQ(screen.chosen[0], QVariantList({"modelFolders", QStringList{}}));
}

TEST(SettingsDialog, ASettingGoesBackToItsUsualValue) {
    DialogOnScreen screen;
    EXPECT_FALSE(partNamed<Button>(screen.dialog, "Send with: back to the usual value").isVisible());
    screen.dialog.showSection(SettingsSection::Appearance);
    click(screen.dialog, "Text size: back to the usual value");
    ASSERT_EQ(screen.chosen.size(), 1);
    EXPECT_EQ(screen.chosen[0], QVariantList({"fontPixels", 15}));
}

TEST(SettingsDialog, ResetAllGoesOutAndTakesTheKeysAlong) {
    DialogOnScreen screen;
    KeyBindings::ofProgram().choose(Command::NewChat, {QKeySequence("Ctrl+J")});
    QSignalSpy reset(&screen.dialog, &SettingsDialog::resetAllRequested);
    screen.dialog.showSection(SettingsSection::About);
    click(screen.dialog, "Reset all settings");
    EXPECT_EQ(reset.size(), 1);
    EXPECT_FALSE(KeyBindings::ofProgram().isOwn(Command::NewChat));
}

TEST(SettingsDialog, ThePathOfTheDataCanBeCopied) {
    DialogOnScreen screen;
    screen.dialog.showSection(SettingsSection::About);
    EXPECT_TRUE(screen.sees("/data/chats.db"));
    click(screen.dialog, "Chats: copy the path");
    EXPECT_EQ(QApplication::clipboard()->text(), "/data/chats.db");
}

TEST(SettingsDialog, TheProofIsAskedForWhenItIsLookedAt) {
    DialogOnScreen screen;
    QSignalSpy wanted(&screen.dialog, &SettingsDialog::offlineFactsWanted);
    EXPECT_TRUE(wanted.isEmpty());
    screen.dialog.showSection(SettingsSection::Offline);
    EXPECT_EQ(wanted.size(), 1);
    click(screen.dialog, "Look again");
    EXPECT_EQ(wanted.size(), 2);
    ProcessFacts engine{.name = "Engine",
                        .number = 42,
                        .may = {"It may nothing."},
                        .internetSockets = {},
                        .localSockets = {"without a name"},
                        .files = {"/models/a.gguf"}};
    screen.dialog.setOfflineFacts({.time = "12:00", .processes = {engine}});
    QApplication::processEvents();
    EXPECT_TRUE(screen.sees("None, at 12:00."));
    EXPECT_TRUE(screen.sees("Engine, process 42"));
    EXPECT_TRUE(screen.sees("/models/a.gguf"));
    engine.internetSockets = {"tcp 1.2.3.4:80 → 5.6.7.8:90"};
    screen.dialog.setOfflineFacts({.time = "12:01", .processes = {engine}});
    QApplication::processEvents();
    EXPECT_TRUE(screen.sees("1, at 12:01. It is listed below."));
    EXPECT_TRUE(screen.sees("tcp 1.2.3.4:80"));
}

TEST(SettingsDialog, EverythingHasANameAndIsLargeEnoughToHit) {
    DialogOnScreen screen;
    int parts = 0;
    for (SettingsSection section :
         {SettingsSection::General, SettingsSection::Appearance, SettingsSection::Chats,
          SettingsSection::Models, SettingsSection::Shortcuts, SettingsSection::Offline,
          SettingsSection::About}) {
        screen.dialog.showSection(section);
        QApplication::processEvents();
        for (QWidget* part : screen.dialog.findChildren<QWidget*>()) {
            if (!part->isVisible() || part->focusPolicy() == Qt::NoFocus) continue;
            if (qobject_cast<Label*>(part)) continue; // can be selected, and says itself what it is
            ++parts;
            EXPECT_FALSE(spokenName(*part).isEmpty())
                << part->metaObject()->className() << " in " << int(section);
            EXPECT_GE(part->width(), kLeastTarget) << spokenName(*part).toStdString();
            EXPECT_GE(part->height(), kLeastTarget) << spokenName(*part).toStdString();
        }
    }
    EXPECT_GT(parts, 60);
}

TEST(SettingsDialog, SwitchesAreCheckBoxesForAScreenReader) {
    DialogOnScreen screen;
    auto* spoken = QAccessible::queryAccessibleInterface(&partNamed<Switch>(screen.dialog, "Notify me"));
    ASSERT_TRUE(spoken);
    EXPECT_EQ(spoken->role(), QAccessible::CheckBox);
    EXPECT_TRUE(spoken->state().checked);
}

TEST(SettingsDialog, TabGoesFromTheSearchThroughTheSectionsToTheSettings) {
    DialogOnScreen screen;
    screen.search().setFocus();
    QStringList stops;
    QSet<QWidget*> seen;
    for (QWidget* place = QApplication::focusWidget(); place && !seen.contains(place);
         place = QApplication::focusWidget()) {
        seen.insert(place);
        stops << spokenName(*place);
        QTest::keyClick(place, Qt::Key_Tab);
    }
    int before = -1;
    for (const char* name : {"Search settings", "General", "Send with: Enter", "Notify me"}) {
        const int place = int(stops.indexOf(name));
        EXPECT_GT(place, before) << name << " in " << stops.join(" | ").toStdString();
        before = place;
    }
}

class Shortcuts : public testing::Test {
protected:
    void SetUp() override { screen_.dialog.showSection(SettingsSection::Shortcuts); }
    KeyButton& keysOf(const QString& command) {
        for (KeyButton* button : screen_.dialog.findChildren<KeyButton*>()) {
            if (button->accessibleName().startsWith(command + ": ")) return *button;
        }
        throw std::runtime_error("no keys of " + command.toStdString());
    }
    void press(KeyButton& button, int key, Qt::KeyboardModifiers modifiers) {
        QTest::mouseClick(&button, Qt::LeftButton);
        QTest::keyClick(&button, Qt::Key(key), modifiers);
    }

    DialogOnScreen screen_;
};

TEST_F(Shortcuts, ANewKeyWorksAtOnceAndTheOldOneNoMore) {
    WindowOnScreen window;
    QSignalSpy chats(&window.window, &MainWindow::newChatRequested);
    KeyButton& keys = keysOf("New chat");
    EXPECT_EQ(keys.text(), "Ctrl+N");
    press(keys, Qt::Key_J, Qt::ControlModifier);
    EXPECT_EQ(keys.text(), "Ctrl+J");
    EXPECT_EQ(KeyBindings::ofProgram().own().value("newChat"), "Ctrl+J");
    window.window.activateWindow();
    QTest::qWait(0);
    window.press(Qt::Key_J, Qt::ControlModifier);
    EXPECT_EQ(chats.size(), 1);
    window.press(Qt::Key_N, Qt::ControlModifier);
    EXPECT_EQ(chats.size(), 1);
    EXPECT_TRUE(partNamed<Button>(window.window.sidebar(), "New chat").toolTip().contains("Ctrl+J"));
    click(screen_.dialog, "New chat: back to the usual value");
    EXPECT_EQ(keys.text(), "Ctrl+N");
}

TEST_F(Shortcuts, AKeyThatIsTakenStaysWhereItIs) {
    KeyButton& keys = keysOf("New chat");
    press(keys, Qt::Key_R, Qt::ControlModifier);
    EXPECT_EQ(keys.text(), "Ctrl+N");
    EXPECT_TRUE(screen_.sees("Ctrl+R is taken by “Answer again”"));
}

TEST_F(Shortcuts, WritingIsNoShortcut) {
    KeyButton& keys = keysOf("New chat");
    press(keys, Qt::Key_J, Qt::NoModifier);
    EXPECT_TRUE(screen_.sees("J alone is for writing"));
    press(keys, Qt::Key_C, Qt::ControlModifier);
    EXPECT_TRUE(screen_.sees("Ctrl+C belongs to the text you write"));
    EXPECT_EQ(keys.text(), "Ctrl+N");
}

TEST_F(Shortcuts, EscLeavesTheKeysAndBackspaceTakesThemAway) {
    KeyButton& keys = keysOf("New chat");
    press(keys, Qt::Key_Escape, Qt::NoModifier);
    EXPECT_EQ(keys.text(), "Ctrl+N");
    EXPECT_TRUE(screen_.dialog.isVisible());
    press(keys, Qt::Key_Backspace, Qt::NoModifier);
    EXPECT_EQ(keys.text(), "None");
    EXPECT_TRUE(KeyBindings::ofProgram().keys(Command::NewChat).isEmpty());
}

TEST(KeyTable, NoTwoCommandsShareAKeyOrAName) {
    QSet<QString> ids;
    QSet<QString> keys;
    for (const CommandKeys& entry : commandTable()) {
        EXPECT_FALSE(ids.contains(entry.id)) << entry.id.toStdString();
        ids.insert(entry.id);
        for (const QKeySequence& key : entry.keys) {
            EXPECT_FALSE(keys.contains(key.toString())) << key.toString().toStdString();
            EXPECT_EQ(whyUnfit(key), "") << key.toString().toStdString();
            keys.insert(key.toString());
        }
    }
}

TEST(WindowDialogs, ControlCommaOpensTheSettings) {
    WindowOnScreen screen;
    screen.window.dialogs().setSettings(sampleSettings());
    screen.press(Qt::Key_Comma, Qt::ControlModifier);
    auto* dialog = screen.window.findChild<SettingsDialog*>();
    ASSERT_TRUE(dialog);
    EXPECT_TRUE(dialog->isVisible());
    QSignalSpy chosen(&screen.window.dialogs(), &WindowDialogs::settingChosen);
    click(*dialog, "Appearance");
    click(*dialog, "Text size: back to the usual value");
    EXPECT_EQ(chosen.size(), 1);
}

} // namespace
} // namespace ponder::ui
