#pragma once

#include "ui/library/library_values.h"
#include "ui/widgets/card.h"

namespace ponder::ui {

class Button;
class Label;

/// One model that can be had: who made it, what it is good for, what it needs, and a button. UI thread only.
class OfferCard : public Card {
    Q_OBJECT
public:
    OfferCard(Theme& theme, const OfferRow& offer, QWidget* parent = nullptr);

signals:
    void wanted();
};

} // namespace ponder::ui
