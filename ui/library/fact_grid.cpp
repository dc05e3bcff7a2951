#include "ui/library/fact_grid.h"

#include "ui/theme.h"
#include "ui/widgets/clear_layout.h"
#include "ui/widgets/label.h"

#include <QGridLayout>

namespace ponder::ui {

namespace {

constexpr int kNameColumn = 168;

} // namespace

FactGrid::FactGrid(Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), grid_(new QGridLayout(this)) {
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setHorizontalSpacing(space::kLarge);
    grid_->setVerticalSpacing(space::kTiny);
    grid_->setColumnStretch(1, 1);
    grid_->setColumnMinimumWidth(0, theme_.scaled(kNameColumn));
    connect(&theme_, &Theme::changed, this,
            [this] { grid_->setColumnMinimumWidth(0, theme_.scaled(kNameColumn)); });
}

void FactGrid::setFacts(const std::vector<CardFact>& facts) {
    if (facts == facts_) return;
    facts_ = facts;
    clearLayout(*grid_);
    for (int row = 0; row < int(facts_.size()); ++row) {
        const CardFact& fact = facts_[size_t(row)];
        auto* name = new Label(theme_, TextStyle::Control, &Colours::muted, this);
        name->setText(fact.name);
        auto* value = new Label(theme_, TextStyle::Control, &Colours::text, this);
        value->setText(fact.value);
        value->setWordWrap(true);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        value->setAccessibleName(fact.name + ": " + fact.value);
        grid_->addWidget(name, row, 0, Qt::AlignTop);
        grid_->addWidget(value, row, 1, Qt::AlignTop);
    }
}

} // namespace ponder::ui
