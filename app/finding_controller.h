#pragma once

#include <array>
#include <stop_token>
#include <string>
#include <vector>

#include <QObject>
#include <QStringList>

#include "app/chat_controller.h"
#include "app/store_thread.h"
#include "ui/finding/palette.h"
#include "ui/finding/window_finding.h"

namespace ponder::app {

/// Finds messages and chats for the window: asks the store, drops what nobody waits for any more, opens what
/// was chosen. Window's thread.
class FindingController : public QObject {
    Q_OBJECT
public:
    FindingController(StoreThread& store, ChatController& chats, ui::MainWindow& window);
    ~FindingController() override;

private:
    /// A message that is to be shown once its chat is open.
    struct Wanted {
        std::string chat;
        int turn = 0;
        QStringList words;
    };

    void search(ui::FindingPlace place, const QString& query, int limit);
    void open(const ui::FoundMessage& message, const QStringList& words);
    void showWanted(const std::string& chat);
    void readNames();
    void readModelNames();
    std::vector<ui::PaletteEntry> chatEntries();

    StoreThread& store_;
    ChatController& chats_;
    ui::MainWindow& window_;
    ui::WindowFinding& finding_;
    std::array<std::stop_source, ui::kFindingPlaces> searches_;
    std::vector<ChatHeader> headers_; ///< the latest first, while the palette is open
    Wanted wanted_;
};

} // namespace ponder::app
