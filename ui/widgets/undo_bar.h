#pragma once

#include <QTimer>
#include <QWidget>

#include <chrono>

namespace ponder::ui {

class Button;
class Label;
class Theme;

/// "Deleted “title”", and a button that takes it back: stays for a while, longer while the pointer is on it.
class UndoBar : public QWidget {
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds kLife{8000};

    explicit UndoBar(Theme& theme, QWidget* parent = nullptr, std::chrono::milliseconds life = kLife);

    /// Replaces what it offered before, which expires.
    void offer(const QString& done);
    /// As if "Undo" had been pressed; nothing where nothing is offered.
    void undo();
    /// Goes away without a word.
    void withdraw();

signals:
    void undone();
    void expired();

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void expire();

    Theme& theme_;
    Label* text_;
    Button* undo_;
    bool isOffering_ = false;
    QTimer timer_;
};

} // namespace ponder::ui
