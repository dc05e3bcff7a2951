#include "ui/model_picker.h"

#include "tests/ui/window/parts.h"
#include "ui/widgets/label.h"
#include "ui/widgets/model_row_button.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

namespace ponder::ui {
namespace {

ModelRow model(const QString& name, const QString& problem = {}) {
    return {.path = "/models/" + name,
            .name = name,
            .size = "2.5 GB, Q4_K_M",
            .where = "LM Studio",
            .problem = problem};
}

struct PickerOnScreen {
    PickerOnScreen() {
        window.resize(700, 700);
        open(window);
        picker.setModels(
            {model("Alpha"), model("Mamba", "Models of the family “mamba” cannot run yet."), model("Beta")});
        picker.setCurrentModel("/models/Beta");
    }
    void popUp() { picker.popUp(window.mapToGlobal(QPoint(20, 600))); }
    ModelRowButton& row(const QString& name) { return partNamed<ModelRowButton>(picker, name); }
    QString place() {
        QWidget* focused = picker.focusWidget();
        return focused ? spokenName(*focused) : QString();
    }
    void press(Qt::Key key) { QTest::keyClick(picker.focusWidget(), key); }

    Theme theme;
    QWidget window;
    ModelPicker picker{theme, &window};
    QSignalSpy chosen{&picker, &ModelPicker::modelChosen};
    QSignalSpy files{&picker, &ModelPicker::openModelFileRequested};
};

TEST(ModelPicker, MarksTheCurrentModelAndTakesAnother) {
    PickerOnScreen screen;
    screen.popUp();
    EXPECT_TRUE(screen.row("Beta").isChecked());
    QTest::mouseClick(&screen.row("Alpha"), Qt::LeftButton);
    ASSERT_EQ(screen.chosen.size(), 1);
    EXPECT_EQ(screen.chosen[0][0].toString(), "/models/Alpha");
    EXPECT_FALSE(screen.picker.isVisible());
    EXPECT_FALSE(screen.row("Alpha").isChecked()) << "the receiver says which is current";
    screen.picker.setCurrentModel("/models/Alpha");
    EXPECT_TRUE(screen.row("Alpha").isChecked());
    EXPECT_FALSE(screen.row("Beta").isChecked());
}

TEST(ModelPicker, AModelThatCannotRunSaysWhyAndComesLast) {
    PickerOnScreen screen;
    screen.popUp();
    auto& row = screen.row("Mamba");
    EXPECT_FALSE(row.isEnabled());
    EXPECT_EQ(row.accessibleDescription(), "Models of the family “mamba” cannot run yet.");
    EXPECT_GT(row.y(), screen.row("Beta").y());
    QTest::mouseClick(&row, Qt::LeftButton);
    EXPECT_TRUE(screen.chosen.isEmpty());
}

TEST(ModelPicker, TheKeyboardBeginsAtTheCurrentModelAndReachesEveryEntry) {
    PickerOnScreen screen;
    screen.popUp();
    EXPECT_EQ(screen.place(), "Beta");
    screen.press(Qt::Key_Down);
    EXPECT_EQ(screen.place(), "All models…") << "what cannot be chosen is skipped";
    screen.press(Qt::Key_Up);
    screen.press(Qt::Key_Up);
    EXPECT_EQ(screen.place(), "Alpha");
    screen.press(Qt::Key_Return);
    ASSERT_EQ(screen.chosen.size(), 1);
    EXPECT_EQ(screen.chosen[0][0].toString(), "/models/Alpha");
}

TEST(ModelPicker, EscapeClosesAndChoosesNothing) {
    PickerOnScreen screen;
    screen.popUp();
    screen.press(Qt::Key_Escape);
    EXPECT_FALSE(screen.picker.isVisible());
    EXPECT_TRUE(screen.chosen.isEmpty());
}

TEST(ModelPicker, AClickBesideTheCardCloses) {
    PickerOnScreen screen;
    screen.popUp();
    QTest::mouseClick(&screen.picker, Qt::LeftButton, {}, QPoint(PopupCard::kShadow / 2, 40));
    EXPECT_FALSE(screen.picker.isVisible()) << "a click in the shadow";
}

TEST(ModelPicker, OpensAnotherFile) {
    PickerOnScreen screen;
    screen.popUp();
    click(screen.picker, "Open a model file…");
    EXPECT_EQ(screen.files.size(), 1);
    EXPECT_FALSE(screen.picker.isVisible());
}

TEST(ModelPicker, WithoutModelsSaysSo) {
    PickerOnScreen screen;
    screen.picker.setModels({});
    screen.popUp();
    QStringList words;
    for (const Label* label : screen.picker.findChildren<Label*>()) {
        if (label->isVisible()) words << label->text();
    }
    EXPECT_TRUE(words.contains("No models found yet."));
    EXPECT_EQ(screen.place(), "All models…");
}

TEST(ModelPicker, UnloadsOnlyWhatIsInMemory) {
    PickerOnScreen screen;
    QSignalSpy unloads(&screen.picker, &ModelPicker::unloadRequested);
    screen.popUp();
    auto& unload = partNamed<Button>(screen.picker, "Unload from memory");
    EXPECT_FALSE(unload.isVisible());
    screen.picker.setResidence(ModelResidence::InMemory);
    EXPECT_TRUE(unload.isVisible());
    QTest::mouseClick(&unload, Qt::LeftButton);
    EXPECT_EQ(unloads.size(), 1);
}

TEST(ModelPicker, AReceiverMayReplaceTheModelsAtOnce) {
    PickerOnScreen screen;
    QObject::connect(&screen.picker, &ModelPicker::modelChosen, &screen.window,
                     [&] { screen.picker.setModels({model("Gamma")}); });
    screen.popUp();
    QTest::mouseClick(&screen.row("Alpha"), Qt::LeftButton);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_EQ(screen.chosen.size(), 1);
    EXPECT_EQ(screen.picker.findChildren<ModelRowButton*>().size(), 1);
}

TEST(ModelPicker, ManyModelsScrollAndStayOnTheScreen) {
    PickerOnScreen screen;
    std::vector<ModelRow> models;
    for (int i = 0; i < 60; ++i) models.push_back(model(QString("Model %1").arg(i)));
    screen.picker.setModels(models);
    screen.picker.setCurrentModel("/models/Model 59");
    screen.popUp();
    EXPECT_LT(screen.picker.height(), 600);
    const auto& row = screen.row("Model 59");
    EXPECT_TRUE(screen.picker.rect().contains(QRect(row.mapTo(&screen.picker, QPoint(0, 0)), row.size())))
        << "the current one is in view";
}

TEST(ModelPicker, TenThousandModelsAreNoBurdenAndTheCurrentOneIsAmongThoseShown) {
    PickerOnScreen screen;
    std::vector<ModelRow> models;
    for (int i = 0; i < 10'000; ++i) models.push_back(model(QString("Model %1").arg(i)));
    screen.picker.setModels(models);
    screen.picker.setCurrentModel("/models/Model 9999");
    screen.popUp();
    EXPECT_EQ(screen.place(), "Model 9999");
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_LE(screen.picker.findChildren<ModelRowButton*>().size(), 101);
}

} // namespace
} // namespace ponder::ui
