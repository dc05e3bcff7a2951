#pragma once

#include "ui/composer.h"
#include "ui/message_content.h"
#include "ui/model_picker.h"
#include "ui/sidebar.h"
#include "ui/theme.h"
#include "ui/transcript_view.h"
#include "ui/window_news.h"

#include <QByteArray>
#include <QWidget>

#include <vector>

namespace ponder::ui {

class BodyCover;
class ChatHeader;
class ContextQuestion;
class EmptyPage;
class LibraryPage;
class LoadingCard;
class NoticeCard;
class QueueStrip;
class ReadingColumn;
class SideSplit;
class WindowDialogs;
class WindowFinding;
enum class Command;
enum class LibraryTab;

/// The window: sidebar, header, transcript, composer. It is the one door for app/: values go in through it or
/// the parts it hands out, every intention comes out as a signal of its own or of the parts. UI thread only.
class MainWindow : public QWidget {
    Q_OBJECT
public:
    /// `theme` must outlive the window.
    explicit MainWindow(Theme& theme, QWidget* parent = nullptr);
    ~MainWindow() override;

    Sidebar& sidebar();
    TranscriptView& transcript();
    Composer& composer();
    WindowFinding& finding();
    LibraryPage& library() { return *library_; }
    QueueStrip& queue();
    ContextQuestion& contextQuestion() { return *contextQuestion_; }
    WindowDialogs& dialogs() { return *dialogs_; }

    void setChatTitle(const QString& title);
    void setChatKeeping(ChatKeeping keeping);
    void setModels(std::vector<ModelRow> models);
    /// The model new prompts go to; also names it on the composer's chip. An empty path: none.
    void setCurrentModel(const QString& path);
    void setEmptyChat(EmptyChat kind);
    /// Shows or updates the loading row above the composer.
    void showLoading(const ModelLoading& loading);
    void hideLoading();
    /// Loaded, the current model can be unloaded from the model menu (unloadModelRequested).
    void setModelResidence(ModelResidence residence);
    /// A card above the composer, until closed or replaced. `action`: the words on its button ("Restart"),
    /// which emits noticeActionRequested; empty: no button.
    void showNotice(NoticeKind kind, const Failure& notice, const QString& action = {});
    void hideNotice();

    /// Geometry and sidebar, as bytes for the settings file.
    QByteArray saveLayout() const;
    /// False (and no change) where the bytes are not from saveLayout.
    bool restoreLayout(const QByteArray& layout);

    void openLibrary(LibraryTab tab);
    /// Whatever took the place of the chat, the chat is seen again.
    void closePages();

    /// As if its key had been pressed.
    void run(Command command);

signals:
    void submitted(const QString& text);
    void stopRequested();
    void draftChanged(const QString& text);
    void reasoningToggled(bool on);

    void newChatRequested();
    void temporaryChatRequested();
    void keepChatRequested();
    void importRequested(); ///< the file dialog is the receiver's
    void chatSelected(const QString& id);
    void exportRequested(const QString& id, const QString& title); ///< the file dialog is the receiver's

    void regenerateRequested(int messageId);
    void reproductionRequested(int messageId);
    void editSubmitted(int messageId, const QString& text);
    void thoughtEdited(int messageId, const QString& text);
    void attachmentRequested(int messageId, int part);
    void answerNowRequested(int messageId);
    void branchRequested(int messageId, int branch);
    void branchMapRequested();
    void contextRequested();
    void chatOptionsRequested();
    void tokensRequested(int messageId);
    void comparisonRequested(int messageId); ///< with the version beside it
    void continueRequested(int messageId);

    void modelChosen(const QString& path);
    void openModelFileRequested(); ///< the file dialog is the receiver's
    void loadCancelRequested();
    void unloadModelRequested();
    void noticeActionRequested(const QString& action); ///< the words on the button

    void appearanceChosen(Appearance appearance); ///< already applied; to be kept
    void textSizeChosen(int pixels);              ///< already applied; to be kept
    /// The window is about to close: save what is open. It closes whatever the receiver does.
    void closing();

protected:
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildBody();
    void connectParts();
    void runText(Command command);
    void takeTheme();
    void takeSideShown(bool shown);
    void placeEmptyPage();
    void submitExample(const QString& text);
    void openModelMenu(const QPoint& corner);
    void openWindowMenu(const QPoint& corner);
    void chooseAppearance(Appearance appearance);
    void chooseTextSize(int pixels);

    Theme& theme_;
    Sidebar* sidebar_;
    QWidget* body_;
    SideSplit* split_;
    ChatHeader* header_;
    TranscriptView* transcript_;
    EmptyPage* emptyPage_;
    ReadingColumn* tray_;
    LoadingCard* loading_;
    NoticeCard* notice_;
    ContextQuestion* contextQuestion_;
    QueueStrip* queue_;
    Composer* composer_;
    ModelPicker* picker_;
    WindowDialogs* dialogs_;
    BodyCover* cover_;
    WindowFinding* finding_;
    LibraryPage* library_;
    std::vector<ModelRow> models_;
    QString currentModel_;
};

} // namespace ponder::ui
