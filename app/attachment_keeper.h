#pragma once

#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include <QObject>
#include <QStringList>

#include "app/attachments/attachment_draft.h"
#include "app/store_thread.h"
#include "app/token_counter.h"
#include "app/worker.h"
#include "ui/main_window.h"

namespace ponder::ui {
class AttachmentStrip;
struct AttachmentContent;
} // namespace ponder::ui

namespace ponder::app {

/// What is attached to the prompt that is being written: files by button, drop or paste, and long texts.
/// Reads them on a thread of its own, shows them above the prompt and keeps them with the draft of their
/// chat. Window's thread.
class AttachmentKeeper : public QObject {
    Q_OBJECT
public:
    AttachmentKeeper(StoreThread& store, TokenCounter& counter, ui::MainWindow& window);
    ~AttachmentKeeper() override;

    /// Brings what is attached in this chat. Empty: a chat not yet begun.
    void open(const std::string& chat);
    /// A temporary chat begins: nothing attached to it is written to the disk.
    void openUnkept();
    /// The temporary chat has become this one.
    void keep(const std::string& chat);
    /// What is attached and has been read.
    std::vector<DraftAttachment> attached() const;
    /// What was attached is on its way to the disk, sent or waiting, in this chat. Nothing is attached any
    /// more.
    void sent(const std::string& chat);
    /// Attaches again what was waiting.
    void putBack(const std::vector<DraftAttachment>& attachments);

    void add(const QStringList& files);
    void addPasted(const QString& text);

private:
    struct Entry {
        int id = 0;
        std::string name;
        std::optional<DraftAttachment> read; // nothing while it is being read
    };

    void askForFiles();
    void finishReading(const std::string& chat, int id, const std::optional<Attachment>& read);
    void remove(int id);
    void insertAsText(int id);
    void removeLastPasted();
    void show(int id);
    ui::AttachmentContent shown(int id, const DraftAttachment& draft);
    bool isKept() const;
    Entry* find(int id);
    void refresh();
    void save();

    StoreThread& store_;
    TokenCounter& counter_;
    ui::MainWindow& window_;
    ui::AttachmentStrip& strip_;
    std::string chat_;
    int lastId_ = 0;
    std::vector<Entry> entries_;
    std::set<int> unwanted_; // taken away while they were read
    std::string folder_;     // where files were last found
    std::stop_source ending_;
    Worker reader_; // last: its jobs speak to this object
};

} // namespace ponder::app
