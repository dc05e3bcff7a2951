#pragma once

#include "tests/ui/window/parts.h"
#include "ui/main_window.h"
#include "ui/widgets/chat_list_view.h"
#include "ui/widgets/prompt_edit.h"

namespace ponder::ui {

inline ChatRow chatOfNow(const QString& id) {
    ChatRow row;
    row.id = id;
    row.title = "Title of " + id;
    row.updated = QDateTime::currentDateTime();
    return row;
}

/// A window with two chats, the first of them open.
struct WindowOnScreen {
    WindowOnScreen() {
        window.sidebar().setChats({chatOfNow("one"), chatOfNow("two")});
        window.sidebar().setCurrentChat("one");
        open(window);
    }
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(&window, Qt::Key(key), modifiers);
    }
    PromptEdit& prompt() { return *window.composer().findChild<PromptEdit*>(); }
    ChatListView& list() { return partNamed<ChatListView>(window, "Chats"); }
    bool sidebarIsSeen() { return window.sidebar().isVisible(); }

    Theme theme;
    MainWindow window{theme};
};

} // namespace ponder::ui
