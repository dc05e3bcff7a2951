#include "app/chat_exporter.h"

#include <QFileDialog>

#include "app/atomic_file.h"
#include "app/exchange/export_formats.h"
#include "app/shown_message.h"

namespace ponder::app {

namespace {

/// The ending as it stands in the name, without the dot.
std::string endingOf(const std::string& file) {
    const std::string ending = std::filesystem::path(file).extension().string();
    return ending.empty() ? ending : ending.substr(1);
}

} // namespace

ChatExporter::ChatExporter(StoreThread& store, std::filesystem::path folder, ui::MainWindow& window)
    : store_(store), folder_(std::move(folder)), window_(window) {
    connect(&window_, &ui::MainWindow::exportRequested, this,
            [this](const QString& chat, const QString& title) { askForFile(chat.toStdString(), title); });
}

void ChatExporter::askForFile(const std::string& chat, const QString& title) {
    const std::string name = exportFileName(title.toStdString(), nowMilliseconds(), "md");
    auto* dialog = new QFileDialog(
        &window_, tr("Export the chat"), QString::fromStdString((folder_ / name).string()),
        tr("Markdown (*.md);;Web page (*.html);;Text (*.txt);;Everything, for Ponder (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix("md");
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.section("*.", 1).chopped(1));
    });
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, chat](const QString& file) { write(chat, file.toStdString()); });
    dialog->open();
}

void ChatExporter::write(const std::string& chat, const std::string& file) {
    folder_ = std::filesystem::path(file).parent_path();
    const ExportFormat* format = exportFormat(endingOf(file));
    if (!format) format = exportFormat("md");
    store_.ask<std::string>(
        this,
        [chat, file, format](ChatStore& store) -> std::string {
            const std::optional<Conversation> found = store.load(chat);
            if (!found) return "The chat is not on the disk yet. Send a message first.";
            try {
                writeFileAtomically(file, format->write({*found}, nowMilliseconds()));
            } catch (const engine::Error& error) {
                return error.what();
            }
            return {};
        },
        [this, file](const std::string& trouble) {
            if (trouble.empty())
                window_.showNotice(
                    ui::NoticeKind::Information,
                    {tr("The chat was written to %1.").arg(QString::fromStdString(file)), {}, {}});
            else
                window_.showNotice(ui::NoticeKind::Error, shownFailure(QString::fromStdString(trouble)));
        });
}

} // namespace ponder::app
