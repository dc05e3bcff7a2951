#pragma once

#include "ui/dialogs/setting.h"
#include "ui/widgets/text_field.h"

namespace ponder::ui {

/// A number within its limits; Up and Down change it by a step. Empty is the usual value, where that has
/// words of its own.
class NumberField : public TextField {
    Q_OBJECT
public:
    NumberField(Theme& theme, const Setting& setting, QWidget* parent = nullptr);

    void setValue(const QVariant& value);

signals:
    void chosen(const QVariant& value);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QVariant written() const;
    void take();
    void step(double by);

    Setting setting_;
    QVariant value_;
};

} // namespace ponder::ui
