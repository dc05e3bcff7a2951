#pragma once

#include "ui/library/library_values.h"

#include <QWidget>

namespace ponder::ui {

class Theme;

/// One device of a plan: its name, a bar with what is to be on it, and what each colour stands for.
class PlanBar : public QWidget {
    Q_OBJECT
public:
    PlanBar(Theme& theme, QWidget* parent = nullptr);

    void setDevice(const PlanDevice& device);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Mark {
        QRect box;
        QColor colour;
        QString text;
    };
    /// The legend in as many lines as `width` asks for; `height`, unless null, receives where it ends.
    std::vector<Mark> legend(int width, int* height) const;
    QColor colourOf(PlanUse use) const;
    void paintBar(QPainter& painter, const QRect& box) const;

    Theme& theme_;
    PlanDevice device_;
};

} // namespace ponder::ui
