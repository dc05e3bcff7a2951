#pragma once

#include <QDBusVariant>
#include <QObject>
#include <QString>

#include "ui/theme.h"

namespace ponder::app {

/// What the desktop asks for: light or dark, more contrast or not, less motion. The palette says it at once;
/// the settings portal, where there is one, knows better a moment later and tells of changes. Window's
/// thread.
class DesktopAppearance : public QObject {
    Q_OBJECT
public:
    /// To be made before anything gives the program a palette of its own.
    explicit DesktopAppearance(ui::Theme& theme, QObject* parent = nullptr);

private slots:
    void settingChanged(const QString& space, const QString& key, const QDBusVariant& value);

private:
    void ask(const QString& space, const QString& key);
    void take(const QString& key, const QVariant& value);
    void apply();

    ui::Theme& theme_;
    bool dark_ = false;
    bool highContrast_ = false;
    bool lessMotion_ = false;
    bool noAnimations_ = false;
};

} // namespace ponder::app
