#include "app/downloads/problem_words.h"

#include <QCoreApplication>
#include <QLocale>

namespace ponder::app {

namespace {

/// A reason that another program gave: without what could move a cursor or a line.
QString plain(const std::string& text) {
    QString cleaned;
    for (const QChar letter : QString::fromStdString(text))
        cleaned += letter.isPrint() || letter == u' ' ? letter : QChar(u' ');
    return cleaned.trimmed();
}

struct ProblemWords {
    Q_DECLARE_TR_FUNCTIONS(ProblemWords)
public:
    static QString tryLater() { return tr("Try again later."); }
    static QString checkLink() { return tr("Check the link."); }
    static QString chooseFolder() { return tr("Choose another folder and try again."); }

    static DownloadProblem redirect(const QString& host, const std::string& where) {
        if (where == "private")
            return {tr("%1 sends Ponder to an address inside a private network, which is refused.").arg(host),
                    tr("Take the file from another place.")};
        return {tr("%1 sends Ponder to a place that is not safe (no https).").arg(host),
                tr("Take the file from another place.")};
    }

    static DownloadProblem noModel(const QString& host, const std::string& what) {
        if (what == "web page")
            return {tr("%1 sent a web page instead of the model.").arg(host),
                    tr("Open the link in a browser: it may ask you to sign in or to accept a licence.")};
        if (what == "pointer")
            return {tr("%1 sent a note about the file (a Git LFS pointer) instead of the model.").arg(host),
                    tr("Use the link of the file's download button.")};
        return {tr("%1 sent something that is no model file.").arg(host), checkLink()};
    }

    static DownloadProblem connection(const FetchProblem& problem, const QString& host) {
        switch (problem.kind) {
        case ProblemKind::NotSecure:
            return {tr("The link does not begin with https://."), tr("Use a link that does.")};
        case ProblemKind::NoSuchHost:
            return {tr("%1 cannot be found.").arg(host), tr("Check the link and your network connection.")};
        case ProblemKind::NoConnection:
            return {tr("%1 cannot be reached.").arg(host),
                    tr("Check your network connection and try again.")};
        case ProblemKind::BadCertificate:
            return {
                tr("%1 cannot prove that it is %1: its certificate is not valid.").arg(host),
                tr("Check this computer's date. If it is right, somebody may be listening: do not go on.")};
        case ProblemKind::Stalled:
            return {tr("%1 sends nothing, or next to nothing.").arg(host),
                    tr("Try again later. What has come is kept.")};
        case ProblemKind::ConnectionLost:
            return {tr("The connection to %1 breaks off again and again.").arg(host),
                    tr("Try again later. What has come is kept.")};
        case ProblemKind::TooManyRedirects:
            return {tr("%1 sends Ponder from place to place without end.").arg(host), checkLink()};
        default:
            return redirect(host, problem.detail);
        }
    }

    static DownloadProblem server(const FetchProblem& problem, const QString& host) {
        switch (problem.kind) {
        case ProblemKind::NeedsAccess:
            return {tr("%1 does not give this file to everybody.").arg(host),
                    tr("Accept its licence on its web page, then set HF_TOKEN to your access token and start "
                       "Ponder again.")};
        case ProblemKind::NotFound:
            return {tr("%1 has no such file.").arg(host), checkLink()};
        case ProblemKind::TooManyRequests:
            return {tr("%1 has been asked too often.").arg(host),
                    problem.amount > 0 ? tr("Try again in %n minute(s).", nullptr,
                                            static_cast<int>((problem.amount + 59) / 60))
                                       : tryLater()};
        case ProblemKind::ServerFault:
            return {tr("%1 has a fault of its own (%2).").arg(host).arg(problem.amount),
                    tr("Try again later. What has come is kept.")};
        case ProblemKind::UnknownSize:
            return {tr("%1 does not say how large the file is, so it could not be told whole from cut off.")
                        .arg(host),
                    tr("Take the file from another place.")};
        case ProblemKind::WrongSize:
            return {tr("%1 sends a file of another size than its publisher names.").arg(host),
                    tr("Try again later. If it stays, take the file from another place.")};
        case ProblemKind::WrongBytes:
            return {
                tr("The file that %1 sent is not the one that was expected: its SHA-256 differs.").arg(host),
                tr("It was thrown away. Try again; if it stays, take the file from another place.")};
        case ProblemKind::Packed:
            return {tr("%1 sends the file packed, though it was asked not to.").arg(host),
                    tr("Take the file from another place.")};
        default:
            return {tr("%1 answers in a way that Ponder does not understand.").arg(host), tryLater()};
        }
    }

