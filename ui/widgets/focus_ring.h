#pragma once

#include <QPointer>
#include <QWidget>

class QFocusEvent;

namespace ponder::ui {

class Theme;

/// The ring around the control that has the keyboard's focus: 2 px, with a gap of 2 px. A sibling of its
/// target, so that it may be larger; follows it and goes with it.
class FocusRing : public QWidget {
    Q_OBJECT
public:
    FocusRing(Theme& theme, QWidget& target, int targetRadius);

    bool eventFilter(QObject* watched, QEvent* event) override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void follow();

    Theme& theme_;
    QWidget& target_;
    int radius_;
};

/// True where the focus came by a key: only then is it worth a ring.
bool comesFromKeyboard(const QFocusEvent& event);

} // namespace ponder::ui
