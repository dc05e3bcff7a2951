#include "app/chat_exporter.h"

#include <QElapsedTimer>
#include <QFileDialog>

#include "app/shown_message.h"
#include "ui/chat_menus.h"
#include "ui/run_later.h"

namespace ponder::app {

namespace {

constexpr qint64 kShowEveryMilliseconds = 200;

/// The ending as it stands in the name, without the dot.
std::string endingOf(const std::string& file) {
    const std::string ending = std::filesystem::path(file).extension().string();
    return ending.empty() ? ending : ending.substr(1);
}

/// What the filter promises: "Web pages in a zip (*.zip)" stands for html.
struct ZipChoice {
    QString filter;
    const char* format;
};

} // namespace

/// Several chats on their way to a file. The window's thread has it between two steps, the writer in one.
struct ChatExporter::Job {
    std::vector<std::string> chats;
    std::size_t at = 0;
    std::string out;
    const ExportFormat* format = nullptr;
    std::unique_ptr<ExportBundle> bundle; // the writer's only
    std::size_t written = 0;
    QString trouble;
    bool cancelled = false;
    QElapsedTimer sinceShown;

    /// On the writer's thread.
    void add(Conversation chat) {
        if (!bundle)
            bundle = std::make_unique<ExportBundle>(*format, exportShape(out, *format, chats.size()), out,
                                                    nowMilliseconds());
        bundle->add(std::move(chat));
        ++written;
    }
    void attempt(const std::function<void()>& step) {
        try {
            step();
        } catch (const std::exception& error) {
            trouble = QString::fromUtf8(error.what());
        }
    }
};

ChatExporter::ChatExporter(StoreThread& store, std::filesystem::path folder, ui::MainWindow& window)
    : store_(store), folder_(std::move(folder)), window_(window), writer_([](const std::exception&) {}) {
    connect(&window_, &ui::MainWindow::exportRequested, this,
            [this](const QString& chat, const QString& title) { askForFile(chat.toStdString(), title); });
    const auto* menus = window_.findChild<ui::ChatMenus*>();
    connect(menus, &ui::ChatMenus::exportFolderChosen, this, &ChatExporter::askForFolder);
    connect(menus, &ui::ChatMenus::exportSeveralChosen, this, [this](const QStringList& ids) {
        std::vector<std::string> chats;
        for (const QString& id : ids) chats.push_back(id.toStdString());
        askForZip(std::move(chats), tr("Ponder chats"));
    });
    connect(&window_, &ui::MainWindow::noticeActionRequested, this, [this](const QString& action) {
        if (running_ && action == tr("Cancel export")) running_->cancelled = true;
    });
}

void ChatExporter::askForFile(const std::string& chat, const QString& title) {
    const std::string name = exportFileName(title.toStdString(), nowMilliseconds(), "md");
    auto* dialog = new QFileDialog(
        &window_, tr("Export the chat"), QString::fromStdString((folder_ / name).string()),
        tr("Markdown (*.md);;Web page (*.html);;PDF (*.pdf);;Text (*.txt);;Everything, for Ponder (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix("md");
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.section("*.", 1).chopped(1));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, chat](const QString& file) {
        const ExportFormat* format = exportFormat(endingOf(file.toStdString()));
        write({chat}, file.toStdString(), format ? *format : *exportFormat("md"));
    });
    dialog->open();
}

void ChatExporter::askForFolder(const QString& folder) {
    using Ids = std::vector<std::string>;
    store_.ask<Ids>(
        this,
        [name = folder.toStdString()](ChatStore& store) {
            Ids ids;
            for (const ChatHeader& chat : store.chats())
                if (name.empty() || chat.folder == name) ids.push_back(chat.id);
            return ids;
        },
        [this, folder](Ids ids) {
            if (ids.empty())
                return window_.showNotice(ui::NoticeKind::Information,
                                          {tr("There are no chats to export."), {}, {}});
            askForZip(std::move(ids), folder.isEmpty() ? tr("Ponder chats") : folder);
        });
}

