#pragma once

#include "ui/chat_row.h"

#include <QWidget>

namespace ponder::ui {

class Button;
class Label;
class Theme;

/// Above the archive or the trash in the sidebar: the way back, what this place is, and what can be done with
/// all of it.
class PlaceHeader : public QWidget {
    Q_OBJECT
public:
    explicit PlaceHeader(Theme& theme, QWidget* parent = nullptr);

    /// `count`: chats in it.
    void setPlace(ChatPlace place, int count);

signals:
    void backRequested();
    void emptyRequested();

private:
    Button* back_;
    Label* about_;
    Button* empty_;
};

} // namespace ponder::ui
