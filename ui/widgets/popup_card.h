#pragma once

#include <QWidget>

class QPainter;

namespace ponder::ui {

class Theme;

/// A rounded card with a soft shadow around it.
void paintPopupCard(QPainter& painter, const Theme& theme, const QRect& box);

/// A window that closes with a click outside: rounded, with a soft shadow around it. Its contents belong
/// inside `contentsRect()`, which layouts heed.
class PopupCard : public QWidget {
    Q_OBJECT
public:
    explicit PopupCard(Theme& theme, QWidget* parent = nullptr);

    /// How far the shadow reaches beyond the card.
    static constexpr int kShadow = 16;

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

    Theme& theme_;
};

} // namespace ponder::ui
