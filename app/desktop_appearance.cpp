#include "app/desktop_appearance.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFile>
#include <QGuiApplication>
#include <QPalette>

namespace ponder::app {

namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kSpace = QStringLiteral("org.freedesktop.appearance");
const QString kColourScheme = QStringLiteral("color-scheme");
const QString kContrast = QStringLiteral("contrast");

constexpr uint kPrefersDark = 1;
constexpr uint kPrefersMoreContrast = 1;

// Asked for a bus that is not there, the library would start one.
bool hasBus() {
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS") ||
           QFile::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

/// Portals wrap values once or twice.
QVariant unwrapped(QVariant value) {
    while (value.canConvert<QDBusVariant>()) value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

DesktopAppearance::DesktopAppearance(ui::Theme& theme, QObject* parent) : QObject(parent), theme_(theme) {
    const QPalette palette = QGuiApplication::palette();
    dark_ = palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
    apply();
    if (!hasBus() || !QDBusConnection::sessionBus().isConnected()) return;
    QDBusConnection::sessionBus().connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                                          SLOT(settingChanged(QString, QString, QDBusVariant)));
    ask(kColourScheme);
    ask(kContrast);
}

void DesktopAppearance::ask(const QString& key) {
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    call << kSpace << key;
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, key] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isValid()) take(key, unwrapped(reply.value().variant()));
        watcher->deleteLater();
    });
}

void DesktopAppearance::settingChanged(const QString& space, const QString& key, const QDBusVariant& value) {
    if (space == kSpace) take(key, unwrapped(value.variant()));
}

void DesktopAppearance::take(const QString& key, const QVariant& value) {
    if (key == kColourScheme)
        dark_ = value.toUInt() == kPrefersDark;
    else if (key == kContrast)
        highContrast_ = value.toUInt() == kPrefersMoreContrast;
    apply();
}

void DesktopAppearance::apply() {
    using ui::ColourScheme;
    theme_.setSystemScheme(highContrast_
                               ? (dark_ ? ColourScheme::HighContrastDark : ColourScheme::HighContrastLight)
                           : dark_ ? ColourScheme::Dark
                                   : ColourScheme::Light);
}

} // namespace ponder::app
