#pragma once

#include <QDBusAbstractAdaptor>
#include <QObject>
#include <QStringList>
#include <QVariantMap>

namespace ponder::app {

/// Ponder on the session bus, as org.freedesktop.Application asks for it: the desktop brings the window to
/// the front, opens files in it and runs the actions of its menu entry. Where the name is taken or there is
/// no bus, it is silent. Window's thread.
class DesktopService : public QObject {
    Q_OBJECT
public:
    /// The name on the bus, of the desktop file and of the icon.
    static QString applicationId();

    explicit DesktopService(QObject* parent = nullptr);
    ~DesktopService() override;

    bool ownsName() const { return ownsName_; }

signals:
    void activated();
    void opened(const QString& file);
    void newChatAsked();

private:
    bool ownsName_ = false;
};

/// The interface's methods, as the bus calls them.
class ApplicationAdaptor : public QDBusAbstractAdaptor {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Application")
public:
    explicit ApplicationAdaptor(DesktopService& service);

public slots:
    void Activate(const QVariantMap& platformData);
    void Open(const QStringList& uris, const QVariantMap& platformData);
    void ActivateAction(const QString& action, const QVariantList& parameters,
                        const QVariantMap& platformData);

private:
    DesktopService& service_;
};

} // namespace ponder::app
