#include "app/setting_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace ponder::app {

namespace {

const ui::Setting& rowOf(const std::vector<ui::Setting>& rows, const QString& id) {
    return *std::find_if(rows.begin(), rows.end(), [&](const ui::Setting& row) { return row.id == id; });
}

TEST(SettingRows, EverySettingHasARowOrAPlaceOfItsOwn) {
    std::vector<std::string> known = settingsWithoutRow();
    for (const ui::Setting& row : settingRows({})) known.push_back(row.id.toStdString());
    EXPECT_THAT(known, testing::UnorderedElementsAreArray(settingNames()));
}

TEST(SettingRows, EveryRowSaysWhatItIsFor) {
    for (const ui::Setting& row : settingRows({})) {
        EXPECT_FALSE(row.title.isEmpty()) << row.id.toStdString();
        EXPECT_GT(row.explanation.size(), 15) << row.id.toStdString();
        EXPECT_EQ(row.value, row.usual) << row.id.toStdString();
    }
}

TEST(SettingRows, EveryChoiceIsOneTheFileKnows) {
    for (const ui::Setting& row : settingRows({})) {
        for (const ui::SettingChoice& choice : row.choices) {
            Settings settings;
            EXPECT_TRUE(applySetting(settings, row.id, choice.value))
                << row.id.toStdString() << ": " << choice.value.toStdString();
            EXPECT_EQ(rowOf(settingRows(settings), row.id).value, choice.value);
        }
    }
}

TEST(SettingRows, LimitsOfNumbersAreThoseOfTheFile) {
    for (const ui::Setting& row : settingRows({})) {
        if (row.kind != ui::SettingKind::Number && row.kind != ui::SettingKind::Decimal) continue;
        const bool whole = row.kind == ui::SettingKind::Number;
        const auto value = [&](double number) { return whole ? QVariant(int(number)) : QVariant(number); };
        Settings settings;
        EXPECT_TRUE(applySetting(settings, row.id, value(row.most))) << row.id.toStdString();
        EXPECT_TRUE(applySetting(settings, row.id, value(row.least))) << row.id.toStdString();
        EXPECT_FALSE(applySetting(settings, row.id, value(row.most + 1))) << row.id.toStdString();
        EXPECT_TRUE(applySetting(settings, row.id, row.usual)) << row.id.toStdString();
        EXPECT_EQ(settings, Settings()) << row.id.toStdString();
    }
}

TEST(SettingRows, TextsAndFoldersComeOverWhole) {
    Settings settings;
    EXPECT_TRUE(applySetting(settings, "systemPrompt", "Sag \"nein\"\n漢字"));
    EXPECT_EQ(settings.systemPrompt, "Sag \"nein\"\n漢字");
    EXPECT_TRUE(applySetting(settings, "modelFolders", QStringList{"/a b", "/ü"}));
    EXPECT_THAT(settings.modelFolders, testing::ElementsAre("/a b", "/ü"));
    EXPECT_EQ(rowOf(settingRows(settings), "modelFolders").value.toStringList(), QStringList({"/a b", "/ü"}));
}

TEST(SettingRows, NonsenseChangesNothing) {
    Settings settings;
    EXPECT_FALSE(applySetting(settings, "theme", "purple"));
    EXPECT_FALSE(applySetting(settings, "fontPixels", "large"));
    EXPECT_FALSE(applySetting(settings, "nothing", 1));
    EXPECT_EQ(settings, Settings());
}

} // namespace

} // namespace ponder::app
