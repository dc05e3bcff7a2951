#include "app/attachment_keeper.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

#include <algorithm>

#include "app/attachment_view.h"
#include "app/attachments/attachment_reader.h"
#include "app/shown_message.h"
#include "ui/run_later.h"
#include "ui/widgets/attachment_strip.h"

namespace ponder::app {

namespace {

constexpr std::size_t kMostAttachments = 10;
constexpr const char* kTemporaryChat = "temporary"; // no id of a chat

} // namespace

AttachmentKeeper::AttachmentKeeper(StoreThread& store, TokenCounter& counter, ui::MainWindow& window)
    : store_(store), counter_(counter), window_(window), strip_(ui::AttachmentStrip::of(window.composer())),
      reader_([](const std::exception&) {}) {
    const ui::AttachmentStrip* const strip = &strip_;
    connect(strip, &ui::AttachmentStrip::attachRequested, this, &AttachmentKeeper::askForFiles);
    connect(strip, &ui::AttachmentStrip::filesGiven, this, &AttachmentKeeper::add);
    connect(strip, &ui::AttachmentStrip::longTextPasted, this, &AttachmentKeeper::addPasted);
    connect(strip, &ui::AttachmentStrip::longPasteUndone, this, &AttachmentKeeper::removeLastPasted);
    connect(strip, &ui::AttachmentStrip::removeRequested, this, &AttachmentKeeper::remove);
    connect(strip, &ui::AttachmentStrip::openRequested, this, &AttachmentKeeper::show);
    connect(&counter_, &TokenCounter::changed, this, &AttachmentKeeper::refresh);
    connect(strip, &ui::AttachmentStrip::asTextRequested, this, &AttachmentKeeper::insertAsText);
}

AttachmentKeeper::~AttachmentKeeper() {
    ending_.request_stop(); // a PDF is not waited for
}

void AttachmentKeeper::open(const std::string& chat) {
    chat_ = chat;
    entries_.clear();
    refresh();
    store_.ask<std::string>(
        this, [chat](ChatStore& store) { return store.remembered(chatKey(kAttachmentDraft, chat)); },
        [this, chat](const std::string& draft) {
            if (chat != chat_) return;
            std::vector<Entry> before;
            for (DraftAttachment& attachment : attachmentsFromDraft(draft)) {
                const std::string name = attachment.attachment.name;
                before.push_back({++lastId_, name, std::move(attachment)});
            }
            // What was attached since stays behind it.
            entries_.insert(entries_.begin(), before.begin(), before.end());
            refresh();
        });
}

void AttachmentKeeper::openUnkept() {
    chat_ = kTemporaryChat;
    entries_.clear();
    refresh();
}

void AttachmentKeeper::keep(const std::string& chat) {
    chat_ = chat;
    save();
}

void AttachmentKeeper::sent(const std::string& chat) {
    entries_.clear();
    refresh();
    save();
    if (isKept()) chat_ = chat; // what follows belongs to it, also where it has just begun
}

void AttachmentKeeper::putBack(const std::vector<DraftAttachment>& attachments) {
    for (const DraftAttachment& attachment : attachments) {
        const std::vector<DraftAttachment> others = attached();
        if (std::find(others.begin(), others.end(), attachment) != others.end()) continue;
        entries_.push_back({++lastId_, attachment.attachment.name, attachment});
    }
    refresh();
    save();
}

void AttachmentKeeper::askForFiles() {
    auto* dialog = new QFileDialog(&window_, tr("Attach files"),
                                   folder_.empty() ? QDir::homePath() : QString::fromStdString(folder_));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& files) {
        if (!files.isEmpty()) folder_ = QFileInfo(files.front()).absolutePath().toStdString();
        add(files);
    });
    dialog->open();
}

void AttachmentKeeper::add(const QStringList& files) {
    for (const QString& file : files) {
        if (entries_.size() >= kMostAttachments) {
            window_.showNotice(ui::NoticeKind::Error,
                               {tr("At most %1 files go with one message.").arg(kMostAttachments),
                                tr("Send some of them first."),
                                {}});
            break;
        }
        const int id = ++lastId_;
        const std::string path = file.toStdString();
        entries_.push_back({id, QFileInfo(file).fileName().toStdString(), {}});
        reader_.post([this, id, path, chat = chat_, stop = ending_.get_token()] {
            std::optional<Attachment> read;
            QString trouble;
            try {
                read = readAttachment(path, stop);
            } catch (const std::exception& error) {
                trouble = QString::fromUtf8(error.what());
            }
            ui::runLater(this, [this, id, chat, read, trouble] {
                if (!trouble.isEmpty()) window_.showNotice(ui::NoticeKind::Error, shownFailure(trouble));
                finishReading(chat, id, read);
            });
        });
    }
    refresh();
    window_.composer().focusText();
}

