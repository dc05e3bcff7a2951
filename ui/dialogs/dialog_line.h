#pragma once

#include "ui/theme.h"

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace ponder::ui {

class Button;
class Label;

/// One line of the settings: what it is at the left, a sentence below it, controls at the right, and a button
/// that puts the usual value back, seen while there is another one.
class DialogLine : public QWidget {
    Q_OBJECT
public:
    DialogLine(Theme& theme, const QString& title, const QString& explanation, QWidget* parent = nullptr);

    /// At the right.
    void addControl(QWidget* control);
    /// On a line of its own, below the words.
    void addWideControl(QWidget* control);
    /// From then on the line has a button for it.
    void addReset();
    void setResetShown(bool shown);
    /// Underlines it for a moment: this is the one that was asked for.
    void pointOut();
    void setExplanation(const QString& text, QColor Colours::*colour = &Colours::muted);

signals:
    void resetRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme& theme_;
    QVBoxLayout* column_;
    QVBoxLayout* words_;
    QHBoxLayout* row_;
    QString title_;
    Label* explanation_;
    Button* reset_ = nullptr;
    QTimer pointedOut_; ///< while it is marked
};

} // namespace ponder::ui
