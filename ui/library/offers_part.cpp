#include "ui/library/offers_part.h"

#include "ui/library/offer_card.h"
#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/clear_layout.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progress_bar.h"
#include "ui/widgets/tab_order.h"
#include "ui/widgets/text_field.h"

#include <QHBoxLayout>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ponder::ui {

OffersPart::OffersPart(Theme& theme, QWidget* parent)
    : PageScroll(theme, parent), link_(new TextField(theme, page_)),
      look_(new Button(theme, ButtonLook::Filled, page_)),
      contact_(new Label(theme, TextStyle::Caption, &Colours::muted, page_)),
      looking_(new ProgressBar(theme, page_)),
      answerTitle_(new Label(theme, TextStyle::ControlStrong, &Colours::text, page_)),
      answerAbout_(new Label(theme, TextStyle::Control, &Colours::muted, page_)), files_(new QVBoxLayout),
      offersAbout_(new Label(theme, TextStyle::Control, &Colours::muted, page_)), offers_(new QVBoxLayout) {
    addLinkPart();
    auto* heading = new Label(theme, TextStyle::Heading3, &Colours::text, page_);
    heading->setText(tr("Suggested models"));
    offersAbout_->setWordWrap(true);
    setOfferProblem({});
    setContact({});
    offers_->setSpacing(space::kSmall);
    column_->addSpacing(space::kWide);
    column_->addWidget(heading);
    column_->addWidget(offersAbout_);
    column_->addLayout(offers_);
    column_->addStretch(1);
    setAnswer({});
}

void OffersPart::addLinkPart() {
    auto* heading = new Label(theme_, TextStyle::Heading3, &Colours::text, page_);
    heading->setText(tr("From a link"));
    auto* words = new Label(theme_, TextStyle::Control, &Colours::muted, page_);
    words->setWordWrap(true);
    words->setText(tr("A repository or a file on Hugging Face, or any https address of a GGUF file."));
    link_->setPlaceholderText(QStringLiteral("Qwen/Qwen3-4B-GGUF"));
    link_->setAccessibleName(tr("Link"));
    link_->setMinimumHeight(36);
    look_->setText(tr("Look"));
    look_->setExtent(36);
    look_->setEnabled(false);
    contact_->setWordWrap(true);
    looking_->setRange(0, 0);
    looking_->setAccessibleName(tr("Looking"));
    answerTitle_->setWordWrap(true);
    answerAbout_->setWordWrap(true);
    files_->setSpacing(space::kSmall);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::kSmall);
    row->addWidget(link_, 1);
    row->addWidget(look_);
    column_->addWidget(heading);
    column_->addWidget(words);
    column_->addLayout(row);
    column_->addWidget(contact_);
    column_->addWidget(looking_);
    column_->addWidget(answerTitle_);
    column_->addWidget(answerAbout_);
    column_->addLayout(files_);
    const auto ask = [this] {
        if (look_->isEnabled()) emit linkAsked(link_->text().trimmed());
    };
    connect(look_, &Button::clicked, this, ask);
    connect(link_, &QLineEdit::returnPressed, this, ask);
    connect(link_, &QLineEdit::textChanged, this, [this](const QString& text) {
        look_->setEnabled(!text.trimmed().isEmpty() && !answer_.isRunning);
        emit linkEdited(text.trimmed());
    });
}

void OffersPart::setContact(const QString& words) {
    contact_->setText(words);
    contact_->setVisible(!words.isEmpty());
}

void OffersPart::setAnswer(const LinkAnswer& answer) {
    answer_ = answer;
    look_->setEnabled(!answer.isRunning && !link_->text().trimmed().isEmpty());
    looking_->setVisible(answer.isRunning);
    const bool failed = !answer.problem.isEmpty();
    answerTitle_->setColour(failed ? &Colours::danger : &Colours::text);
    answerTitle_->setText(failed ? answer.problem : answer.title);
    answerAbout_->setText(failed ? answer.nextStep : answer.about);
    for (Label* label : {answerTitle_, answerAbout_}) label->setVisible(!label->text().isEmpty());
    clearLayout(*files_);
    for (const LinkedFile& file : answer.files) {
        auto* row = new QWidget(page_);
        auto* name = new Label(theme_, TextStyle::Control, &Colours::text, row);
        name->setElided(file.name);
        auto* size = new Label(theme_, TextStyle::Caption, &Colours::muted, row);
        size->setText(file.size);
        auto* get = new Button(theme_, ButtonLook::Outlined, row);
        get->setText(tr("Download"));
        get->setTextStyle(TextStyle::Control);
        get->setAccessibleName(tr("Download %1").arg(file.name));
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(space::kMedium);
        line->addWidget(name, 1);
        line->addWidget(size);
        line->addWidget(get);
        connect(get, &Button::clicked, this,
                [this, link = answer.link, id = file.id] { emit fileWanted(link, id); });
        files_->addWidget(row);
    }
    tabAsLaidOut(*page_);
}

void OffersPart::setOffers(const std::vector<OfferRow>& offers) {
    if (offers == shown_) return;
    shown_ = offers;
    clearLayout(*offers_);
    for (const OfferRow& offer : offers) {
        auto* card = new OfferCard(theme_, offer, page_);
        connect(card, &OfferCard::wanted, this, [this, id = offer.id] { emit offerWanted(id); });
        offers_->addWidget(card);
    }
    tabAsLaidOut(*page_);
}

void OffersPart::setOfferProblem(const QString& problem) {
    offersAbout_->setColour(problem.isEmpty() ? &Colours::muted : &Colours::warning);
    offersAbout_->setText(problem.isEmpty()
                              ? tr("This list came with Ponder and is signed. Looking at it contacts nobody; "
                                   "a download contacts huggingface.co.")
                              : problem);
}

void OffersPart::focusLink() {
    link_->setFocus(Qt::OtherFocusReason);
}

} // namespace ponder::ui