    static DownloadProblem disk(const FetchProblem& problem) {
        switch (problem.kind) {
        case ProblemKind::DiskFull:
            return {problem.amount > 0 ? tr("The disk is too full: %1 are missing.")
                                             .arg(sizeInWords(static_cast<std::uint64_t>(problem.amount)))
                                       : tr("The disk is full."),
                    tr("Free some space, or choose another folder. What has come is kept.")};
        case ProblemKind::FolderMissing:
            return {tr("The folder for the model is not there."), chooseFolder()};
        case ProblemKind::CannotWrite:
            return {tr("The folder for the model cannot be written (%1).").arg(plain(problem.detail)),
                    chooseFolder()};
        case ProblemKind::TargetExists:
            return {tr("Another file named %1 is there already.").arg(plain(problem.detail)),
                    tr("Move it away or choose another folder. Nothing was changed.")};
        case ProblemKind::TargetIsLink:
            return {tr("Where the model should go lies a link, or something that is no file."),
                    tr("Move it away or choose another folder. Nothing was changed.")};
        default:
            return {tr("Another Ponder is downloading this file."), tr("Wait for it, or end it there.")};
        }
    }

    static DownloadProblem listing(const FetchProblem& problem, const QString& host) {
        switch (problem.kind) {
        case ProblemKind::NoModels:
            return {tr("%1 holds no GGUF file.").arg(plain(problem.detail)),
                    tr("Look for a repository whose name ends in GGUF.")};
        case ProblemKind::AmbiguousModel:
            return {tr("%1 holds several models, and none of them was named.").arg(plain(problem.detail)),
                    tr("Choose one of them.")};
        default:
            return {tr("The list of files that %1 sent cannot be read.").arg(host),
                    tr("Try again later, or use the link of the file itself.")};
        }
    }

    static DownloadProblem own(ProblemKind kind) {
        switch (kind) {
        case ProblemKind::FetcherMissing:
            return {tr("Nothing can be downloaded: the program ponder-fetch is missing."),
                    tr("Install Ponder again.")};
        case ProblemKind::FetcherEnded:
            return {tr("The program that downloads, ponder-fetch, ended unexpectedly."),
                    tr("Try again. What has come is kept.")};
        default:
            return {tr("The download was asked for wrongly."), tr("Report this, with the link you used.")};
        }
    }

    static DownloadProblem link(LinkFault fault) {
        switch (fault) {
        case LinkFault::NotSecure:
            return {tr("The link does not begin with https://."), tr("Use a link that does.")};
        case LinkFault::NotAModelFile:
            return {tr("The link is no GGUF file: its name does not end in .gguf."),
                    tr("Use the link of such a file, or of a repository on Hugging Face.")};
        default:
            return {tr("This is no link to a model."), tr("Use a link of Hugging Face, a name like "
                                                          "Qwen/Qwen3-4B-GGUF, or an https link that ends in "
                                                          ".gguf.")};
        }
    }
};

} // namespace

QString sizeInWords(std::uint64_t bytes) {
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

DownloadProblem problemWords(const FetchProblem& problem) {
    using enum ProblemKind;
    const QString host = plain(problem.host);
    switch (problem.kind) {
    case NotSecure:
    case NoSuchHost:
    case NoConnection:
    case BadCertificate:
    case Stalled:
    case ConnectionLost:
    case RedirectRefused:
    case TooManyRedirects:
        return ProblemWords::connection(problem, host);
    case NeedsAccess:
    case NotFound:
    case TooManyRequests:
    case ServerFault:
    case UnexpectedAnswer:
    case UnknownSize:
    case WrongSize:
    case WrongBytes:
    case Packed:
        return ProblemWords::server(problem, host);
    case NotAModel:
        return ProblemWords::noModel(host, problem.detail);
    case BadModel:
        return {plain(problem.detail),
                ProblemWords::tr("Take the file from another place, or ask its publisher.")};
    case DiskFull:
    case FolderMissing:
    case CannotWrite:
    case TargetExists:
    case TargetIsLink:
    case InUse:
        return ProblemWords::disk(problem);
    case BadListing:
    case NoModels:
    case AmbiguousModel:
        return ProblemWords::listing(problem, host);
    case BadRequest:
    case FetcherMissing:
    case FetcherEnded:
        break;
    }
    return ProblemWords::own(problem.kind);
}

DownloadProblem problemWords(LinkFault fault) {
    return ProblemWords::link(fault);
}

} // namespace ponder::app
