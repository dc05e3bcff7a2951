#include "app/desktop_service.h"

#include <QDBusConnection>
#include <QUrl>

#include "app/session_bus.h"

namespace ponder::app {

namespace {

const QString kPath = QStringLiteral("/org/ponder/Ponder"); // the name, as the specification spells it
const QString kNewChat = QStringLiteral("NewChat");

} // namespace

QString DesktopService::applicationId() {
    return QStringLiteral("org.ponder.Ponder");
}

DesktopService::DesktopService(QObject* parent) : QObject(parent) {
    if (!hasSessionBus()) return;
    new ApplicationAdaptor(*this);
    QDBusConnection bus = QDBusConnection::sessionBus();
    // The object first: a call may come the moment the name is ours.
    ownsName_ = bus.registerObject(kPath, this) && bus.registerService(applicationId());
}

DesktopService::~DesktopService() {
    if (ownsName_) QDBusConnection::sessionBus().unregisterService(applicationId());
}

ApplicationAdaptor::ApplicationAdaptor(DesktopService& service)
    : QDBusAbstractAdaptor(&service), service_(service) {}

void ApplicationAdaptor::Activate(const QVariantMap&) {
    emit service_.activated();
}

void ApplicationAdaptor::Open(const QStringList& uris, const QVariantMap&) {
    for (const QString& uri : uris) {
        const QUrl url(uri);
        if (url.isLocalFile()) emit service_.opened(url.toLocalFile());
    }
}

void ApplicationAdaptor::ActivateAction(const QString& action, const QVariantList&, const QVariantMap&) {
    if (action == kNewChat) emit service_.newChatAsked();
}

} // namespace ponder::app
