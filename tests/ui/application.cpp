// Linked into every test of ui: one QApplication, drawn offscreen, in which a warning of Qt is a failed test.

#include "tests/ui/still_style.h"
#include "ui/translations.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QLocale>

#include <memory>

namespace {

void failOnWarning(QtMsgType type, const QMessageLogContext&, const QString& message) {
    // Of the machine and of the offscreen platform, not of the program.
    for (const char* known : {"propagateSizeHints", "XDG_RUNTIME_DIR", "This plugin does not support"}) {
        if (message.contains(known)) return;
    }
    if (type == QtDebugMsg || type == QtInfoMsg) return;
    ADD_FAILURE() << "Qt: " << message.toStdString();
}

class ApplicationEnvironment : public testing::Environment {
public:
    void SetUp() override {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        qputenv("QT_SCALE_FACTOR", "1");
        qputenv("LC_ALL", "C.UTF-8"); // whoever runs the tests
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
        qInstallMessageHandler(failOnWarning);
        application_ = std::make_unique<QApplication>(argumentCount_, arguments_);
        QApplication::setStyle(new ponder::ui::StillStyle);
        QApplication::setCursorFlashTime(0);
        words_ = std::make_unique<ponder::ui::Translations>(ponder::ui::Language::English);
    }
    void TearDown() override {
        words_.reset();
        application_.reset();
    }

private:
    int argumentCount_ = 1;
    char name_[10] = "ui_test";
    char* arguments_[2] = {name_, nullptr};
    std::unique_ptr<QApplication> application_;
    std::unique_ptr<ponder::ui::Translations> words_;
};

const auto* const kEnvironment = testing::AddGlobalTestEnvironment(new ApplicationEnvironment);

} // namespace
