#pragma once

#include "ui/model_picker.h"

#include <QAbstractButton>

namespace ponder::ui {

/// One model in the menu: its name, below it size and place, or why it cannot run here.
class ModelRowButton : public QAbstractButton {
    Q_OBJECT
public:
    ModelRowButton(Theme& theme, const ModelRow& row, QWidget* parent = nullptr);

    const ModelRow& row() const { return row_; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QString secondLine() const;

    Theme& theme_;
    ModelRow row_;
};

} // namespace ponder::ui
