#include "ui/library/hash_line.h"

#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progress_bar.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ponder::ui {

namespace {

constexpr int kSteps = 1000;

} // namespace

HashLine::HashLine(Theme& theme, QWidget* parent)
    : QWidget(parent), digest_(new Label(theme, TextStyle::Code, &Colours::text, this)),
      verdict_(new Label(theme, TextStyle::Control, &Colours::muted, this)),
      bar_(new ProgressBar(theme, this)), verify_(new Button(theme, ButtonLook::Outlined, this)) {
    digest_->setWordWrap(true);
    digest_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    verdict_->setWordWrap(true);
    bar_->setRange(0, kSteps);
    bar_->setAccessibleName(tr("Computing the SHA-256"));
    verify_->setText(tr("Verify"));
    verify_->setTextStyle(TextStyle::Control);
    verify_->setToolTip(tr("Reads the whole file and compares it with what its source says"));
    auto* words = new QVBoxLayout;
    words->setSpacing(space::kTiny);
    words->addWidget(verdict_);
    words->addWidget(digest_);
    words->addWidget(bar_);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kMedium);
    row->addLayout(words, 1);
    row->addWidget(verify_, 0, Qt::AlignTop);
    connect(verify_, &Button::clicked, this, &HashLine::verifyRequested);
    setHash({});
}

void HashLine::setHash(const CardHash& hash) {
    const bool known = hash.state == HashState::Known;
    const bool under = hash.state == HashState::Running || hash.state == HashState::Waiting;
    // Broken where a line may end: 64 letters have no other place.
    QString digest;
    for (qsizetype i = 0; i < hash.digest.size(); i += 16) digest += hash.digest.mid(i, 16) + QChar(0x200B);
    digest_->setText(digest);
    digest_->setAccessibleName(hash.digest.isEmpty() ? tr("No SHA-256 yet") : hash.digest);
    digest_->setVisible(known);
    bar_->setVisible(under);
    bar_->setRange(0, hash.state == HashState::Waiting ? 0 : kSteps);
    bar_->setValue(int(hash.part * kSteps));
    verify_->setEnabled(!under);
    verify_->setVisible(!known);
    verdict_->setColour(&Colours::muted);
    switch (hash.state) {
    case HashState::None:
        verdict_->setText(tr("The SHA-256 is not known yet."));
        return;
    case HashState::Waiting:
        verdict_->setText(tr("Waits for another file to be read."));
        return;
    case HashState::Running:
        verdict_->setText(tr("Reading the file: %1 %").arg(int(hash.part * 100)));
        return;
    case HashState::Known:
        break;
    }
    switch (hash.verdict) {
    case HashVerdict::Same:
        verdict_->setColour(&Colours::success);
        verdict_->setText(tr("Verified: the same as %1.").arg(hash.with));
        break;
    case HashVerdict::Different:
        verdict_->setColour(&Colours::danger);
        verdict_->setText(tr("Damaged or changed: not the same as %1. Download it again.").arg(hash.with));
        break;
    case HashVerdict::NothingToCompare:
        verdict_->setText(tr("There is nothing here to compare it with."));
        break;
    }
}

} // namespace ponder::ui
