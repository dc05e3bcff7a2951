#pragma once

#include "ui/main_window.h"
#include "ui/script/typesetter.h"

#include <QImage>

#include <memory>
#include <vector>

namespace ponder::ui {

/// A window with a theme of its own, to be filled and photographed.
class Stage {
public:
    static constexpr QSize kUsual{1180, 820};
    static constexpr QSize kNarrow{720, 640};

    Stage(Appearance appearance, QSize size);
    ~Stage();

    Theme& theme() { return *theme_; }
    MainWindow& window() { return *window_; }
    /// Lets everything that waits for the event loop happen.
    void settle();
    /// The window, with the menus and dialogs that are open above it.
    QImage photograph();

private:
    std::unique_ptr<Theme> theme_;
    std::unique_ptr<Typesetter> typesetter_;
    std::unique_ptr<MainWindow> window_;
};

/// The window as it is after some use, with these messages in the open chat.
void openChat(Stage& stage, const std::vector<MessageContent>& messages);

} // namespace ponder::ui
