#include "app/session_bus.h"

#include <QDBusConnection>
#include <QFile>

namespace ponder::app {

bool hasSessionBus() {
    const bool told = qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS") ||
                      QFile::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
    return told && QDBusConnection::sessionBus().isConnected();
}

} // namespace ponder::app
