#include "app/offline_facts.h"

#include <arpa/inet.h>
#include <unistd.h>

#include <array>
#include <map>

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace ponder::app {

namespace {

struct OfflineWords {
    Q_DECLARE_TR_FUNCTIONS(OfflineWords)
};

using Inodes = std::map<quint64, QString>; // of sockets, with what there is to say of each

/// Lines of a file of /proc, which has no size to go by; empty where it cannot be read.
QStringList linesOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    return QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts);
}

QString folderOf(qint64 process) {
    return QStringLiteral("/proc/%1/").arg(process);
}

/// "0100007F:1F90" as 127.0.0.1:8080: words of 32 bits in the machine's order, then the port.
QString readableAddress(const QString& text) {
    const QString hex = text.section(':', 0, 0);
    std::array<quint32, 4> words{};
    const qsizetype count = hex.size() / 8;
    for (qsizetype i = 0; i < count && i < qsizetype(words.size()); ++i)
        words[i] = hex.mid(8 * i, 8).toUInt(nullptr, 16);
    std::array<char, INET6_ADDRSTRLEN> address{};
    ::inet_ntop(count > 1 ? AF_INET6 : AF_INET, words.data(), address.data(), address.size());
    const QString shown = QString::fromLatin1(address.data());
    const uint port = text.section(':', 1, 1).toUInt(nullptr, 16);
    return (count > 1 ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2")).arg(shown).arg(port);
}

Inodes internetSockets(qint64 process) {
    constexpr int kLocal = 1;
    constexpr int kRemote = 2;
    constexpr int kInode = 9;
    Inodes sockets;
    for (const char* protocol :
         {"tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6", "icmp", "icmp6"}) {
        const QStringList lines = linesOf(folderOf(process) + "net/" + protocol);
        for (const QString& line : lines.mid(1)) {
            const QStringList words = line.split(' ', Qt::SkipEmptyParts);
            if (words.size() <= kInode) continue;
            sockets[words[kInode].toULongLong()] =
                QStringLiteral("%1 %2 → %3")
                    .arg(QString(protocol), readableAddress(words[kLocal]), readableAddress(words[kRemote]));
        }
    }
    return sockets;
}

/// Sockets that end on this machine: to other programs, or to the kernel.
Inodes localSockets(qint64 process) {
    constexpr int kUnixInode = 6;
    constexpr int kNetlinkInode = 9;
    Inodes sockets;
    for (const QString& line : linesOf(folderOf(process) + "net/unix").mid(1)) {
        const QStringList words = line.split(' ', Qt::SkipEmptyParts);
        if (words.size() <= kUnixInode) continue;
        const QString name = words.mid(kUnixInode + 1).join(' ');
        sockets[words[kUnixInode].toULongLong()] = name.isEmpty() ? OfflineWords::tr("without a name") : name;
    }
    for (const QString& line : linesOf(folderOf(process) + "net/netlink").mid(1)) {
        const QStringList words = line.split(' ', Qt::SkipEmptyParts);
        if (words.size() > kNetlinkInode)
            sockets[words[kNetlinkInode].toULongLong()] = OfflineWords::tr("to the kernel");
    }
    return sockets;
}

/// Equal lines once, with their number.
QStringList counted(const QStringList& lines) {
    std::map<QString, int> counts;
    for (const QString& line : lines) ++counts[line];
    QStringList shown;
    for (const auto& [line, count] : counts)
        shown << (count == 1 ? line : OfflineWords::tr("%1 (%2 times)").arg(line).arg(count));
    return shown;
}

void takeDescriptors(ui::ProcessFacts& facts) {
    const QDir folder(folderOf(facts.number) + "fd");
    if (!folder.isReadable()) {
        facts.hidden = true;
        return;
    }
    QStringList targets;
    for (const QString& name : folder.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)) {
        std::array<char, 4096> target{};
        const ssize_t size =
            ::readlink(QFile::encodeName(folder.filePath(name)).constData(), target.data(), target.size());
        if (size > 0) targets << QString::fromUtf8(target.data(), size);
    }
    const Inodes internet = internetSockets(facts.number);
    const Inodes local = localSockets(facts.number);
    for (const QString& target : targets) {
        if (target.startsWith('/') && !target.startsWith("/dev/")) facts.files << target;
        if (!target.startsWith("socket:[")) continue;
        const quint64 inode = target.mid(8).chopped(1).toULongLong();
        if (const auto found = internet.find(inode); found != internet.end())
            facts.internetSockets << found->second;
        else if (const auto near = local.find(inode); near != local.end())
            facts.localSockets << near->second;
        else // not bound yet, or of a kind the kernel has no list of: nothing that could be overlooked
            facts.internetSockets << OfflineWords::tr("not connected");
    }
    facts.files = counted(facts.files);
    facts.localSockets = counted(facts.localSockets);
    facts.internetSockets = counted(facts.internetSockets);
}

