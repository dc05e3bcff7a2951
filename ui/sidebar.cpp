#include "ui/sidebar.h"

#include "ui/chat_rows.h"
#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chat_list_view.h"
#include "ui/widgets/label.h"
#include "ui/widgets/menu.h"
#include "ui/widgets/undo_bar.h"

#include <QPainter>
#include <QVBoxLayout>

namespace ponder::ui {

Sidebar::Sidebar(Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), rows_(new ChatRows(this)),
      newChat_(new Button(theme, ButtonLook::Outlined, this)), list_(new ChatListView(theme, *rows_, this)),
      nothingYet_(new Label(theme, TextStyle::Control, &Colours::muted, this)),
      undo_(new UndoBar(theme, this)) {
    setAccessibleName(tr("Sidebar"));
    newChat_->setText(tr("New chat"));
    newChat_->setExtent(36);
    newChat_->setToolTip(tr("New chat (Ctrl+N)"));
    nothingYet_->setText(tr("Your chats will be listed here. They stay on this computer."));
    nothingYet_->setWordWrap(true);
    nothingYet_->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    nothingYet_->setContentsMargins(18, space::kSmall, 18, 0);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, space::kMedium, 1, 0);
    column->setSpacing(0);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(space::kMedium, 0, space::kMedium - 1, space::kLarge - 4);
    top->addWidget(newChat_);
    column->addLayout(top);
    column->addWidget(nothingYet_, 1);
    column->addWidget(list_, 1);
    auto* foot = new QVBoxLayout;
    foot->setObjectName("foot");
    foot->setContentsMargins(space::kSmall, 0, space::kSmall - 1, space::kSmall);
    foot->addWidget(undo_);
    column->addLayout(foot);

    connect(newChat_, &Button::clicked, this, &Sidebar::newChatRequested);
    connect(rows_, &ChatRows::renamed, this, &Sidebar::renameRequested);
    connect(list_, &ChatListView::opened, this,
            [this](const QModelIndex& index) { emit chatSelected(index.data(ChatRows::Id).toString()); });
    connect(list_, &ChatListView::deleteRequested, this,
            [this](const QModelIndex& index) { emit deleteRequested(index.data(ChatRows::Id).toString()); });
    connect(list_, &ChatListView::menuRequested, this,
            [this](const QModelIndex& index, const QPoint& corner) {
                auto* menu = new Menu(theme_, this);
                menu->setAttribute(Qt::WA_DeleteOnClose);
                addChatActions(*menu, index.data(ChatRows::Id).toString());
                menu->popup(corner);
            });
    connect(list_, &ChatListView::undoRequested, undo_, &UndoBar::undo);
    connect(undo_, &UndoBar::undone, this, &Sidebar::undoDeleteRequested);
    connect(undo_, &UndoBar::expired, this, &Sidebar::undoExpired);
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
    midnight_.setSingleShot(true);
    connect(&midnight_, &QTimer::timeout, this, [this] {
        rows_->setToday(QDate::currentDate());
        regroupAtMidnight();
    });
    regroupAtMidnight();
    setChats({});
}

Sidebar::~Sidebar() = default;

void Sidebar::setChats(std::vector<ChatRow> chats) {
    rows_->setChats(std::move(chats), QDate::currentDate());
    nothingYet_->setVisible(!rows_->hasChats());
    list_->setVisible(rows_->hasChats());
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
    QWidget* const place = rows_->hasChats() ? static_cast<QWidget*>(list_) : newChat_;
    place->setFocus(Qt::OtherFocusReason);
}

void Sidebar::showUndo(const QString& id, const QString& title) {
    undo_->offer(id, title);
}

void Sidebar::hideUndo() {
    undo_->withdraw();
}

void Sidebar::takeUndoBarBack() {
    findChild<QVBoxLayout*>("foot")->addWidget(undo_);
}

QString Sidebar::chosenChat() const {
    if (!list_->hasFocus()) return rows_->openChat();
    const ChatRow* chat = rows_->chat(list_->currentIndex());
    return chat ? chat->id : QString();
}

void Sidebar::renameCurrent() {
    rename(chosenChat());
}

void Sidebar::deleteCurrent() {
    if (const QString id = chosenChat(); rows_->indexOf(id).isValid()) emit deleteRequested(id);
}

void Sidebar::rename(const QString& id) {
    const QModelIndex index = rows_->indexOf(id);
    if (!index.isValid()) return;
    emit revealRequested();
    list_->setCurrentIndex(index);
    list_->scrollTo(index);
    list_->edit(index);
}

void Sidebar::addChatActions(Menu& menu, const QString& id) {
    const ChatRow* chat = rows_->chat(rows_->indexOf(id));
    if (!chat) return;
    const bool pinned = chat->pinned;
    connect(menu.add(Icon::Pencil, tr("Rename"), Qt::Key_F2), &QAction::triggered, this,
            [this, id] { rename(id); });
    connect(menu.add(pinned ? Icon::Unpin : Icon::Pin, pinned ? tr("Unpin") : tr("Pin")), &QAction::triggered,
            this, [this, id, pinned] { emit pinRequested(id, !pinned); });
    const QString title = chat->title;
    connect(menu.add(Icon::File, tr("Export…")), &QAction::triggered, this,
            [this, id, title] { emit exportRequested(id, title); });
    menu.addSeparator();
    connect(menu.add(Icon::Trash, tr("Delete")), &QAction::triggered, this,
            [this, id] { emit deleteRequested(id); });
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
}

} // namespace ponder::ui
