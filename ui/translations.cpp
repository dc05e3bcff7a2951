#include "ui/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>

namespace ponder::ui {

namespace {

/// The desktop's own, with its way of writing numbers, where it is the same language.
QLocale localeOf(Language language) {
    const auto own = [](QLocale::Language wanted, QLocale::Territory usual) {
        const QLocale system = QLocale::system();
        return system.language() == wanted ? system : QLocale(wanted, usual);
    };
    switch (language) {
    case Language::System:
        // C is no language; who left it so reads English.
        if (QLocale::system().language() != QLocale::C) return QLocale::system();
        return QLocale(QLocale::English, QLocale::UnitedKingdom);
    case Language::English:
        return own(QLocale::English, QLocale::UnitedKingdom);
    case Language::German:
        return own(QLocale::German, QLocale::Germany);
    case Language::SimplifiedChinese:
        return QLocale(QLocale::Chinese, QLocale::SimplifiedHanScript, QLocale::China);
    }
    return QLocale::system();
}

} // namespace

Translations::Translations(Language language) {
    const QLocale locale = localeOf(language);
    QLocale::setDefault(locale);
    load(translators_[0], locale, "ponder", ":/translations");
    load(translators_[1], locale, "qtbase", QLibraryInfo::path(QLibraryInfo::TranslationsPath));
}

Translations::~Translations() {
    for (QTranslator& translator : translators_) QCoreApplication::removeTranslator(&translator);
    QLocale::setDefault(before_);
}

void Translations::load(QTranslator& translator, const QLocale& locale, const QString& name,
                        const QString& folder) {
    // English, too, is loaded: its plural forms stand in a file like any other's.
    if (translator.load(locale, name, "_", folder) || translator.load(name + "_en", folder))
        QCoreApplication::installTranslator(&translator);
}

QString nameOf(Language language) {
    switch (language) {
    case Language::System:
        return {};
    case Language::English:
        return QStringLiteral("English");
    case Language::German:
        return QStringLiteral("Deutsch");
    case Language::SimplifiedChinese:
        return QStringLiteral("简体中文");
    }
    return {};
}

} // namespace ponder::ui
