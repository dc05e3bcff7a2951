#include "ui/library/download_card.h"

#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progress_bar.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ponder::ui {

namespace {

constexpr int kSteps = 1000;

bool runs(DownloadState state) {
    return state == DownloadState::Running || state == DownloadState::Waiting;
}

} // namespace

DownloadCard::DownloadCard(Theme& theme, QWidget* parent)
    : Card(theme, parent), name_(new Label(theme, TextStyle::ControlStrong, &Colours::text, this)),
      line_(new Label(theme, TextStyle::Caption, &Colours::muted, this)),
      problem_(new Label(theme, TextStyle::Control, &Colours::danger, this)),
      bar_(new ProgressBar(theme, this)), run_(new Button(theme, ButtonLook::Outlined, this)),
      sooner_(new Button(theme, ButtonLook::Quiet, this)),
      cancel_(new Button(theme, ButtonLook::Quiet, this)) {
    line_->setWordWrap(true);
    problem_->setWordWrap(true);
    sooner_->setGlyph(Icon::ArrowUp);
    sooner_->setToolTip(tr("Download this one sooner"));
    cancel_->setGlyph(Icon::Close);
    run_->setTextStyle(TextStyle::Control);
    auto* words = new QVBoxLayout;
    words->setSpacing(space::kTiny);
    words->addWidget(name_);
    words->addWidget(bar_);
    words->addWidget(line_);
    words->addWidget(problem_);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::kLarge, space::kMedium, space::kMedium, space::kMedium);
    row->setSpacing(space::kSmall);
    row->addLayout(words, 1);
    row->addWidget(sooner_);
    row->addWidget(run_);
    row->addWidget(cancel_);
    connect(run_, &Button::clicked, this, [this] {
        if (download_.state == DownloadState::Done) return emit cardRequested(download_.id);
        runs(download_.state) ? emit pauseRequested(download_.id) : emit resumeRequested(download_.id);
    });
    connect(sooner_, &Button::clicked, this, [this] { emit soonerRequested(download_.id); });
    connect(cancel_, &Button::clicked, this, [this] { emit cancelRequested(download_.id); });
}

void DownloadCard::setDownload(const DownloadRow& download) {
    download_ = download;
    name_->setElided(download.name);
    line_->setText(download.line);
    problem_->setText(download.problem);
    problem_->setVisible(!download.problem.isEmpty());
    bar_->setRange(0, download.state == DownloadState::Checking ? 0 : kSteps);
    bar_->setValue(int(download.part * kSteps));
    bar_->setAccessibleName(download.name);
    bar_->setVisible(download.state != DownloadState::Done);
    const bool over = download.state == DownloadState::Done;
    run_->setVisible(download.state != DownloadState::Checking);
    run_->setText(runs(download.state)                      ? tr("Pause")
                  : download.state == DownloadState::Failed ? tr("Try again")
                  : over                                    ? tr("Show the model")
                                                            : tr("Resume"));
    run_->setAccessibleName(run_->text() + ' ' + download.name);
    sooner_->setVisible(download.state == DownloadState::Waiting);
    sooner_->setAccessibleName(tr("Download %1 sooner").arg(download.name));
    cancel_->setToolTip(over ? tr("Take this line off the list; the model stays")
                             : tr("Cancel; what has arrived is deleted"));
    cancel_->setAccessibleName((over ? tr("Take %1 off the list") : tr("Cancel %1")).arg(download.name));
}

} // namespace ponder::ui
