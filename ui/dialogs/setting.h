#pragma once

#include <QString>
#include <QVariant>

#include <vector>

namespace ponder::ui {

enum class SettingsSection { General, Appearance, Chats, Models, Shortcuts, Offline, About };

/// What a setting is changed with, and what its value is.
enum class SettingKind {
    Switch,  ///< one of two choices, the first is on
    Choice,  ///< a choice's value
    Number,  ///< int
    Decimal, ///< double, or nothing
    Text,    ///< several lines
    Folders, ///< QStringList of paths
};

struct SettingChoice {
    QString value;
    QString text;

    bool operator==(const SettingChoice&) const = default;
};

/// One setting as the dialog shows it: everything it needs to know comes with the row.
struct Setting {
    QString id;
    SettingsSection section = SettingsSection::General;
    QString title;
    QString explanation; ///< one sentence
    QString words = {};  ///< other words that people look for it by, not shown
    SettingKind kind = SettingKind::Choice;
    std::vector<SettingChoice> choices = {}; ///< of a switch or a choice
    double least = 0;                        ///< of a number
    double most = 0;
    double step = 1;
    QString usualText = {}; ///< shown in place of the usual value of a number or text ("As the model wants")
    QVariant value = {};
    QVariant usual = {};

    bool operator==(const Setting&) const = default;
};

} // namespace ponder::ui
