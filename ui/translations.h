#pragma once

#include <QLocale>
#include <QTranslator>

#include <array>

namespace ponder::ui {

/// The languages the window speaks; System is the first of the desktop's that is among them, else English.
enum class Language { System, English, German, SimplifiedChinese };

/// The words of the window, of Qt's own dialogs, and how numbers and dates are written, as long as it lives.
/// Made before the first widget: what is on the screen keeps its words. UI thread only.
class Translations {
public:
    explicit Translations(Language language);
    ~Translations();
    Translations(const Translations&) = delete;
    Translations& operator=(const Translations&) = delete;

private:
    static void load(QTranslator& translator, const QLocale& locale, const QString& name,
                     const QString& folder);

    QLocale before_;
    std::array<QTranslator, 2> translators_; // ours and Qt's
};

/// What a language calls itself; empty for System.
QString nameOf(Language language);

} // namespace ponder::ui
