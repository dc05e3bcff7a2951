#pragma once

#include <QScrollArea>

class QVBoxLayout;

namespace ponder::ui {

class Theme;

/// Things under one another that scroll together, on the ground of the page they are part of. UI thread only.
class PageScroll : public QScrollArea {
    Q_OBJECT
public:
    explicit PageScroll(Theme& theme, QWidget* parent = nullptr);

protected:
    Theme& theme_;
    QWidget* page_; ///< parent of what scrolls
    QVBoxLayout* column_;
};

} // namespace ponder::ui
