#pragma once

#include <QDBusVariant>
#include <QList>
#include <QMap>
#include <QObject>
#include <QVariantMap>

namespace ponder::app {

/// Stands for the desktop's notification service.
class FakeNotifications : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Told {
        uint replaced;
        QString icon;
        QString title;
        QString text;
        QStringList actions;
        QVariantMap hints;
    };
    QList<Told> told;

public slots:
    uint Notify(const QString&, uint replaced, const QString& icon, const QString& title, const QString& text,
                const QStringList& actions, const QVariantMap& hints, int) {
        told << Told{replaced, icon, title, text, actions, hints};
        return replaced ? replaced : uint(told.size());
    }

signals:
    void ActionInvoked(uint id, const QString& action);
    void NotificationClosed(uint id, uint reason);
};

/// Stands for the portal through which a sandboxed program notifies.
class FakeNotificationPortal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Notification")
public:
    QList<std::pair<QString, QVariantMap>> added;

public slots:
    void AddNotification(const QString& id, const QVariantMap& notification) {
        added << std::pair(id, notification);
    }
};

/// Stands for the portal that tells how the desktop looks.
class FakeSettingsPortal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    QMap<QString, QVariant> values;

public slots:
    QDBusVariant Read(const QString& space, const QString& key) {
        return QDBusVariant(QVariant::fromValue(QDBusVariant(values.value(space + ' ' + key, 0u))));
    }

signals:
    void SettingChanged(const QString& space, const QString& key, const QDBusVariant& value);
};

} // namespace ponder::app
