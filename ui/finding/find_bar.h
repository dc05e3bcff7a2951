#pragma once

#include "ui/widgets/card.h"

#include <QPointer>
#include <QStringList>

namespace ponder::ui {

class Button;
class Label;
class SearchField;
class TranscriptView;

/// The bar over the top corner of a transcript in which a word is looked for in the open chat: how often it
/// stands there, and the way from one place to the next. UI thread only.
class FindBar : public Card {
    Q_OBJECT
public:
    FindBar(Theme& theme, TranscriptView& view);

    /// Opens the bar, with what is selected in the chat, and takes the keyboard.
    void open();
    /// Opens it for something that was looked for elsewhere: any of the words, until another is written;
    /// the first place is in this message, or after it.
    void openWith(const QStringList& words, int message);
    void closeBar();
    void next();
    void previous();

    bool eventFilter(QObject* watched, QEvent* event) override;

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void appear();
    void find(const QStringList& words, int fromMessage = 0);
    void takeCount();
    void place();

    TranscriptView& view_;
    SearchField* field_;
    Label* count_;
    Button* matchCase_;
    Button* previous_;
    Button* next_;
    QStringList words_;
    QPointer<QWidget> before_; ///< had the keyboard
};

} // namespace ponder::ui
