#include "ui/library/downloads_part.h"

#include "ui/dialogs/choice_button.h"
#include "ui/library/download_card.h"
#include "ui/theme.h"
#include "ui/widgets/byte_text.h"
#include "ui/widgets/label.h"
#include "ui/widgets/tab_order.h"

#include <QHBoxLayout>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr qint64 kLimits[] = {1'000'000, 2'000'000, 5'000'000, 10'000'000, 25'000'000};

std::vector<SettingChoice> limitChoices() {
    std::vector<SettingChoice> choices{{QStringLiteral("0"), DownloadsPart::tr("No limit")}};
    for (const qint64 limit : kLimits)
        choices.push_back({QString::number(limit), DownloadsPart::tr("%1 a second").arg(bytesText(limit))});
    return choices;
}

} // namespace

DownloadsPart::DownloadsPart(Theme& theme, QWidget* parent)
    : PageScroll(theme, parent), nothing_(new Label(theme, TextStyle::Control, &Colours::muted, page_)),
      limitRow_(new QWidget(page_)),
      limit_(new ChoiceButton(theme, tr("Speed limit"), limitChoices(), limitRow_)), rows_(new QVBoxLayout) {
    nothing_->setText(tr("Nothing is being downloaded. Models can be found under “Get a model”."));
    nothing_->setAlignment(Qt::AlignCenter);
    nothing_->setWordWrap(true);
    nothing_->setContentsMargins(0, space::kHuge, 0, 0);
    auto* name = new Label(theme, TextStyle::Control, &Colours::muted, limitRow_);
    name->setText(tr("Speed limit"));
    auto* line = new QHBoxLayout(limitRow_);
    line->setContentsMargins(0, 0, 0, 0);
    line->addStretch(1);
    line->addWidget(name);
    line->addWidget(limit_);
    rows_->setSpacing(space::kSmall);
    column_->setSpacing(space::kMedium);
    column_->addWidget(limitRow_);
    column_->addWidget(nothing_);
    column_->addLayout(rows_);
    column_->addStretch(1);
    connect(limit_, &ChoiceButton::chosen, this,
            [this](const QString& value) { emit speedLimitChosen(value.toLongLong()); });
    setSpeedLimit(0);
    setDownloads({});
}

void DownloadsPart::setSpeedLimit(qint64 bytesPerSecond) {
    // A limit set from the terminal need not be one of ours: the next above it stands for it.
    const auto* above = std::lower_bound(std::begin(kLimits), std::end(kLimits), bytesPerSecond);
    const qint64 shown = bytesPerSecond <= 0 || above == std::end(kLimits) ? 0 : *above;
    limit_->setValue(QString::number(shown));
}

void DownloadsPart::setDownloads(const std::vector<DownloadRow>& downloads) {
    nothing_->setVisible(downloads.empty());
    limitRow_->setVisible(!downloads.empty());
    const bool same =
        std::equal(downloads.begin(), downloads.end(), cards_.begin(), cards_.end(),
                   [](const DownloadRow& row, const DownloadCard* card) { return row.id == card->id(); });
    // A card that is being read or pressed stays where it is while its numbers move.
    if (!same) rebuild(downloads);
    for (size_t i = 0; i < cards_.size(); ++i) cards_[i]->setDownload(downloads[i]);
    if (!same) tabAsLaidOut(*page_);
}

void DownloadsPart::rebuild(const std::vector<DownloadRow>& downloads) {
    std::vector<DownloadCard*> kept;
    for (const DownloadRow& row : downloads) {
        const auto found = std::find_if(cards_.begin(), cards_.end(),
                                        [&](const DownloadCard* card) { return card->id() == row.id; });
        if (found != cards_.end()) {
            kept.push_back(*found);
            cards_.erase(found);
            continue;
        }
        auto* card = new DownloadCard(theme_, page_);
        connect(card, &DownloadCard::pauseRequested, this, &DownloadsPart::pauseRequested);
        connect(card, &DownloadCard::resumeRequested, this, &DownloadsPart::resumeRequested);
        connect(card, &DownloadCard::cancelRequested, this, &DownloadsPart::cancelRequested);
        connect(card, &DownloadCard::soonerRequested, this, &DownloadsPart::soonerRequested);
        connect(card, &DownloadCard::cardRequested, this, &DownloadsPart::cardRequested);
        kept.push_back(card);
    }
    for (DownloadCard* card : cards_) {
        card->hide();
        card->deleteLater();
    }
    cards_ = std::move(kept);
    while (QLayoutItem* item = rows_->takeAt(0)) delete item;
    for (DownloadCard* card : cards_) {
        rows_->addWidget(card);
        card->show();
    }
}

} // namespace ponder::ui
