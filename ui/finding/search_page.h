#pragma once

#include "ui/finding/finding_list.h"
#include "ui/finding/found_message.h"

#include <QWidget>

namespace ponder::ui {

class Label;
class PageHeader;
class SearchField;
class SearchFilters;

/// The search over all chats, in the place of the open chat: a query with its filters, and the messages
/// found, chat by chat. It asks for messages and shows what it is given. UI thread only.
class SearchPage : public QWidget {
    Q_OBJECT
public:
    explicit SearchPage(Theme& theme, QWidget* parent = nullptr);

    void open(const QString& query);
    /// The answer to `searched`; an answer to another query than the present one is dropped.
    void setFound(const FoundMessages& found);
    void setModelNames(const QStringList& names);
    void setSidebarShown(bool shown);

signals:
    void searched(const QString& query, int limit);
    void messageChosen(const FoundMessage& message, const QStringList& words);
    void sidebarToggled();
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void takeQuery();
    void askForMore();
    void rebuild(FindingList::Choice choice);
    void activate(int number);
    void say(const QString& what, const QString& next);
    QString countText() const;

    Theme& theme_;
    PageHeader* header_;
    SearchField* field_;
    SearchFilters* filters_;
    Label* count_;
    FindingList* list_;
    QWidget* nothing_;
    Label* what_;
    Label* next_;
    FoundMessages found_;
    int limit_ = 0;
};

} // namespace ponder::ui
