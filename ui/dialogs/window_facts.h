#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace ponder::ui {

/// Where something of the person's lies.
struct DataPlace {
    QString title;
    QString explanation;
    QString path;

    bool operator==(const DataPlace&) const = default;
};

/// One of Ponder's processes, as the system's kernel lists it.
struct ProcessFacts {
    QString name;
    qint64 number = 0;
    QStringList may;             ///< what it can and cannot do, one sentence each
    bool hidden = false;         ///< the kernel lists its files and sockets to no other program
    QStringList internetSockets; ///< one line each: protocol, own and other end
    QStringList localSockets;    ///< to programs of this computer
    QStringList files;

    bool operator==(const ProcessFacts&) const = default;
};

/// What can be seen from outside about the promise that nothing leaves this computer.
struct OfflineFacts {
    QString time;
    std::vector<ProcessFacts> processes;

    bool operator==(const OfflineFacts&) const = default;
};

} // namespace ponder::ui
