#pragma once

#include <QWidget>

#include <vector>

namespace ponder::ui {

class Button;
class Label;
class Slider;
class Theme;

/// One number of a plan: a slider over fixed steps, the value in words, and a button that leaves the choice
/// to Ponder. UI thread only.
class PlanControl : public QWidget {
    Q_OBJECT
public:
    PlanControl(Theme& theme, const QString& title, QWidget* parent = nullptr);

    /// The values that can be chosen, ascending.
    void setSteps(std::vector<int> steps);
    enum class Chosen { Automatically, ByPerson };
    /// The value in force; shown at the nearest step below it.
    void setValue(int value, const QString& words, Chosen chosen);

signals:
    void moved(int value);
    void automaticWanted();

private:
    Label* value_;
    Slider* slider_;
    Button* automatic_;
    QString title_;
    std::vector<int> steps_;
};

} // namespace ponder::ui
