#include "ui/library/plan_part.h"

#include "ui/dialogs/choice_button.h"
#include "ui/library/plan_bar.h"
#include "ui/library/plan_control.h"
#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ponder::ui {

namespace {

constexpr int kLeastContext = 1024;
constexpr int kExpertSteps = 20;

/// 1,024, then each power of two and what lies half-way, up to what the model was trained for.
std::vector<int> contextSteps(int most) {
    std::vector<int> steps;
    for (int power = kLeastContext; power > 0 && power < most; power *= 2) {
        steps.push_back(power);
        if (power >= 2 * kLeastContext && power + power / 2 < most) steps.push_back(power + power / 2);
    }
    steps.push_back(std::max(1, most));
    return steps;
}

std::vector<int> percentSteps() {
    std::vector<int> steps;
    for (int i = 0; i <= kExpertSteps; ++i) steps.push_back(i * 100 / kExpertSteps);
    return steps;
}

} // namespace

PlanPart::PlanPart(Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme),
      headline_(new Label(theme, TextStyle::BodyStrong, &Colours::text, this)),
      explanation_(new Label(theme, TextStyle::Control, &Colours::muted, this)),
      suggestion_(new Button(theme, ButtonLook::Outlined, this)), bars_(new QVBoxLayout),
      context_(new PlanControl(theme, tr("Context"), this)),
      experts_(new PlanControl(theme, tr("Experts in memory from the start"), this)),
      cache_(new ChoiceButton(theme, tr("What the context is kept in"),
                              {{QString(), tr("Automatic")},
                               {QStringLiteral("f16"), cacheWords(QStringLiteral("f16"))},
                               {QStringLiteral("q8_0"), cacheWords(QStringLiteral("q8_0"))}},
                              this)),
      notices_(new Label(theme, TextStyle::Caption, &Colours::muted, this)),
      measured_(new Label(theme, TextStyle::Control, &Colours::muted, this)),
      bandwidths_(new Label(theme, TextStyle::Caption, &Colours::muted, this)),
      measure_(new Button(theme, ButtonLook::Quiet, this)) {
    for (Label* label : {headline_, explanation_, notices_, measured_, bandwidths_}) label->setWordWrap(true);
    experts_->setSteps(percentSteps());
    measure_->setText(tr("Measure again"));
    measure_->setTextStyle(TextStyle::Caption);
    measure_->setToolTip(tr("Takes about two seconds"));
    suggestion_->setTextStyle(TextStyle::Control);
    auto* cacheName = new Label(theme, TextStyle::Control, &Colours::text, this);
    cacheName->setText(tr("What the context is kept in"));
    auto* cacheRow = new QHBoxLayout;
    cacheRow->addWidget(cacheName, 1);
    cacheRow->addWidget(cache_);
    auto* measureRow = new QHBoxLayout;
    measureRow->addWidget(bandwidths_, 1);
    measureRow->addWidget(measure_);
    bars_->setSpacing(space::kLarge);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kMedium);
    column->addWidget(headline_);
    column->addWidget(explanation_);
    column->addWidget(suggestion_, 0, Qt::AlignLeading);
    column->addLayout(bars_);
    column->addWidget(context_);
    column->addWidget(experts_);
    column->addLayout(cacheRow);
    column->addWidget(notices_);
    column->addWidget(measured_);
    column->addLayout(measureRow);

    connect(context_, &PlanControl::moved, this,
            [this](int tokens) { choose([tokens](PlanChoice& choice) { choice.contextTokens = tokens; }); });
    connect(context_, &PlanControl::automaticWanted, this,
            [this] { choose([](PlanChoice& choice) { choice.contextTokens = 0; }); });
    connect(experts_, &PlanControl::moved, this, [this](int percent) {
        choose([percent](PlanChoice& choice) { choice.expertsPercent = percent; });
    });
    connect(experts_, &PlanControl::automaticWanted, this,
            [this] { choose([](PlanChoice& choice) { choice.expertsPercent = -1; }); });
    connect(cache_, &ChoiceButton::chosen, this, [this](const QString& type) {
        choose([&type](PlanChoice& choice) { choice.cacheType = type; });
    });
    connect(suggestion_, &Button::clicked, this, [this] { emit chosen(plan_.suggested); });
    connect(measure_, &Button::clicked, this, &PlanPart::measureRequested);
    setPlan({});
}

QString PlanPart::cacheWords(const QString& type) {
    return type == QLatin1String("q8_0") ? tr("8 bits: half the memory") : tr("16 bits");
}

void PlanPart::choose(const std::function<void(PlanChoice&)>& change) {
    PlanChoice choice = plan_.choice;
    change(choice);
    emit chosen(choice);
}

void PlanPart::setPlan(const PlanView& plan) {
    plan_ = plan;
    const auto say = [](Label* label, const QString& text) {
        label->setText(text);
        label->setVisible(!text.isEmpty());
    };
    headline_->setColour(plan.fits ? &Colours::text : &Colours::danger);
    say(headline_, plan.headline);
    say(explanation_, plan.explanation);
    suggestion_->setText(plan.suggestion);
    suggestion_->setVisible(!plan.suggestion.isEmpty());
    showDevices();
    showChoices();
    say(notices_, plan.notices.join('\n'));
    say(measured_, plan.measured);
    bandwidths_->setText(plan.isMeasuring ? tr("Measuring this computer…") : plan.bandwidths);
    measure_->setEnabled(!plan.isMeasuring);
}

void PlanPart::showDevices() {
    // Moving a slider changes numbers, not devices: bars stay, and nothing flickers.
    while (devices_.size() > plan_.devices.size()) {
        devices_.back()->hide();
        devices_.back()->deleteLater();
        devices_.pop_back();
    }
    while (devices_.size() < plan_.devices.size()) {
        devices_.push_back(new PlanBar(theme_, this));
        bars_->addWidget(devices_.back());
    }
    for (size_t i = 0; i < devices_.size(); ++i) devices_[i]->setDevice(plan_.devices[i]);
}

void PlanPart::showChoices() {
    using enum PlanControl::Chosen;
    context_->setSteps(contextSteps(plan_.mostContextTokens));
    context_->setValue(plan_.contextTokens, tr("%Ln token(s)", nullptr, plan_.contextTokens),
                       plan_.choice.contextTokens == 0 ? Automatically : ByPerson);
    experts_->setVisible(plan_.hasExperts);
    experts_->setValue(plan_.expertsPercent, tr("%1 %").arg(plan_.expertsPercent),
                       plan_.choice.expertsPercent < 0 ? Automatically : ByPerson);
    cache_->setValue(plan_.choice.cacheType);
    if (plan_.choice.cacheType.isEmpty() && !plan_.cacheType.isEmpty())
        cache_->setText(tr("Automatic: %1").arg(cacheWords(plan_.cacheType)));
}

} // namespace ponder::ui
