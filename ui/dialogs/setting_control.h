#pragma once

#include "ui/dialogs/setting.h"

#include <QWidget>

#include <functional>

namespace ponder::ui {

class Theme;

/// The control for one setting, of the kind its row asks for. Shows a value only when told to: the answer to
/// `edited` may be another one.
class SettingControl : public QWidget {
    Q_OBJECT
public:
    SettingControl(Theme& theme, const Setting& setting, QWidget* parent = nullptr);

    void setValue(const QVariant& value) { show_(value); }
    /// It wants a line of its own below the words.
    bool isWide() const { return wide_; }

signals:
    void edited(const QVariant& value);

private:
    QWidget* makeSwitch(const Setting& setting);
    QWidget* makeChoice(const Setting& setting);
    QWidget* makeNumber(const Setting& setting);
    QWidget* makeText(const Setting& setting);
    QWidget* makeFolders(const Setting& setting);

    Theme& theme_;
    std::function<void(const QVariant&)> show_;
    bool wide_ = false;
};

} // namespace ponder::ui
