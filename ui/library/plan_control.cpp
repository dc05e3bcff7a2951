#include "ui/library/plan_control.h"

#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/slider.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace ponder::ui {

PlanControl::PlanControl(Theme& theme, const QString& title, QWidget* parent)
    : QWidget(parent), value_(new Label(theme, TextStyle::Control, &Colours::muted, this)),
      slider_(new Slider(theme, this)), automatic_(new Button(theme, ButtonLook::Outlined, this)),
      title_(title) {
    auto* name = new Label(theme, TextStyle::Control, &Colours::text, this);
    name->setText(title);
    automatic_->setText(tr("Automatic"));
    automatic_->setTextStyle(TextStyle::Caption);
    automatic_->setCheckable(true);
    automatic_->setToolTip(tr("Ponder chooses by the memory that is free"));
    automatic_->setAccessibleName(tr("%1: automatic").arg(title));
    slider_->setAccessibleName(title);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::kSmall);
    row->addWidget(name);
    row->addWidget(value_, 1);
    row->addWidget(automatic_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(slider_);
    connect(slider_, &QSlider::valueChanged, this, [this](int step) {
        if (step >= 0 && step < int(steps_.size())) emit moved(steps_[size_t(step)]);
    });
    // By a click, a key, or a screen reader, which toggles.
    connect(automatic_, &Button::toggled, this, [this](bool down) {
        if (down) return emit automaticWanted();
        // It goes up when something else is chosen, and only then.
        const QSignalBlocker silent(automatic_);
        automatic_->setChecked(true);
    });
}

void PlanControl::setSteps(std::vector<int> steps) {
    if (steps == steps_) return;
    const QSignalBlocker silent(slider_);
    steps_ = std::move(steps);
    slider_->setRange(0, std::max(0, int(steps_.size()) - 1));
    slider_->setEnabled(steps_.size() > 1);
}

void PlanControl::setValue(int value, const QString& words, Chosen chosen) {
    const QSignalBlocker silent(slider_);
    const QSignalBlocker silentToo(automatic_);
    const auto above = std::upper_bound(steps_.begin(), steps_.end(), value);
    slider_->setValue(above == steps_.begin() ? 0 : int(above - steps_.begin()) - 1);
    slider_->setAccessibleDescription(words);
    value_->setText(words);
    automatic_->setChecked(chosen == Chosen::Automatically);
}

} // namespace ponder::ui
