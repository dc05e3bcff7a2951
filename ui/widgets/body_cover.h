#pragma once

#include <QList>
#include <QObject>
#include <QPointer>
#include <QWidget>

namespace ponder::ui {

/// Lets one page at a time take the place of the open chat, and gives the chat its place back. UI thread
/// only.
class BodyCover : public QObject {
    Q_OBJECT
public:
    /// `body` holds the open chat in a vertical layout. `fallback` gets the keyboard when what had it before
    /// is gone.
    BodyCover(QWidget& body, QWidget& fallback, QObject* parent);

    /// Shows the page; one that is open already goes away.
    void open(QWidget& page);
    /// Nothing happens unless the page is open.
    void close(QWidget& page);

private:
    QWidget& body_;
    QWidget& fallback_;
    QPointer<QWidget> page_;
    QList<QPointer<QWidget>> covered_; ///< hidden while a page is open
    QPointer<QWidget> before_;         ///< had the keyboard
};

} // namespace ponder::ui
