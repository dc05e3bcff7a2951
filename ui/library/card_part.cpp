#include "ui/library/card_part.h"

#include "ui/library/fact_grid.h"
#include "ui/library/hash_line.h"
#include "ui/library/plan_part.h"
#include "ui/library/prompt_view.h"
#include "ui/library/share_table.h"
#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/tab_order.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ponder::ui {

CardPart::CardPart(Theme& theme, QWidget* parent)
    : PageScroll(theme, parent), name_(new Label(theme, TextStyle::Heading2, &Colours::text, page_)),
      line_(new Label(theme, TextStyle::Control, &Colours::muted, page_)),
      problem_(new Label(theme, TextStyle::Control, &Colours::warning, page_)),
      notices_(new Label(theme, TextStyle::Control, &Colours::muted, page_)),
      use_(new Button(theme, ButtonLook::Filled, page_)),
      remove_(new Button(theme, ButtonLook::Quiet, page_)) {
    addHead();
    addSections();
    column_->addStretch(1);
    setCard({});
}

void CardPart::addHead() {
    for (Label* label : {name_, line_, problem_, notices_}) label->setWordWrap(true);
    auto* folder = new Button(theme_, ButtonLook::Quiet, page_);
    folder->setText(tr("Show the folder"));
    folder->setGlyph(Icon::Folder);
    remove_->setText(tr("Delete…"));
    remove_->setGlyph(Icon::Trash);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::kSmall);
    for (Button* button : {use_, folder, remove_}) {
        button->setTextStyle(TextStyle::Control);
        button->setExtent(36);
        row->addWidget(button);
    }
    row->addStretch(1);
    column_->addWidget(name_);
    column_->addWidget(line_);
    column_->addWidget(problem_);
    column_->addWidget(notices_);
    column_->addSpacing(space::kTiny);
    column_->addLayout(row);
    connect(use_, &Button::clicked, this, &CardPart::useRequested);
    connect(folder, &Button::clicked, this, &CardPart::folderRequested);
    connect(remove_, &Button::clicked, this, &CardPart::removalRequested);
}

CardPart::Section CardPart::addSection(const QString& title) {
    auto* whole = new QWidget(page_);
    auto* heading = new Label(theme_, TextStyle::Heading4, &Colours::text, whole);
    heading->setText(title);
    auto* column = new QVBoxLayout(whole);
    column->setContentsMargins(0, space::kLarge, 0, 0);
    column->setSpacing(space::kSmall);
    column->addWidget(heading);
    column_->addWidget(whole);
    return {whole, column};
}

void CardPart::addSections() {
    fit_ = addSection(tr("Will it fit"));
    plan_ = new PlanPart(theme_, fit_.whole);
    fit_.column->addWidget(plan_);
    facts_ = addSection(tr("What it is"));
    factGrid_ = new FactGrid(theme_, facts_.whole);
    facts_.column->addWidget(factGrid_);
    types_ = addSection(tr("How its numbers are kept"));
    shares_ = new ShareTable(theme_, types_.whole);
    types_.column->addWidget(shares_);

    prompt_ = addSection(tr("Prompt"));
    templateOrigin_ = new Label(theme_, TextStyle::Control, &Colours::muted, prompt_.whole);
    templateOrigin_->setWordWrap(true);
    promptWords_ = new Label(theme_, TextStyle::Control, &Colours::muted, prompt_.whole);
    promptWords_->setWordWrap(true);
    auto* show = new Button(theme_, ButtonLook::Outlined, prompt_.whole);
    show->setText(tr("Show the template"));
    promptButton_ = new Button(theme_, ButtonLook::Outlined, prompt_.whole);
    promptButton_->setText(tr("Show the prompt of the open chat"));
    promptView_ = new PromptView(theme_, prompt_.whole);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::kSmall);
    for (Button* button : {show, promptButton_}) {
        button->setTextStyle(TextStyle::Control);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    prompt_.column->addWidget(templateOrigin_);
    prompt_.column->addLayout(buttons);
    prompt_.column->addWidget(promptWords_);
    prompt_.column->addWidget(promptView_);

    tokens_ = addSection(tr("Special tokens"));
    tokenGrid_ = new FactGrid(theme_, tokens_.whole);
    tokens_.column->addWidget(tokenGrid_);
    sampling_ = addSection(tr("Sampling the model asks for"));
    samplingGrid_ = new FactGrid(theme_, sampling_.whole);
    sampling_.column->addWidget(samplingGrid_);
    files_ = addSection(tr("Files"));
    pathGrid_ = new FactGrid(theme_, files_.whole);
    hash_ = new HashLine(theme_, files_.whole);
    files_.column->addWidget(pathGrid_);
    files_.column->addWidget(hash_);

    connect(plan_, &PlanPart::chosen, this, &CardPart::planChosen);
    connect(plan_, &PlanPart::measureRequested, this, &CardPart::measureRequested);
    connect(show, &Button::clicked, this, &CardPart::templateRequested);
    connect(promptButton_, &Button::clicked, this, &CardPart::promptRequested);
    connect(hash_, &HashLine::verifyRequested, this, &CardPart::verifyRequested);
}

