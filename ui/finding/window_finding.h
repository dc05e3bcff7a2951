#pragma once

#include "ui/finding/found_message.h"

#include <QObject>

namespace ponder::ui {

class BodyCover;
class FindBar;
class Palette;
class SearchPage;
class Theme;
class TranscriptView;
enum class Command;
struct ModelRow;

/// Which part of the window a search is for.
enum class FindingPlace { Palette, Page };
constexpr size_t kFindingPlaces = 2;

/// Everything with which something is found in the window: in the open chat, in all chats, by name. The
/// searches themselves are the receiver's. UI thread only.
class WindowFinding : public QObject {
    Q_OBJECT
public:
    /// `cover` gives the search page the place of the open chat.
    WindowFinding(Theme& theme, QWidget& window, BodyCover& cover, TranscriptView& transcript);

    void run(Command command);
    Palette& palette() { return *palette_; }
    SearchPage& page() { return *page_; }

    void setModels(const std::vector<ModelRow>& models);
    void showFound(FindingPlace place, const FoundMessages& found);
    /// The chat of a message that was chosen is open: goes to the message and marks the words.
    void showMessage(int message, const QStringList& words);

public slots:
    /// Whatever was looked for, the chat is seen again.
    void closeAll();

signals:
    void searchAsked(FindingPlace place, const QString& query, int limit);
    void messageChosen(const FoundMessage& message, const QStringList& words);
    /// The palette or the page opens, and wants to know of chats and models that have answered.
    void opened();
    void commandChosen(Command command);
    void modelChosen(const QString& path);

private:
    void openPage(const QString& query);
    void closePage();

    BodyCover& cover_;
    TranscriptView& transcript_;
    FindBar* bar_;
    Palette* palette_;
    SearchPage* page_;
};

} // namespace ponder::ui
