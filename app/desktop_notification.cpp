#include "app/desktop_notification.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFile>
#include <QGuiApplication>

#include "app/session_bus.h"

namespace ponder::app {

namespace {

const QString kService = QStringLiteral("org.freedesktop.Notifications");
const QString kPath = QStringLiteral("/org/freedesktop/Notifications");
const QString kPortal = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPortalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kPortalInterface = QStringLiteral("org.freedesktop.portal.Notification");
const QString kDefaultAction = QStringLiteral("default"); // a click on the notification itself
const QString kOpenChat = QStringLiteral("open-chat");

constexpr int kAsTheDesktopLikes = -1; // milliseconds until it goes

bool isSandboxed() {
    return QFile::exists(QStringLiteral("/.flatpak-info")) || qEnvironmentVariableIsSet("SNAP");
}

} // namespace

DesktopNotification::DesktopNotification(QObject* parent) : QObject(parent) {}

void DesktopNotification::tell(const QString& title, const QString& text, const QString& chat) {
    if (!hasSessionBus()) return;
    if (isSandboxed())
        tellPortal(title, text, chat);
    else
        tellService(title, text, chat);
}

void DesktopNotification::tellService(const QString& title, const QString& text, const QString& chat) {
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!std::exchange(isListening_, true)) {
        bus.connect(kService, kPath, kService, QStringLiteral("ActionInvoked"), this,
                    SLOT(actionInvoked(uint, QString)));
        bus.connect(kService, kPath, kService, QStringLiteral("NotificationClosed"), this,
                    SLOT(closed(uint, uint)));
    }
    uint replaced = 0;
    for (const auto& [id, other] : chats_)
        if (other == chat) replaced = id;
    const QString id = QGuiApplication::desktopFileName();
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kService, QStringLiteral("Notify"));
    call << QGuiApplication::applicationDisplayName() << replaced << id << title
         << text.toHtmlEscaped() // servers may read the body as markup
         << QStringList{kDefaultAction, tr("Open the chat")}
         << QVariantMap{{QStringLiteral("desktop-entry"), id},
                        {QStringLiteral("category"), QStringLiteral("im.received")}}
         << kAsTheDesktopLikes;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, chat] {
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isValid()) chats_[reply.value()] = chat;
        watcher->deleteLater();
    });
}

void DesktopNotification::tellPortal(const QString& title, const QString& text, const QString& chat) {
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!std::exchange(isListening_, true)) {
        bus.connect(kPortal, kPortalPath, kPortalInterface, QStringLiteral("ActionInvoked"), this,
                    SLOT(portalActionInvoked(QString, QString, QVariantList)));
    }
    QDBusMessage call = QDBusMessage::createMethodCall(kPortal, kPortalPath, kPortalInterface,
                                                       QStringLiteral("AddNotification"));
    call << chat
         << QVariantMap{{QStringLiteral("title"), title},
                        {QStringLiteral("body"), text},
                        {QStringLiteral("default-action"), kOpenChat}};
    bus.asyncCall(call);
}

void DesktopNotification::actionInvoked(uint id, const QString& action) {
    const auto found = chats_.find(id);
    if (found == chats_.end() || action != kDefaultAction) return;
    const QString chat = found->second;
    chats_.erase(found);
    emit chosen(chat);
}

void DesktopNotification::closed(uint id, uint) {
    chats_.erase(id);
}

void DesktopNotification::portalActionInvoked(const QString& id, const QString& action, const QVariantList&) {
    if (action == kOpenChat) emit chosen(id);
}

} // namespace ponder::app
