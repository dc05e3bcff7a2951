#include "app/sidebar_controller.h"

namespace ponder::app {

SidebarController::SidebarController(StoreThread& store, ui::MainWindow& window)
    : store_(store), window_(window) {
    using ui::MainWindow;
    connect(&window_, &MainWindow::renameRequested, this,
            [this](const QString& chat, const QString& title) { rename(chat.toStdString(), title); });
    connect(&window_, &MainWindow::pinRequested, this,
            [this](const QString& chat, bool pinned) { setPinned(chat.toStdString(), pinned); });
    connect(&window_, &MainWindow::deleteRequested, this,
            [this](const QString& chat) { moveToTrash(chat.toStdString()); });
    connect(&window_, &MainWindow::undoDeleteRequested, this,
            [this](const QString& chat) { restoreFromTrash(chat.toStdString()); });
}

void SidebarController::reset(std::vector<ChatHeader> chats) {
    chats_.reset(std::move(chats));
    refresh();
}

void SidebarController::put(const ChatHeader& header) {
    chats_.put(header);
    refresh();
}

void SidebarController::setCurrent(const std::string& chat) {
    current_ = chat;
    window_.sidebar().setCurrentChat(QString::fromStdString(chat));
}

void SidebarController::setGenerating(std::set<std::string> chats) {
    if (chats == generating_) return;
    generating_ = std::move(chats);
    refresh();
}

void SidebarController::rename(const std::string& chat, const QString& title) {
    const ChatHeader* known = chats_.find(chat);
    const std::string words = title.trimmed().toStdString();
    if (!known || words.empty()) return refresh();
    ChatHeader header = *known;
    header.title = words;
    header.titleOrigin = TitleOrigin::Person;
    put(header);
    store_.run([chat, words](ChatStore& store) { store.rename(chat, words); });
    emit renamed(chat, words);
}

void SidebarController::setPinned(const std::string& chat, bool isPinned) {
    const ChatHeader* known = chats_.find(chat);
    if (!known) return;
    ChatHeader header = *known;
    header.pinned = isPinned;
    put(header);
    store_.run([chat, isPinned](ChatStore& store) { store.setPinned({chat}, isPinned); });
    emit pinned(chat, isPinned);
}

void SidebarController::moveToTrash(const std::string& chat) {
    const ChatHeader* known = chats_.find(chat);
    if (!known) return;
    const ChatHeader header = *known;
    chats_.remove(chat);
    emit trashed(chat);
    refresh();
    window_.sidebar().showUndo(QString::fromStdString(chat), QString::fromStdString(header.title));
    store_.run(
        this, [chat](ChatStore& store) { store.trash({chat}); }, [] {},
        [this, header] {
            window_.sidebar().hideUndo();
            put(header); // it is still there
        });
}

void SidebarController::restoreFromTrash(const std::string& chat) {
    using Found = std::optional<Conversation>;
    store_.ask<Found>(
        this,
        [chat](ChatStore& store) {
            store.restore({chat});
            return store.load(chat);
        },
        [this, chat](Found found) {
            if (!found) return;
            put(found->header);
            emit restored(chat);
        });
}

void SidebarController::refresh() {
    window_.sidebar().setChats(chats_.rows(generating_));
    window_.sidebar().setCurrentChat(QString::fromStdString(current_));
}

} // namespace ponder::app