void CardPart::setCard(const LibraryCard& card) {
    const bool other = card.path != card_.path;
    card_ = card;
    const auto say = [](Label* label, const QString& text) {
        label->setText(text);
        label->setVisible(!text.isEmpty());
    };
    say(name_, card.name);
    say(line_, card.line);
    say(problem_, card.problem);
    say(notices_, card.notices.join('\n'));
    const bool usable = card.state == LibraryState::Ready || card.state == LibraryState::InMemory;
    use_->setVisible(usable);
    use_->setText(card.isCurrent ? tr("In use") : tr("Use this model"));
    use_->setEnabled(!card.isCurrent);
    remove_->setVisible(card.canBeRemoved);
    factGrid_->setFacts(card.facts);
    facts_.whole->setVisible(!card.facts.empty());
    shares_->setShares(card.types);
    types_.whole->setVisible(!card.types.empty());
    templateOrigin_->setText(card.templateOrigin);
    prompt_.whole->setVisible(usable && !card.templateText.isEmpty());
    tokenGrid_->setFacts(card.tokens);
    tokens_.whole->setVisible(!card.tokens.empty());
    samplingGrid_->setFacts(card.sampling);
    sampling_.whole->setVisible(!card.sampling.empty());
    std::vector<CardFact> places;
    for (const QString& path : card.paths)
        places.push_back({places.empty() ? tr("Place") : tr("Same content"), path});
    pathGrid_->setFacts(places);
    files_.whole->setVisible(!places.empty());
    if (!other) return;
    fit_.whole->hide();
    tabAsLaidOut(*page_);
    setHash({});
    setPrompt({});
    verticalScrollBar()->setValue(0);
}

void CardPart::setPlan(const PlanView& plan) {
    plan_->setPlan(plan);
    fit_.whole->setVisible(!plan.headline.isEmpty());
    tabAsLaidOut(*page_);
}

void CardPart::setHash(const CardHash& hash) {
    hash_->setHash(hash);
}

void CardPart::setPrompt(const PromptSample& prompt) {
    const bool shown = !prompt.stretches.empty();
    promptView_->setStretches(prompt.stretches);
    promptView_->setVisible(shown);
    promptWords_->setColour(prompt.problem.isEmpty() ? &Colours::muted : &Colours::danger);
    promptWords_->setText(
        prompt.problem.isEmpty()
            ? tr("%Ln token(s), exactly as the model would be given them", nullptr, prompt.tokens)
            : prompt.problem);
    promptWords_->setVisible(shown || !prompt.problem.isEmpty());
    tabAsLaidOut(*page_);
}

} // namespace ponder::ui
