#pragma once

#include "ui/dialogs/surface_dialog.h"

namespace ponder::ui {

class Theme;

/// One of two answers that are compared.
struct ComparedAnswer {
    QString title; ///< "Version 1 of 3"
    QString model;
    QString thoughts;
    QString text;
    int tokens = 0;
    int thoughtTokens = 0;
    double seconds = 0;
};

/// Two answers side by side: what each cost, and which words one has and the other has not. UI thread only.
class Comparison : public SurfaceDialog {
    Q_OBJECT
public:
    /// How much of the colour of loss or gain is behind words that only one of them has.
    static constexpr double kTint = 0.18;

    Comparison(Theme& theme, const ComparedAnswer& before, const ComparedAnswer& after,
               QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace ponder::ui
