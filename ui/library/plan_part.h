#pragma once

#include "ui/library/library_values.h"

#include <QWidget>

class QVBoxLayout;

namespace ponder::ui {

class Button;
class ChoiceButton;
class Label;
class PlanBar;
class PlanControl;
class Theme;

/// Whether a model fits and how fast it will be: the answer, a bar for each device, and what can be chosen.
/// Every move goes out at once; the plan that follows from it comes back through setPlan. UI thread only.
class PlanPart : public QWidget {
    Q_OBJECT
public:
    explicit PlanPart(Theme& theme, QWidget* parent = nullptr);

    void setPlan(const PlanView& plan);

signals:
    void chosen(const PlanChoice& choice);
    void measureRequested();

private:
    void choose(const std::function<void(PlanChoice&)>& change);
    void showDevices();
    void showChoices();
    static QString cacheWords(const QString& type);

    Theme& theme_;
    PlanView plan_;
    Label* headline_;
    Label* explanation_;
    Button* suggestion_;
    QVBoxLayout* bars_;
    std::vector<PlanBar*> devices_;
    PlanControl* context_;
    PlanControl* experts_;
    ChoiceButton* cache_;
    Label* notices_;
    Label* measured_;
    Label* bandwidths_;
    Button* measure_;
};

} // namespace ponder::ui