/// A line of /proc/PID/status.
QString statusOf(qint64 process, const QString& key) {
    for (const QString& line : linesOf(folderOf(process) + "status"))
        if (line.startsWith(key + ':')) return line.mid(key.size() + 1).trimmed();
    return {};
}

QList<qint64> processesOf(qint64 parent) {
    QList<qint64> children;
    for (const QString& name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        bool isProcess = false;
        const qint64 number = name.toLongLong(&isProcess);
        if (isProcess && statusOf(number, QStringLiteral("PPid")).toLongLong() == parent) children << number;
    }
    return children;
}

/// The engine's sentences, for the translators.
[[maybe_unused]] constexpr const char* kConfinements[] = {
    QT_TRANSLATE_NOOP("OfflineWords",
                      "The engine cannot reach the network, start programs or write files, and "
                      "reads no file but the model."),
    QT_TRANSLATE_NOOP("OfflineWords",
                      "The engine cannot reach the network or start programs, reads no file but the "
                      "model, and writes none but what it has worked out of your chats."),
    QT_TRANSLATE_NOOP("OfflineWords",
                      "The engine cannot reach the network, start programs or write files, but it "
                      "could read files of yours: this system's kernel lacks Landlock."),
    QT_TRANSLATE_NOOP("OfflineWords",
                      "The engine cannot write files and reads no file but the model, but it could "
                      "reach the network: this system's kernel lacks seccomp filters."),
    QT_TRANSLATE_NOOP("OfflineWords",
                      "The engine runs unconfined: this system's kernel lacks Landlock and seccomp "
                      "filters."),
};

QStringList rightsOf(qint64 process, const QString& confinement) {
    QStringList sentences;
    if (!confinement.isEmpty()) sentences << OfflineWords::tr(confinement.toUtf8().constData());
    const QString filters = statusOf(process, QStringLiteral("Seccomp"));
    if (filters == QStringLiteral("2") &&
        statusOf(process, QStringLiteral("NoNewPrivs")) == QStringLiteral("1"))
        sentences << OfflineWords::tr(
            "The kernel confirms it: system calls are filtered, and the process can gain "
            "no rights.");
    else
        sentences << OfflineWords::tr("The kernel lists no filter for it.");
    return sentences;
}

} // namespace

ui::OfflineFacts offlineFacts(const QString& confinement) {
    ui::OfflineFacts facts;
    ui::ProcessFacts window;
    window.name = OfflineWords::tr("Window");
    window.number = ::getpid();
    window.may << OfflineWords::tr(
        "It reads and writes your chats, settings and exports. It is not confined, but "
        "none of its code opens an internet connection; the list would show one.");
    takeDescriptors(window);
    facts.processes.push_back(std::move(window));
    for (const qint64 number : processesOf(::getpid())) {
        ui::ProcessFacts process;
        const bool isEngine = statusOf(number, QStringLiteral("Name")) == QStringLiteral("ponder-engine");
        process.name = isEngine ? OfflineWords::tr("Engine") : statusOf(number, QStringLiteral("Name"));
        process.number = number;
        process.may = rightsOf(number, isEngine ? confinement : QString());
        takeDescriptors(process);
        facts.processes.push_back(std::move(process));
    }
    return facts;
}

} // namespace ponder::app
