#include "app/downloads/download_view.h"

#include <algorithm>

#include <QCoreApplication>

#include "ui/widgets/byte_text.h"

namespace ponder::app {

namespace {

struct DownloadWords {
    Q_DECLARE_TR_FUNCTIONS(DownloadWords)
};

QString text(std::string_view words) {
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

QString bytes(std::uint64_t count) {
    return ui::bytesText(static_cast<qint64>(count));
}

ui::DownloadState shownState(DownloadState state) {
    switch (state) {
    case DownloadState::Waiting:
        return ui::DownloadState::Waiting;
    case DownloadState::Asking:
    case DownloadState::Downloading:
    case DownloadState::Retrying:
        return ui::DownloadState::Running;
    case DownloadState::Checking:
    case DownloadState::Cancelling:
        return ui::DownloadState::Checking;
    case DownloadState::Paused:
        return ui::DownloadState::Paused;
    case DownloadState::Failed:
        return ui::DownloadState::Failed;
    case DownloadState::Done:
        return ui::DownloadState::Done;
    }
    return ui::DownloadState::Waiting;
}

QString timeLeft(std::chrono::seconds left) {
    const auto seconds = static_cast<int>(std::min<std::int64_t>(left.count(), 1'000'000));
    if (seconds < 90) return DownloadWords::tr("%Ln second(s) left", nullptr, seconds);
    if (seconds < 90 * 60) return DownloadWords::tr("%Ln minute(s) left", nullptr, (seconds + 30) / 60);
    return DownloadWords::tr("%Ln hour(s) left", nullptr, (seconds + 1800) / 3600);
}

QString amount(const Download& download) {
    if (download.totalBytes == 0) return download.doneBytes > 0 ? bytes(download.doneBytes) : QString();
    if (download.state == DownloadState::Done) return bytes(download.totalBytes);
    return DownloadWords::tr("%1 of %2").arg(bytes(download.doneBytes), bytes(download.totalBytes));
}

QStringList happening(const Download& download) {
    switch (download.state) {
    case DownloadState::Waiting:
        return {DownloadWords::tr("waits")};
    case DownloadState::Asking:
        return {DownloadWords::tr("asks %1").arg(text(firstHost(download.order.link)))};
    case DownloadState::Downloading: {
        QStringList words;
        if (download.bytesPerSecond > 0)
            words << DownloadWords::tr("%1 a second").arg(bytes(download.bytesPerSecond));
        if (download.left) words << timeLeft(*download.left);
        return words;
    }
    case DownloadState::Checking:
        return {DownloadWords::tr("is being checked")};
    case DownloadState::Retrying:
        return {DownloadWords::tr("the server failed, tries again")};
    case DownloadState::Paused:
        return {DownloadWords::tr("paused")};
    case DownloadState::Cancelling:
        return {DownloadWords::tr("is being removed")};
    case DownloadState::Failed:
        return {};
    case DownloadState::Done:
        return {download.verified ? DownloadWords::tr("complete, SHA-256 verified")
                                  : DownloadWords::tr("complete; no SHA-256 was given to compare it with")};
    }
    return {};
}

/// "Qwen3 4B" and "qwen3-4b" are the same model.
QString plainName(QString name) {
    return name.toLower().remove(' ').remove('-');
}

QStringList contacted(const Download& download) {
    QStringList hosts;
    for (const std::string& host : download.hosts) hosts << text(host);
    return hosts.isEmpty() ? hosts : QStringList{DownloadWords::tr("from %1").arg(hosts.join(", "))};
}

} // namespace

ui::DownloadRow downloadRow(const Download& download) {
    ui::DownloadRow row;
    row.id = text(download.id);
    row.name = text(download.order.name);
    row.state = shownState(download.state);
    row.part = download.totalBytes > 0 ? double(download.doneBytes) / double(download.totalBytes) : 0;
    QStringList words{amount(download)};
    words += happening(download);
    words += contacted(download);
    words.removeAll({});
    row.line = words.join(QStringLiteral(" · "));
    if (download.problem && download.state == DownloadState::Failed) {
        const DownloadProblem problem = problemWords(*download.problem);
        row.problem = problem.what + ' ' + problem.whatToDo;
    } else if (!download.notice.empty()) {
        row.problem = text(download.notice);
    }
    return row;
}

ui::OfferRow offerRow(const CatalogueEntry& entry, const OfferedTo& person) {
    ui::OfferRow row;
    row.id = text(entry.id);
    row.name = text(entry.name);
    row.publisher = text(entry.publisher);
    QStringList line{text(entry.parameters), text(entry.quantisation)};
    if (entry.sizeBytes > 0) line << bytes(entry.sizeBytes);
    line << text(entry.license);
    if (entry.reasoning == "always") line << DownloadWords::tr("thinks");
    if (entry.reasoning == "switchable") line << DownloadWords::tr("thinks when asked to");
    line.removeAll({});
    row.line = line.join(QStringLiteral(" · "));
    QStringList good;
    for (const std::string& what : entry.goodFor) good << goodForWords(what);
    good.removeAll({});
    row.words = good.join(QStringLiteral(" · "));
    const std::uint64_t needed = static_cast<std::uint64_t>(entry.memoryGigabytes) * 1'000'000'000;
    row.isTooLarge = person.memoryBytes > 0 && needed > person.memoryBytes;
    if (needed > 0)
        row.needs = (row.isTooLarge ? DownloadWords::tr("Runs well with %1 of memory; this computer has %2")
                                          .arg(bytes(needed), bytes(person.memoryBytes))
                                    : DownloadWords::tr("Runs well with %1 of memory").arg(bytes(needed)));
    const QString wanted = plainName(text(entry.name) + text(entry.quantisation));
    row.isHere = std::any_of(person.namesHere.begin(), person.namesHere.end(),
                             [&](const std::string& name) { return plainName(text(name)) == wanted; });
    return row;
}

ui::LinkAnswer linkAnswer(const QString& link, const HubListing& listing) {
    ui::LinkAnswer answer;
    answer.link = link;
    answer.title = text(listing.repository);
    QStringList about;
    if (!listing.license.empty()) about << DownloadWords::tr("Licence: %1").arg(text(listing.license));
    if (listing.gated)
        about << DownloadWords::tr(
            "Its publisher wants you to agree to terms on its page first, with an account.");
    answer.about = about.join(QStringLiteral(". "));
    for (const HubModel& model : listing.models)
        answer.files.push_back({text(model.name), text(model.name),
                                model.sizeBytes() > 0 ? bytes(model.sizeBytes()) : QString()});
    if (listing.models.empty()) {
        answer.problem = DownloadWords::tr("%1 holds no GGUF files.").arg(answer.title);
        answer.nextStep =
            DownloadWords::tr("Look for a repository of the same model whose name ends in GGUF.");
    }
    return answer;
}

ui::LinkAnswer linkAnswer(const QString& link, const DownloadProblem& problem) {
    ui::LinkAnswer answer;
    answer.link = link;
    answer.problem = problem.what;
    answer.nextStep = problem.whatToDo;
    return answer;
}

QString contactWords(const ParsedLink& link) {
    if (link.fault != LinkFault::None) return {};
    const QString host = text(firstHost(link.link));
    const QString words =
        link.link.onHub()
            ? DownloadWords::tr(
                  "“Look” asks %1 which files there are. A download may go on to servers that it names.")
                  .arg(host)
            : DownloadWords::tr("The download contacts %1.").arg(host);
    return hubTokenIsSet() && link.link.onHub()
               ? words + ' ' + DownloadWords::tr("It is shown the token in HF_TOKEN, and nobody else is.")
               : words;
}

} // namespace ponder::app
