#pragma once

#include "ui/message_content.h"
#include "ui/widgets/card.h"
#include "ui/window_news.h"

class QPlainTextEdit;

namespace ponder::ui {

class Button;
class Label;

/// News above the composer: what happened, what to do next, and the rest behind "Details".
class NoticeCard : public Card {
    Q_OBJECT
public:
    explicit NoticeCard(Theme& theme, QWidget* parent = nullptr);

    /// `action`: the words on its button; empty: no button.
    void setNotice(NoticeKind kind, const Failure& notice, const QString& action);

signals:
    void actionRequested(const QString& action);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showDetails(bool shown);
    void takeTheme();

    NoticeKind kind_ = NoticeKind::Information;
    Label* what_;
    Label* next_;
    QPlainTextEdit* details_;
    Button* more_;
    Button* action_;
};

} // namespace ponder::ui
