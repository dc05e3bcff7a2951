#include "ui/widgets/loading_card.h"

#include "ui/widgets/button.h"
#include "ui/widgets/byte_text.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progress_bar.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kBarSteps = 1000;
constexpr qint64 kEstimateAfterMilliseconds = 1000;

} // namespace

LoadingCard::LoadingCard(Theme& theme, QWidget* parent)
    : Card(theme, parent), name_(new Label(theme, TextStyle::ControlStrong, &Colours::text, this)),
      figures_(new Label(theme, TextStyle::Caption, &Colours::muted, this)),
      bar_(new ProgressBar(theme, this)) {
    auto* cancel = new Button(theme, ButtonLook::Outlined, this);
    cancel->setText(tr("Cancel"));
    cancel->setToolTip(tr("Stop loading the model"));
    auto* first = new QHBoxLayout;
    first->addWidget(name_, 1);
    first->addWidget(figures_);
    auto* column = new QVBoxLayout;
    column->setSpacing(space::kSmall);
    column->addLayout(first);
    column->addWidget(bar_);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::kLarge, space::kMedium, space::kMedium, space::kMedium);
    row->setSpacing(space::kLarge);
    row->addLayout(column, 1);
    row->addWidget(cancel);
    connect(cancel, &Button::clicked, this, &LoadingCard::cancelled);
    hide();
}

void LoadingCard::setLoading(const ModelLoading& loading) {
    if (loading.name != loadingName_ || isHidden()) clock_.start();
    loadingName_ = loading.name;
    name_->setElided(tr("Loading %1").arg(loading.name));
    figures_->setText(progressText(loading));
    bar_->setAccessibleName(name_->text());
    bar_->setRange(0, loading.totalBytes > 0 ? kBarSteps : 0);
    if (loading.totalBytes > 0) {
        const double part = double(loading.loadedBytes) / double(loading.totalBytes);
        bar_->setValue(int(std::clamp(part, 0.0, 1.0) * kBarSteps));
    }
    bar_->update();
    show();
}

void LoadingCard::finish() {
    loadingName_.clear();
    hide();
}

QString LoadingCard::progressText(const ModelLoading& loading) const {
    if (loading.totalBytes <= 0) return loading.loadedBytes > 0 ? bytesText(loading.loadedBytes) : QString();
    QString text = tr("%1 of %2").arg(bytesText(loading.loadedBytes), bytesText(loading.totalBytes));
    const qint64 passed = clock_.elapsed();
    if (passed >= kEstimateAfterMilliseconds && loading.loadedBytes > 0) {
        const double rest = double(loading.totalBytes - loading.loadedBytes) / double(loading.loadedBytes);
        const int seconds = int(double(passed) / 1000 * rest + 1);
        text += seconds < 90 ? tr(", %n second(s) left", nullptr, seconds)
                             : tr(", %n minute(s) left", nullptr, (seconds + 30) / 60);
    }
    return text;
}

} // namespace ponder::ui
