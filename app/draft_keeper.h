#pragma once

#include <optional>
#include <string>

#include <QObject>
#include <QTimer>

#include "app/store_thread.h"
#include "ui/composer.h"

namespace ponder::app {

/// What was typed and not sent, kept for each chat and for the chat not yet begun. Window's thread.
class DraftKeeper : public QObject {
    Q_OBJECT
public:
    DraftKeeper(StoreThread& store, ui::Composer& composer);

    /// Saves the draft of the chat before and brings this chat's. Empty: a chat not yet begun.
    void open(const std::string& chat);
    /// A temporary chat begins: what is typed stays in memory.
    void openUnkept();
    /// The temporary chat has become this one; its draft is kept from now on.
    void keep(const std::string& chat);
    /// The composer's text was sent as the first or next message of `chat`.
    void sent(const std::string& chat);
    void changed(const QString& text);
    void flush();

private:
    StoreThread& store_;
    ui::Composer& composer_;
    std::string chat_;
    bool kept_ = true;
    std::optional<QString> unsaved_;
    QTimer timer_;
};

} // namespace ponder::app