void AttachmentKeeper::finishReading(const std::string& chat, int id, const std::optional<Attachment>& read) {
    if (unwanted_.erase(id) > 0) return;
    Entry* entry = find(id);
    if (!entry && read && chat != chat_) {
        // The person went on to another chat while it was read.
        if (chat != kTemporaryChat) {
            store_.run([chat, read](ChatStore& store) {
                std::vector<DraftAttachment> draft =
                    attachmentsFromDraft(store.remembered(chatKey(kAttachmentDraft, chat)));
                draft.push_back({*read, AttachmentOrigin::File});
                store.remember(chatKey(kAttachmentDraft, chat), draftJson(draft));
            });
        }
        return;
    }
    if (!entry && read) entry = &entries_.emplace_back(Entry{id, read->name, {}}); // and came back
    if (!entry) return;
    if (!read) {
        std::erase_if(entries_, [id](const Entry& other) { return other.id == id; });
        return refresh();
    }
    const std::vector<DraftAttachment> others = attached();
    entry->read = DraftAttachment{*read, AttachmentOrigin::File};
    if (std::find(others.begin(), others.end(), *entry->read) != others.end()) return remove(id); // twice
    refresh();
    save();
}

void AttachmentKeeper::addPasted(const QString& text) {
    const std::string name = tr("Pasted text").toStdString();
    try {
        Attachment attachment = attachmentFromBytes(name, text.toStdString());
        const auto same = std::count_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
            return entry.read && entry.read->origin == AttachmentOrigin::Pasted;
        });
        if (same > 0) attachment.name += " " + std::to_string(same + 1);
        entries_.push_back(
            {++lastId_, attachment.name, DraftAttachment{attachment, AttachmentOrigin::Pasted}});
    } catch (const engine::Error& error) {
        window_.showNotice(ui::NoticeKind::Error, shownFailure(QString::fromUtf8(error.what())));
        return;
    }
    refresh();
    save();
}

void AttachmentKeeper::remove(int id) {
    if (const Entry* entry = find(id); entry && !entry->read) unwanted_.insert(id);
    std::erase_if(entries_, [id](const Entry& entry) { return entry.id == id; });
    refresh();
    save();
}

void AttachmentKeeper::removeLastPasted() {
    const auto last = std::find_if(entries_.rbegin(), entries_.rend(), [](const Entry& entry) {
        return entry.read && entry.read->origin == AttachmentOrigin::Pasted;
    });
    if (last != entries_.rend()) remove(last->id);
}

void AttachmentKeeper::insertAsText(int id) {
    const Entry* entry = find(id);
    if (!entry || !entry->read) return;
    strip_.insertText(QString::fromStdString(entry->read->attachment.text));
    remove(id);
    window_.composer().focusText();
}

void AttachmentKeeper::show(int id) {
    const Entry* entry = find(id);
    if (entry && entry->read) viewAttachment(entry->read->attachment, counter_, window_);
}

ui::AttachmentContent AttachmentKeeper::shown(int id, const DraftAttachment& draft) {
    const Attachment& attachment = draft.attachment;
    ui::AttachmentContent content;
    content.id = id;
    content.name = QString::fromStdString(attachment.name);
    content.size = shownSize(attachment);
    content.tokens = counter_.figure(attachment);
    content.origin =
        draft.origin == AttachmentOrigin::Pasted ? ui::AttachmentOrigin::Pasted : ui::AttachmentOrigin::File;
    return content;
}

bool AttachmentKeeper::isKept() const {
    return chat_ != kTemporaryChat;
}

AttachmentKeeper::Entry* AttachmentKeeper::find(int id) {
    const auto found =
        std::find_if(entries_.begin(), entries_.end(), [id](const Entry& entry) { return entry.id == id; });
    return found == entries_.end() ? nullptr : &*found;
}

std::vector<DraftAttachment> AttachmentKeeper::attached() const {
    std::vector<DraftAttachment> all;
    for (const Entry& entry : entries_)
        if (entry.read) all.push_back(*entry.read);
    return all;
}

void AttachmentKeeper::refresh() {
    std::vector<ui::AttachmentContent> contents;
    for (const Entry& entry : entries_) {
        if (entry.read) {
            contents.push_back(shown(entry.id, *entry.read));
            continue;
        }
        contents.push_back({.id = entry.id,
                            .name = QString::fromStdString(entry.name),
                            .size = {},
                            .state = ui::AttachmentState::Reading});
    }
    strip_.setAttachments(contents);
}

void AttachmentKeeper::save() {
    if (!isKept()) return;
    store_.run([key = chatKey(kAttachmentDraft, chat_), draft = attached()](ChatStore& store) {
        store.remember(key, draftJson(draft));
    });
}

} // namespace ponder::app
