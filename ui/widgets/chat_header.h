#pragma once

#include "ui/window_news.h"

#include <QWidget>

namespace ponder::ui {

class Button;
class Label;
class Theme;

/// The line above the transcript: sidebar, title, menu.
class ChatHeader : public QWidget {
    Q_OBJECT
public:
    explicit ChatHeader(Theme& theme, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// While it is hidden, a new chat can be begun from here.
    void setSidebarShown(bool shown);
    /// A temporary chat says so, and can be kept from here.
    void setKeeping(ChatKeeping keeping);

signals:
    void sidebarToggled();
    void newChatRequested();
    void keepRequested();
    void menuRequested(const QPoint& corner); ///< global, below the button

private:
    Button* sidebar_;
    Button* newChat_;
    Label* title_;
    Button* keep_;
    Button* menu_;
};

} // namespace ponder::ui
