#pragma once

#include "ui/library/library_values.h"

#include <QWidget>

#include <map>

class QStackedWidget;

namespace ponder::ui {

class Button;
class CardPart;
class DownloadsPart;
class FoldersPart;
class Label;
class NoticeCard;
class LibraryList;
class OffersPart;
class PageHeader;
class SearchField;
class Theme;

enum class NoticeKind;
struct Failure;
enum class LibraryTab { Here, Get, Downloads };

/// The models, in the place of the open chat: those on this computer with a card for each, those that can be
/// had, and what is being downloaded. It asks and shows what it is given. UI thread only.
class LibraryPage : public QWidget {
    Q_OBJECT
public:
    explicit LibraryPage(Theme& theme, QWidget* parent = nullptr);

    void open(LibraryTab tab);
    LibraryTab tab() const { return tab_; }
    void setSidebarShown(bool shown);
    /// Above the list, until closed or replaced.
    void showNotice(NoticeKind kind, const Failure& notice);

    void setRows(std::vector<LibraryRow> rows);
    /// While the list is being made: "Looking through 4,200 files…"; empty: it is complete.
    void setScanning(const QString& words);
    /// Shows this model's card; empty: the folders.
    void choose(const QString& path);
    QString chosenPath() const;

    CardPart& card() { return *card_; }
    FoldersPart& folders() { return *folders_; }
    OffersPart& offers() { return *offers_; }
    DownloadsPart& downloads() { return *downloads_; }
    /// How many downloads are not over, for the tab.
    void setOpenDownloads(int count);

signals:
    /// A model was chosen in the list: its card is wanted. Empty: none.
    void chosen(const QString& path);
    void opened();
    void sidebarToggled();
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeTabs();
    QWidget* makeHere();
    void showTab(LibraryTab tab);
    void takeChoice(const QString& path);
    void arrange();
    void sayCount();

    Theme& theme_;
    PageHeader* header_;
    NoticeCard* notice_;
    std::map<LibraryTab, Button*> tabs_;
    QStackedWidget* stack_;
    QWidget* side_;
    SearchField* search_;
    Label* count_;
    LibraryList* list_;
    Button* get_;
    Button* foldersButton_;
    Button* back_;
    QStackedWidget* detail_;
    CardPart* card_;
    FoldersPart* folders_;
    OffersPart* offers_;
    DownloadsPart* downloads_;
    LibraryTab tab_ = LibraryTab::Here;
    QString scanning_;
    bool isDetailWanted_ = false; ///< where there is room for one of them: the card instead of the list
};

} // namespace ponder::ui
