#pragma once

#include "ui/icons.h"

#include <QWidget>

namespace ponder::ui {

class Theme;

/// A small icon before a caption.
class IconMark : public QWidget {
    Q_OBJECT
public:
    IconMark(Theme& theme, Icon icon, QWidget* parent);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme& theme_;
    Icon icon_;
};

} // namespace ponder::ui
