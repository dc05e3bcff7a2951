#include "ui/sidebar.h"

#include "ui/chat_menus.h"
#include "ui/chat_rows.h"
#include "ui/commands.h"
#include "ui/dialogs/confirm_dialog.h"
#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chat_list_view.h"
#include "ui/widgets/label.h"
#include "ui/widgets/menu.h"
#include "ui/widgets/place_button.h"
#include "ui/widgets/place_header.h"
#include "ui/widgets/tab_order.h"
#include "ui/widgets/undo_bar.h"

#include <QApplication>
#include <QPainter>
#include <QVBoxLayout>

namespace ponder::ui {

Sidebar::Sidebar(Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), rows_(new ChatRows(this)), menus_(new ChatMenus(*rows_, this)),
      newChat_(new Button(theme, ButtonLook::Outlined, this)), placeHeader_(new PlaceHeader(theme, this)),
      search_(new Button(theme, ButtonLook::Quiet, this)), list_(new ChatListView(theme, *rows_, this)),
      nothing_(new Label(theme, TextStyle::Control, &Colours::muted, this)), undo_(new UndoBar(theme, this)),
      archive_(new PlaceButton(theme, Icon::Archive, tr("Archive"), this)),
      trash_(new PlaceButton(theme, Icon::Trash, tr("Trash"), this)) {
    setAccessibleName(tr("Sidebar"));
    build();
    connectList();
    connectMenus();
    connect(newChat_, &Button::clicked, this, [this] {
        showPlace(ChatPlace::List);
        emit newChatRequested();
    });
    connect(search_, &Button::clicked, this, &Sidebar::searchRequested);
    connect(placeHeader_, &PlaceHeader::backRequested, this, [this] { showPlace(ChatPlace::List); });
    connect(placeHeader_, &PlaceHeader::emptyRequested, this, &Sidebar::askToEmptyTrash);
    connect(archive_, &Button::clicked, this, [this] { showPlace(ChatPlace::Archive); });
    connect(trash_, &Button::clicked, this, [this] { showPlace(ChatPlace::Trash); });
    connect(archive_, &PlaceButton::chatsDropped, this,
            [this](const QStringList& ids) { emit archiveRequested(ids, true); });
    connect(trash_, &PlaceButton::chatsDropped, this, &Sidebar::deleteRequested);
    connect(undo_, &UndoBar::undone, this, &Sidebar::undoRequested);
    connect(undo_, &UndoBar::expired, this, &Sidebar::undoExpired);
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
    midnight_.setSingleShot(true);
    connect(&midnight_, &QTimer::timeout, this, [this] {
        rows_->setToday(QDate::currentDate());
        regroupAtMidnight();
    });
    regroupAtMidnight();
    takeContents();
}

Sidebar::~Sidebar() {
    // A title that is being written is taken up when its field goes, which is after this.
    rows_->disconnect(this);
}

void Sidebar::build() {
    newChat_->setText(tr("New chat"));
    newChat_->setExtent(36);
    newChat_->setCommandTip(tr("New chat"), Command::NewChat);
    search_->setText(tr("Search"));
    search_->setGlyph(Icon::Search);
    search_->setTextAlignment(Qt::AlignLeading);
    search_->setExtent(36);
    search_->setCommandTip(tr("Search all chats"), Command::SearchChats);
    nothing_->setWordWrap(true);
    nothing_->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    nothing_->setContentsMargins(18, space::kSmall, 18, 0);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, space::kMedium, 1, 0);
    column->setSpacing(0);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(space::kMedium, 0, space::kMedium - 1, space::kLarge - 4);
    top->addWidget(newChat_);
    top->addWidget(search_);
    column->addLayout(top);
    column->addWidget(placeHeader_);
    column->addWidget(nothing_, 1);
    column->addWidget(list_, 1);
    auto* foot = new QVBoxLayout;
    foot->setObjectName("foot");
    foot->setContentsMargins(space::kSmall, space::kSmall, space::kSmall - 1, space::kSmall);
    foot->setSpacing(space::kTiny);
    foot->addWidget(undo_);
    foot->addWidget(archive_);
    foot->addWidget(trash_);
    column->addLayout(foot);
    tabAsLaidOut(*this);
}

void Sidebar::connectList() {
    connect(rows_, &ChatRows::renamed, this, &Sidebar::renameRequested);
    connect(rows_, &ChatRows::folderRenamed, this, &Sidebar::folderRenamed);
    connect(list_, &ChatListView::opened, this, [this](const QModelIndex& index) {
        // What is in the trash is had back first: whatever was written there would go with it.
        if (place() == ChatPlace::Trash)
            openMenu(index, list_->viewport()->mapToGlobal(list_->dotsRect(index).bottomLeft()));
        else
            emit chatSelected(index.data(ChatRows::Id).toString());
    });
    connect(list_, &ChatListView::folderToggled, this, [this](const QModelIndex& index) {
        emit folderCollapsed(rows_->folder(index), !index.data(ChatRows::IsCollapsed).toBool());
    });
    connect(list_, &ChatListView::deleteRequested, this, &Sidebar::deleteAt);
    connect(list_, &ChatListView::menuRequested, this, &Sidebar::openMenu);
    connect(list_, &ChatListView::undoRequested, undo_, &UndoBar::undo);
    connect(list_, &ChatListView::dropped, this, &Sidebar::takeDrop);
}

