#include "ui/library/offer_card.h"

#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ponder::ui {

OfferCard::OfferCard(Theme& theme, const OfferRow& offer, QWidget* parent) : Card(theme, parent) {
    auto* name = new Label(theme, TextStyle::ControlStrong, &Colours::text, this);
    name->setText(tr("%1 by %2", "model, publisher").arg(offer.name, offer.publisher));
    name->setWordWrap(true);
    auto* line = new Label(theme, TextStyle::Caption, &Colours::muted, this);
    line->setText(offer.line);
    auto* words = new Label(theme, TextStyle::Control, &Colours::text, this);
    words->setText(offer.words);
    words->setWordWrap(true);
    auto* needs =
        new Label(theme, TextStyle::Caption, offer.isTooLarge ? &Colours::warning : &Colours::muted, this);
    needs->setText(offer.needs);
    for (Label* label : {line, needs}) label->setWordWrap(true);
    auto* get = new Button(theme, ButtonLook::Outlined, this);
    get->setTextStyle(TextStyle::Control);
    get->setText(offer.isHere ? tr("Is here") : tr("Download"));
    get->setAccessibleName(offer.isHere ? tr("%1 is here").arg(offer.name)
                                        : tr("Download %1").arg(offer.name));
    get->setEnabled(!offer.isHere);
    if (!offer.isHere) get->setGlyph(Icon::ArrowDown);
    auto* column = new QVBoxLayout;
    column->setSpacing(2);
    for (Label* label : {name, line, words, needs}) column->addWidget(label);
    words->setVisible(!offer.words.isEmpty());
    needs->setVisible(!offer.needs.isEmpty());
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::kLarge, space::kMedium, space::kMedium, space::kMedium);
    row->setSpacing(space::kMedium);
    row->addLayout(column, 1);
    row->addWidget(get, 0, Qt::AlignTop);
    connect(get, &Button::clicked, this, &OfferCard::wanted);
}

} // namespace ponder::ui
