#include "app/desktop_appearance.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QPalette>

#include "app/session_bus.h"
#include "ui/window_style.h"

namespace ponder::app {

namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kSpace = QStringLiteral("org.freedesktop.appearance");
const QString kGnomeSpace = QStringLiteral("org.gnome.desktop.interface"); // what most portals tell of motion
const QString kColourScheme = QStringLiteral("color-scheme");
const QString kContrast = QStringLiteral("contrast");
const QString kReducedMotion = QStringLiteral("reduced-motion");
const QString kAnimations = QStringLiteral("enable-animations");

constexpr uint kPrefersDark = 1;
constexpr uint kPrefersMoreContrast = 1;
constexpr uint kPrefersLessMotion = 1;

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
    if (!hasSessionBus()) return;
    // Qt looks the slot's types up by name, and refuses in silence one that nobody has named yet.
    qRegisterMetaType<QDBusVariant>("QDBusVariant");
    // Of whoever tells it: a portal that begins, or begins anew, after us is heard too.
    QDBusConnection::sessionBus().connect({}, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                                          SLOT(settingChanged(QString, QString, QDBusVariant)));
    for (const QString& key : {kColourScheme, kContrast, kReducedMotion}) ask(kSpace, key);
    ask(kGnomeSpace, kAnimations);
}

void DesktopAppearance::ask(const QString& space, const QString& key) {
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    call << space << key;
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, key] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isValid()) take(key, unwrapped(reply.value().variant()));
        watcher->deleteLater();
    });
}

void DesktopAppearance::settingChanged(const QString& space, const QString& key, const QDBusVariant& value) {
    if (space == kSpace || (space == kGnomeSpace && key == kAnimations))
        take(key, unwrapped(value.variant()));
}

void DesktopAppearance::take(const QString& key, const QVariant& value) {
    if (key == kColourScheme)
        dark_ = value.toUInt() == kPrefersDark;
    else if (key == kContrast)
        highContrast_ = value.toUInt() == kPrefersMoreContrast;
    else if (key == kReducedMotion)
        lessMotion_ = value.toUInt() == kPrefersLessMotion;
    else if (key == kAnimations)
        noAnimations_ = value.canConvert<bool>() && !value.toBool();
    apply();
}

void DesktopAppearance::apply() {
    using ui::ColourScheme;
    if (ui::WindowStyle* style = ui::WindowStyle::ofProgram())
        style->setSystemMotion(lessMotion_ || noAnimations_ ? ui::Motion::Reduced : ui::Motion::Full);
    theme_.setSystemScheme(highContrast_
                               ? (dark_ ? ColourScheme::HighContrastDark : ColourScheme::HighContrastLight)
                           : dark_ ? ColourScheme::Dark
                                   : ColourScheme::Light);
}

} // namespace ponder::app
