#pragma once

#include "ui/library/library_values.h"

#include <QWidget>

class QGridLayout;

namespace ponder::ui {

class Theme;

/// Names at the left, values at the right, which can be selected and copied. UI thread only.
class FactGrid : public QWidget {
    Q_OBJECT
public:
    explicit FactGrid(Theme& theme, QWidget* parent = nullptr);

    void setFacts(const std::vector<CardFact>& facts);

private:
    Theme& theme_;
    std::vector<CardFact> facts_;
    QGridLayout* grid_;
};

} // namespace ponder::ui
