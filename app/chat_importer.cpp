#include "app/chat_importer.h"

#include <QFileDialog>

#include "app/exchange/import_merge.h"
#include "app/shown_message.h"
#include "ui/run_later.h"

namespace ponder::app {

namespace {

constexpr int kShowEveryMilliseconds = 300;

struct Imported {
    ImportPlan plan;
    std::vector<ChatHeader> chats;
    bool cancelled = false;
};

} // namespace

ChatImporter::ChatImporter(StoreThread& store, ChatController& chats, ui::MainWindow& window)
    : store_(store), chats_(chats), window_(window), reader_([](const std::exception&) {}) {
    connect(&window_, &ui::MainWindow::importRequested, this, &ChatImporter::askForFile);
    connect(&window_, &ui::MainWindow::noticeActionRequested, this, [this](const QString& action) {
        if (action == tr("Import")) bringIn();
        if (action == tr("Cancel import") && step_) step_->stop.request_stop();
    });
    timer_.setInterval(kShowEveryMilliseconds);
    connect(&timer_, &QTimer::timeout, this, &ChatImporter::showProgress);
}

ChatImporter::~ChatImporter() {
    if (step_) step_->stop.request_stop(); // a large file is not waited for
}

void ChatImporter::askForFile() {
    auto* dialog = new QFileDialog(&window_, tr("Import chats"), QString(),
                                   tr("Exports (*.zip *.json *.jsonl);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& file) { preview(file.toStdString()); });
    dialog->open();
}

ImportWatch ChatImporter::Step::watch() {
    return {[this](double done) { fraction = done; }, stop.get_token()};
}

std::shared_ptr<ChatImporter::Step> ChatImporter::begin(const QString& doing) {
    if (step_) step_->stop.request_stop(); // the later wish counts
    step_ = std::make_shared<Step>();
    doing_ = doing;
    timer_.start();
    return step_;
}

void ChatImporter::end(const std::shared_ptr<Step>& step) {
    if (step_ != step) return;
    step_.reset();
    timer_.stop();
}

void ChatImporter::showProgress() {
    const int percent = static_cast<int>(step_->fraction * 100);
    window_.showNotice(ui::NoticeKind::Information, {tr("%1: %2 %").arg(doing_).arg(percent), {}, {}},
                       tr("Cancel import"));
}

void ChatImporter::preview(const std::string& file) {
    const QString name = QString::fromStdString(std::filesystem::path(file).filename().string());
    const auto step = begin(tr("Reading %1").arg(name));
    reader_.post([this, file, step] {
        std::shared_ptr<const ImportedChats> read;
        QString trouble;
        try {
            read = std::make_shared<const ImportedChats>(readChats(file, step->watch()));
        } catch (const std::exception& error) {
            trouble = QString::fromUtf8(error.what());
        }
        // Without a receiver that is gone by then: the reader ends before this does.
        ui::runLater(this, [this, read, trouble, step] {
            if (step_ != step) return; // another file was chosen meanwhile
            end(step);
            if (read) return show(read);
            const bool cancelled = step->stop.stop_requested();
            window_.showNotice(cancelled ? ui::NoticeKind::Information : ui::NoticeKind::Error,
                               shownFailure(trouble));
        });
    });
}

void ChatImporter::show(std::shared_ptr<const ImportedChats> read) {
    waiting_ = read;
    store_.ask<ImportPlan>(
        this, [read](ChatStore& store) { return planImport(&store, read->chats); },
        [this, read](const ImportPlan& plan) {
            const QString source = QString::fromStdString(read->source);
            if (plan.changes.empty()) {
                window_.showNotice(ui::NoticeKind::Information,
                                   {tr("%1: there is nothing new in this export.").arg(source), {}, {}});
                return;
            }
            QStringList counts{plan.added == 1 ? tr("1 chat to add") : tr("%1 chats to add").arg(plan.added)};
            if (plan.grown > 0) counts << tr("%1 to continue").arg(plan.grown);
            if (plan.unchanged > 0) counts << tr("%1 there already").arg(plan.unchanged);
            if (plan.trashed > 0) counts << tr("%1 in the trash").arg(plan.trashed);
            if (read->unreadable > 0) counts << tr("%1 that cannot be read").arg(read->unreadable);
            QStringList notes;
            for (const std::string& note : read->notes) notes << QString::fromStdString(note);
            window_.showNotice(ui::NoticeKind::Information,
                               {tr("%1: %2.").arg(source, counts.join(", ")), {}, notes.join('\n')},
                               tr("Import"));
        });
}

void ChatImporter::bringIn() {
    const auto read = std::exchange(waiting_, nullptr);
    if (!read) return;
    const auto step = begin(tr("Importing"));
    store_.ask<Imported>(
        this,
        [read, step, open = chats_.openChats()](ChatStore& store) {
            Imported imported;
            try {
                imported.plan = planImport(&store, read->chats, open, step->watch());
                step->watch().report(1);
                store.saveAll(imported.plan.changes);
                imported.chats = store.chats();
            } catch (const ImportCancelled&) {
                imported.cancelled = true;
            }
            return imported;
        },
        [this, step](Imported imported) {
            end(step);
            if (imported.cancelled)
                return window_.showNotice(ui::NoticeKind::Information,
                                          shownFailure(QString::fromUtf8(ImportCancelled().what())));
            chats_.takeList(std::move(imported.chats));
            const QString open =
                imported.plan.open > 0
                    ? tr("Chats that are open were left as they are; close them and import again.")
                    : QString();
            const int count = imported.plan.added + imported.plan.grown;
            window_.showNotice(
                ui::NoticeKind::Information,
                {count == 1 ? tr("1 chat came in.") : tr("%1 chats came in.").arg(count), open, {}});
        },
        [this, step] { end(step); });
}

} // namespace ponder::app
