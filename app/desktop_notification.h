#pragma once

#include <map>

#include <QObject>
#include <QString>
#include <QVariant>

namespace ponder::app {

/// Tells a person through the desktop that something of theirs is done: the notification service, or in a
/// sandbox its portal. Without a bus nothing happens. Window's thread; never waits.
class DesktopNotification : public QObject {
    Q_OBJECT
public:
    explicit DesktopNotification(QObject* parent = nullptr);

    /// `chat` comes back when the person chooses the notification. A newer one of the same chat replaces the
    /// older.
    void tell(const QString& title, const QString& text, const QString& chat);

signals:
    void chosen(const QString& chat);

private slots:
    void actionInvoked(uint id, const QString& action);
    void closed(uint id, uint reason);
    void portalActionInvoked(const QString& id, const QString& action, const QVariantList& values);

private:
    void tellService(const QString& title, const QString& text, const QString& chat);
    void tellPortal(const QString& title, const QString& text, const QString& chat);

    bool isListening_ = false;
    std::map<uint, QString> chats_; ///< of the notifications that can still be chosen
};

} // namespace ponder::app