void ChatExporter::askForZip(std::vector<std::string> chats, const QString& name) {
    const ZipChoice choices[] = {{tr("Markdown files in a zip (*.zip)"), "md"},
                                 {tr("Web pages in a zip (*.zip)"), "html"},
                                 {tr("PDF files in a zip (*.zip)"), "pdf"},
                                 {tr("Text files in a zip (*.zip)"), "txt"},
                                 {tr("Everything, for Ponder (*.json)"), "json"}};
    QStringList filters;
    std::map<QString, const ExportFormat*> formats;
    for (const ZipChoice& choice : choices) {
        filters << choice.filter;
        formats[choice.filter] = exportFormat(choice.format);
    }
    const std::string file = exportFileName(name.toStdString(), nowMilliseconds(), "zip");
    auto* dialog = new QFileDialog(&window_, tr("Export the chats"),
                                   QString::fromStdString((folder_ / file).string()), filters.join(";;"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix("zip");
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.section("*.", 1).chopped(1));
    });
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, dialog, formats, chats = std::move(chats)](const QString& out) {
                write(chats, out.toStdString(), *formats.at(dialog->selectedNameFilter()));
            });
    dialog->open();
}

void ChatExporter::write(std::vector<std::string> chats, const std::string& out, const ExportFormat& format) {
    if (running_) running_->cancelled = true; // the later wish counts
    folder_ = std::filesystem::path(out).parent_path();
    running_ = std::make_shared<Job>();
    running_->chats = std::move(chats);
    running_->out = out;
    running_->format = &format;
    running_->sinceShown.start();
    next(running_);
}

// One chat at a time is in memory, unless all of them become one file.
void ChatExporter::next(const std::shared_ptr<Job>& job) {
    if (job->cancelled || !job->trouble.isEmpty()) return end(job);
    showProgress(*job);
    const auto step = [this, job](std::function<void()> work,
                                  void (ChatExporter::*then)(const std::shared_ptr<Job>&)) {
        writer_.post([this, job, work = std::move(work), then] {
            job->attempt(work);
            ui::runLater(this, [this, job, then] { (this->*then)(job); });
        });
    };
    if (job->at == job->chats.size())
        return step(
            [job] {
                if (job->bundle) job->bundle->finish();
            },
            &ChatExporter::end);
    using Loaded = std::optional<Conversation>;
    store_.ask<Loaded>(
        this, [id = job->chats[job->at]](ChatStore& store) { return store.load(id); },
        [job, step](Loaded loaded) {
            ++job->at;
            step(
                [job, chat = std::make_shared<Loaded>(std::move(loaded))] {
                    if (*chat) job->add(std::move(**chat));
                },
                &ChatExporter::next);
        },
        [this, job] { running_.reset(); });
}

void ChatExporter::showProgress(Job& job) {
    if (job.sinceShown.elapsed() < kShowEveryMilliseconds || job.chats.size() < 2) return;
    job.sinceShown.restart();
    window_.showNotice(ui::NoticeKind::Information,
                       {tr("Writing chat %1 of %2…").arg(job.at + 1).arg(job.chats.size()), {}, {}},
                       tr("Cancel export"));
}

void ChatExporter::end(const std::shared_ptr<Job>& job) {
    // What it had begun is taken away where it was made, after the step that may still be under way.
    writer_.post([job] { job->bundle.reset(); });
    if (running_ == job) running_.reset();
    const QString out = QString::fromStdString(job->out);
    if (!job->trouble.isEmpty()) return window_.showNotice(ui::NoticeKind::Error, shownFailure(job->trouble));
    if (job->cancelled)
        return window_.showNotice(ui::NoticeKind::Information, {tr("Nothing was exported."), {}, {}});
    if (job->written == 0)
        return window_.showNotice(ui::NoticeKind::Error,
                                  {tr("The chat is not on the disk yet."), tr("Send a message first."), {}});
    window_.showNotice(ui::NoticeKind::Information,
                       {job->written == 1 ? tr("The chat was written to %1.").arg(out)
                                          : tr("%1 chats were written to %2.").arg(job->written).arg(out),
                        {},
                        {}});
}

} // namespace ponder::app
