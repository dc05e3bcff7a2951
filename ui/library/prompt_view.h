#pragma once

#include "ui/library/library_values.h"

#include <QPlainTextEdit>

namespace ponder::ui {

class Theme;

/// A prompt letter for letter: the template's words in the accent colour, the others in that of text. UI
/// thread only.
class PromptView : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit PromptView(Theme& theme, QWidget* parent = nullptr);

    void setStretches(const std::vector<PromptStretch>& stretches);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void takeTheme();

    Theme& theme_;
    std::vector<PromptStretch> stretches_;
};

} // namespace ponder::ui