void Sidebar::connectMenus() {
    connect(menus_, &ChatMenus::pinChosen, this, &Sidebar::pinRequested);
    connect(menus_, &ChatMenus::renameChosen, this,
            [this](const QString& id) { rename(rows_->indexOf(id)); });
    connect(menus_, &ChatMenus::moveChosen, this, &Sidebar::moveRequested);
    connect(menus_, &ChatMenus::newFolderChosen, this, &Sidebar::makeFolder);
    connect(menus_, &ChatMenus::archiveChosen, this, &Sidebar::archiveRequested);
    connect(menus_, &ChatMenus::exportChosen, this,
            [this](const QString& id) { emit exportRequested(id, rows_->chat(id)->title); });
    connect(menus_, &ChatMenus::deleteChosen, this, &Sidebar::deleteRequested);
    connect(menus_, &ChatMenus::restoreChosen, this, &Sidebar::restoreRequested);
    connect(menus_, &ChatMenus::eraseChosen, this, &Sidebar::askToErase);
    connect(menus_, &ChatMenus::newChatChosen, this, &Sidebar::newChatInFolderRequested);
    connect(menus_, &ChatMenus::folderRenameChosen, this,
            [this](const QString& name) { rename(rows_->indexOfFolder(name)); });
    connect(menus_, &ChatMenus::folderDeleteChosen, this, &Sidebar::folderDeleted);
}

void Sidebar::setChats(std::vector<ChatRow> chats) {
    rows_->setChats(std::move(chats), QDate::currentDate());
    takeContents();
}

void Sidebar::setFolders(std::vector<FolderRow> folders) {
    rows_->setFolders(std::move(folders));
    takeContents();
}

void Sidebar::takeContents() {
    const ChatPlace here = place();
    const bool isEmpty = rows_->rowCount() == 0;
    // The first time there is nothing to put away either.
    const bool hasAny = rows_->hasChats() || !rows_->folders().empty();
    nothing_->setText(here == ChatPlace::Trash ? tr("The trash is empty.")
                      : here == ChatPlace::Archive
                          ? tr("Nothing is in the archive. A chat's menu puts it here.")
                          : tr("Your chats will be listed here. They stay on this "
                               "computer."));
    nothing_->setVisible(isEmpty);
    list_->setVisible(!isEmpty);
    placeHeader_->setVisible(here != ChatPlace::List);
    placeHeader_->setPlace(here, rows_->count(here));
    tabAsLaidOut(*this);
    for (PlaceButton* button : {archive_, trash_}) button->setVisible(hasAny && here == ChatPlace::List);
}

void Sidebar::showPlace(ChatPlace place) {
    if (place == rows_->page()) return;
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    rows_->setPage(place);
    takeContents();
    list_->scrollToTop();
    if (hadFocus) focusChats();
}

ChatPlace Sidebar::place() const {
    return rows_->page();
}

void Sidebar::setCurrentChat(const QString& id) {
    if (id == rows_->openChat()) return;
    rows_->setOpenChat(id);
    const QModelIndex index = rows_->indexOf(id);
    if (!index.isValid()) return;
    if (!list_->hasFocus()) list_->setCurrentIndex(index);
    list_->scrollTo(index);
}

QString Sidebar::currentChat() const {
    return rows_->openChat();
}

void Sidebar::focusChats() {
    QWidget* const place = list_->isVisibleTo(this) ? static_cast<QWidget*>(list_) : newChat_;
    place->setFocus(Qt::OtherFocusReason);
}

QString Sidebar::undoneWords(UndoneAction action, const QStringList& titles) {
    const int count = int(titles.size());
    const QString title = titles.value(0);
    switch (action) {
    case UndoneAction::Delete:
        return count == 1 ? tr("Deleted “%1”").arg(title) : tr("Deleted %n chats", nullptr, count);
    case UndoneAction::Archive:
        return count == 1 ? tr("Archived “%1”").arg(title) : tr("Archived %n chats", nullptr, count);
    case UndoneAction::DeleteFolder:
        return tr("Deleted the folder “%1”").arg(title);
    }
    return {};
}

void Sidebar::showUndo(UndoneAction action, const QStringList& titles) {
    undo_->offer(undoneWords(action, titles));
    tabAsLaidOut(*this);
}

void Sidebar::hideUndo() {
    undo_->withdraw();
}

