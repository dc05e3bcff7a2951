#pragma once

#include <QWidget>

class QHBoxLayout;

namespace ponder::ui {

class Button;
class Theme;

/// The head of a page that takes the place of the open chat: a way to the sidebar, what it is, a way back.
class PageHeader : public QWidget {
    Q_OBJECT
public:
    /// `closing`: what the button at the end does, for its tool tip.
    PageHeader(Theme& theme, const QString& title, const QString& closing, QWidget* parent = nullptr);

    void setSidebarShown(bool shown);
    /// Between the title and the button that closes.
    void add(QWidget* widget);

signals:
    void sidebarToggled();
    void closed();

private:
    Button* sidebar_;
    QHBoxLayout* row_;
};

} // namespace ponder::ui
