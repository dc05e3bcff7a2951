#include "ui/widgets/chat_header.h"

#include "ui/commands.h"
#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>

namespace ponder::ui {

namespace {

constexpr int kHeight = 52;

} // namespace

ChatHeader::ChatHeader(Theme& theme, QWidget* parent)
    : QWidget(parent), sidebar_(new Button(theme, ButtonLook::Quiet, this)),
      newChat_(new Button(theme, ButtonLook::Quiet, this)),
      title_(new Label(theme, TextStyle::Title, &Colours::text, this)),
      keep_(new Button(theme, ButtonLook::Outlined, this)),
      menu_(new Button(theme, ButtonLook::Quiet, this)) {
    sidebar_->setGlyph(Icon::Sidebar);
    newChat_->setGlyph(Icon::Plus);
    newChat_->setCommandTip(tr("New chat"), Command::NewChat);
    menu_->setGlyph(Icon::More);
    menu_->setToolTip(tr("Menu"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::kSmall, 0, space::kMedium, 0);
    row->setSpacing(space::kTiny);
    row->addWidget(sidebar_);
    row->addWidget(newChat_);
    row->addSpacing(space::kTiny);
    row->addWidget(title_, 1);
    row->addWidget(keep_);
    row->addWidget(menu_);
    setFixedHeight(theme.scaled(kHeight));
    connect(&theme, &Theme::changed, this, [this, &theme] { setFixedHeight(theme.scaled(kHeight)); });
    connect(sidebar_, &Button::clicked, this, &ChatHeader::sidebarToggled);
    connect(newChat_, &Button::clicked, this, &ChatHeader::newChatRequested);
    connect(menu_, &Button::clicked, this, [this] {
        emit menuRequested(menu_->mapToGlobal(QPoint(menu_->width(), menu_->height() + space::kTiny)));
    });
    keep_->setText(tr("Temporary. Keep it"));
    keep_->setToolTip(tr("Save this chat like any other"));
    keep_->hide();
    connect(keep_, &Button::clicked, this, &ChatHeader::keepRequested);
    setSidebarShown(true);
}

void ChatHeader::setKeeping(ChatKeeping keeping) {
    keep_->setVisible(keeping == ChatKeeping::InMemory);
}

void ChatHeader::setTitle(const QString& title) {
    title_->setElided(title);
}

void ChatHeader::setSidebarShown(bool shown) {
    sidebar_->setCommandTip(shown ? tr("Hide the sidebar") : tr("Show the sidebar"), Command::ToggleSidebar);
    newChat_->setVisible(!shown);
}

} // namespace ponder::ui