void Sidebar::takeUndoBarBack() {
    findChild<QVBoxLayout*>("foot")->insertWidget(0, undo_);
}

QStringList Sidebar::chosenChats() const {
    const QModelIndex here = list_->hasFocus() ? list_->currentIndex() : rows_->indexOf(rows_->openChat());
    return rows_->chat(here) ? list_->chatsWith(here) : QStringList();
}

void Sidebar::renameCurrent() {
    rename(list_->hasFocus() ? list_->currentIndex() : rows_->indexOf(rows_->openChat()));
}

void Sidebar::pinCurrent() {
    const QStringList ids = chosenChats();
    if (const ChatRow* chat = rows_->chat(ids.value(0))) emit pinRequested(ids, !chat->pinned);
}

void Sidebar::exportCurrent() {
    if (const ChatRow* chat = rows_->chat(chosenChats().value(0)))
        emit exportRequested(chat->id, chat->title);
}

void Sidebar::deleteCurrent() {
    if (const QStringList ids = chosenChats(); !ids.isEmpty()) emit deleteRequested(ids);
}

void Sidebar::rename(const QModelIndex& index) {
    if (!index.flags().testFlag(Qt::ItemIsEditable)) return;
    emit revealRequested();
    list_->setCurrentIndex(index);
    list_->scrollTo(index);
    list_->edit(index);
}

void Sidebar::newFolder() {
    makeFolder({});
}

void Sidebar::makeFolder(const QStringList& ids) {
    QString name = tr("New folder");
    for (int i = 2; rows_->hasFolder(name); ++i) name = tr("New folder %1").arg(i);
    showPlace(ChatPlace::List);
    emit folderAdded(name, ids);
    rename(rows_->indexOfFolder(name));
}

void Sidebar::openMenu(const QModelIndex& index, const QPoint& corner) {
    auto* menu = new Menu(theme_, this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (const QString folder = rows_->folder(index); !folder.isNull())
        menus_->addFolder(*menu, folder);
    else
        menus_->addChats(*menu, list_->chatsWith(index));
    menu->popup(corner);
}

void Sidebar::addChatActions(Menu& menu, const QString& id) {
    menus_->addChats(menu, {id});
}

void Sidebar::deleteAt(const QModelIndex& index) {
    if (const QString folder = rows_->folder(index); !folder.isNull())
        emit folderDeleted(folder);
    else if (place() == ChatPlace::Trash)
        askToErase(list_->chatsWith(index));
    else
        emit deleteRequested(list_->chatsWith(index));
}

void Sidebar::takeDrop(const QStringList& ids, const QString& group) {
    if (group == pinnedGroup())
        emit pinRequested(ids, true);
    else
        emit moveRequested(ids, folderOfGroup(group));
}

void Sidebar::askToErase(const QStringList& ids) {
    const ChatRow* chat = rows_->chat(ids.value(0));
    if (!chat) return;
    const int count = int(ids.size());
    const bool isOne = count == 1;
    auto* dialog =
        new ConfirmDialog(theme_,
                          {.question = isOne ? tr("Erase “%1” for good?").arg(chat->title)
                                             : tr("Erase %n chats for good?", nullptr, count),
                           .consequence = tr("No trace of it stays in the file. This cannot be undone."),
                           .action = isOne ? tr("Erase") : tr("Erase %n chats", nullptr, count)},
                          this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, ids] { emit eraseRequested(ids); });
    dialog->open();
}

void Sidebar::askToEmptyTrash() {
    const int count = rows_->count(ChatPlace::Trash);
    const bool isOne = count == 1;
    auto* dialog = new ConfirmDialog(
        theme_,
        {.question = isOne ? tr("Erase the chat in the trash for good?")
                           : tr("Erase all %n chats in the trash for good?", nullptr, count),
         .consequence = tr("No trace of what was said stays in the file. This cannot be undone."),
         .action = isOne ? tr("Erase it") : tr("Erase all %n", nullptr, count)},
        this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, &Sidebar::emptyTrashRequested);
    dialog->open();
}

void Sidebar::regroupAtMidnight() {
    const QDateTime now = QDateTime::currentDateTime();
    const QDateTime tomorrow = now.date().addDays(1).startOfDay();
    midnight_.start(int(qMax<qint64>(1000, now.msecsTo(tomorrow) + 1000)));
}

void Sidebar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme_.colours().side);
    const int edge = layoutDirection() == Qt::RightToLeft ? 0 : width() - 1;
    painter.fillRect(edge, 0, 1, height(), theme_.colours().border);
    if (!archive_->isVisible()) return;
    // The list goes on below what stands at the foot.
    const bool hasUndo = undo_->isVisible() && isAncestorOf(undo_);
    const int foot = (hasUndo ? undo_->y() : archive_->y()) - space::kTiny;
    painter.fillRect(space::kMedium, foot, width() - 2 * space::kMedium, 1, theme_.colours().border);
}

} // namespace ponder::ui
